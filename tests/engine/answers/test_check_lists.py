"""Verdicts on sets, points and intervals: what a learner would write, and what a teacher would say to it."""

import pytest

from engine.answers.answer import (
    Answer,
    IntervalAnswer,
    SetAnswer,
    TupleAnswer,
)
from tests.engine.answers.verdicts import verdict


@pytest.mark.parametrize(
    ("answer", "text", "expected"),
    [
        (SetAnswer(("-2", "3")), "{3, -2}", "right"),
        (SetAnswer(("-2", "3")), "x = 3 or x = -2", "right"),
        (SetAnswer(("-2", "3")), "3 and -2", "right"),
        (SetAnswer(("-2", "3")), "3; -2", "right"),
        (SetAnswer(("-2", "3")), "3", "partly incomplete"),
        (SetAnswer(("-2", "3")), "3, 4", "partly wrong"),
        (SetAnswer(("-2", "3")), "-3, 2", "sign"),
        (SetAnswer(("-2", "3")), "5, 6", "wrong"),
        (SetAnswer(("-2", "2")), "±2", "right"),
        (SetAnswer(("1/2", "2")), "0,5; 2", "right"),
        (SetAnswer(("1", "5")), "1,5", "right"),
        (SetAnswer(("1000", "2000")), "1,000, 2,000", "right"),
        (SetAnswer(()), "no solution", "right"),
        (SetAnswer(()), "3", "wrong"),
        (SetAnswer(("1",)), "{}", "wrong"),
        (SetAnswer(("1",)), "", "unreadable"),
        (SetAnswer(("a", "-a")), "±a", "right"),
        (TupleAnswer(("2", "-1")), "(2, -1)", "right"),
        (TupleAnswer(("2", "-1")), "(2|-1)", "right"),
        (TupleAnswer(("2", "-1")), "x=2, y=-1", "right"),
        (TupleAnswer(("2", "-1")), "x = 2 and y = -1", "right"),
        (TupleAnswer(("2", "-1")), "(-1, 2)", "order"),
        (TupleAnswer(("2", "-1")), "(-2, 1)", "sign"),
        (TupleAnswer(("2", "-1")), "(2, 1)", "partly wrong"),
        (TupleAnswer(("2", "-1")), "2", "incomplete"),
        (TupleAnswer(("1/2", "3")), "(0.5; 3)", "right"),
        (IntervalAnswer("x > 3"), "x > 3", "right"),
        (IntervalAnswer("x > 3"), "3 < x", "right"),
        (IntervalAnswer("x > 3"), "> 3", "right"),
        (IntervalAnswer("x > 3"), "(3, ∞)", "right"),
        (IntervalAnswer("x > 3"), "]3; inf[", "right"),
        (IntervalAnswer("x > 3"), "2x > 6", "unsimplified"),
        (IntervalAnswer("x > 3"), "x ≥ 3", "wrong"),
        (IntervalAnswer("x > 3"), "x < 3", "wrong"),
        (IntervalAnswer("x > 3"), "x < -3", "sign"),
        (IntervalAnswer("x >= 3"), "x => 3", "right"),
        (IntervalAnswer("-1 < x <= 4"), "(-1, 4]", "right"),
        (IntervalAnswer("-1 < x <= 4"), "x > -1 and x ≤ 4", "right"),
        (IntervalAnswer("-1 < x <= 4"), "4 ≥ x > -1", "right"),
        (IntervalAnswer("x < -1 or x > 3"), "x > 3 or x < -1", "right"),
        (IntervalAnswer("x < -1 or x > 3"), "(-∞, -1) ∪ (3, ∞)", "right"),
        (IntervalAnswer("x > 3"), "x > 3 or x > 5", "right"),
        (IntervalAnswer("x > 3"), "-2x < -6", "unsimplified"),
        (IntervalAnswer("x > 3"), "banana", "unreadable"),
        (IntervalAnswer("x > 3"), "x > y", "unreadable"),
        (IntervalAnswer("x > 3"), "{x | x > 3}", "right"),
    ],
)  # fmt: skip
def test_sets_points_and_intervals(answer: Answer, text: str, expected: str) -> None:
    assert verdict(answer, text) == expected


@pytest.mark.parametrize(
    ("answer", "text", "expected"),
    [
        (TupleAnswer(("2", "-1")), "P(2, -1)", "right"),
        (TupleAnswer(("2", "-1")), "D = (2; -1)", "right"),
        (TupleAnswer(("2", "-1")), "x: 2, y: -1", "right"),
        (TupleAnswer(("2", "-1")), "2 and minus 1", "right"),
        (TupleAnswer(("2", "-1")), "P(-1, 2)", "order"),
        (TupleAnswer(("2", "-1")), "(2), (-1)", "right"),
        (SetAnswer(("-11", "11")), "+/-11", "right"),
        (SetAnswer(("-11", "11")), "x = +/- 11", "right"),
        (SetAnswer(("-11", "11")), "plus or minus 11", "right"),
        (SetAnswer(("-11", "11")), "11 or negative 11", "right"),
        (SetAnswer(("-2", "3")), "x = {3; -2}", "right"),
        (SetAnswer(("x", "x*(x+1)")), "x, x(x+1)", "right"),
        (IntervalAnswer("x >= -3"), "x > = -3", "right"),
        (IntervalAnswer("x <= 3"), "x < =3", "right"),
    ],
)
def test_sets_points_and_intervals_as_they_are_said(answer: Answer, text: str, expected: str) -> None:
    assert verdict(answer, text) == expected
