"""How a memory fades and grows: FSRS-6, version 6.3.2 of the ``fsrs`` package, as pure functions of floats.

Why the formulas are here and not called in the package: one review through ``fsrs.Scheduler`` takes 17 to 19 µs (it
copies the card and builds a log entry), one through ``Fsrs6`` about 2 µs. An answer moves up to four memories, so a log
of 100,000 answers would spend its whole 5 s there. The package stays the reference: the tests hold both to 1e-9,
its bounds decide which parameters are allowed (``fsrs6``), and it is pinned, because 6.3.1 and 6.3.2 differ.

Formulas: teaching.md 1.3, from https://github.com/open-spaced-repetition/awesome-fsrs/wiki/The-Algorithm. Elsewhere:
when a card is due (``scheduler``), what an answer is worth (``grade``), which memories an answer moves (``memory``).
"""

import math
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from engine.errors import UsageError

Parameters = tuple[float, ...]

DEFAULTS: Parameters = (
    0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796,
    1.4835, 0.0614, 0.2629, 1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542,
)  # fmt: skip

DAY_MS = 86_400_000
NIGHT_MS = DAY_MS // 3
_STABILITY_MIN = 0.001
_DIFFICULTY_MIN = 1.0
_DIFFICULTY_MAX = 10.0


class Rating(IntEnum):
    """How a review went."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


@dataclass(frozen=True, slots=True)
class Memory:
    """What is known about one memory. When it is due depends on the learner's plan as well: ``scheduler.due_at``.

    Attributes:
        stability: days until the chance of recall is .9, at least .001.
        difficulty: 1 to 10.
        last: when it was last practised, by the computer's clock, milliseconds since 1970-01-01 UTC. Practice that
            counts in part moves it in part.
        seen: the latest time in the learner's log up to then. It is later than ``last`` if the clock was set back.
        reps: reviews so far, the first one included.
        lapses: reviews that failed, without the first one.
    """

    stability: float
    difficulty: float
    last: int
    seen: int
    reps: int = 1
    lapses: int = 0


def elapsed_ms(memory: Memory, now: int) -> int:
    """Milliseconds since ``memory`` was practised, never negative.

    A clock that was set back is found out by what came before in the log: time that has caught up with ``seen`` is
    counted from there (the clock had been wrong in the past), earlier time from ``last`` (in the future).
    """
    if now >= memory.seen:
        return now - memory.seen
    return max(0, now - memory.last)


def elapsed_days(memory: Memory, now: int) -> int:
    """Whole days since ``memory`` was practised; 16 hours, a night between, count as one.

    The package counts 24 hours as a day, so that a learner who comes a little earlier every morning would never have
    come on the next day.
    """
    return (elapsed_ms(memory, now) + NIGHT_MS) // DAY_MS


class Fsrs6:
    """The formulas with one set of parameters. ``fsrs6`` makes one.

    Args:
        parameters: w0 to w20.
    """

    __slots__ = (
        "_again_ratio",
        "_decay",
        "_easy",
        "_easy_difficulty",
        "_factor",
        "_growth",
        "_ratio",
        "parameters",
    )

    def __init__(self, parameters: Parameters) -> None:
        w = parameters
        self.parameters = w
        self._decay = -w[20]
        self._factor = 0.9 ** (1 / self._decay) - 1
        self._growth = math.exp(w[8])
        self._again_ratio = math.exp(w[17] * w[18])
        self._easy_difficulty = w[4] - math.exp(w[5] * 3) + 1
        self._ratio = tuple(math.exp(w[17] * (grade - 3 + w[18])) for grade in (1, 2, 3, 4))
        self._easy = (1.0, w[15], 1.0, w[16])

    def first(self, rating: Rating) -> tuple[float, float]:
        """Stability (days) and difficulty after the first review."""
        w = self.parameters
        difficulty = w[4] - math.exp(w[5] * (rating - 1)) + 1
        return max(w[rating - 1], _STABILITY_MIN), _clamped(difficulty)

    def next(self, stability: float, difficulty: float, rating: Rating, *, days: int) -> tuple[float, float]:
        """Stability and difficulty after a review, ``days`` whole days after the last one."""
        if days < 1:
            grown = self._same_day(stability, rating)
        elif rating == Rating.AGAIN:
            grown = self._forgotten(stability, difficulty, self.recall(stability, days))
        else:
            grown = self._recalled(stability, difficulty, rating, self.recall(stability, days))
        if grown < _STABILITY_MIN:
            grown = _STABILITY_MIN
        return grown, self._next_difficulty(difficulty, rating)

    def recall(self, stability: float, days: float) -> float:
        """The chance of recall after ``days``, 0 to 1."""
        return float((1 + self._factor * days / stability) ** self._decay)

    def days_until(self, stability: float, retention: float) -> float:
        """After how many days the chance of recall has fallen to ``retention``."""
        return float(stability / self._factor * (retention ** (1 / self._decay) - 1))

    def review(self, memory: Memory | None, rating: Rating, *, at: int, seen: int) -> Memory:
        """The memory after a review.

        Args:
            memory: as it was, None if this is the first review.
            rating: how it went.
            at: when, milliseconds UTC.
            seen: the latest time in the learner's log so far, at least ``at``.
        """
        if memory is None:
            stability, difficulty = self.first(rating)
            return Memory(stability, difficulty, at, seen)
        days = elapsed_days(memory, at)
        stability, difficulty = self.next(memory.stability, memory.difficulty, rating, days=days)
        lapses = memory.lapses + (rating == Rating.AGAIN)
        return Memory(stability, difficulty, at, seen, memory.reps + 1, lapses)

    def practise(self, memory: Memory, share: float, *, at: int) -> Memory:
        """The memory after practice of something else that exercises it.

        ``S ← S + share (S⁺ − S)`` and ``last ← last + share (now − last)``, S⁺ as after a review rated Good; difficulty
        and counts stay. Practice on the same day changes nothing: FSRS discounts early reviews through 1 − R.

        Args:
            memory: as it was.
            share: how much of it was exercised, 0 to 1.
            at: when, milliseconds UTC.
        """
        passed = elapsed_ms(memory, at)
        days = (passed + NIGHT_MS) // DAY_MS
        if days < 1:
            return memory
        recall = self.recall(memory.stability, days)
        full = self._recalled(memory.stability, memory.difficulty, Rating.GOOD, recall)
        moved = round(share * passed)
        return Memory(
            memory.stability + share * (full - memory.stability),
            memory.difficulty,
            memory.last + moved,
            memory.seen + moved if at >= memory.seen else memory.seen,
            memory.reps,
            memory.lapses,
        )

    def recall_at(self, memory: Memory, now: int) -> float:
        """The chance of recall at ``now``, 0 to 1."""
        return self.recall(memory.stability, elapsed_days(memory, now))

    def _same_day(self, stability: float, rating: Rating) -> float:
        ratio: float = self._ratio[rating - 1] * stability ** -self.parameters[19]
        return stability * (ratio if rating == Rating.AGAIN else max(ratio, 1.0))

    def _recalled(self, stability: float, difficulty: float, rating: Rating, recall: float) -> float:
        w = self.parameters
        pull: float = stability ** -w[9] * (math.exp((1 - recall) * w[10]) - 1)
        return stability * (1 + self._growth * (11 - difficulty) * pull * self._easy[rating - 1])

    def _forgotten(self, stability: float, difficulty: float, recall: float) -> float:
        w = self.parameters
        left: float = w[11] * difficulty ** -w[12] * ((stability + 1) ** w[13] - 1)
        return min(left * math.exp((1 - recall) * w[14]), stability / self._again_ratio)

    def _next_difficulty(self, difficulty: float, rating: Rating) -> float:
        w = self.parameters
        moved = difficulty - (10 - difficulty) * w[6] * (rating - 3) / 9
        return _clamped(w[7] * self._easy_difficulty + (1 - w[7]) * moved)


@lru_cache(maxsize=8)
def fsrs6(parameters: Parameters = DEFAULTS) -> Fsrs6:
    """The formulas with ``parameters``, which the package must allow.

    Raises:
        UsageError: there are not 21, or one is out of bounds.
    """
    if parameters != DEFAULTS:
        from fsrs import Scheduler

        try:
            Scheduler(parameters)
        except ValueError as error:
            raise UsageError(
                "The settings of the review schedule are not valid.", todo="Reset them to the defaults."
            ) from error
    return Fsrs6(parameters)


def _clamped(difficulty: float) -> float:
    return min(max(difficulty, _DIFFICULTY_MIN), _DIFFICULTY_MAX)
