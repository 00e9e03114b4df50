"""Keeps the logits that a trained network gave, so that a validation that is run again reads only what is new.

Reading the questions of a fold takes a few minutes; what is made of the logits is chosen in seconds.
"""

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from models_manifest.evidence.pairs import Tokens
from models_manifest.evidence.weights import Arrays

_KEY_BYTES = 16


class RememberedLogits:
    """A scorer that looks up what it has scored before.

    Args:
        scorer: gives one logit a sequence.
        arrays: its weights; logits of other weights are forgotten.
        path: the file that keeps them.
    """

    def __init__(
        self, scorer: Callable[[Sequence[Tokens]], NDArray[np.float32]], arrays: Arrays, path: Path
    ) -> None:
        self._scorer, self._path = scorer, path
        self._of = _sum_of(arrays)
        self._known = self._read()

    def __call__(self, sequences: Sequence[Tokens]) -> NDArray[np.float32]:
        """One logit a sequence."""
        keys = [_key(sequence) for sequence in sequences]
        missing = {
            key: sequence for key, sequence in zip(keys, sequences, strict=True) if key not in self._known
        }
        if missing:
            self._known.update(zip(missing, self._scorer(list(missing.values())).tolist(), strict=True))
            self._write()
        return np.array([self._known[key] for key in keys], dtype=np.float32)

    def _read(self) -> dict[bytes, float]:
        if not self._path.exists():
            return {}
        with np.load(self._path) as stored:
            if stored["of"].tobytes() != self._of:
                return {}
            keys, logits = stored["keys"], stored["logits"].tolist()
        return {key.tobytes(): logit for key, logit in zip(keys, logits, strict=True)}

    def _write(self) -> None:
        new = self._path.with_suffix(".new")
        with new.open("wb") as file:
            np.savez(
                file,
                allow_pickle=False,
                of=np.frombuffer(self._of, np.uint8),
                keys=np.frombuffer(b"".join(self._known), np.uint8).reshape(-1, _KEY_BYTES),
                logits=np.array(list(self._known.values()), np.float32),
            )
        new.replace(self._path)


def _key(sequence: Tokens) -> bytes:
    return hashlib.blake2b(np.array(sequence, np.int32).tobytes(), digest_size=_KEY_BYTES).digest()


def _sum_of(arrays: Arrays) -> bytes:
    digest = hashlib.sha256()
    for name, array in sorted(arrays.items()):
        digest.update(name.encode() + array.tobytes())
    return digest.digest()
