"""What to review today, and what the coming days hold.

The learner (or a teacher) chooses the days and the minutes of a day; that limit is kept. What does not fit waits for
the next chosen day, so a long break is caught up with over some days, the most valuable reviews first: most forgotten,
most central. There is nothing to lose by a missed day and no streak to keep.

A card is given with its memory and with what the course knows of it (``Reviewable``); which skills are learned far
enough to be reviewed is the caller's choice. Elsewhere: when a card is due (``scheduler``), and what a review does for
the skills that it exercises (``covering``), for which it may come before it is due.
"""

import bisect
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from engine.learner.covering import comes_early, lost, mended
from engine.learner.fsrs6 import DAY_MS, Fsrs6, Memory, Rating
from engine.learner.scheduler import Card, CardKind, ReviewPlan, due_at

EVERY_DAY = frozenset(range(7))
FORECAST_DAYS = 30

_MINUTE_MS = 60_000
_MINUTE_S = 60
_DAYS_A_WEEK = 7
_EPOCH_WEEKDAY = 3  # 1970-01-01 was a Thursday


@dataclass(frozen=True, slots=True)
class Routine:
    """When the learner wants to study.

    Attributes:
        minutes: of review on one day, above 0.
        weekdays: 0 Monday to 6 Sunday; at least one.
        utc_offset_min: minutes that local time is ahead of UTC, -720 to 840: it decides when a day ends.
    """

    minutes: float = 15.0
    weekdays: frozenset[int] = EVERY_DAY
    utc_offset_min: int = 0

    def day(self, at: int) -> int:
        """The local day of a time (milliseconds UTC), in days since 1970-01-01."""
        return (at + self.utc_offset_min * _MINUTE_MS) // DAY_MS

    def chosen(self, day: int) -> bool:
        """Whether ``day`` is one of the learner's."""
        return (day + _EPOCH_WEEKDAY) % _DAYS_A_WEEK in self.weekdays

    def end(self, day: int) -> int:
        """When ``day`` ends, milliseconds UTC."""
        return (day + 1) * DAY_MS - self.utc_offset_min * _MINUTE_MS


@dataclass(frozen=True, slots=True)
class Reviewable:
    """A card that may be reviewed.

    Attributes:
        card: whose memory.
        memory: its state.
        centrality: how much rests on it, above 0; 1 for a skill that nothing rests on.
        seconds: time that a review takes this learner.
        exercises: of a skill, the skills of its pack that it exercises, with the share.
    """

    card: Card
    memory: Memory
    centrality: float = 1.0
    seconds: float = 30.0
    exercises: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Schedule:
    """By what due times are found: the plan, how memories fade, and the learner's routine."""

    plan: ReviewPlan
    model: Fsrs6
    routine: Routine


@dataclass(frozen=True, slots=True)
class Today:
    """What to review today.

    Attributes:
        reviews: in order, within the limit of the day.
        minutes: that they take together.
        waiting: how many more are due and put off to the coming days.
        chosen: whether today is one of the learner's days. On another day the reviews are only offered.
    """

    reviews: tuple[Reviewable, ...]
    minutes: float
    waiting: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class DayAhead:
    """A day of the forecast: reviews that fit into its limit, their minutes, and how many are put off."""

    day: int
    reviews: int
    minutes: float
    waiting: int


def today(cards: Iterable[Reviewable], schedule: Schedule, *, now: int, minutes_done: float = 0.0) -> Today:
    """What is due now or worth doing early, the most valuable first, as far as today's minutes go.

    Args:
        cards: all that may be reviewed.
        schedule: plan, model and routine.
        now: the time, milliseconds UTC.
        minutes_done: of review today.
    """
    board = _Board(cards, schedule, now)
    due = [one for one in board.cards if board.is_asked(one)]
    due.sort(key=board.urgency)
    fitting = _fitting(due, schedule.routine.minutes - minutes_done)
    return Today(
        reviews=tuple(due[:fitting]),
        minutes=_minutes(due[:fitting]),
        waiting=len(due) - fitting,
        chosen=schedule.routine.chosen(schedule.routine.day(now)),
    )


