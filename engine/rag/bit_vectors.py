"""The sign bits of vectors, and the exact order of what they find: shared by both vector indexes."""

import json
from typing import TYPE_CHECKING

from engine.storage.sqlite import storage_errors

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from engine.protocols import Vectors
    from engine.storage.sqlite import Connection

CANDIDATES = 80


def sign_bits(vectors: "NDArray[np.floating]") -> "NDArray[np.uint8]":
    """One bit a dimension, set where it is positive; shape (n, dimensions / 8)."""
    import numpy as np

    return np.packbits(vectors > 0, axis=1, bitorder="little")


def without_cut_class(nearest: list[tuple[int, int]]) -> list[int]:
    """Rows of the nearest (distance, row), less those at the greatest distance when the list may be cut off there.

    Which of several equally distant rows were kept would depend on the library.
    """
    if len(nearest) < CANDIDATES:
        return [row for _, row in nearest]
    farthest = max(distance for distance, _ in nearest)
    return [row for distance, row in nearest if distance < farthest] or [row for _, row in nearest]


def exact_scores(connection: "Connection", rows: list[int], vector: "Vectors") -> list[tuple[int, float]]:
    """(row, dot product) of the stored vectors of ``rows`` with ``vector``, best first."""
    import numpy as np

    with storage_errors(connection):
        found = connection.execute(
            "SELECT row, vector FROM vectors WHERE row IN (SELECT value FROM json_each(?))",
            (json.dumps(rows),),
        ).fetchall()
    if not found:
        return []
    stored = np.frombuffer(b"".join(blob for _, blob in found), dtype=np.float16)
    scores = stored.reshape(len(found), -1).astype(np.float32) @ vector
    return sorted(
        ((row, float(score)) for (row, _), score in zip(found, scores, strict=True)),
        key=lambda hit: (-hit[1], hit[0]),
    )
