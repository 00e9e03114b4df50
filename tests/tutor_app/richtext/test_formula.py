import subprocess
import sys

import pytest

from tutor_app.richtext.document import Outline
from tutor_app.richtext.formula import typeset

SCHOOL = [
    r"x=-4", r"\frac{-b\pm\sqrt{b^2-4ac}}{2a}", r"\sqrt[3]{27}=3", r"3\tfrac{1}{2}", r"0.\overline{3}=\frac13",
    r"\sin^2\theta+\cos^2\theta=1", r"\overrightarrow{AB}", r"\angle ABC=90^\circ", r"\log_2 8=3",
    r"\lim_{x\to0}\frac{\sin x}{x}", r"\sum_{i=1}^{n}i", r"\int_0^1 x^2\,dx", r"\binom{n}{k}", r"P(A\cup B)",
    r"\begin{pmatrix}1&-2\\3&4\end{pmatrix}", r"\begin{cases}x^2&x\ge0\\-x&x<0\end{cases}",
    r"\begin{aligned}2x+3&=7\\2x&=4\end{aligned}", r"\boxed{x=-4}", r"\frac{\cancel{6}x}{\cancel{6}}",
    r"\underbrace{a+b}_{c}", r"\mathrm{H_2O}", r"\text{CO}_2\xrightarrow{\text{light}}\text{O}_2", r"50\%", r"\$5",
    r"\forall x\,\exists y", r"\left[\frac12,\infty\right)", r"\begin{array}{r}12\\+9\\\hline21\end{array}",
]  # fmt: skip


def outline(tex: str, *, display: bool = False) -> Outline:
    found = typeset(tex, display=display)
    assert found is not None, tex
    return found


@pytest.mark.parametrize("tex", SCHOOL)
def test_school_formulas_are_typeset_within_their_box(tex: str) -> None:
    shape = outline(tex)
    assert shape.spoken
    assert shape.path[0][0] == "M"
    assert shape.path[-1] == ("Z",)
    across = [value for step in shape.path for value in step[1::2] if not isinstance(value, str)]
    down = [value for step in shape.path for value in step[2::2] if not isinstance(value, str)]
    assert min(across) >= -0.001
    assert max(across) <= shape.width + 0.001
    assert min(down) >= -shape.ascent - 0.1
    assert max(down) <= shape.descent + 0.1


@pytest.mark.parametrize(
    "tex",
    [
        "",
        " ",
        r"\frac{1",
        r"\foo{x}",
        "}{",
        r"\begin{x}",
        "a&b",
        "漢",
        "x" * 2000,
        "{" * 30 + "}" * 30,
        "\x00",
        "^",
        "\\",
    ],
)
def test_what_cannot_be_typeset_is_nothing_and_no_error(tex: str) -> None:
    assert typeset(tex) is None


def test_a_sign_before_a_number_stands_close_to_it() -> None:
    assert outline("x=-4").width < outline("x=4-4").width - outline("4").width
    assert outline("(-b)").width == pytest.approx(outline("({-b})").width, abs=0.05)


def test_behind_a_comma_is_a_thin_space_and_a_sign_is_close_to_its_number() -> None:
    assert outline("(0, 6)").width == pytest.approx(outline(r"(0{,}\,6)").width, abs=0.05)
    assert outline("(0; 6)").width == pytest.approx(outline("(0, 6)").width, abs=0.05)
    assert outline("(0; -3)").width == pytest.approx(outline("(0, {-3})").width, abs=0.05)
    assert outline("1{,}5").width < outline("1,5").width - 0.1


def test_strokes_are_shapes() -> None:
    assert len(outline(r"\cancel{x}").path) == len(outline("x").path) + 5
    assert len(outline(r"\boxed{x}").path) == len(outline("x").path) + 4 * 5


def test_lines_between_rows_are_drawn() -> None:
    ruled = outline(r"\begin{array}{r}1\\\hline2\end{array}")
    assert len(ruled.path) == len(outline(r"\begin{array}{r}1\\2\end{array}").path) + 5


def test_rows_of_aligned_do_not_touch() -> None:
    two = outline(r"\begin{aligned}x&=1\\x&=2\end{aligned}")
    one = outline("x=1")
    assert two.ascent + two.descent > 2 * (one.ascent + one.descent) + 0.4


def test_display_formulas_are_set_larger() -> None:
    assert outline(r"\frac12", display=True).ascent > outline(r"\frac12").ascent


def test_outlines_of_one_formula_are_equal() -> None:
    assert outline("a^2") == outline("a^2")
    assert outline("a^2") != outline("a^3")


def test_the_first_formula_warns_of_nothing_and_needs_no_qt() -> None:
    code = (
        "import sys; from tutor_app.richtext.parser import parse; from tutor_app.richtext.plain import to_plain;"
        "assert to_plain(parse('$x^2$')) == '$x^2$'; assert 'PySide6' not in sys.modules"
    )
    subprocess.run([sys.executable, "-W", "error", "-c", code], check=True)


def test_importing_costs_nothing_heavy() -> None:
    code = (
        "import sys, tutor_app.richtext.parser, tutor_app.richtext.answer, tutor_app.richtext.plain;"
        "assert not {'ziamath', 'markdown_it', 'latex2mathml', 'xml.etree.ElementTree'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
