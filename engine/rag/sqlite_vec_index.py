"""Finds sentences by meaning with sqlite-vec: bit vectors give candidates, stored vectors the exact order.

The candidates' exact scores come from the table ``vectors``, which ``numpy_index`` reads too, so both give the same
results. It needs no memory, and so it is for packs whose bits should not be held there.
"""

from typing import TYPE_CHECKING

from engine.rag.bit_vectors import CANDIDATES, exact_scores, sign_bits, without_cut_class
from engine.storage.sqlite import storage_errors

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from engine.protocols import Vectors
    from engine.storage.sqlite import Connection


class SqliteVecIndex:
    """Vector index over the virtual table ``sentence_bits``.

    Args:
        connection: to the pack's index, with the extension loaded; stays owned by the caller.
    """

    def __init__(self, connection: "Connection") -> None:
        self._connection = connection

    @staticmethod
    def stored_in(connection: "Connection") -> bool:
        """Whether the file was built where the extension could be loaded."""
        with storage_errors(connection):
            found = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'sentence_bits'").fetchone()
        return found is not None

    @staticmethod
    def create(connection: "Connection", dimensions: int) -> None:
        """Create the table for vectors of this length (a multiple of 64)."""
        connection.execute(f"CREATE VIRTUAL TABLE sentence_bits USING vec0(bits bit[{int(dimensions)}])")

    @staticmethod
    def add(connection: "Connection", rows: "Sequence[int]", vectors: "NDArray[np.floating]") -> None:
        """Add the vectors of sentence ``rows``."""
        connection.executemany(
            "INSERT INTO sentence_bits (rowid, bits) VALUES (?, vec_bit(?))",
            [(row, bits.tobytes()) for row, bits in zip(rows, sign_bits(vectors), strict=True)],
        )

    def search(self, vector: "Vectors", limit: int) -> list[tuple[int, float]]:
        """Best sentences first: (row, dot product)."""
        import numpy as np

        with storage_errors(self._connection):
            found = self._connection.execute(
                "SELECT rowid, distance FROM sentence_bits WHERE bits MATCH vec_bit(?) AND k = ?",
                (sign_bits(vector.astype(np.float16)[None, :])[0].tobytes(), CANDIDATES),
            ).fetchall()
        rows = without_cut_class([(int(distance), int(row)) for row, distance in found])
        return exact_scores(self._connection, rows, vector)[:limit]
