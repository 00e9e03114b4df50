"""The probability that an answer is right: a logistic regression over the figures, fitted on logits of unseen articles.

Each part is judged by a regression that was fitted on the other parts; what the product gets is fitted on all of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models_manifest.evidence.corpus import SCHOOL
from models_manifest.evidence.outcomes import FIGURES, Outcome

Floats = NDArray[np.float64]
_RIDGE = 1e-3
_STEPS = 30
_SCHOOL_WEIGHT = 5.0
_BINS = 10
WITHOUT_VECTORS = tuple(name for name in FIGURES if name != "likeness")


@dataclass(frozen=True, slots=True)
class Regression:
    """Weights for the raw figures ``names``, and a constant."""

    names: tuple[str, ...]
    weights: Floats
    bias: float

    def probabilities(self, rows: Floats) -> Floats:
        """One for each row of all ``FIGURES``."""
        own = rows[:, _columns(self.names)]
        return np.asarray(1 / (1 + np.exp(-np.clip(own @ self.weights + self.bias, -30, 30))))

    def named(self) -> dict[str, float]:
        """The weights as ``weights.json`` holds them."""
        named = zip(self.names, self.weights, strict=True)
        return {name: round(float(value), 4) for name, value in named} | {"bias": round(self.bias, 4)}


def fit(outcomes: Sequence[Outcome], names: tuple[str, ...] = FIGURES) -> Regression:
    """Newton's method on the standardised figures ``names``; no golden questions may be among ``outcomes``."""
    rows = np.array([one.figures for one in outcomes])[:, _columns(names)]
    labels = np.array([float(one.sentence_in_two) for one in outcomes])
    weigh = np.array([_SCHOOL_WEIGHT if one.corpus in SCHOOL else 1.0 for one in outcomes])
    mean, deviation = rows.mean(axis=0), rows.std(axis=0) + 1e-9
    design = np.hstack([(rows - mean) / deviation, np.ones((len(rows), 1))])
    keep = _RIDGE * len(rows) * np.array([1.0] * rows.shape[1] + [0.0])
    fitted = np.zeros(design.shape[1])
    for _ in range(_STEPS):
        likely = 1 / (1 + np.exp(-np.clip(design @ fitted, -30, 30)))
        slope = design.T @ (weigh * (labels - likely)) - keep * fitted
        bend = (design * (weigh * likely * (1 - likely))[:, None]).T @ design + np.diag(keep + 1e-9)
        fitted = fitted + np.linalg.solve(bend, slope)
    raw = fitted[:-1] / deviation
    return Regression(names, raw, float(fitted[-1] - raw @ mean))


def cross_fitted(outcomes: Sequence[Outcome], fold: Sequence[int]) -> Floats:
    """A probability for each outcome, by a regression that saw no other of its fold; golden ones are only judged."""
    number, given = np.asarray(fold), np.zeros(len(outcomes))
    learnable = np.array([not one.golden for one in outcomes])
    rows = np.array([one.figures for one in outcomes])
    for held in np.unique(number):
        others = np.flatnonzero((number != held) & learnable)
        if not len(others):
            others = np.flatnonzero(learnable)
        fitted = fit([outcomes[int(at)] for at in others])
        given[number == held] = fitted.probabilities(rows[number == held])
    return given


def calibration_error(probabilities: Floats, right: Sequence[bool]) -> float:
    """Expected calibration error over ten bins: mean distance of what was promised from what came."""
    truth = np.asarray(right, dtype=np.float64)
    binned = np.minimum((probabilities * _BINS).astype(int), _BINS - 1)
    return float(
        sum(
            abs(probabilities[binned == at].mean() - truth[binned == at].mean()) * (binned == at).mean()
            for at in np.unique(binned)
        )
    )


def _columns(names: Sequence[str]) -> list[int]:
    return [FIGURES.index(name) for name in names]
