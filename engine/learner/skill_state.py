"""How able a learner is at a skill: a Gaussian that each answer moves (an extended Kalman filter on Elo's scale).

All values are logits. A learner answers an item of difficulty b right with chance c + (1-c-s) sigmoid(m + g - b), where
m is the skill's mean, g the learner's general ability, c the chance to guess and s the chance to slip. Formulas and
defaults: ``teaching.md`` 1.1.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from engine.learner.logit import sigmoid

SLIP = 0.05
PRIOR_MEAN = -0.8

_LEAST_LEARNER_VARIANCE = 0.02
_MOST_VARIANCE = 1.6
_LEARNING = 0.10
_FORGETTING = 1.0
_VARIANCE_GAIN = 0.05
_ITEM_STEP = 0.4
_ITEM_SLOWING = 0.05
_AUTHOR_ANSWERS = 10


@dataclass(frozen=True, slots=True)
class Estimate:
    """A Gaussian in logits: of a skill, or of the learner in general."""

    mean: float = PRIOR_MEAN
    variance: float = 1.3


SKILL_PRIOR = Estimate()
LEARNER_PRIOR = Estimate(0.0, 0.6)


@dataclass(frozen=True, slots=True)
class Observation:
    """What the filter is shown.

    Attributes:
        credit: 0 to 1; parts are for help.
        difficulty: of the item, in logits.
        guess: chance of a right answer without knowing anything, 0 to 1.
        weight: how much the answer says, 0 to 1.
        helped_through: help gave the step away, so nothing may rise from it.
    """

    credit: float
    difficulty: float
    guess: float
    weight: float = 1.0
    helped_through: bool = False


def success(mean: float, difficulty: float, guess: float) -> float:
    """Chance of a right answer, 0 to 1, for an ability of ``mean`` (skill and learner together)."""
    return guess + (1.0 - guess - SLIP) * sigmoid(mean - difficulty)


def decayed(mean: float, retrievability: float) -> float:
    """A skill's mean after time has passed; ``retrievability`` (0 to 1) is what memory has kept."""
    return mean - _FORGETTING * (1.0 - retrievability)


def observed(
    skills: Sequence[Estimate], learner: Estimate, seen: Observation
) -> tuple[tuple[Estimate, ...], Estimate]:
    """The estimates after an answer that needed all ``skills`` at once.

    The weakest skill decides the expectation; the surprise is shared out by how uncertain each skill is.
    """
    usable = min(seen.guess, 1.0 - SLIP)
    weak = min([skill.mean for skill in skills])
    centre = sigmoid(weak + learner.mean - seen.difficulty)
    chance = usable + (1.0 - usable - SLIP) * centre
    slope = (1.0 - usable - SLIP) * centre * (1.0 - centre)
    doubt = sum([skill.variance for skill in skills])
    whole = doubt + learner.variance
    spread = slope * slope * whole + chance * (1.0 - chance)
    surprise = seen.weight * slope / spread * (seen.credit - chance)
    shrink = seen.weight * slope * slope / spread
    after = Estimate(
        learner.mean + surprise * learner.variance,
        max(_LEAST_LEARNER_VARIANCE, learner.variance * (1.0 - shrink * learner.variance)),
    )
    moved = tuple([_moved(skill, surprise, shrink, after.mean, seen.weight) for skill in skills])
    if not seen.helped_through:
        return moved, after
    return tuple(map(_no_better, skills, moved)), _no_better(learner, after)


def item_shift(shift: float, answers: int, seen: Observation, mean: float) -> float:
    """The correction to an author's difficulty after one more answer, in logits.

    Args:
        shift: the correction so far.
        answers: answers to the item so far; the author's word counts as ten more.
        seen: the answer; its difficulty includes ``shift``.
        mean: ability of the learner before it, skill and learner together.
    """
    step = _ITEM_STEP / (1.0 + _ITEM_SLOWING * (answers + _AUTHOR_ANSWERS))
    return shift - seen.weight * step * (seen.credit - success(mean, seen.difficulty, seen.guess))


def _moved(skill: Estimate, surprise: float, shrink: float, learner: float, weight: float) -> Estimate:
    """A skill after an answer: corrected, then a little better and a little less certain for having practised."""
    mean = skill.mean + surprise * skill.variance
    variance = skill.variance * (1.0 - shrink * skill.variance)
    drift = _LEARNING * sigmoid(-1.5 * (mean + learner - 1.5))
    return Estimate(mean + weight * drift, min(_MOST_VARIANCE, variance + weight * _VARIANCE_GAIN))


def _no_better(before: Estimate, after: Estimate) -> Estimate:
    """Neither higher nor surer than ``before``: its lower bound cannot rise either."""
    return Estimate(min(before.mean, after.mean), max(before.variance, after.variance))
