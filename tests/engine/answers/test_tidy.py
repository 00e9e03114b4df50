"""Expressions are written as one would write them, and mean the same as before."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.answers.expression import evaluate, parse_authored, parse_learner
from engine.answers.tidy import tidied, to_text
from engine.errors import ExpressionError


@pytest.mark.parametrize(
    ("written", "tidy"),
    [
        ("(3)*x + (-2)", "3*x - 2"),
        ("(1)*x + (0)", "x"),
        ("(-1)*x - (-4)", "-x + 4"),
        ("(2)*(3)*x + (2)*(8)", "6*x + 16"),
        ("(2)*(3*x)", "6*x"),
        ("y = (2)*x + (1/2)", "y = 2*x + 1/2"),
        ("(3)*(x + (-2))", "3*(x - 2)"),
        ("x^(1)", "x"),
        ("(4)/(6)", "2/3"),
        ("-(x - 3)", "-(x - 3)"),
        ("0*x + 5", "5"),
        ("x > (-3)", "x > -3"),
    ],
)
def test_numbers_are_worked_out_and_signs_put_right(written: str, tidy: str) -> None:
    assert to_text(tidied(parse_authored(written))) == tidy


numbers = st.integers(-9, 9).map(lambda n: f"({n})")
expressions = st.recursive(
    numbers | st.sampled_from("xy"),
    lambda inner: st.builds("({} {} {})".format, inner, st.sampled_from("+-*"), inner),
    max_leaves=8,
)


@given(expressions, st.integers(-5, 5), st.integers(-5, 5))
def test_a_tidied_text_has_the_same_value(text: str, x: int, y: int) -> None:
    from fractions import Fraction

    values = {"x": Fraction(x), "y": Fraction(y)}
    before = parse_authored(text)
    tidy = to_text(tidied(before))
    assert evaluate(parse_authored(tidy), values) == evaluate(before, values)
    assert evaluate(parse_learner(tidy), values) == evaluate(before, values)


def test_what_has_no_value_stays_as_it_is() -> None:
    assert to_text(tidied(parse_authored("1/0 + x"))) == "1/0 + x"
    with pytest.raises(ExpressionError):
        parse_authored("2 +")
