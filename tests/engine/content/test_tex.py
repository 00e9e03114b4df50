"""Formulas: found, blanked, and checked against the small language that is drawn."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.content.tex import blank_formulas, formulas, lone_dollar, tex_problem


def test_formulas_are_found_in_place() -> None:
    text = "If $a<b$ then\n$$\nx = 1\n$$\nfor \\$5."
    assert [(found.tex, found.display, text[found.start : found.end]) for found in formulas(text)] == [
        ("a<b", False, "$a<b$"),
        ("\nx = 1\n", True, "$$\nx = 1\n$$"),
    ]


@given(st.text(alphabet="$\\ab{}\n ", max_size=60))
def test_blanking_keeps_every_position_and_line(text: str) -> None:
    blank = blank_formulas(text)
    assert len(blank) == len(text)
    assert [i for i, c in enumerate(blank) if c == "\n"] == [i for i, c in enumerate(text) if c == "\n"]


def test_a_dollar_without_partner_is_found() -> None:
    assert lone_dollar("It costs $5.") == 9
    assert lone_dollar(r"It costs \$5, so $x = 5$.") is None


@pytest.mark.parametrize(
    "tex",
    [
        r"\frac{1}{2} + \sqrt[3]{x}",
        r"\{1, 2\}",
        r"\left( x \right)",
        r"\text{H}_2\text{O} \rightarrow 2\,\text{H}",
        r"\begin{cases} 1 \\ 2 \end{cases}",
        r"50\,\%",
    ],
)
def test_school_formulas_pass(tex: str) -> None:
    assert tex_problem(tex) is None


@pytest.mark.parametrize(
    "tex",
    [
        r"\href{javascript:alert(1)}{x}",
        r"\input{/etc/passwd}",
        r"\def\x{1}",
        r"\newcommand{\x}{1}",
        r"\begin{tikzpicture}\end{tikzpicture}",
        r"\frac{1}{2",
        r"}{",
        r"\left( x",
        r"\begin{cases} 1",
        r"\begin{cases}\begin{array}\end{cases}\end{array}",
        r"\write18{ls}",
    ],
)
def test_other_commands_and_unpaired_ones_are_refused(tex: str) -> None:
    assert tex_problem(tex) is not None
