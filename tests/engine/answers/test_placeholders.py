"""Values in texts: as a teacher would write them."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.answers.expression import evaluate, parse_learner
from engine.answers.number_format import format_number, rounded
from engine.answers.placeholders import fill, placeholders
from engine.errors import ExpressionError

VALUES: dict[str, Fraction | str] = {
    "a": Fraction(3),
    "b": Fraction(4),
    "n": Fraction(-1),
    "h": Fraction(-7, 2),
    "who": "Amina",
}


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("[[who]] has [[a]].", "Amina has 3."),
        ("[[a/b]] and $[[a/b]]$", r"3/4 and $\frac{3}{4}$"),
        (r"$\frac{[[a]]}{[[b]]}$", r"$\frac{3}{4}$"),
        ("$x [[n|signed]]$", "$x - 1$"),
        ("$x [[a|signed]]$", "$x + 3$"),
        ("[[n|coef]]x, [[1|coef]]x, [[a|coef]]x", "-x, x, 3x"),
        ("[[a/b|coef]]x", "(3/4)x"),
        ("[[h|mixed]] $[[h|mixed]]$", r"-3 1/2 $-3\frac{1}{2}$"),
        ("[[a|mixed]] [[a/b|mixed]]", "3 3/4"),
        ("[[a/b|decimal]]", "0.75"),
        ("[[a/7|2]] [[a|2]] [[2.5|0]]", "0.43 3.00 3"),
        ("2 · [[n|times]] · [[a|times]]", "2 · (-1) · 3"),
        ("[[a/7|fraction]]", "3/7"),
        ("no placeholder, [one bracket]", "no placeholder, [one bracket]"),
    ],
)
def test_a_placeholder_becomes_its_value(text: str, filled: str) -> None:
    assert fill(text, VALUES) == filled


@pytest.mark.parametrize(
    "text", ["[[z]]", "[[a", "[[a|nonsense]]", "[[1/3|decimal]]", "[[a/0]]", "[[]]", "[[who + 1]]"]
)
def test_a_placeholder_without_a_value_is_refused(text: str) -> None:
    with pytest.raises(ExpressionError):
        fill(text, VALUES)


def test_the_expressions_of_a_text_can_be_listed() -> None:
    assert list(placeholders("[[a]] and $[[ a/b |mixed]]$")) == ["a", "a/b"]


def test_rounding_is_the_schools() -> None:
    assert rounded(Fraction(5, 2), 0) == "3"
    assert rounded(Fraction(-1, 1000), 2) == "0.00"


@given(st.fractions(max_denominator=1000), st.sampled_from(["", "fraction", "mixed", "times"]))
def test_what_is_printed_is_read_back_as_the_same_number(value: Fraction, form: str) -> None:
    assert evaluate(parse_learner(format_number(value, form))) == value
    assert evaluate(parse_learner(format_number(value, form, tex=True))) == value
