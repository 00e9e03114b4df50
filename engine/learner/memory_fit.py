"""Fits the parameters of FSRS-6 to one learner's reviews, and keeps them only where they predict better.

The likelihood is that of the recalls, with a ridge that holds the parameters to the defaults (a Gaussian prior, so a
learner with few reviews stays near them). The way down is Fisher scoring: the gradient of every single prediction comes
from finite differences, all 21 in one pass over the arrays of ``review_batch``, and a handful of steps suffices.

The defaults were fitted to thousands of learners, so a fit has to prove itself on later reviews than it was made from:
by .002 (teaching.md 1.3) and by 2.5 standard errors of that. Without the second rule, of 24 simulated learners
with the default memory and some 450 reviews, 7 got parameters that chance had made, and 6 were the worse for it.
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.learner.fsrs6 import DEFAULTS, Parameters
from engine.learner.memory import Step
from engine.learner.review_batch import ReviewBatch

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

LEAST_REVIEWS = 400
LEAST_GAIN = 0.002

_BLOCKS = (0.4, 0.6, 0.8, 1.0)
_SURE = 2.5
_ROUNDS = 15
_ENOUGH = 1e-5
_DIFFERENCE = 1e-4
_DAMPINGS = (0.0, 0.3, 3.0, 30.0, 300.0)
_RIDGE = 2.0
_CHANCE_MARGIN = 1e-4
_INITIAL = 4
# How far a parameter lies from the defaults for one learner or another (standard deviations; the first four of the
# logarithm): fsrs-rs, PARAMS_STDDEV.
_SPREAD = (
    1.0, 1.0, 1.0, 1.0, 0.57, 0.28, 0.6, 0.12, 0.39, 0.18, 0.33,
    0.3, 0.09, 0.16, 0.57, 0.25, 1.03, 0.31, 0.32, 0.14, 0.27,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class MemoryFit:
    """What a fit came to.

    Attributes:
        parameters: the ones to use from now on.
        accepted: they are new.
        reviews: predicted ones that it went by.
        gain: by how much the log-loss of later reviews fell, in nats; 0 where there was too little to go by.
    """

    parameters: Parameters
    accepted: bool
    reviews: int
    gain: float


def fit_memory(steps: Sequence[Step], current: Parameters = DEFAULTS) -> MemoryFit:
    """Fit to ``steps`` (in the log's order) and decide between the new parameters and ``current``.

    Each fifth of the predicted reviews, from the third on, is predicted by parameters fitted to all before it; what
    those reviews accept is then fitted to all.
    """
    import numpy as np

    batch = ReviewBatch(steps)
    count = len(batch.positions)
    if count < LEAST_REVIEWS:
        return MemoryFit(current, accepted=False, reviews=count, gain=0.0)
    gains = _later_gains(steps, batch, current)
    gain = float(gains.mean())
    if gain < max(LEAST_GAIN, _SURE * float(gains.std()) / np.sqrt(len(gains))):
        return MemoryFit(current, accepted=False, reviews=count, gain=gain)
    return MemoryFit(fitted(batch), accepted=True, reviews=count, gain=gain)


def fitted(batch: ReviewBatch) -> Parameters:
    """The parameters that predict ``batch`` best, with the ridge."""
    import numpy as np

    place = np.zeros(len(DEFAULTS))
    reached = _cost(batch, place[None])[0]
    for _ in range(_ROUNDS):
        slope, curvature = _slope(batch, place)
        tried = np.array([place - _step(slope, curvature, damping) for damping in _DAMPINGS])
        costs = _cost(batch, tried)
        best = int(np.argmin(costs))
        if not costs[best] < reached - _ENOUGH * abs(reached):
            break
        place, reached = tried[best], costs[best]
    return tuple(float(value) for value in _parameters(place[None])[0])


def losses(chances: "Floats", recalled: "Floats") -> "Floats":
    """Log-loss of each prediction, in nats."""
    import numpy as np

    safe = np.clip(chances, _CHANCE_MARGIN, 1 - _CHANCE_MARGIN)
    return np.asarray(-(recalled * np.log(safe) + (1 - recalled) * np.log(1 - safe)))


def _later_gains(steps: Sequence[Step], batch: ReviewBatch, current: Parameters) -> "Floats":
    """By review, the log-loss of ``current`` less that of parameters fitted to earlier ones."""
    import numpy as np

    edges = [int(share * len(batch.positions)) for share in _BLOCKS]
    gains = []
    for start, end in itertools.pairwise(edges):
        earlier = fitted(ReviewBatch(steps[: int(batch.positions[start])]))
        chances = batch.chances(np.array([current, earlier]))[:, start:end]
        before, after = losses(chances, batch.recalled[start:end])
        gains.append(before - after)
    return np.concatenate(gains)


def _parameters(places: "Floats") -> "Floats":
    """Parameters at ``places``, which are counted in spreads from the defaults; kept within the package's bounds."""
    import numpy as np
    from fsrs.scheduler import LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS

    moved = np.array(DEFAULTS) + places * _SPREAD
    moved[:, :_INITIAL] = np.array(DEFAULTS[:_INITIAL]) * np.exp(places[:, :_INITIAL] * _SPREAD[:_INITIAL])
    return np.clip(moved, LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS)


def _cost(batch: ReviewBatch, places: "Floats") -> "Floats":
    """What is minimised: summed log-loss and ridge, by place."""
    import numpy as np

    chances = batch.chances(_parameters(places))
    ridge = _RIDGE / 2 * (places**2).sum(axis=1)
    return np.asarray(losses(chances, batch.recalled).sum(axis=1) + ridge)


def _slope(batch: ReviewBatch, place: "Floats") -> tuple["Floats", "Floats"]:
    """Gradient and Fisher information of the cost at ``place``."""
    import numpy as np

    around = place + np.vstack([np.zeros(len(place)), _DIFFERENCE * np.eye(len(place))])
    chances = np.clip(batch.chances(_parameters(around)), _CHANCE_MARGIN, 1 - _CHANCE_MARGIN)
    chance = chances[0]
    by_place = (chances[1:] - chance) / _DIFFERENCE
    weight = 1 / (chance * (1 - chance))
    slope = by_place @ ((chance - batch.recalled) * weight) + _RIDGE * place
    curvature = (by_place * weight) @ by_place.T + _RIDGE * np.eye(len(place))
    return slope, curvature


def _step(slope: "Floats", curvature: "Floats", damping: float) -> "Floats":
    """A Newton step, shortened most where it is least sure."""
    import numpy as np

    damped = curvature + damping * np.diag(np.diag(curvature))
    return np.asarray(np.linalg.solve(damped, slope))
