from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from models_manifest.evidence.pairs import Tokens
from models_manifest.evidence.remembered_logits import RememberedLogits

WEIGHTS = {"cls.bias": np.ones(3, np.float32)}


class Lengths:
    """Scores a sequence by its length, and counts what it is given."""

    def __init__(self) -> None:
        self.given: list[Tokens] = []

    def __call__(self, sequences: Sequence[Tokens]) -> NDArray[np.float32]:
        self.given += sequences
        return np.array([len(sequence) for sequence in sequences], np.float32)


def test_only_new_sequences_are_scored_after_a_restart(tmp_path: Path) -> None:
    path, lengths = tmp_path / "logits.npz", Lengths()
    assert RememberedLogits(lengths, WEIGHTS, path)([(1, 2), (1,), (1, 2)]).tolist() == [2, 1, 2]
    again = RememberedLogits(lengths, WEIGHTS, path)
    assert again([(3, 4, 5), (1,)]).tolist() == [3, 1]
    assert lengths.given == [(1, 2), (1,), (3, 4, 5)]


def test_logits_of_other_weights_are_forgotten(tmp_path: Path) -> None:
    path, lengths = tmp_path / "logits.npz", Lengths()
    RememberedLogits(lengths, WEIGHTS, path)([(1, 2)])
    RememberedLogits(lengths, {"cls.bias": np.zeros(3, np.float32)}, path)([(1, 2)])
    assert lengths.given == [(1, 2), (1, 2)]


def test_nothing_to_score_gives_nothing(tmp_path: Path) -> None:
    assert RememberedLogits(Lengths(), WEIGHTS, tmp_path / "logits.npz")([]).tolist() == []
