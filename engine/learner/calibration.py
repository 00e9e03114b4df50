"""Whether past predictions came true, and which predictor to believe for this learner.

Predictions are prequential: each first attempt is predicted from what was known before it, so nothing is judged by
answers that it was made from.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from engine.learner.evidence import Evidence
from engine.learner.predictor import (
    NEW_LEARNER,
    NO_HISTORY,
    Predictor,
    SkillHistory,
    features,
    weakest,
)
from engine.learner.predictor_refit import Answer

LEAST_PREDICTIONS = 30
_BINS = 10
_SURE = 1e-6


@dataclass(frozen=True, slots=True)
class Prediction:
    """A first attempt: the chance that was given to its being right, and whether it was."""

    chance: float
    right: bool


@dataclass(frozen=True, slots=True)
class Bin:
    """One bar of the plot: predictions from ``low`` to ``high``, their mean, the share right, and how many."""

    low: float
    high: float
    predicted: float
    right: float
    count: int


@dataclass(frozen=True, slots=True)
class Calibration:
    """How good predictions were.

    Attributes:
        count: of predictions.
        brier: mean squared error, 0 best; a constant .5 has .25.
        log_loss: in nats.
        error: expected calibration error over ten bins, 0 best.
        over: mean prediction less share right; above 0 means too optimistic.
        bins: that hold at least one prediction, lowest first.
    """

    count: int
    brier: float
    log_loss: float
    error: float
    over: float
    bins: tuple[Bin, ...]

    @property
    def enough(self) -> bool:
        """Whether there is enough to say something."""
        return self.count >= LEAST_PREDICTIONS


def answers(evidence: Iterable[Evidence]) -> list[Answer]:
    """Each first attempt with the predictor's features before it, oldest first; what ``refit`` is made from."""
    learner = NEW_LEARNER
    skills: dict[tuple[str, str], SkillHistory] = {}
    found = []
    for piece in evidence:
        if piece.weight <= 0.0 or not piece.results:
            continue
        keys = [(piece.pack, result.skill) for result in piece.results]
        before = weakest(tuple(skills.get(key, NO_HISTORY) for key in keys))
        found.append(Answer(features(before, learner), piece.first_right))
        for key, result in zip(keys, piece.results, strict=True):
            history = skills.get(key, NO_HISTORY)
            skills[key] = history.after(learner.answers, right=result.first_right)
        learner = learner.after(right=piece.first_right)
    return found


def predictions(evidence: Iterable[Evidence], predictor: Predictor) -> list[Prediction]:
    """What ``predictor`` says of each first attempt, oldest first."""
    return [Prediction(predictor.predict(answer.values), answer.right) for answer in answers(evidence)]


def calibration(made: Sequence[Prediction]) -> Calibration:
    """How good the predictions ``made`` were; all zero where there were none."""
    count = len(made)
    if not count:
        return Calibration(0, 0.0, 0.0, 0.0, 0.0, ())
    bins = _bins(made)
    return Calibration(
        count=count,
        brier=sum((one.chance - one.right) ** 2 for one in made) / count,
        log_loss=sum(_loss(one) for one in made) / count,
        error=sum(part.count * abs(part.predicted - part.right) for part in bins) / count,
        over=sum(one.chance - one.right for one in made) / count,
        bins=bins,
    )


def _bins(made: Sequence[Prediction]) -> tuple[Bin, ...]:
    held: list[list[Prediction]] = [[] for _ in range(_BINS)]
    for one in made:
        held[min(int(one.chance * _BINS), _BINS - 1)].append(one)
    return tuple(
        Bin(
            place / _BINS,
            (place + 1) / _BINS,
            sum(one.chance for one in part) / len(part),
            sum(one.right for one in part) / len(part),
            len(part),
        )
        for place, part in enumerate(held)
        if part
    )


def _loss(one: Prediction) -> float:
    chance = min(max(one.chance, _SURE), 1.0 - _SURE)
    return -math.log(chance if one.right else 1.0 - chance)
