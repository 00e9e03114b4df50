"""Equations that are to be solved are searched for by their kind, everything else as it was asked."""

import pytest

from engine.tutor.equation_words import with_equation_in_words


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("How do you solve 2x + 3 = 7?", "a two-step equation"),
        ("solve x + 4 = 9", "a one-step equation"),
        ("solve 4x=12 please", "a one-step equation"),
        ("solve 3(x+2)=12", "an equation with brackets"),
        ("find x if 5x - 2 = 3x + 8", "an equation with the unknown on both sides"),
        ("how do i solve x/4 = 5", "an equation with fractions"),
        ("how do i solve x^2 + 5x + 6 = 0", "a quadratic equation"),
        ("solve x² = 9", "a quadratic equation"),
        ("how do i solve x squared = 9x - 14", "a quadratic equation"),
        ("solve x square - 4 = 0", "a quadratic equation"),
        ("Solve (x + 1) cubed = 8", "a polynomial equation"),
        ("solve (x + 2)(x - 3) = 0", "a quadratic equation"),
        ("solve (x+1)^2 = 16", "a quadratic equation"),
        ("solve x^3 + x^2 = 12", "a polynomial equation"),
        ("solve 2^x = 8", "an exponential equation"),
        ("solve 2x + y = 7", "simultaneous equations"),
        ("solve 3^2 + x = 12", "a one-step equation"),
        ("how do i solve 5 = x + 2", "a one-step equation"),
    ],
)
def test_an_equation_to_be_solved_is_put_into_words(question: str, kind: str) -> None:
    assert with_equation_in_words(question) == f"How do you solve {kind}?"


@pytest.mark.parametrize(
    "question",
    [
        "why isnt 3x + 4 = 7x",
        "what is the slope of y = 2x + 3",
        "what does E = mc^2 mean",
        "find the area",
        "a = b",
        "what is a squared",
        "solve the square = 4 riddle",
    ],
)
def test_other_questions_stay_as_they_are(question: str) -> None:
    assert with_equation_in_words(question) == question
