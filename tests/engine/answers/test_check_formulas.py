"""Verdicts on expressions and equations: what a learner would write, and what a teacher would say to it."""

import pytest

from engine.answers.answer import (
    Answer,
    EquationAnswer,
    ExpressionAnswer,
    ExpressionForm,
)
from engine.answers.check import check
from engine.answers.verdict import Outcome
from tests.engine.answers.verdicts import verdict

E = ExpressionAnswer
G = ExpressionForm


@pytest.mark.parametrize(
    ("answer", "text", "expected"),
    [
        (E("2*x + 3*a"), "3a+2x", "right"),
        (E("2*x + 3*a"), "2X + 3A", "right"),
        (E("2*x + 3*a"), "y = 3a+2x", "right"),
        (E("2*x + 3*a"), "2x - 3a", "wrong"),
        (E("2*x + 3*a"), "-(2x+3a)", "sign"),
        (E("(x+1)^2"), "x²+2x+1", "right"),
        (E("(x+1)^2"), "x²+1", "wrong"),
        (E("x/2"), "1/2 x", "right"),
        (E("x/2"), "½x", "right"),
        (E("x/2"), "0.5x", "right"),
        (E("1/(x+1)"), "(x-1)/(x²-1)", "right"),
        (E("ln(x^2)"), "2ln(x)", "wrong"),
        (E("ln(x^2)", domains={"x": "positive"}), "2ln(x)", "right"),
        (E("sqrt(x^2)"), "x", "wrong"),
        (E("sqrt(x^2)", domains={"x": "positive"}), "x", "right"),
        (E("sin(x)^2 + cos(x)^2"), "1", "right"),
        (E("5*x", G.SIMPLIFIED), "2x+3x", "unsimplified"),
        (E("5*x", G.SIMPLIFIED), "5x", "right"),
        (E("3*x/2", G.SIMPLIFIED), "6x/4", "unsimplified"),
        (E("3*x/2", G.SIMPLIFIED), "3/2 x", "right"),
        (E("x^3", G.SIMPLIFIED), "x*x²", "unsimplified"),
        (E("x + 2", G.SIMPLIFIED), "(2x+4)/2", "unsimplified"),
        (E("x + 1", G.SIMPLIFIED), "(x²-1)/(x-1)", "unsimplified"),
        (E("2*x + 2", G.SIMPLIFIED), "2(x+1)", "right"),
        (E("5*x + 2", G.SIMPLIFIED), "2(x+1)+3x", "unsimplified"),
        (E("x^2 + 5*x + 6", G.EXPANDED), "x²+5x+6", "right"),
        (E("x^2 + 5*x + 6", G.EXPANDED), "(x+2)(x+3)", "form"),
        (E("x^2 + 5*x + 6", G.EXPANDED), "x²+2x+3x+6", "unsimplified"),
        (E("(x+2)*(x+3)", G.FACTORED), "(3+x)(x+2)", "right"),
        (E("(x+2)*(x+3)", G.FACTORED), "x²+5x+6", "form"),
        (E("(2*x+4)*(x+3)", G.FACTORED), "(2x+4)(x+3)", "unsimplified"),
        (E("(2*x+4)*(x+3)", G.FACTORED), "2(x+2)(x+3)", "right"),
        (E("x^2 - 4", G.FACTORED), "(x-2)(x+2)", "right"),
        (E("-(x-2)*(x+2)", G.FACTORED), "-(x-2)(x+2)", "right"),
        (E("x*(x+1)/2", G.FACTORED), "x(x+1)/2", "right"),
        (E("(x+2)^2", G.FACTORED), "(x+2)²", "right"),
        (E("2*x"), "2x(", "unreadable"),
        (E("2*x"), "x > 2", "unreadable"),
        (E("v0 + a*t"), "v_0 + at", "right"),
        (E("2*sqrt(3)", G.SIMPLIFIED), "2√3", "right"),
        (E("2*sqrt(3)", G.SIMPLIFIED), "√12", "unsimplified"),
    ],
)  # fmt: skip
def test_expressions(answer: ExpressionAnswer, text: str, expected: str) -> None:
    assert verdict(answer, text) == expected


Q = EquationAnswer


