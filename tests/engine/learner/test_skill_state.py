import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.learner.skill_state import (
    LEARNER_PRIOR,
    SKILL_PRIOR,
    Estimate,
    Observation,
    decayed,
    item_shift,
    observed,
    success,
)

estimates = st.builds(Estimate, st.floats(-4, 4), st.floats(0.01, 1.6))
observations = st.builds(
    Observation,
    credit=st.sampled_from([0.0, 0.4, 0.6, 1.0]),
    difficulty=st.floats(-3, 3),
    guess=st.floats(0, 0.5),
    weight=st.floats(0, 1),
)


def test_one_right_answer_is_the_formula_by_hand() -> None:
    chance_part = 1 - 0.1 - 0.05
    z = 1 / (1 + math.exp(0.8))
    p, slope, whole = 0.1 + chance_part * z, chance_part * z * (1 - z), 1.3 + 0.6
    spread = slope**2 * whole + p * (1 - p)
    mean = -0.8 + 1.3 * slope / spread * (1 - p)
    learner = 0.6 * slope / spread * (1 - p)
    drift = 0.1 / (1 + math.exp(1.5 * (mean + learner - 1.5)))
    (skill,), general = observed([SKILL_PRIOR], LEARNER_PRIOR, Observation(1.0, 0.0, 0.1))
    assert skill.mean == pytest.approx(mean + drift)
    assert skill.variance == pytest.approx(min(1.6, 1.3 * (1 - slope**2 * 1.3 / spread) + 0.05))
    assert general.mean == pytest.approx(learner)


@given(estimates, estimates, observations)
def test_variances_stay_in_their_range(skill: Estimate, learner: Estimate, seen: Observation) -> None:
    (after,), general = observed([skill], learner, seen)
    assert 0.0 < after.variance <= 1.6
    assert general.variance >= 0.02 or general.variance >= learner.variance


@given(estimates, estimates, observations)
def test_a_right_answer_never_leaves_a_lower_ability_than_a_wrong_one(
    skill: Estimate, learner: Estimate, seen: Observation
) -> None:
    right = Observation(1.0, seen.difficulty, seen.guess, seen.weight)
    wrong = Observation(0.0, seen.difficulty, seen.guess, seen.weight)
    (better,), raised = observed([skill], learner, right)
    (worse,), lowered = observed([skill], learner, wrong)
    assert better.mean + raised.mean >= worse.mean + lowered.mean - 1e-12


@given(estimates, estimates, observations)
def test_an_answer_of_no_weight_changes_nothing(
    skill: Estimate, learner: Estimate, seen: Observation
) -> None:
    weightless = Observation(seen.credit, seen.difficulty, seen.guess, 0.0)
    (after,), general = observed([skill], learner, weightless)
    assert after.mean == skill.mean
    assert after.variance == skill.variance
    assert general.mean == learner.mean


@given(st.lists(estimates, min_size=1, max_size=3), estimates, observations)
def test_what_was_given_away_raises_nothing(
    skills: list[Estimate], learner: Estimate, seen: Observation
) -> None:
    given_away = Observation(seen.credit, seen.difficulty, seen.guess, seen.weight, helped_through=True)
    after, general = observed(skills, learner, given_away)
    assert general.mean <= learner.mean
    for before, one in zip(skills, after, strict=True):
        assert one.mean <= before.mean
        assert one.variance >= before.variance


def test_the_less_certain_skill_takes_the_larger_part_of_a_surprise() -> None:
    sure, unsure = Estimate(0.0, 0.1), Estimate(0.0, 1.0)
    (first, second), _ = observed([sure, unsure], LEARNER_PRIOR, Observation(0.0, 0.0, 0.1))
    assert second.mean < first.mean


def test_the_weaker_skill_decides_what_is_expected() -> None:
    strong, weak = Estimate(3.0, 0.5), Estimate(-2.0, 0.5)
    (_, alone), _ = observed([strong, weak], LEARNER_PRIOR, Observation(0.0, 0.0, 0.1))
    (both, _), _ = observed(
        [Estimate(3.0, 0.5), Estimate(3.0, 0.5)], LEARNER_PRIOR, Observation(0.0, 0.0, 0.1)
    )
    assert alone.mean - weak.mean > both.mean - strong.mean


@given(st.floats(-4, 4), st.floats(0, 1), st.floats(0, 1))
def test_forgetting_only_lowers(mean: float, one: float, other: float) -> None:
    assert decayed(mean, min(one, other)) <= decayed(mean, max(one, other)) <= mean


@given(st.floats(-4, 4), st.floats(-3, 3), st.floats(0, 0.5))
def test_success_lies_between_guessing_and_slipping(mean: float, difficulty: float, guess: float) -> None:
    assert guess <= success(mean, difficulty, guess) <= 0.95 + 1e-12


def test_an_item_often_missed_becomes_harder_ever_more_slowly() -> None:
    wrong = Observation(0.0, 0.0, 0.1)
    early = item_shift(0.0, 0, wrong, 0.0)
    late = item_shift(0.0, 100, wrong, 0.0)
    assert early > late > 0.0
    assert early == pytest.approx(0.4 / 1.5 * success(0.0, 0.0, 0.1))
