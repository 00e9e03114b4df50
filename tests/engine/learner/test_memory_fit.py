import numpy as np
import pytest
from fsrs.scheduler import LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS

from engine.learner.fsrs6 import DEFAULTS, Parameters, fsrs6
from engine.learner.memory import Step
from engine.learner.memory_fit import LEAST_REVIEWS, fit_memory, fitted, losses
from engine.learner.review_batch import ReviewBatch
from tests.engine.learner.simulated_reviews import STRONG, simulated_reviews


def later_losses(log: list[Step], *sets: Parameters) -> list[float]:
    batch = ReviewBatch(log)
    later = slice(len(batch.positions) // 2, None)
    found = losses(batch.chances(np.array(sets))[:, later], batch.recalled[later]).mean(axis=1)
    return [float(loss) for loss in found]


def earlier_half(log: list[Step]) -> list[Step]:
    positions = ReviewBatch(log).positions
    return log[: int(positions[len(positions) // 2])]


def test_a_learner_unlike_the_defaults_gets_parameters_that_predict_later_reviews_better() -> None:
    log = simulated_reviews(STRONG, cards=500, days=300, seed=1)
    fit = fit_memory(earlier_half(log))
    ours, defaults = later_losses(log, fit.parameters, DEFAULTS)
    assert fit.accepted
    assert fit.gain > 0.002
    assert ours < defaults - 0.002


@pytest.mark.parametrize("seed", range(6))
def test_a_learner_like_the_defaults_is_never_made_worse(seed: int) -> None:
    log = simulated_reviews(DEFAULTS, cards=300, days=200, seed=seed)
    ours, defaults = later_losses(log, fit_memory(earlier_half(log)).parameters, DEFAULTS)
    assert ours <= defaults + 0.001


def test_too_few_reviews_leave_the_parameters_as_they_are() -> None:
    log = simulated_reviews(STRONG, cards=40, days=60, seed=1)
    fit = fit_memory(log, STRONG)
    assert fit.reviews < LEAST_REVIEWS
    assert (fit.parameters, fit.accepted, fit.gain) == (STRONG, False, 0.0)
    assert fit_memory([]).parameters == DEFAULTS


def test_the_same_reviews_give_the_same_parameters_and_ones_that_the_package_allows() -> None:
    log = simulated_reviews(STRONG, cards=100, days=100, seed=2)
    parameters = fitted(ReviewBatch(log))
    assert parameters == fitted(ReviewBatch(log))
    assert fsrs6(parameters).parameters == parameters
    assert all(
        low <= value <= high
        for low, value, high in zip(LOWER_BOUNDS_PARAMETERS, parameters, UPPER_BOUNDS_PARAMETERS, strict=True)
    )


def test_reviews_that_all_go_well_do_not_break_the_fit() -> None:
    log = [step for step in simulated_reviews(STRONG, cards=200, days=100, seed=3) if step.rating > 1]
    assert np.isfinite(fitted(ReviewBatch(log))).all()


def test_the_ridge_holds_what_no_review_speaks_about() -> None:
    log = simulated_reviews(STRONG, cards=100, days=100, seed=4)
    parameters = fitted(ReviewBatch(log))
    assert parameters[19] == DEFAULTS[19]  # of reviews on the same day, of which there are none
    assert parameters[2] > DEFAULTS[2]
