"""FSRS-6 for many cards and many sets of parameters at once: what the refit needs, and nothing else does.

The formulas are those of ``fsrs6``, over arrays of shape (sets of parameters, cards); tests hold the two together.
"""

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from engine.learner.fsrs6 import Rating
from engine.learner.memory import Step

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Booleans = NDArray[np.bool_]
    Integers = NDArray[np.int64]

_STABILITY_MIN = 0.001


class ReviewBatch:
    """Reviews of many cards, laid out by card and number of the review.

    Args:
        steps: reviews in the log's order; a card's first one is its beginning.
    """

    def __init__(self, steps: Sequence[Step]) -> None:
        import numpy as np

        self._steps = steps
        by_card: dict[object, list[int]] = {}
        for position, step in enumerate(steps):
            by_card.setdefault(step.card, []).append(position)
        rows = sorted(by_card.values(), key=len, reverse=True)
        longest = len(rows[0]) if rows else 0
        self._columns: list[Integers] = [
            np.array([row[number] for row in rows if len(row) > number], dtype=np.int64)
            for number in range(longest)
        ]
        self._days = np.array([step.days for step in steps], dtype=np.float64)
        self._rating = np.array([step.rating for step in steps], dtype=np.int64)
        self._share = np.array([step.share for step in steps], dtype=np.float64)

    @cached_property
    def positions(self) -> "Integers":
        """Where the predicted reviews stand among the steps: reviews in full on a later day than the last one."""
        import numpy as np

        predicted = (self._share == 1) & (self._days >= 1)
        if self._columns:
            predicted[self._columns[0]] = False
        return np.nonzero(predicted)[0]

    @property
    def recalled(self) -> "Floats":
        """By predicted review, 1 where it went well, 0 where not."""
        import numpy as np

        return np.asarray(self._rating[self.positions] > Rating.AGAIN, dtype=np.float64)

    def chances(self, parameters: "Floats") -> "Floats":
        """The chance of recall before each predicted review.

        Args:
            parameters: sets of parameters, shape (sets, 21).

        Returns:
            Shape (sets, predicted reviews), 0 to 1.
        """
        import numpy as np

        w = parameters.T[:, :, None]
        recall = np.ones((len(parameters), len(self._steps)))
        stability = difficulty = np.empty((len(parameters), 0))
        for number, column in enumerate(self._columns):
            rating = self._rating[column]
            if number == 0:
                stability, difficulty = _first(w, rating)
                continue
            stability, difficulty = stability[:, : len(column)], difficulty[:, : len(column)]
            days, share = self._days[column], self._share[column]
            recall[:, column] = chance = (1 + _factor(w) * days / stability) ** -w[20]
            grown = np.where(
                days < 1,
                _same_day(w, stability, rating),
                np.where(
                    rating == Rating.AGAIN,
                    _forgotten(w, stability, difficulty, chance),
                    _recalled(w, stability, difficulty, rating, chance),
                ),
            )
            grown = np.maximum(grown, _STABILITY_MIN)
            stability = stability + share * (grown - stability)
            moved = _next_difficulty(w, difficulty, rating)
            difficulty = np.where(share < 1, difficulty, moved)
        return recall[:, self.positions]


def _first(w: "Floats", rating: "Integers") -> tuple["Floats", "Floats"]:
    import numpy as np

    stability = np.maximum(w[rating - 1, :, 0].T, _STABILITY_MIN)
    return stability, np.clip(w[4] - np.exp(w[5] * (rating - 1)) + 1, 1, 10)


def _factor(w: "Floats") -> "Floats":
    import numpy as np

    return np.asarray(0.9 ** (-1 / w[20]) - 1)


def _same_day(w: "Floats", stability: "Floats", rating: "Integers") -> "Floats":
    import numpy as np

    ratio = np.exp(w[17] * (rating - 3 + w[18])) * stability ** -w[19]
    return np.asarray(stability * np.where(rating == Rating.AGAIN, ratio, np.maximum(ratio, 1)))


def _recalled(
    w: "Floats", stability: "Floats", difficulty: "Floats", rating: "Integers", chance: "Floats"
) -> "Floats":
    import numpy as np

    easy = np.where(rating == Rating.HARD, w[15], np.where(rating == Rating.EASY, w[16], 1))
    pull = stability ** -w[9] * np.expm1((1 - chance) * w[10])
    return np.asarray(stability * (1 + np.exp(w[8]) * (11 - difficulty) * pull * easy))


def _forgotten(w: "Floats", stability: "Floats", difficulty: "Floats", chance: "Floats") -> "Floats":
    import numpy as np

    left = w[11] * difficulty ** -w[12] * ((stability + 1) ** w[13] - 1) * np.exp((1 - chance) * w[14])
    return np.asarray(np.minimum(left, stability / np.exp(w[17] * w[18])))


def _next_difficulty(w: "Floats", difficulty: "Floats", rating: "Integers") -> "Floats":
    import numpy as np

    easiest = w[4] - np.exp(w[5] * 3) + 1
    moved = difficulty - (10 - difficulty) * w[6] * (rating - 3) / 9
    return np.asarray(np.clip(w[7] * easiest + (1 - w[7]) * moved, 1, 10))
