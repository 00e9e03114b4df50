"""What a review mends: the skill itself, and the skills that it exercises.

A review also counts in part for what it exercises (``Fsrs6.practise``). So one that does much for several skills is
better than one that does a little more for one: it comes first, and may come some days before it is due, which saves
the reviews that the others would have asked for. No skill waits longer for it than the wanted retention allows.
"""

from collections.abc import Iterable

from engine.learner.fsrs6 import Fsrs6, Memory, elapsed_days


def lost(memory: Memory, model: Fsrs6, now: int) -> float:
    """What was forgotten by ``now`` (milliseconds UTC): 1 less the chance of recall, 0 to 1."""
    return 1.0 - model.recall_at(memory, now)


def mended(own: float, exercised: Iterable[tuple[float, float]]) -> float:
    """What a review mends: its own loss, and of each skill that it exercises (loss, share) that share."""
    return own + sum(share * loss for loss, share in exercised)


def comes_early(memory: Memory, mends: float, *, retention: float, now: int) -> bool:
    """Whether a review is worth doing before it is due: it mends what a due one has lost. Never twice within a day.

    On simulated learners (others than ``eval memory`` reports) a bar of 1.2 times that lost a tenth of the saving, and
    one of .8 saved no more but asked for more reviews.
    """
    return mends >= 1.0 - retention and elapsed_days(memory, now) >= 1
