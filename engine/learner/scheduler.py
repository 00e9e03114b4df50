"""When a memory is due: from how it fades (``fsrs6``), and from what the learner wants of it (``ReviewPlan``).

A due time is never stored: the plan changes (an exam is entered, time gets short) and no review has to be replayed for
it. Two devices find the same time, because the fuzz that keeps cards from marching in step comes from a hash of the
card and the day, not from chance. Defaults: teaching.md 1.3.
"""

import hashlib
import math
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from engine.learner.fsrs6 import DAY_MS, NIGHT_MS, Fsrs6, Memory, elapsed_ms

RETENTION = 0.9
LITTLE_TIME = 0.85
"""The retention to ask for where the learner has little time: intervals are about 1.9 times as long."""
BEFORE_EXAM = 0.95

_RAMP_DAYS = 14
_LAST_LOOK_DAYS = 7
_LONGEST_DAYS = 36_500
_FUZZ_FROM_DAYS = 2.5
_FUZZ_RANGES = ((2.5, 7.0, 0.15), (7.0, 20.0, 0.10), (20.0, math.inf, 0.05))


class CardKind(StrEnum):
    """What a memory is of."""

    ITEM = "item"  # one fact, asked the same way again
    SKILL = "skill"  # reviewed with a fresh item each time


class Card(NamedTuple):
    """Whose memory: an item's or a skill's, by its ids."""

    kind: CardKind
    pack: str
    id: str


@dataclass(frozen=True, slots=True)
class ReviewPlan:
    """What the learner wants of the reviews.

    Attributes:
        retention: chance of recall at which a card is due, .7 to .97.
        exam: when the exam begins, milliseconds UTC; None without one, and without meaning once it has begun.
        longest_days: no interval is longer, at least 1.
    """

    retention: float = RETENTION
    exam: int | None = None
    longest_days: int = _LONGEST_DAYS


def due_at(card: Card, memory: Memory, plan: ReviewPlan, *, model: Fsrs6, now: int) -> int:
    """From when on a review of ``card`` is due, milliseconds UTC.

    Before an exam the wanted retention rises from the plan's to .95 over the last 14 days, and each card gets a last
    look on one of the last 7 days, which one by its hash; a card practised on the last day is due no more before it.

    Args:
        card: whose memory; decides the fuzz.
        memory: its state.
        plan: what the learner wants.
        model: how it fades.
        now: the time, milliseconds UTC: an exam that has begun is left out.
    """
    last = now - elapsed_ms(memory, now)
    days = _fuzzed(card, last, interval_days(memory.stability, plan.retention, model, plan.longest_days))
    days = min(days, plan.longest_days)
    if plan.exam is None or now >= plan.exam:
        return _after(last, days)
    days = _before_exam(memory.stability, plan, model, last=last, days=days)
    last_look = plan.exam - round(_share(card, plan.exam) * (_LAST_LOOK_DAYS - 1) + 1) * DAY_MS
    return min(_after(last, days), max(last_look, _after(last, 1)), plan.exam)


def interval_days(stability: float, retention: float, model: Fsrs6, longest_days: int = _LONGEST_DAYS) -> int:
    """Whole days until recall has fallen to ``retention``: at least 1, at most ``longest_days``; without fuzz."""
    return min(max(round(model.days_until(stability, retention)), 1), longest_days)


def _before_exam(stability: float, plan: ReviewPlan, model: Fsrs6, *, last: int, days: int) -> int:
    """The first whole day, at most ``days``, on which recall is below what is wanted on that day."""
    if plan.exam is None:
        return days
    day = max(1, (plan.exam - _RAMP_DAYS * DAY_MS - last) // DAY_MS)
    while day < days and model.recall(stability, day) > _wanted(plan, last + day * DAY_MS):
        day += 1
    return min(day, days)


def _wanted(plan: ReviewPlan, at: int) -> float:
    """The retention wanted at a time."""
    if plan.exam is None:
        return plan.retention
    risen = 1 - (plan.exam - at) / (_RAMP_DAYS * DAY_MS)
    return plan.retention + max(BEFORE_EXAM - plan.retention, 0) * min(max(risen, 0), 1)


def _after(last: int, days: int) -> int:
    """When a review counts as ``days`` later (``elapsed_days``): 8 hours before the day is full."""
    return last + days * DAY_MS - NIGHT_MS


def _fuzzed(card: Card, last: int, days: int) -> int:
    """``days`` moved a little, as the package does it, but by a hash."""
    if days < _FUZZ_FROM_DAYS:
        return days
    spread = 1.0 + sum(share * max(min(days, end) - start, 0.0) for start, end, share in _FUZZ_RANGES)
    least, most = max(2, round(days - spread)), round(days + spread)
    return least + int(_share(card, last // DAY_MS) * (most - least + 1))


def _share(card: Card, number: int) -> float:
    """A number from 0 to below 1 that depends on the card and on ``number``, the same on every device."""
    name = "\n".join((*card, str(number))).encode()
    return int.from_bytes(hashlib.blake2b(name, digest_size=6).digest(), "big") / 2**48
