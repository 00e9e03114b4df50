from dataclasses import replace

import numpy as np

from models_manifest.evidence.calibration import WITHOUT_VECTORS, calibration_error, cross_fitted, fit
from models_manifest.evidence.outcomes import FIGURES, Outcome


def outcomes(count: int, seed: int = 0) -> list[Outcome]:
    rng = np.random.default_rng(seed)
    rows = rng.standard_normal((count, len(FIGURES)))
    right = rng.random(count) < 1 / (1 + np.exp(-(2 * rows[:, 0] - rows[:, 4] + 0.5)))
    return [
        Outcome(
            "squad_v2",
            f"article-{at % 5}",
            bool(yes),
            False,
            False,
            bool(yes),
            bool(yes),
            bool(yes),
            bool(yes),
            row,
        )
        for at, (row, yes) in enumerate(zip(rows, right, strict=True))
    ]


def test_probabilities_are_those_that_made_the_labels() -> None:
    made = outcomes(6000)
    named = fit(made).named()
    assert abs(named["logit"] - 2) < 0.2
    assert abs(named["coverage"] + 1) < 0.2
    assert abs(named["bias"] - 0.5) < 0.2
    probabilities = cross_fitted(made, [at % 5 for at in range(len(made))])
    assert calibration_error(probabilities, [one.sentence_in_two for one in made]) < 0.03


def test_a_figure_that_is_not_there_has_no_weight() -> None:
    made = outcomes(6000)
    fitted = fit(made, WITHOUT_VECTORS)
    assert fitted.named().keys() == {*WITHOUT_VECTORS, "bias"}
    assert "likeness" in fit(made).named()
    likely = fitted.probabilities(np.array([one.figures for one in made]))
    assert calibration_error(likely, [one.sentence_in_two for one in made]) < 0.03


def test_a_fold_is_judged_without_its_own_labels() -> None:
    made = outcomes(500)
    fold = [at % 5 for at in range(len(made))]
    turned = [
        replace(one, sentence_in_two=not one.sentence_in_two) if own == 2 else one
        for one, own in zip(made, fold, strict=True)
    ]
    before, after = cross_fitted(made, fold), cross_fitted(turned, fold)
    own = np.array(fold) == 2
    np.testing.assert_allclose(before[own], after[own])
    assert not np.allclose(before[~own], after[~own])


def test_golden_questions_are_judged_and_never_learnt_from() -> None:
    made = outcomes(400)
    fold = [at % 5 for at in range(len(made))]
    golden = [replace(one, golden=True, sentence_in_two=True) for one in outcomes(50, seed=1)]
    probabilities = cross_fitted(made + golden, fold + [0] * len(golden))
    np.testing.assert_allclose(probabilities[: len(made)], cross_fitted(made, fold))


def test_the_error_is_the_distance_of_promise_and_outcome() -> None:
    assert calibration_error(np.array([0.95] * 10), [True] * 9 + [False]) < 0.051
    assert calibration_error(np.array([0.95] * 10), [False] * 10) > 0.94
