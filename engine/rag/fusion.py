"""Score fusion: each feature as z-score over the candidates, then a weighted sum.

Fusing scores beats fusing ranks here (R@1 .884 against .876 for reciprocal ranks, same parts), and z-scores need no
knowledge of a feature's scale, so packs of any size and a missing vector index are all the same to it.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]


_ALIKE = 1e-6  # a deviation below this is rounding


def z_scores(values: "Floats") -> "Floats":
    """``values`` shifted and scaled to mean 0 and deviation 1; zeros where they are all alike."""
    import numpy as np

    if not len(values):
        return values
    deviation = float(values.std())
    if deviation < _ALIKE:
        return np.zeros_like(values)
    return np.asarray((values - values.mean()) / deviation, dtype=np.float32)


def fuse(features: "Mapping[str, Floats]", weights: Mapping[str, float]) -> "Floats":
    """Weighted sum of the z-scores of ``features``; one without a weight does not count."""
    import numpy as np

    counted = [name for name in features if weights.get(name)]
    if not counted:
        return np.zeros(len(next(iter(features.values()))), dtype=np.float32)
    rows = np.stack([features[name] for name in counted])
    rows = rows - rows.mean(axis=1, keepdims=True)
    deviations = rows.std(axis=1)
    alike = deviations < _ALIKE
    factors = np.where(alike, 0, np.array([weights[name] for name in counted])) / np.where(
        alike, 1, deviations
    )
    return np.asarray(factors.astype(np.float32) @ rows, dtype=np.float32)
