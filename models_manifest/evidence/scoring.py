"""Logits of many pairs, in JAX: for validation, and to hold the exported file to the training code."""

from collections.abc import Sequence

import jax
import jax.numpy as jnp
import numpy as np
from jax import Array
from numpy.typing import NDArray

from models_manifest.evidence.network import FROZEN, Parameters, Rows, Shape, embed, logits
from models_manifest.evidence.packing import pack
from models_manifest.evidence.recipe import Recipe
from models_manifest.evidence.weights import Arrays

_FILL = 0.9
_FEWEST_TOKENS = 24


class Scorer:
    """A trained network.

    Args:
        arrays: its weights.
        shape: of the network.
        recipe: its rows are those that are read at once.
    """

    def __init__(self, arrays: Arrays, shape: Shape, recipe: Recipe) -> None:
        self._rows = recipe.rows
        self._places = sum(count * width for count, width in recipe.rows)
        self._most = self._places // _FEWEST_TOKENS
        frozen: Parameters = {name: jnp.asarray(arrays[name]) for name in FROZEN}
        trained: Parameters = {
            name: jnp.asarray(array) for name, array in arrays.items() if name not in FROZEN
        }

        def scored(tokens: Array, positions: Array, owners: Rows, first: Array) -> Array:
            return logits(trained, embed(frozen, tokens, positions, shape), owners, first, shape)

        self._scored = jax.jit(scored)

    def __call__(self, sequences: Sequence[Sequence[int]]) -> NDArray[np.float32]:
        """One logit a sequence."""
        given = np.zeros(len(sequences), dtype=np.float32)
        start = 0
        while start < len(sequences):
            stop = self._reach(sequences, start)
            while (packed := pack(sequences[start:stop], self._rows)) is None:
                stop -= max(1, (stop - start) // 20)
            first = np.zeros(self._most, dtype=np.int32)
            first[: stop - start] = packed.first
            values = self._scored(packed.tokens, packed.positions, packed.owners, first)
            given[start:stop] = np.asarray(values)[: stop - start]
            start = stop
        return given

    def _reach(self, sequences: Sequence[Sequence[int]], start: int) -> int:
        stop, tokens = start, 0
        while stop < len(sequences) and stop - start < self._most:
            tokens += len(sequences[stop])
            if tokens > _FILL * self._places and stop > start:
                break
            stop += 1
        return stop
