"""Weights between GGUF files and arrays by llama.cpp's names, and the head that training starts from."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from gguf import GGUFReader, quants
from numpy.typing import NDArray

from models_manifest.evidence.recipe import Recipe

Arrays = dict[str, NDArray[np.float32]]


@dataclass(frozen=True, slots=True)
class Encoder:
    """What a GGUF file of a BERT says of itself.

    Attributes:
        arrays: its tensors in 32 bits, rows are outputs.
        blocks: number of encoder blocks.
        heads: attention heads a block.
        epsilon: added to the variance in layer norms.
    """

    arrays: Arrays
    blocks: int
    heads: int
    epsilon: float


def read_encoder(path: Path) -> Encoder:
    """The encoder, with a ranking head if it has one, of the file at ``path``."""
    reader = GGUFReader(path)
    arrays = {
        tensor.name: np.array(quants.dequantize(tensor.data, tensor.tensor_type), dtype=np.float32)
        for tensor in reader.tensors
    }

    def told(key: str) -> float:
        field = reader.get_field(f"bert.{key}")
        if field is None:
            raise ValueError(f"{path.name} does not tell bert.{key}")
        return float(field.contents())

    return Encoder(
        arrays,
        blocks=int(told("block_count")),
        heads=int(told("attention.head_count")),
        epsilon=told("attention.layer_norm_epsilon"),
    )


def with_new_head(arrays: Mapping[str, NDArray[np.float32]], recipe: Recipe) -> Arrays:
    """``arrays`` and a head drawn anew: small weights, no bias."""
    size = arrays["token_embd_norm.bias"].shape[0]
    rng = np.random.default_rng(recipe.seed)

    def drawn(*shape: int) -> NDArray[np.float32]:
        return rng.normal(0, recipe.head_deviation, shape).astype(np.float32)

    return {
        **arrays,
        "cls.weight": drawn(size, size),
        "cls.bias": np.zeros(size, np.float32),
        "cls.output.weight": drawn(1, size),
        "cls.output.bias": np.zeros(1, np.float32),
    }
