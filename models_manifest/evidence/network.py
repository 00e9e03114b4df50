"""The network in JAX: all-MiniLM's encoder, and on [CLS] the ranking head that llama.cpp's rank pooling computes.

Parameters keep llama.cpp's names and shapes (rows are outputs), so that reading the starting weights and writing the
model are copies. Places (one token each) lie flat, group by group of equally wide rows; several sequences share a row,
and attention stays within a sequence. The two derivatives written by hand are half of the speed on a processor.
"""

from dataclasses import dataclass
from functools import partial

import jax
import jax.numpy as jnp
from jax import Array

Parameters = dict[str, Array]
Rows = tuple[Array, ...]

_EMBEDDINGS = ("token_embd.weight", "position_embd.weight", "token_types.weight")
FROZEN = (*_EMBEDDINGS, "token_embd_norm.weight", "token_embd_norm.bias")
_HIGHEST_SCORE = 60.0  # before exp: what it leaves room for is more than 32 bits can tell apart


@dataclass(frozen=True, slots=True)
class Shape:
    """What the arrays' shapes do not say.

    Attributes:
        blocks: number of encoder blocks.
        heads: attention heads a block.
        epsilon: added to the variance in layer norms.
        products: type of the factors in the big matrix products, "bfloat16" or "float32"; sums are float32.
    """

    blocks: int
    heads: int
    epsilon: float
    products: str


def embed(frozen: Parameters, tokens: Array, positions: Array, shape: Shape) -> Array:
    """Input of the first block, shape (places, size); every token has type 0, as llama.cpp knows no other."""
    embedded = (
        frozen["token_embd.weight"][tokens]
        + frozen["position_embd.weight"][positions]
        + frozen["token_types.weight"][0]
    )
    return _norm(frozen, "token_embd_norm", embedded, shape.epsilon)


def logits(trained: Parameters, embedded: Array, owners: Rows, first: Array, shape: Shape) -> Array:
    """One logit a sequence.

    Args:
        trained: the blocks and the head.
        embedded: see ``embed``.
        owners: for each group of rows the number of the sequence at each place, shape (rows, width).
        first: place of each sequence's [CLS].
        shape: of the network.
    """
    same = tuple((owner[:, :, None] == owner[:, None, :])[:, None] for owner in owners)
    hidden = embedded
    for number in range(shape.blocks):
        hidden = _block(trained, f"blk.{number}", hidden, same, shape)
    dense = jnp.tanh(_linear(trained, "cls", hidden[first], "float32"))
    return _linear(trained, "cls.output", dense, "float32")[:, 0]


def _block(parameters: Parameters, name: str, hidden: Array, same: Rows, shape: Shape) -> Array:
    weight = jnp.concatenate([parameters[f"{name}.attn_{part}.weight"] for part in "qkv"])
    bias = jnp.concatenate([parameters[f"{name}.attn_{part}.bias"] for part in "qkv"])
    mixed = _times(shape.products, hidden, weight) + bias
    seen, start = [], 0
    for group in same:
        rows, width = group.shape[0], group.shape[2]
        part = mixed[start : start + rows * width].reshape(rows, width, -1)
        seen.append(_attention(shape.heads, part, group).reshape(rows * width, -1))
        start += rows * width
    attended = _linear(parameters, f"{name}.attn_output", jnp.concatenate(seen), shape.products)
    hidden = _norm(parameters, f"{name}.attn_output_norm", hidden + attended, shape.epsilon)
    inner = jax.nn.gelu(_linear(parameters, f"{name}.ffn_up", hidden, shape.products), approximate=True)
    outer = _linear(parameters, f"{name}.ffn_down", inner, shape.products)
    return _norm(parameters, f"{name}.layer_output_norm", hidden + outer, shape.epsilon)


def _linear(parameters: Parameters, name: str, values: Array, products: str) -> Array:
    return _times(products, values, parameters[f"{name}.weight"]) + parameters[f"{name}.bias"]


def _norm(parameters: Parameters, name: str, values: Array, epsilon: float) -> Array:
    centred = values - values.mean(axis=-1, keepdims=True)
    scaled = centred * jax.lax.rsqrt((centred * centred).mean(axis=-1, keepdims=True) + epsilon)
    return scaled * parameters[f"{name}.weight"] + parameters[f"{name}.bias"]


@partial(jax.custom_vjp, nondiff_argnums=(0,))
def _times(products: str, values: Array, weight: Array) -> Array:
    """``values @ weight.T``; the weight's derivative is taken in float32, which is faster there."""
    return _product(products, values, weight.T)


def _times_forward(products: str, values: Array, weight: Array) -> tuple[Array, tuple[Array, Array]]:
    kept = values.astype(products)
    return _product(products, kept, weight.T), (kept, weight)


def _times_backward(products: str, kept: tuple[Array, Array], slope: Array) -> tuple[Array, Array]:
    values, weight = kept
    return _product(products, slope, weight), slope.T @ values.astype(slope.dtype)


def _product(products: str, left: Array, right: Array) -> Array:
    return jnp.matmul(left.astype(products), right.astype(products), preferred_element_type=jnp.float32)


@partial(jax.custom_vjp, nondiff_argnums=(0,))
def _attention(heads: int, mixed: Array, same: Array) -> Array:
    """What each place takes from its sequence: ``mixed`` holds query, key and value, ``same`` who sees whom."""
    return _attention_forward(heads, mixed, same)[0]


def _attention_forward(heads: int, mixed: Array, same: Array) -> tuple[Array, tuple[Array, ...]]:
    rows, width, size = mixed.shape
    query, key, value = mixed.reshape(rows, width, 3, heads, -1).transpose(2, 0, 3, 1, 4)
    scores = jnp.einsum("rhqd,rhkd->rhqk", query * (size // 3 // heads) ** -0.5, key)
    likely = jnp.where(same, jnp.exp(jnp.minimum(scores, _HIGHEST_SCORE)), 0.0)
    share = likely / likely.sum(axis=-1, keepdims=True)
    seen = jnp.einsum("rhqk,rhkd->rhqd", share, value)
    return seen.transpose(0, 2, 1, 3).reshape(rows, width, size // 3), (query, key, value, share, seen)


def _attention_backward(heads: int, kept: tuple[Array, ...], slope: Array) -> tuple[Array, None]:
    query, key, value, share, seen = kept
    rows, width, size = slope.shape
    slope = slope.reshape(rows, width, heads, -1).transpose(0, 2, 1, 3)
    of_share = jnp.einsum("rhqd,rhkd->rhqk", slope, value)
    of_scores = share * (of_share - (slope * seen).sum(axis=-1, keepdims=True)) * (size // heads) ** -0.5
    of_mixed = jnp.stack(
        [
            jnp.einsum("rhqk,rhkd->rhqd", of_scores, key),
            jnp.einsum("rhqk,rhqd->rhkd", of_scores, query),
            jnp.einsum("rhqk,rhqd->rhkd", share, slope),
        ]
    )
    return of_mixed.transpose(1, 3, 0, 2, 4).reshape(rows, width, 3 * size), None


_times.defvjp(_times_forward, _times_backward)
_attention.defvjp(_attention_forward, _attention_backward)
