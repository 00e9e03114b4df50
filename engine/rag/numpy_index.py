"""Finds sentences by meaning with numpy: the same steps and results as ``sqlite_vec_index``, without an extension.

It keeps one bit a dimension in memory (48 bytes a sentence), and is the faster of the two: 1 ms against 6 to 27 ms for
50,000 sentences on one slow core.
"""

from typing import TYPE_CHECKING

from engine.rag.bit_vectors import CANDIDATES, exact_scores, sign_bits, without_cut_class
from engine.storage.sqlite import storage_errors

if TYPE_CHECKING:
    from engine.protocols import Vectors
    from engine.storage.sqlite import Connection


class NumpyIndex:
    """Vector index over the table ``vector_bits``, whose rows hold the bits of neighbouring sentences in order.

    Args:
        connection: to the pack's index; stays owned by the caller.
    """

    def __init__(self, connection: "Connection") -> None:
        import numpy as np

        self._connection = connection
        with storage_errors(connection):
            blocks = connection.execute("SELECT bits FROM vector_bits ORDER BY first").fetchall()
            (self._count,) = connection.execute("SELECT count(*) FROM vectors").fetchone()
        bits = np.frombuffer(b"".join(block for (block,) in blocks), dtype=np.uint64)
        self._words = np.ascontiguousarray(bits.reshape(self._count, -1).T) if self._count else bits

    def search(self, vector: "Vectors", limit: int) -> list[tuple[int, float]]:
        """Best sentences first: (row, dot product)."""
        import numpy as np

        if not self._count:
            return []
        wanted = sign_bits(vector.astype(np.float16)[None, :]).view(np.uint64)[0]
        distances = np.zeros(self._count, dtype=np.int16)
        for row, word in zip(self._words, wanted, strict=True):
            distances += np.bitwise_count(row ^ word)
        nearest = np.argpartition(distances, min(CANDIDATES, self._count) - 1)[:CANDIDATES]
        rows = without_cut_class([(int(distances[at]), int(at) + 1) for at in nearest])
        return exact_scores(self._connection, rows, vector)[:limit]
