"""What stands out in how a learner works: misconceptions, guessing, too much or too little help, going in circles.

Everything is counted from evidence and comes with the numbers it was counted from; nothing is known of who the learner
is. Rules: ``teaching.md`` 1.7. The flags are for a neutral word to the learner, never a verdict.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from engine.learner.evidence import Evidence
from engine.learner.learner_state import LearnerState
from engine.learner.logit import sigmoid
from engine.learner.mastery import DAY_MS

_LOOK_BACK = 5
_REPEATED = 2
_RAPID_S = 3.0
_RAPID_SHARE = 0.1
_WINDOW = 20
_LEAST = 10
_BOTTOM_OUT = 5
_ABUSE = 0.3
_RAPID_FLAG = 0.2
_AVOIDED = 3
_AVOIDING_SHARE = 0.2
_SPIN_FROM = 4
_SPIN_CHANCE = 0.5
_SPIN_BIAS = 1.62
_SPIN_RIGHT = -4.69
_SPIN_CHANGE = -0.88
_SPIN_LOOK_BACK = 8
RAPID_WEIGHT = 0.3
"""Weight of evidence that was guessed at speed."""


class PatternKind(StrEnum):
    """What stands out."""

    MISCONCEPTION = "misconception"
    GUESSING = "guessing"
    HELP_ABUSE = "help_abuse"
    HELP_AVOIDANCE = "help_avoidance"
    WHEEL_SPINNING = "wheel_spinning"


@dataclass(frozen=True, slots=True)
class Pattern:
    """One thing that stands out.

    Attributes:
        kind: what.
        skill: where; empty for the learner's way of working in general.
        count: how many answers show it.
        of: among how many.
        misconception: its id, for a misconception.
    """

    kind: PatternKind
    skill: str
    count: int
    of: int
    misconception: str = ""


def patterns(evidence: Sequence[Evidence], state: LearnerState, pack: str) -> tuple[Pattern, ...]:
    """What stands out in one pack's ``evidence``, oldest first."""
    here = [piece for piece in evidence if piece.pack == pack and piece.results]
    return (
        *misconceptions(here),
        *ways_of_working(here),
        *wheel_spinning(here, state, pack),
    )


def misconceptions(evidence: Sequence[Evidence]) -> list[Pattern]:
    """The same one in at least two of the last five wrong answers on a skill."""
    found = []
    for skill, pieces in _by_skill(evidence).items():
        wrong = [piece for piece in pieces if not piece.first_right][-_LOOK_BACK:]
        seen = [name for piece in wrong for name in dict.fromkeys(piece.misconceptions)]
        for name in dict.fromkeys(seen):
            if seen.count(name) >= _REPEATED:
                kind = PatternKind.MISCONCEPTION
                found.append(Pattern(kind, skill, seen.count(name), len(wrong), name))
    return found


def rapid_limit(seconds: Sequence[float]) -> float:
    """Below how many seconds a wrong answer was guessed: 3, or the learner's own fastest tenth if that is longer."""
    if len(seconds) < _LEAST:
        return _RAPID_S
    return max(_RAPID_S, sorted(seconds)[int(_RAPID_SHARE * len(seconds))])


def evidence_weight(seconds: float, *, right: bool, past_seconds: Sequence[float]) -> float:
    """What an answer counts for: less when it was wrong faster than it can be read."""
    return RAPID_WEIGHT if not right and seconds < rapid_limit(past_seconds) else 1.0


def ways_of_working(evidence: Sequence[Evidence]) -> list[Pattern]:
    """Guessing, asking for the solution, and not asking at all, over the last twenty questions."""
    recent = evidence[-_WINDOW:]
    if len(recent) < _LEAST:
        return []
    guessed = sum(not piece.first_right and piece.seconds < _RAPID_S for piece in recent)
    given = sum(piece.level >= _BOTTOM_OUT for piece in recent)
    avoided = sum(
        piece.attempts >= _AVOIDED and piece.level == 0 and not piece.first_right for piece in recent
    )
    counted = (
        (PatternKind.GUESSING, guessed, _RAPID_FLAG),
        (PatternKind.HELP_ABUSE, given, _ABUSE),
        (PatternKind.HELP_AVOIDANCE, avoided, _AVOIDING_SHARE),
    )
    return [
        Pattern(kind, "", count, len(recent)) for kind, count, share in counted if count > share * len(recent)
    ]


def wheel_spinning(evidence: Sequence[Evidence], state: LearnerState, pack: str) -> list[Pattern]:
    """Skills that ten questions will probably not be enough for, told from the fourth on."""
    found = []
    for skill, pieces in _by_skill(evidence).items():
        if state.skill(pack, skill).proficient or len(pieces) < _SPIN_FROM:
            continue
        if spinning_chance(pieces) > _SPIN_CHANCE:
            right = sum(piece.first_right for piece in pieces)
            found.append(Pattern(PatternKind.WHEEL_SPINNING, skill, len(pieces) - right, len(pieces)))
    return found


def spinning_chance(pieces: Sequence[Evidence]) -> float:
    """Chance that a skill is not mastered within ten questions, from what the first ones were like, 0 to 1.

    A logistic model of the share right and its change from the first half to the second, fitted on ASSISTments 2009
    with three right in a row for mastery. Of skills flagged at the fifth question, unseen students' wheels did spin in
    .75, and .62 of those that would were flagged.
    """
    right = [float(piece.first_right) for piece in pieces[-_SPIN_LOOK_BACK:]]
    half = len(right) // 2
    change = sum(right[half:]) / (len(right) - half) - sum(right[:half]) / max(half, 1)
    return sigmoid(_SPIN_BIAS + _SPIN_RIGHT * sum(right) / len(right) + _SPIN_CHANGE * change)


def time_by_day(evidence: Sequence[Evidence], *, offset_ms: int = 0) -> dict[int, float]:
    """Seconds on task by day, the day counted from 1970-01-01 in a zone ``offset_ms`` east of UTC; oldest first."""
    spent: dict[int, float] = {}
    for piece in evidence:
        day = (piece.at + offset_ms) // DAY_MS
        spent[day] = spent.get(day, 0.0) + piece.seconds
    return dict(sorted(spent.items()))


def _by_skill(evidence: Sequence[Evidence]) -> dict[str, list[Evidence]]:
    found: dict[str, list[Evidence]] = {}
    for piece in evidence:
        for result in piece.results:
            found.setdefault(result.skill, []).append(piece)
    return found
