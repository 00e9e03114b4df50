"""Whether it is getting better: a moving average to draw, and a slope that is only named when it is no accident.

Theil-Sen's slope (the median of all pairs' slopes) and Mann-Kendall's test over the last eight sessions
(``teaching.md`` 1.7), or over as many more as it takes to reach 120 answers. A session ends where thirty minutes pass
without a question. What is judged is what there is to draw, so that the word fits the curve above it.
"""

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from engine.learner.evidence import Evidence

_RATE = 0.25
_SESSIONS, _ANSWERS = 8, 120
_LEAST_SESSIONS = 4
_LEAST_ANSWERS = 12
_SIGNIFICANT = 0.1
_PAUSE_MS = 30 * 60_000


class Direction(StrEnum):
    """What may be said of a trend."""

    NOT_ENOUGH = "not_enough"
    STEADY = "steady"
    IMPROVING = "improving"
    DECLINING = "declining"


@dataclass(frozen=True, slots=True)
class Trend:
    """First attempts over time.

    Attributes:
        direction: what may be said of ``average``.
        average: moving average of first attempts after each answer of ``sessions``, weight .25 for the newest. Those
            before them have their weight in it.
        sessions: share right in each of the last sessions, oldest first.
        slope: change of that share from one session to the next.
        chance: that a slope like this is an accident (two-sided p); 1 where there is too little to go by.
    """

    direction: Direction
    average: tuple[float, ...]
    sessions: tuple[float, ...]
    slope: float
    chance: float


def trend(evidence: Sequence[Evidence]) -> Trend:
    """The trend of ``evidence``, oldest first: of one skill, or of all."""
    recent = _latest(sessions(evidence))
    answers = sum(map(len, recent))
    whole = _moving_average([piece.first_right for piece in evidence])
    average = whole[len(whole) - answers :]
    shares = tuple(sum(piece.first_right for piece in part) / len(part) for part in recent)
    if len(shares) < _LEAST_SESSIONS or answers < _LEAST_ANSWERS:
        return Trend(Direction.NOT_ENOUGH, average, shares, 0.0, 1.0)
    slope, chance = theil_sen(shares), mann_kendall(shares)
    if chance >= _SIGNIFICANT or slope == 0.0:
        direction = Direction.STEADY
    else:
        direction = Direction.IMPROVING if slope > 0 else Direction.DECLINING
    return Trend(direction, average, shares, slope, chance)


def sessions(evidence: Sequence[Evidence]) -> list[list[Evidence]]:
    """``evidence`` cut where half an hour went by between two questions."""
    parts: list[list[Evidence]] = []
    for piece in evidence:
        if parts and piece.at - parts[-1][-1].at < _PAUSE_MS:
            parts[-1].append(piece)
        else:
            parts.append([piece])
    return parts


def _latest(parts: Sequence[list[Evidence]]) -> Sequence[list[Evidence]]:
    """The last eight, and those before them until there are answers enough."""
    first, answers = len(parts), 0
    while first and (len(parts) - first < _SESSIONS or answers < _ANSWERS):
        first -= 1
        answers += len(parts[first])
    return parts[first:]


def theil_sen(values: Sequence[float]) -> float:
    """Median slope of all pairs, per step."""
    slopes = [
        (values[later] - values[earlier]) / (later - earlier)
        for earlier in range(len(values))
        for later in range(earlier + 1, len(values))
    ]
    return statistics.median(slopes)


def mann_kendall(values: Sequence[float]) -> float:
    """Two-sided p of the test against a trend, with correction for ties."""
    count = len(values)
    score = sum(
        (values[later] > values[earlier]) - (values[later] < values[earlier])
        for earlier in range(count)
        for later in range(earlier + 1, count)
    )
    ties = [values.count(value) for value in dict.fromkeys(values)]
    spread = count * (count - 1) * (2 * count + 5) - sum(tie * (tie - 1) * (2 * tie + 5) for tie in ties)
    if spread <= 0 or score == 0:
        return 1.0
    away = (abs(score) - 1) / math.sqrt(spread / 18)
    return math.erfc(away / math.sqrt(2.0))


def _moving_average(outcomes: Sequence[bool]) -> tuple[float, ...]:
    drawn: list[float] = []
    for right in outcomes:
        before = drawn[-1] if drawn else 0.5
        drawn.append(before + _RATE * (right - before))
    return tuple(drawn)
