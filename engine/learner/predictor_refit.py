"""Fits the predictor's weights to one learner, and keeps them only where they predict better.

Ridge towards the shipped weights: each weight is held by as much as 30 answers' worth of evidence. Acceptance is
prequential (``teaching.md`` 1.1): each tenth of the answers is predicted by weights fitted on those before it, so a
refit is never judged by answers that it was made from.
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.learner.predictor import SHIPPED_WEIGHTS, Predictor

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

LEAST_ANSWERS = 200
LEAST_GAIN = 0.005
_PSEUDO_ROWS = 30.0
# A pseudo-row at p = .5 carries this much information about a weight.
_INFORMATION = 0.25
_BLOCKS = 10
_ROUNDS = 12


@dataclass(frozen=True, slots=True)
class Answer:
    """One first attempt: the values of the features before it, and whether it was right."""

    values: tuple[float, ...]
    right: bool


@dataclass(frozen=True, slots=True)
class Refit:
    """What a refit came to.

    Attributes:
        predictor: the one to use from now on.
        accepted: it is a new one.
        gain: by how much the prequential log-loss fell, in nats; 0 where there was too little to go by.
    """

    predictor: Predictor
    accepted: bool
    gain: float


def refit(answers: Sequence[Answer], current: Predictor) -> Refit:
    """Fit to ``answers`` (oldest first) and decide between the new weights and ``current``."""
    if len(answers) < LEAST_ANSWERS:
        return Refit(current, accepted=False, gain=0.0)
    import numpy as np

    values = np.array([answer.values for answer in answers], dtype=np.float64)
    right = np.array([answer.right for answer in answers], dtype=np.float64)
    gain = _prequential_gain(values, right, np.array(current.weights))
    if gain < LEAST_GAIN:
        return Refit(current, accepted=False, gain=gain)
    return Refit(Predictor(tuple(float(weight) for weight in _fit(values, right))), accepted=True, gain=gain)


def _prequential_gain(values: "Array", right: "Array", current: "Array") -> float:
    """Mean log-loss of ``current`` less that of refitted weights, over all blocks but the first."""
    edges = [len(right) * block // _BLOCKS for block in range(_BLOCKS + 1)]
    total = 0.0
    for start, end in itertools.pairwise(edges[1:]):
        fitted = _fit(values[:start], right[:start])
        block, outcomes = values[start:end], right[start:end]
        total += _loss(block @ current, outcomes) - _loss(block @ fitted, outcomes)
    return total / (len(right) - edges[1])


def _fit(values: "Array", right: "Array") -> "Array":
    """Newton's method for the penalised likelihood."""
    import numpy as np

    shipped = np.array(SHIPPED_WEIGHTS)
    weights = shipped.copy()
    hold = _PSEUDO_ROWS * _INFORMATION
    for _ in range(_ROUNDS):
        chance = 1.0 / (1.0 + np.exp(-values @ weights))
        spread = chance * (1.0 - chance)
        curvature = values.T @ (values * spread[:, None]) + hold * np.eye(len(weights))
        slope = values.T @ (right - chance) - hold * (weights - shipped)
        weights = weights + np.linalg.solve(curvature, slope)
    return weights


def _loss(logits: "Array", right: "Array") -> float:
    """Summed log-loss."""
    import numpy as np

    return float(np.sum(np.logaddexp(0.0, logits) - right * logits))
