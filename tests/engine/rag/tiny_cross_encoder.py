"""A tiny random BERT with a ranking head, as a GGUF file and in numpy, to hold llama.cpp to the arithmetic."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

WORDS = [
    "[PAD]",
    "[UNK]",
    "[CLS]",
    "[SEP]",
    "[MASK]",
    "light",
    "green",
    "leaf",
    "cell",
    "why",
    "water",
    "is",
    "the",
]
SIZE, HEADS, INNER, POSITIONS, EPSILON = 32, 4, 64, 512, 1e-12
Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Shape:
    """What the tensors alone do not tell."""

    blocks: int
    heads: int
    epsilon: float


def reference_logit(tensors: Mapping[str, Floats], tokens: Sequence[int], shape: Shape) -> float:
    """What a BERT with a ranking head makes of ``tokens``; tensors by llama.cpp's names, rows are outputs."""

    def linear(x: Floats, name: str) -> Floats:
        return np.asarray(x @ tensors[f"{name}.weight"].T + tensors[f"{name}.bias"], dtype=np.float32)

    def norm(x: Floats, name: str) -> Floats:
        mean, variance = x.mean(axis=-1, keepdims=True), x.var(axis=-1, keepdims=True)
        scaled = (x - mean) / np.sqrt(variance + shape.epsilon)
        return np.asarray(scaled * tensors[f"{name}.weight"] + tensors[f"{name}.bias"], dtype=np.float32)

    def attended(x: Floats, block: str) -> Floats:
        query, key, value = (
            linear(x, f"{block}.attn_{name}").reshape(len(x), shape.heads, -1).transpose(1, 0, 2)
            for name in "qkv"
        )
        scores = query @ key.transpose(0, 2, 1) / np.sqrt(query.shape[-1])
        likely = np.exp(scores - scores.max(axis=-1, keepdims=True))
        mixed = likely / likely.sum(axis=-1, keepdims=True) @ value
        return np.asarray(mixed.transpose(1, 0, 2).reshape(x.shape))

    x = tensors["token_embd.weight"][list(tokens)] + tensors["token_types.weight"][0]
    x = norm(x + tensors["position_embd.weight"][: len(tokens)], "token_embd_norm")
    for block in (f"blk.{number}" for number in range(shape.blocks)):
        x = norm(x + linear(attended(x, block), f"{block}.attn_output"), f"{block}.attn_output_norm")
        inner = linear(x, f"{block}.ffn_up")
        inner = 0.5 * inner * (1 + np.tanh(np.sqrt(2 / np.pi) * (inner + 0.044715 * inner**3)))
        x = norm(x + linear(inner, f"{block}.ffn_down"), f"{block}.layer_output_norm")
    return float(linear(np.tanh(linear(x[0], "cls")), "cls.output")[0])


class TinyCrossEncoder:
    """Random weights; ``score`` is the reference."""

    def __init__(self, seed: int = 3) -> None:
        rng = np.random.default_rng(seed)

        def some(*shape: int) -> Floats:
            return (rng.standard_normal(shape) * 0.3).astype(np.float32)

        self.tensors: dict[str, Floats] = {
            "token_embd.weight": some(len(WORDS), SIZE),
            "token_types.weight": some(2, SIZE),
            "position_embd.weight": some(POSITIONS, SIZE),
            "cls.weight": some(SIZE, SIZE),
            "cls.bias": some(SIZE),
            "cls.output.weight": some(1, SIZE),
            "cls.output.bias": some(1),
        }
        for name in ("attn_q", "attn_k", "attn_v", "attn_output"):
            self.tensors |= {f"blk.0.{name}.weight": some(SIZE, SIZE), f"blk.0.{name}.bias": some(SIZE)}
        self.tensors |= {"blk.0.ffn_up.weight": some(INNER, SIZE), "blk.0.ffn_up.bias": some(INNER)}
        self.tensors |= {"blk.0.ffn_down.weight": some(SIZE, INNER), "blk.0.ffn_down.bias": some(SIZE)}
        for name in ("token_embd_norm", "blk.0.attn_output_norm", "blk.0.layer_output_norm"):
            self.tensors |= {f"{name}.weight": 1 + some(SIZE), f"{name}.bias": some(SIZE)}

    def write(self, path: Path, *, head: bool = True) -> Path:
        import gguf

        writer = gguf.GGUFWriter(path, "bert")
        writer.add_context_length(POSITIONS)
        writer.add_embedding_length(SIZE)
        writer.add_feed_forward_length(INNER)
        writer.add_block_count(1)
        writer.add_head_count(HEADS)
        writer.add_layer_norm_eps(EPSILON)
        writer.add_causal_attention(False)
        writer.add_pooling_type(gguf.PoolingType.RANK)
        writer.add_tokenizer_model("bert")
        writer.add_tokenizer_pre("default")
        writer.add_token_type_count(2)
        writer.add_token_list([word if word.startswith("[") else "\u2581" + word for word in WORDS])
        writer.add_token_types([3 if word.startswith("[") else 1 for word in WORDS])
        for kind, word in (
            ("bos", "[CLS]"),
            ("eos", "[SEP]"),
            ("unk", "[UNK]"),
            ("sep", "[SEP]"),
            ("pad", "[PAD]"),
        ):
            getattr(writer, f"add_{kind}_token_id")(WORDS.index(word))
        for name, tensor in self.tensors.items():
            if head or not name.startswith("cls"):
                writer.add_tensor(name, tensor)
        writer.write_header_to_file()
        writer.write_kv_data_to_file()
        writer.write_tensors_to_file()
        writer.close()
        return path

    def score(self, question: str, *texts: str) -> float:
        tokens = [2]
        for text in (question, *texts):
            tokens += [*map(WORDS.index, text.split()), 3]
        return reference_logit(self.tensors, tokens, Shape(blocks=1, heads=HEADS, epsilon=EPSILON))
