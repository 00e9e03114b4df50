"""The loss and one step of AdamW, in JAX: everything of training that is compiled."""

from collections.abc import Callable
from dataclasses import dataclass
from math import cos, pi

import jax
import jax.numpy as jnp
import numpy as np
from jax import Array

from models_manifest.evidence.batches import Batch, Chunk
from models_manifest.evidence.network import Parameters, Rows, Shape, embed, logits
from models_manifest.evidence.recipe import Recipe

_BETA_MEAN, _BETA_SQUARE, _TINY = 0.9, 0.999, 1e-8
_NO_PAIR = -1e9


@dataclass(slots=True)
class State:
    """What a step changes.

    Attributes:
        weights: trained so far.
        mean: running mean of the gradient.
        square: running mean of its square.
        average: running average of the weights: what is exported.
    """

    weights: Parameters
    mean: Parameters
    square: Parameters
    average: Parameters


Arrays = tuple[Array, Array, Rows, Array, Array, Array]
Step = Callable[[State, Batch, int, float], float]


def loss(scores: Array, labels: Array) -> Array:
    """``(P + N) / 2 + B`` of docs/decisions/0015.

    P is the cross-entropy of the right sentence among its list, N the same with "none of these" at logit 0 beside them,
    B the binary cross-entropy of each pair.

    Args:
        scores: logits, shape (lists, list_length).
        labels: 1 right, 0 wrong, -1 no pair, of the same shape.
    """
    there = labels >= 0
    right = (labels > 0).astype(scores.dtype)
    some, answered = there.any(axis=1), (labels > 0).any(axis=1)
    pairs = jnp.where(there, jax.nn.softplus(scores) - scores * right, 0.0).sum() / jnp.maximum(
        there.sum(), 1
    )
    masked = jnp.where(there, scores, _NO_PAIR)
    of_right = (right * scores).sum(axis=1)  # 0, the logit of "none", where nothing is right
    of_list = jax.nn.logsumexp(masked, axis=1) - of_right
    with_none = jnp.logaddexp(jax.nn.logsumexp(masked, axis=1), 0.0) - of_right
    listed = jnp.where(answered, of_list, 0.0).sum() / jnp.maximum(answered.sum(), 1)
    declined = jnp.where(some, with_none, 0.0).sum() / jnp.maximum(some.sum(), 1)
    return (listed + declined) / 2 + pairs


def rate_at(share: float, recipe: Recipe) -> float:
    """Learning rate when ``share`` of the lists are done: up in a line, down in a cosine."""
    if share < recipe.warm_up:
        return recipe.rate * share / recipe.warm_up
    return recipe.rate * (1 + cos(pi * (share - recipe.warm_up) / (1 - recipe.warm_up))) / 2


def compiled_step(frozen: Parameters, shape: Shape, recipe: Recipe) -> Step:
    """The function that learns from a batch: (state, batch, number of the step from 1, rate) to the loss."""

    def of_chunk(weights: Parameters, chunk: Arrays) -> Array:
        tokens, positions, owners, first, pairs, labels = chunk
        embedded = embed(frozen, tokens, positions, shape)
        return loss(logits(weights, embedded, owners, first, shape)[pairs], labels)

    def step(
        weights: Parameters,
        mean: Parameters,
        square: Parameters,
        average: Parameters,
        chunks: Arrays,
        told: tuple[Array, Array],
    ) -> tuple[Parameters, Parameters, Parameters, Parameters, Array]:
        number, rate = told

        def add(so_far: tuple[Array, Parameters], chunk: Arrays) -> tuple[tuple[Array, Parameters], None]:
            return jax.tree.map(jnp.add, so_far, jax.value_and_grad(of_chunk)(weights, chunk)), None

        nothing = (jnp.float32(0), jax.tree.map(jnp.zeros_like, weights))
        summed, _ = jax.lax.scan(add, nothing, chunks)
        count = (chunks[-1] >= 0).any(axis=(1, 2)).sum()
        value, slopes = jax.tree.map(lambda array: array / count, summed)
        length = jnp.sqrt(sum(jnp.sum(slope * slope) for slope in slopes.values()))
        shorter = jnp.minimum(1.0, recipe.gradient / (length + 1e-6))
        mixed_in = jnp.minimum(recipe.average, (1 + number) / (10 + number))
        new: tuple[Parameters, ...] = ({}, {}, {}, {})
        for name, whole in slopes.items():
            slope = whole * shorter
            moved = _BETA_MEAN * mean[name] + (1 - _BETA_MEAN) * slope
            spread = _BETA_SQUARE * square[name] + (1 - _BETA_SQUARE) * slope * slope
            direction = moved / (1 - _BETA_MEAN**number)
            direction = direction / (jnp.sqrt(spread / (1 - _BETA_SQUARE**number)) + _TINY)
            if slope.ndim > 1:
                direction = direction + recipe.decay * weights[name]
            stepped = weights[name] - rate * direction
            averaged = mixed_in * average[name] + (1 - mixed_in) * stepped
            for group, array in zip(new, (stepped, moved, spread, averaged), strict=True):
                group[name] = array
        return *new, value

    fast = jax.jit(step, donate_argnums=(0, 1, 2, 3))

    def learn(state: State, batch: Batch, number: int, rate: float) -> float:
        arrays = jax.tree.map(lambda *own: np.stack(own), *map(_arrays, batch.chunks))
        told = (jnp.float32(number), jnp.float32(rate))
        state.weights, state.mean, state.square, state.average, value = fast(
            state.weights, state.mean, state.square, state.average, arrays, told
        )
        return float(value)

    return learn


def _arrays(chunk: Chunk) -> Arrays:
    packed = chunk.packed
    return packed.tokens, packed.positions, packed.owners, packed.first, chunk.pairs, chunk.labels
