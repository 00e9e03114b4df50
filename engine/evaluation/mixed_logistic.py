"""A logistic model with shrunken effects of groups, and the figures by which predictions are judged.

Effects (of a skill, of a problem) are held towards 0 by a ridge, so a problem seen twice is hardly believed and one
seen never counts as average.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float64]
    Groups = NDArray[np.intp]

_ROUNDS = 12
_NEWTON_STEPS = 2
_WEIGHT_RIDGE = 1.0
_BINS = 10
_SURE = 1e-6


@dataclass(frozen=True, slots=True)
class MixedLogistic:
    """Weights of the features, and one array of effects for each grouping."""

    weights: "Array"
    effects: tuple["Array", ...]

    def predict(self, values: "Array", groups: Sequence["Groups"]) -> "Array":
        """Chances, 0 to 1."""
        logits = values @ self.weights
        for effect, group in zip(self.effects, groups, strict=True):
            logits = logits + effect[group]
        return _sigmoid(logits)


def fit(
    values: "Array", right: "Array", groups: Sequence["Groups"], sizes: Sequence[int], ridges: Sequence[float]
) -> MixedLogistic:
    """Newton's method, the weights and each grouping's effects in turn.

    Args:
        values: of the features, one row an answer.
        right: 1 or 0.
        groups: for each grouping the number of each row's group.
        sizes: number of groups of each grouping, those unseen here included.
        ridges: how strongly each grouping's effects are held towards 0, in units of information.
    """
    import numpy as np

    weights = np.zeros(values.shape[1])
    effects = [np.zeros(size) for size in sizes]
    hold = _WEIGHT_RIDGE * np.eye(len(weights))
    for _ in range(_ROUNDS):
        offset = _offset(effects, groups, len(right))
        for _ in range(_NEWTON_STEPS):
            chance = _sigmoid(values @ weights + offset)
            curvature = values.T @ (values * (chance * (1.0 - chance))[:, None]) + hold
            weights = weights + np.linalg.solve(
                curvature, values.T @ (right - chance) - _WEIGHT_RIDGE * weights
            )
        base = values @ weights
        for place, (group, ridge) in enumerate(zip(groups, ridges, strict=True)):
            for _ in range(_NEWTON_STEPS):
                chance = _sigmoid(base + _offset(effects, groups, len(right)))
                slope = np.bincount(group, right - chance, sizes[place]) - ridge * effects[place]
                bend = np.bincount(group, chance * (1.0 - chance), sizes[place]) + ridge
                effects[place] = effects[place] + slope / bend
    return MixedLogistic(weights, tuple(effects))


def figures(right: "Array", chance: "Array") -> dict[str, float]:
    """AUC, log-loss, accuracy at .5 and expected calibration error over ten bins."""
    import numpy as np

    held = np.clip(chance, _SURE, 1.0 - _SURE)
    loss = -(right * np.log(held) + (1.0 - right) * np.log(1.0 - held)).mean()
    place = np.minimum((chance * _BINS).astype(int), _BINS - 1)
    gaps = np.bincount(place, right - chance, _BINS)
    return {
        "n": len(right),
        "auc": round(auc(right, chance), 4),
        "log_loss": round(float(loss), 4),
        "ece": round(float(np.abs(gaps).sum() / len(right)), 4),
        "accuracy": round(float(((chance >= 0.5) == (right > 0.5)).mean()), 4),
    }


def auc(right: "Array", chance: "Array") -> float:
    """Chance that a right answer was predicted higher than a wrong one, ties half; .5 where one kind is missing."""
    import numpy as np

    order, counts = np.unique(chance, return_inverse=True, return_counts=True)[1:]
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[order]
    rights = float(right.sum())
    wrongs = len(right) - rights
    if not rights or not wrongs:
        return 0.5
    return float((ranks[right > 0.5].sum() - rights * (rights + 1) / 2) / (rights * wrongs))


def _offset(effects: Sequence["Array"], groups: Sequence["Groups"], rows: int) -> "Array":
    import numpy as np

    total = np.zeros(rows)
    for effect, group in zip(effects, groups, strict=True):
        total = total + effect[group]
    return total


def _sigmoid(logits: "Array") -> "Array":
    import numpy as np

    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(logits, -30.0, 30.0))))