@pytest.mark.parametrize(
    ("answer", "text", "expected"),
    [
        (Q("y = 2*x + 1"), "y = 1 + 2x", "right"),
        (Q("y = 2*x + 1"), "2x - y = -1", "right"),
        (Q("y = 2*x + 1"), "2y = 4x + 2", "right"),
        (Q("y = 2*x + 1", "y"), "2x - y = -1", "form"),
        (Q("y = 2*x + 1", "y"), "2x + 1 = y", "right"),
        (Q("y = 2*x + 1", "y"), "2x + 1", "incomplete"),
        (Q("y = 2*x + 1", "y"), "y = -2x - 1", "sign"),
        (Q("y = 2*x + 1", "y"), "y = 2x - 1", "wrong"),
        (Q("y = 2*x + 1"), "2x + 1", "unreadable"),
        (Q("x = 3"), "2x = 6", "right"),
        (Q("x = 3"), "x = 4", "wrong"),
        (Q("x = 3"), "x² = 9", "wrong"),
        (Q("F = p*A"), "p = F/A", "right"),
        (Q("F = p*A", "p"), "p = F/A", "right"),
        (Q("F = p*A", "p"), "p = F*A", "wrong"),
        (Q("x^2 = 9"), "(x-3)(x+3) = 0", "right"),
        (Q("x^2 = 9"), "x = 3", "wrong"),
        (Q("v = sqrt(2*g*h)", domains={"g": "positive", "h": "positive", "v": "positive"}), "h = v²/(2g)", "right"),
        (Q("y = 2*x"), "y = = 2x", "unreadable"),
        (Q("y = 2*x"), "y < 2x", "unreadable"),
        (Q("y = 2*x"), "z = 2x", "wrong"),
    ],
)  # fmt: skip
def test_equations(answer: EquationAnswer, text: str, expected: str) -> None:
    assert verdict(answer, text) == expected


W = EquationAnswer("7*x = 133", written=True)
BAGS = EquationAnswer("7*(x + 5) = 49", written=True)
BOOK = EquationAnswer("x/4 + x/6 = 50", written=True)


@pytest.mark.parametrize(
    ("answer", "text", "expected"),
    [
        (W, "7x = 133", "right"),
        (W, "133=x*7", "right"),
        (W, "7 times x = 133", "right"),
        (W, "14x = 266", "right"),
        (W, "x = 19", "form"),
        (W, "19 = x", "form"),
        (W, "x = 133/7", "form"),
        (W, "7x = 134", "wrong"),
        (W, "7x", "unreadable"),
        (BAGS, "7x + 35 = 49", "right"),
        (BAGS, "x = 49/7 - 5", "form"),
        (BOOK, "1/4 of x + 1/6 of x = 50", "right"),
        (BOOK, "3x + 2x = 600", "right"),
        (BOOK, "120 = x", "form"),
    ],
)
def test_the_equation_of_a_story_may_not_be_solved_yet(
    answer: EquationAnswer, text: str, expected: str
) -> None:
    assert verdict(answer, text) == expected


def test_solving_is_right_where_the_story_is_not_asked_for() -> None:
    assert verdict(EquationAnswer("7*x = 133"), "x = 19") == "right"


@pytest.mark.parametrize(
    ("answer", "text"),
    [
        (W, "7p = 133"),
        (BOOK, "n/4 + n/6 = 50"),
        (ExpressionAnswer("3*n + 1"), "3x + 1"),
        (ExpressionAnswer("3*n + 1"), "4 + 3(k - 1)"),
    ],
)
def test_the_right_thing_with_another_letter_is_no_attempt(answer: Answer, text: str) -> None:
    found = check(answer, text)
    assert found.outcome is Outcome.UNREADABLE
    assert found.message.startswith("The letter here is ")


@pytest.mark.parametrize(
    ("answer", "text"),
    [
        (W, "7p = 134"),
        (ExpressionAnswer("3*n + 1"), "3x"),
        (ExpressionAnswer("n*t"), "n*k"),
        (ExpressionAnswer("s/t"), "s/v"),
    ],
)
def test_another_letter_is_wrong_where_more_is_wrong_or_letters_are_the_question(
    answer: Answer, text: str
) -> None:
    assert verdict(answer, text) == "wrong"
