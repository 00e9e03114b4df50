"""Predicts whether the next first attempt will be right, from counts and moving averages alone.

The weights are shipped and know no skill, so they work for a new pack and a new learner (``eval mastery`` says how well
on unseen skills and learners; the AUC of .806 in ``teaching.md`` 1.1 is of rows that repeat answers). Four more
features carry weight 0 until a refit on this learner's own answers (``predictor_refit``) finds them useful. There is no
feature for streaks: in the data that the weights come from it measures when practice stopped, not what was known.
"""

import math
from dataclasses import dataclass

from engine.learner.logit import clipped_logit, sigmoid

FEATURES = (
    "one",
    "skill_average",
    "seen",
    "learner_average",
    "learner_right",
    "learner_wrong",
    "skill_right",
    "skill_wrong",
    "skill_lately",
    "gap",
)
SHIPPED_WEIGHTS = (-0.136, 0.561, 0.378, 0.313, 0.174, -0.171, 0.0, 0.0, 0.0, 0.0)

_SKILL_RATE = 0.25
_LATELY_RATE = 0.5
_LEARNER_RATE = 0.1


@dataclass(frozen=True, slots=True)
class SkillHistory:
    """What the predictor remembers of one skill.

    Attributes:
        average: moving average of first attempts (1 right, 0 wrong), weight .25 for the newest.
        lately: the same with weight .5.
        right: first attempts that were right.
        wrong: first attempts that were not.
        last: number of the learner's answers before the newest one here.
    """

    average: float = 0.5
    lately: float = 0.5
    right: int = 0
    wrong: int = 0
    last: int = 0

    @property
    def seen(self) -> bool:
        """Whether there was an attempt."""
        return self.right + self.wrong > 0

    def after(self, answers: int, *, right: bool) -> "SkillHistory":
        """With one more first attempt, before which the learner had given ``answers`` answers in all."""
        outcome = 1.0 if right else 0.0
        return SkillHistory(
            (1.0 - _SKILL_RATE) * self.average + _SKILL_RATE * outcome,
            (1.0 - _LATELY_RATE) * self.lately + _LATELY_RATE * outcome,
            self.right + right,
            self.wrong + (not right),
            answers,
        )


@dataclass(frozen=True, slots=True)
class LearnerHistory:
    """What the predictor remembers of the learner, over all skills. ``average`` as in a skill, weight .1."""

    average: float = 0.65
    right: int = 0
    wrong: int = 0

    @property
    def answers(self) -> int:
        """First attempts so far."""
        return self.right + self.wrong

    def after(self, *, right: bool) -> "LearnerHistory":
        """With one more first attempt."""
        average = (1.0 - _LEARNER_RATE) * self.average + _LEARNER_RATE * (1.0 if right else 0.0)
        return LearnerHistory(average, self.right + right, self.wrong + (not right))


NO_HISTORY = SkillHistory()
NEW_LEARNER = LearnerHistory()


def features(skill: SkillHistory, learner: LearnerHistory) -> tuple[float, ...]:
    """The values of ``FEATURES`` before an attempt."""
    seen = 1.0 if skill.seen else 0.0
    return (
        1.0,
        clipped_logit(skill.average) * seen,
        seen,
        clipped_logit(learner.average),
        math.log(1 + learner.right),
        math.log(1 + learner.wrong),
        math.log(1 + skill.right),
        math.log(1 + skill.wrong),
        clipped_logit(skill.lately) * seen,
        math.log(1 + learner.answers - skill.last) * seen,
    )


@dataclass(frozen=True, slots=True)
class Predictor:
    """A logistic model over ``FEATURES``."""

    weights: tuple[float, ...] = SHIPPED_WEIGHTS

    def predict(self, values: tuple[float, ...], difficulty: float = 0.0) -> float:
        """Chance that a first attempt is right, 0 to 1.

        Args:
            values: of ``FEATURES``.
            difficulty: in logits, how much harder than usual the item is; 0 where it is not known.
        """
        logit = -difficulty
        for weight, value in zip(self.weights, values, strict=True):
            logit += weight * value
        return sigmoid(logit)


def weakest(histories: tuple[SkillHistory, ...]) -> SkillHistory:
    """The history that a question about several skills is predicted from: one unseen, else the lowest average."""
    return min(histories, key=lambda history: (history.seen, history.average))
