"""What is shown while somebody types."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.answers.expression import Value, evaluate, parse_authored, parse_learner
from engine.answers.tex import preview, to_tex
from engine.answers.tree import Node
from engine.content.tex import tex_problem
from engine.errors import ExpressionError


@pytest.mark.parametrize(
    ("text", "tex"),
    [
        ("2x", "2x"),
        ("2(x+1)", r"2 \left(x + 1\right)"),
        ("(x+1)/2", r"\frac{x + 1}{2}"),
        ("x^2y", "x^{2} y"),
        ("1 1/2", r"1\frac{1}{2}"),
        ("½", r"\frac{1}{2}"),
        ("3*4", r"3 \times 4"),
        ("3e5", r"3 \times 10^{5}"),
        ("√(x+1)", r"\sqrt{x + 1}"),
        ("|x|", r"\left|x\right|"),
        ("2π", r"2 \pi"),
        ("πx", r"\pi x"),
        ("3 over 4 plus x", r"\frac{3}{4} + x"),
        ("50%", r"50\%"),
        ("-x^2", "-x^{2}"),
        ("-3/4", r"-\frac{3}{4}"),
        ("-2x/3", r"-\frac{2x}{3}"),
        ("a+(-3/4)", r"a + \left(-\frac{3}{4}\right)"),
        ("(-3/4)^2", r"\left(-\frac{3}{4}\right)^{2}"),
        ("(-x)^2", r"\left(-x\right)^{2}"),
        ("a-(b-c)", r"a - \left(b - c\right)"),
        ("x≤3", r"x \le 3"),
        ("-1<x<=4", r"-1 < x \le 4"),
        ("x<1 or x>3", r"x < 1\text{ or }x > 3"),
        ("sin x", r"\sin\left(x\right)"),
        (r"\frac{1}{2x}", r"\frac{1}{2x}"),
        (r"\frac{ab}{xy}", r"\frac{ab}{xy}"),
        ("v_0", "v_{0}"),
        ("x>inf", r"x > \infty"),
    ],
)
def test_what_is_typed_is_set(text: str, tex: str) -> None:
    assert to_tex(parse_learner(text)) == tex


@pytest.mark.parametrize(
    ("text", "tex"),
    [
        ("", ""),
        ("2x+", "2x"),
        ("2(x+1", r"2 \left(x + 1\right)"),
        ("2(x+", "2x"),
        ("3^", "3"),
        ("sqrt(", ""),
        ("√(x", r"\sqrt{x}"),
        ("(2, -1)", r"\left(2, -1\right)"),
        ("{1; 2", r"\left\{1; 2\right\}"),
        ("(1,5; 2)", r"\left(1.5; 2\right)"),
        ("(1, 2; 3)", r"\left(1; 2; 3\right)"),
        ("banana", ""),
        ("1" * 300, ""),
    ],
)
def test_the_readable_part_of_what_is_unfinished_is_shown(text: str, tex: str) -> None:
    assert preview(text) == tex


@pytest.mark.parametrize(
    ("text", "tex"),
    [
        ("(0,6)", r"\left(0, 6\right)"),
        ("(0,", r"\left(0\right)"),
        ("{1,5; 2}", r"\left\{1.5; 2\right\}"),
        ("(1/2; -3", r"\left(\frac{1}{2}; -3\right)"),
        ("7", "7"),
        ("(2,x)+1", r"\left(2, x\right)"),
    ],
)
def test_where_several_values_are_asked_for_a_comma_separates_them(text: str, tex: str) -> None:
    assert preview(text, listed=True) == tex


@given(st.recursive(
    st.integers(0, 99).map(str) | st.sampled_from(["x", "y", "0.5", "pi"]),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from("+-*/"), inner).map(lambda parts: f"({parts[0]}){parts[1]}({parts[2]})"),
        inner.map(lambda part: f"sqrt({part})"),
        inner.map(lambda part: f"-({part})"),
        inner.map(lambda part: f"({part})^2"),
        inner.map(lambda part: f"abs({part})"),
    ),
    max_leaves=6,
))  # fmt: skip
def test_every_formula_can_be_drawn_and_read_back(text: str) -> None:
    node = parse_authored(text)
    tex = to_tex(node)
    assert tex_problem(tex) is None
    if "|" not in tex and len(tex) <= 150:
        assert value(parse_learner(tex)) == value(node)


def value(node: Node) -> Value | None:
    try:
        return evaluate(node, {"x": Fraction(7, 3), "y": Fraction(-5)})
    except ExpressionError:
        return None
