"""The seams: each library that could be replaced sits behind one of these.

Implementations live in ``<library>_<seam>.py`` and are known only to ``engine/runtime.py``. One contract
test a seam (``tests/contracts``) runs on every backend.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from engine.cancel import CancelToken
    from engine.types import GenerationRequest, Progress

    ProgressCallback = Callable[[Progress], None]
    Vectors = NDArray[np.float32]


class LanguageModel(Protocol):
    """Writes text. Not safe from two threads at once: the runtime holds one lock a model."""

    @property
    def name(self) -> str:
        """The model's id, as shown and stored."""
        ...

    @property
    def context_tokens(self) -> int:
        """Length of the window: prompt and reply together, in tokens."""
        ...

    def count_tokens(self, text: str) -> int:
        """Tokens of ``text``, without any chat template. May be an estimate, never too low by more than 10 %."""
        ...

    def stream(self, request: GenerationRequest, cancel: CancelToken) -> Iterator[str]:
        """Pieces of the reply as they come; stops quietly when cancelled.

        Raises:
            ModelError: the model or its server failed.
        """
        ...

    def close(self) -> None:
        """Free the memory. The object is useless afterwards."""
        ...


class Embedder(Protocol):
    """Turns text into vectors whose dot product is their likeness."""

    @property
    def name(self) -> str:
        """The model's id; vectors of different names must not be compared."""
        ...

    @property
    def dimensions(self) -> int:
        """Length of a vector."""
        ...

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors, shape (len(texts), dimensions). Text past the model's window is cut."""
        ...

    def close(self) -> None:
        """Free the memory."""
        ...


class VectorIndex(Protocol):
    """Finds sentences by their meaning."""

    def search(self, vector: Vectors, limit: int) -> list[tuple[int, float]]:
        """Best sentences first: (row number, dot product with ``vector`` of shape (dimensions,))."""
        ...


class Reranker(Protocol):
    """Scores how well pieces of text answer a question, looking at both together."""

    def score(
        self, question: str, texts: Sequence[str], cancel: CancelToken, previous: Sequence[str] = ()
    ) -> list[float]:
        """One score a text, higher is better; only their order and differences mean something.

        Args:
            question: what is asked.
            texts: what may answer.
            cancel: checked between the texts.
            previous: for each text what stands before it, "" for nothing; only a model that was trained so reads it.
        """
        ...

    def close(self) -> None:
        """Free the memory."""
        ...
