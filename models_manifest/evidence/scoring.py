"""Logits of many pairs, in PyTorch: for validation, and to hold the exported file to the training code."""

from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray

from models_manifest.evidence.batches import groups
from models_manifest.evidence.network import Shape, logits
from models_manifest.evidence.pairs import Tokens
from models_manifest.evidence.weights import Arrays


class Scorer:
    """A trained network.

    Args:
        arrays: its weights.
        shape: of the network.
    """

    def __init__(self, arrays: Arrays, shape: Shape) -> None:
        self._parameters = {name: torch.from_numpy(array) for name, array in arrays.items()}
        self._shape = shape

    def __call__(self, sequences: Sequence[Tokens]) -> NDArray[np.float32]:
        """One logit a sequence."""
        given = np.zeros(len(sequences), dtype=np.float32)
        with torch.inference_mode():
            for group in groups(sequences):
                scores = logits(self._parameters, group.tokens, group.lengths, self._shape)
                given[group.numbers] = scores.numpy()
        return given
