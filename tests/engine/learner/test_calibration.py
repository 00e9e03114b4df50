import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.learner.calibration import Prediction, answers, calibration, predictions
from engine.learner.evidence import Evidence
from engine.learner.predictor import FEATURES, Predictor
from tests.engine.learner.lesson import evidence, logs

made = st.lists(st.builds(Prediction, st.floats(0, 1), st.booleans()), min_size=1, max_size=60)


def test_true_chances_are_well_calibrated_and_others_are_not() -> None:
    rng = random.Random(3)
    chances = [rng.random() for _ in range(4000)]
    honest = calibration([Prediction(chance, rng.random() < chance) for chance in chances])
    boasting = calibration([Prediction(chance**0.25, rng.random() < chance) for chance in chances])
    assert honest.error < 0.04 < boasting.error
    assert boasting.over > 0.2
    assert honest.brier < boasting.brier


@given(made)
def test_bins_hold_every_prediction_once(some: list[Prediction]) -> None:
    found = calibration(some)
    assert sum(part.count for part in found.bins) == found.count == len(some)
    assert all(part.low - 1e-9 <= part.predicted <= part.high + 1e-9 for part in found.bins)
    assert 0.0 <= found.error <= 1.0


def test_nothing_predicted_is_nothing_said() -> None:
    assert calibration([]).count == 0
    assert not calibration([Prediction(0.5, True)] * 29).enough
    assert calibration([Prediction(0.5, True)] * 30).enough


@given(logs)
def test_a_prediction_never_sees_its_own_answer(log: list[Evidence]) -> None:
    flipped = [*log, evidence(right=True)]
    other = [*log, evidence(right=False)]
    assert [one.chance for one in predictions(flipped, Predictor())] == [
        one.chance for one in predictions(other, Predictor())
    ]


def test_answers_carry_the_features_before_them() -> None:
    first, second = answers([evidence(right=True), evidence(right=False, number=1)])
    assert first.values[FEATURES.index("seen")] == 0.0
    assert second.values[FEATURES.index("seen")] == 1.0
    assert (first.right, second.right) == (True, False)


def test_an_item_without_weight_is_not_predicted() -> None:
    assert answers([evidence(weight=0.0)]) == []


def test_the_brier_score_of_a_constant_half_is_a_quarter() -> None:
    assert calibration([Prediction(0.5, True), Prediction(0.5, False)]).brier == pytest.approx(0.25)
