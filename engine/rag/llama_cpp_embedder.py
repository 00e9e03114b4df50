"""Sentence vectors from a BERT-like GGUF through llama-cpp-python: one native runtime for all text models."""

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from engine import native
from engine.errors import ModelError

if TYPE_CHECKING:
    from engine.protocols import Vectors

_WINDOW = 512
_MOST_CHARS = 4096  # more than 512 tokens of any text; spares tokenizing what would be cut


class LlamaCppEmbedder:
    """An embedder. Safe from several threads: one at a time gets in.

    Args:
        path: the GGUF file.
        name: the model's id, as stored beside its vectors.
        threads: processor threads.

    Raises:
        ModelError: the file cannot be loaded, or is no embedding model.
    """

    def __init__(self, path: Path, *, name: str, threads: int) -> None:
        self._name = name
        self._lock = threading.Lock()
        try:
            self._model = native.llama_cpp().Llama(
                str(path),
                embedding=True,
                n_ctx=_WINDOW,
                n_batch=_WINDOW,
                n_ubatch=_WINDOW,
                n_threads=threads,
                n_threads_batch=threads,
                n_gpu_layers=0,
                verbose=False,
            )
        except (ValueError, RuntimeError, OSError) as error:
            raise ModelError(
                f"The embedder {path.name} could not be loaded.",
                todo="Install it again with `llm-tutor models add`.",
            ) from error
        self._dimensions = int(self._model.n_embd())

    @property
    def name(self) -> str:
        """The model's id."""
        return self._name

    @property
    def dimensions(self) -> int:
        """Length of a vector."""
        return self._dimensions

    def embed(self, texts: Sequence[str]) -> "Vectors":
        """Unit vectors, shape (len(texts), dimensions); texts are cut to 512 tokens.

        Raises:
            ModelError: the model failed.
        """
        import numpy as np

        vectors = np.empty((len(texts), self._dimensions), dtype=np.float32)
        with self._lock:
            for row, text in enumerate(texts):  # one by one: llama.cpp gains nothing from batches on a CPU
                try:
                    vectors[row] = self._model.embed(text[:_MOST_CHARS], normalize=True)
                except (RuntimeError, ValueError) as error:
                    raise ModelError(
                        f"The embedder {self._name} failed on a text.",
                        todo="Install it again, or choose another.",
                    ) from error
        return vectors

    def close(self) -> None:
        """Free the memory."""
        with self._lock:
            self._model.close()
