"""Finds sentences by meaning where SQLite cannot load extensions: the same steps as ``sqlite_vec_index``, in numpy."""

from typing import TYPE_CHECKING

from engine.rag.bit_vectors import CANDIDATES, exact_scores, sign_bits, without_cut_class
from engine.storage.sqlite import storage_errors

if TYPE_CHECKING:
    from engine.protocols import Vectors
    from engine.storage.sqlite import Connection

_BLOCK = 10_000


class NumpyIndex:
    """Vector index over the table ``vectors``; keeps one bit a dimension in memory (48 bytes a sentence).

    Args:
        connection: to the pack's index; stays owned by the caller.
    """

    def __init__(self, connection: "Connection") -> None:
        import numpy as np

        self._connection = connection
        rows: list[int] = []
        bits = []
        with storage_errors(connection):
            cursor = connection.execute("SELECT row, vector FROM vectors ORDER BY row")
            while block := cursor.fetchmany(_BLOCK):
                rows.extend(row for row, _ in block)
                vectors = np.frombuffer(b"".join(vector for _, vector in block), dtype=np.float16)
                bits.append(sign_bits(vectors.reshape(len(block), -1)))
        self._rows = np.array(rows, dtype=np.int64)
        self._bits = np.concatenate(bits) if bits else np.zeros((0, 1), dtype=np.uint8)

    def search(self, vector: "Vectors", limit: int) -> list[tuple[int, float]]:
        """Best sentences first: (row, dot product)."""
        import numpy as np

        if not len(self._rows):
            return []
        wanted = sign_bits(vector.astype(np.float16)[None, :])
        distances = np.bitwise_count(self._bits ^ wanted).sum(axis=1, dtype=np.int32)
        count = min(CANDIDATES, len(distances))
        nearest = np.argpartition(distances, count - 1)[:count]
        rows = without_cut_class([(int(distances[at]), int(self._rows[at])) for at in nearest])
        return exact_scores(self._connection, rows, vector)[:limit]
