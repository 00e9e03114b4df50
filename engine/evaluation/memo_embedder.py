"""An embedder that remembers: the same text is embedded once, however many indexes hold it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.protocols import Embedder, Vectors


class MemoEmbedder:
    """Wraps an embedder for evaluations that index nearly the same text many times over."""

    def __init__(self, embedder: "Embedder") -> None:
        self._embedder = embedder
        self._known: dict[str, Vectors] = {}
        self.name = embedder.name
        self.dimensions = embedder.dimensions

    def embed(self, texts: Sequence[str]) -> "Vectors":
        """Unit vectors, shape (len(texts), dimensions)."""
        import numpy as np

        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        if new:
            self._known.update(zip(new, self._embedder.embed(new), strict=True))
        return np.stack([self._known[text] for text in texts])

    def close(self) -> None:
        """The wrapped embedder belongs to the caller."""
