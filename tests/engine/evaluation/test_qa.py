"""What `eval qa` says of answers, by the probability that each was given with."""

import pytest

from engine.evaluation.dataset import AskedQuestion
from engine.evaluation.qa import Graded, curve, told_apart
from engine.evaluation.quoted_answer import QuotedAnswer
from engine.tutor.draft import Draft


def graded(probability: float, *, answerable: bool = True, supported: bool = False) -> Graded:
    question = AskedQuestion("q", "why", "p", "a", ("gold",) if answerable else (), answerable)
    return Graded(question, probability, True, True, supported, 0.0, 0.0, 10, 1.0)


def without(probability: float) -> QuotedAnswer:
    return QuotedAnswer(Draft(), probability, answered=True)


ANSWERS = [
    *(graded(0.9 - at / 100, supported=at != 3) for at in range(8)),
    graded(0.3),
    graded(0.2),
    graded(0.85, answerable=False),
    graded(0.1, answerable=False),
]


def test_a_point_of_the_curve_says_what_is_answered_from_its_threshold_on() -> None:
    point = next(
        one for one in curve(ANSWERS, [without(0.88), *[without(0.01)] * 3]) if one["coverage"] == 0.8
    )
    assert point == {
        "coverage": 0.8,
        "threshold": 0.83,
        "grounded_rate": 0.875,
        "hallucination_rate": 0.5,
        "answered_without_article": 0.25,
    }


def test_the_probability_parts_what_can_be_answered_from_what_cannot() -> None:
    apart = told_apart(ANSWERS, [without(0.01), without(0.25)])
    assert apart == {"impossible": pytest.approx(0.775), "without_article": pytest.approx(0.95)}


def test_a_set_without_impossible_questions_says_nothing_about_them() -> None:
    assert told_apart([graded(0.5)], []) == {}
