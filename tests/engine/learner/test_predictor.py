import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.learner.predictor import (
    FEATURES,
    NEW_LEARNER,
    NO_HISTORY,
    SHIPPED_WEIGHTS,
    LearnerHistory,
    Predictor,
    SkillHistory,
    features,
    weakest,
)


def test_the_first_prediction_is_the_formula_by_hand() -> None:
    logit = -0.136 + 0.313 * math.log(0.65 / 0.35)
    assert Predictor().predict(features(NO_HISTORY, NEW_LEARNER)) == pytest.approx(1 / (1 + math.exp(-logit)))


def test_after_a_right_answer_the_prediction_is_the_formula_by_hand() -> None:
    skill = NO_HISTORY.after(0, right=True)
    learner = NEW_LEARNER.after(right=True)
    average, general = 0.75 * 0.5 + 0.25, 0.9 * 0.65 + 0.1
    logit = (
        -0.136
        + 0.561 * math.log(average / (1 - average))
        + 0.378
        + 0.313 * math.log(general / (1 - general))
        + 0.174 * math.log(2)
    )
    assert Predictor().predict(features(skill, learner)) == pytest.approx(1 / (1 + math.exp(-logit)))


@given(st.lists(st.booleans(), max_size=40))
def test_right_answers_raise_and_wrong_ones_lower_the_prediction(outcomes: list[bool]) -> None:
    skill, learner = NO_HISTORY, NEW_LEARNER
    for number, right in enumerate([True, *outcomes]):
        skill, learner = skill.after(number, right=right), learner.after(right=right)
    count = len(outcomes) + 1

    def after(*, right: bool) -> float:
        return Predictor().predict(features(skill.after(count, right=right), learner.after(right=right)))

    assert after(right=False) < after(right=True)


def test_a_harder_item_is_less_likely_to_be_solved() -> None:
    values = features(NO_HISTORY, NEW_LEARNER)
    assert Predictor().predict(values, difficulty=1.0) < Predictor().predict(values)


def test_one_weight_belongs_to_each_feature() -> None:
    assert len(FEATURES) == len(SHIPPED_WEIGHTS) == len(features(NO_HISTORY, NEW_LEARNER))


def test_a_question_about_two_skills_is_predicted_from_the_one_not_seen() -> None:
    seen = SkillHistory(average=0.2, right=1, wrong=4)
    assert weakest((seen, NO_HISTORY)) is NO_HISTORY
    better = SkillHistory(average=0.9, right=5)
    assert weakest((better, seen)) is seen


def test_answers_are_counted() -> None:
    assert LearnerHistory().after(right=True).after(right=False).answers == 2
