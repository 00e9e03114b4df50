"""When a skill counts as mastered, what a learner is shown of it, and which evidence is still missing.

Only unaided right answers at or near the skill's reference difficulty count, so easy questions cannot buy mastery
(``teaching.md`` 0.6 and 1.1). The words of the levels are Khan Academy's, which teachers know. Levels are kept until a
review fails: then the skill falls by one.
"""

import math
from dataclasses import dataclass
from enum import StrEnum

from engine.learner.logit import sigmoid
from engine.learner.predictor import NO_HISTORY, SkillHistory
from engine.learner.skill_state import SKILL_PRIOR, Estimate

DAY_MS = 86_400_000
REMEMBERED = 6
"""How many of a skill's last answers the rule looks at."""

_STREAK_WINDOW = 0.6
_RECENT_WINDOW = 0.35
_STREAK = 3
_SHORT_STREAK = 2
_ABILITY = 0.5
_SURE_ABILITY = 0.9
_CAUTION = 0.6
_TEST_OUT_ANSWERS = 2
TEST_OUT_HARDER = 0.3
_FAMILIAR = 0.70


class Level(StrEnum):
    """What is shown of a skill, lowest first."""

    NOT_STARTED = "not_started"
    ATTEMPTED = "attempted"
    FAMILIAR = "familiar"
    PROFICIENT = "proficient"
    MASTERED = "mastered"


class MissingKind(StrEnum):
    """Which evidence a skill still lacks."""

    UNAIDED = "unaided"  # right answers without help, one after the other
    HARDER = "harder"  # of those, so many on an item at the reference difficulty or above
    MIXED_LATER = "mixed_later"  # one right among other skills, on another day


@dataclass(frozen=True, slots=True)
class Missing:
    """``count`` more pieces of evidence of a kind; ``not_before`` is the earliest time that counts (ms)."""

    kind: MissingKind
    count: int
    not_before: int = 0


@dataclass(frozen=True, slots=True)
class Try:
    """A remembered first attempt: was it right unaided, how hard was it (logits), and does it count for the rule."""

    right: bool
    difficulty: float
    counts: bool = True


@dataclass(frozen=True, slots=True)
class SkillRecord:
    """All that is known of a learner at one skill.

    Attributes:
        estimate: ability in logits.
        history: what the predictor goes by.
        answers: questions answered that count as evidence.
        streak: unaided right ones in a row, near the reference difficulty or harder.
        misses: wrong ones in a row.
        tries: the last six, oldest first.
        tested_out: right ones in a row of a test-out.
        proficient_since: when the mastery rule was met (ms); None while it is not.
        mastered: confirmed in mixed practice at least a day later.
        held_back: a review failed below proficiency; shown as attempted until a right answer.
        taken_as_known: placement says that it can be built on, though nothing was asked about it.
        last_at: when it was last practised (ms).
        practised: number of the learner's questions when it was last practised.
    """

    estimate: Estimate = SKILL_PRIOR
    history: SkillHistory = NO_HISTORY
    answers: int = 0
    streak: int = 0
    misses: int = 0
    tries: tuple[Try, ...] = ()
    tested_out: int = 0
    proficient_since: int | None = None
    mastered: bool = False
    held_back: bool = False
    taken_as_known: bool = False
    last_at: int = 0
    practised: int = 0

    @property
    def proficient(self) -> bool:
        """The mastery rule was met and no review has failed since."""
        return self.proficient_since is not None


def counts_for_streak(difficulty: float, ref: float) -> bool:
    """Whether a right answer at ``difficulty`` says something about a skill of reference ``ref`` (logits)."""
    return difficulty >= ref - _STREAK_WINDOW


def meets_rule(record: SkillRecord, learner: Estimate, ref: float) -> bool:
    """The mastery rule: three in a row and able enough, or surely able, or tested out."""
    ability = record.estimate.mean + learner.mean - ref
    if record.tested_out >= _TEST_OUT_ANSWERS:
        return True
    if record.streak >= _STREAK and ability >= _ABILITY:
        return True
    return (
        lower_bound(record.estimate, learner) - ref >= _SURE_ABILITY
        and record.streak >= _SHORT_STREAK
        and _near_reference(record, ref) >= _SHORT_STREAK
    )


def lower_bound(skill: Estimate, learner: Estimate) -> float:
    """A cautious value of the ability: the mean less .6 standard deviations, in logits."""
    return skill.mean + learner.mean - _CAUTION * math.sqrt(skill.variance + learner.variance)


def level(record: SkillRecord, learner: Estimate, ref: float) -> Level:
    """What to show of a skill."""
    if record.mastered:
        return Level.MASTERED
    if record.proficient:
        return Level.PROFICIENT
    if record.answers == 0:
        return Level.NOT_STARTED
    likely = sigmoid(record.estimate.mean + learner.mean - ref)
    return Level.FAMILIAR if likely >= _FAMILIAR and not record.held_back else Level.ATTEMPTED


def demoted(record: SkillRecord) -> tuple[bool, int | None, bool]:
    """(mastered, proficient_since, held_back) one level down."""
    if record.mastered:
        return False, record.proficient_since, False
    if record.proficient:
        return False, None, False
    return False, None, True


def missing_evidence(record: SkillRecord, learner: Estimate, ref: float) -> tuple[Missing, ...]:
    """What a learner has yet to show before the skill counts as mastered; empty when it does."""
    if record.mastered:
        return ()
    if record.proficient_since is not None:
        return (Missing(MissingKind.MIXED_LATER, 1, record.proficient_since + DAY_MS),)
    able = record.estimate.mean + learner.mean - ref >= _ABILITY
    # Below the ability that the rule asks for, the next right answers raise it: at least one more is needed.
    unaided = max(1, _STREAK - record.streak) if able else max(2, _STREAK - record.streak)
    missing = [Missing(MissingKind.UNAIDED, unaided)]
    if _near_reference(record, ref) == 0:
        missing.append(Missing(MissingKind.HARDER, 1))
    missing.append(Missing(MissingKind.MIXED_LATER, 1))
    return tuple(missing)


def _near_reference(record: SkillRecord, ref: float) -> int:
    """Right answers among the last six that were at the reference difficulty or close to it."""
    return sum(
        seen.right and seen.counts and seen.difficulty >= ref - _RECENT_WINDOW for seen in record.tries
    )