def coming(cards: Iterable[Reviewable], schedule: Schedule, *, now: int) -> list[tuple[int, Card]]:
    """When each card is due next (milliseconds UTC, not before ``now``), soonest first: what a session ends with."""
    return sorted((max(now, _due(one, schedule, now)), one.card) for one in cards)


def forecast(
    cards: Iterable[Reviewable], schedule: Schedule, *, now: int, days: int = FORECAST_DAYS
) -> list[DayAhead]:
    """The reviews of the coming ``days``, today first, if the routine is kept and each review goes well.

    A review that is done moves its card to a later day, which may be one of these days again; that is counted.
    """
    routine = schedule.routine
    first = routine.day(now)
    ends = [routine.end(first + ahead) for ahead in range(days)]
    falling: list[list[Reviewable]] = [[] for _ in ends]
    board = _Board(cards, schedule, now)
    for one in board.cards:
        _drop(one, now if board.is_asked(one) else _due(one, schedule, now), ends, falling)
    backlog: list[Reviewable] = []
    ahead = []
    for number, end in enumerate(ends):
        backlog += falling[number]
        at = max(now, end - DAY_MS // 2)
        backlog.sort(key=partial(_urgency, model=schedule.model, now=at))
        done = _fitting(backlog, routine.minutes) if routine.chosen(first + number) else 0
        ahead.append(DayAhead(first + number, done, _minutes(backlog[:done]), len(backlog) - done))
        for one in backlog[:done]:
            later = replace(one, memory=schedule.model.review(one.memory, Rating.GOOD, at=at, seen=at))
            _drop(later, max(end, _due(later, schedule, at)), ends, falling)
        backlog = backlog[done:]
    return ahead


class _Board:
    """Cards at one moment: what each has lost, and what a review of it mends."""

    def __init__(self, cards: Iterable[Reviewable], schedule: Schedule, now: int) -> None:
        self.cards = tuple(cards)
        self._schedule = schedule
        self._now = now
        self._losses = {one.card: lost(one.memory, schedule.model, now) for one in self.cards}
        self._centrality = {one.card: one.centrality for one in self.cards if one.card.kind is CardKind.SKILL}

    def is_asked(self, one: Reviewable) -> bool:
        """Whether it is due, or does enough for others to come early."""
        if _due(one, self._schedule, self._now) <= self._now:
            return True
        if not one.exercises:
            return False
        mends = mended(
            self._losses[one.card], [(self._losses[card], share) for card, share in self._exercised(one)]
        )
        return comes_early(one.memory, mends, retention=self._schedule.plan.retention, now=self._now)

    def urgency(self, one: Reviewable) -> tuple[float, Card]:
        """Sorts to the front what mends most, counting what is central more; the card decides between equals."""
        worth = mended(
            one.centrality * self._losses[one.card],
            [(self._centrality[card] * self._losses[card], share) for card, share in self._exercised(one)],
        )
        return -worth, one.card

    def _exercised(self, one: Reviewable) -> Iterator[tuple[Card, float]]:
        for skill, share in one.exercises:
            card = Card(CardKind.SKILL, one.card.pack, skill)
            if card in self._centrality:
                yield card, share


def _due(one: Reviewable, schedule: Schedule, now: int) -> int:
    return due_at(one.card, one.memory, schedule.plan, model=schedule.model, now=now)


def _urgency(one: Reviewable, model: Fsrs6, now: int) -> tuple[float, Card]:
    """Sorts what is most forgotten and most central to the front; the card decides between equals."""
    return -one.centrality * lost(one.memory, model, now), one.card


def _fitting(due: Sequence[Reviewable], minutes: float) -> int:
    """How many from the front fit into ``minutes``: one at least, unless the time is spent."""
    if minutes <= 0:
        return 0
    left = minutes * _MINUTE_S
    for number, one in enumerate(due):
        left -= one.seconds
        if left < 0:
            return max(number, 1)
    return len(due)


def _minutes(reviews: Iterable[Reviewable]) -> float:
    return sum(one.seconds for one in reviews) / _MINUTE_S


def _drop(one: Reviewable, due: int, ends: Sequence[int], falling: list[list[Reviewable]]) -> None:
    """Put a card to the day on which it is due, if that is within sight."""
    number = bisect.bisect_right(ends, due)
    if number < len(ends):
        falling[number].append(one)
