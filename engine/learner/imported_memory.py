"""The memory that a card of another program begins with here: from its reviews, or else from its interval and ease.

What is read from which file is the importers' part; ``memory.with_imported`` takes the result.
"""

import math
from collections.abc import Iterable

from engine.learner.fsrs6 import Fsrs6, Memory, Rating

_RETENTION = 0.9
_STABILITY = (0.001, 36_500.0)
_DIFFICULTY = (1.0, 10.0)


def memory_from_reviews(reviews: Iterable[tuple[int, Rating]], model: Fsrs6) -> Memory | None:
    """The memory after ``reviews``, (milliseconds UTC, rating) in any order; None if there are none.

    Two reviews at the same millisecond are one: logs that were merged hold copies.
    """
    memory: Memory | None = None
    for at, rating in sorted(dict(reviews).items()):
        memory = model.review(memory, rating, at=at, seen=at)
    return memory


def memory_from_interval(days: float, ease: float, model: Fsrs6, *, last: int) -> Memory:
    """The memory of a card of SM-2 that has no log, as if its interval aimed at a recall of .9.

    The difficulty is the one at which a good review at the end of the interval multiplies the stability by the ease
    (fsrs-rs, ``memory_state_from_sm2``).

    Args:
        days: the interval, above 0.
        ease: the factor on the interval after a good review, above 1; 2.5 to begin with.
        model: how it fades.
        last: when it was last reviewed, milliseconds UTC.
    """
    stability = min(max(days, _STABILITY[0]), _STABILITY[1])
    w = model.parameters
    pull = math.exp(w[8]) * stability ** -w[9] * math.expm1((1 - _RETENTION) * w[10])
    difficulty = 11 - (max(ease, 1.0) - 1) / pull if pull > 0 else _DIFFICULTY[1]
    return Memory(stability, min(max(difficulty, _DIFFICULTY[0]), _DIFFICULTY[1]), last, last)
