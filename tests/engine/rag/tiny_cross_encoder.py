"""A tiny random BERT with a ranking head, as a GGUF file and in numpy, to hold llama.cpp to the arithmetic."""

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
        t = self.tensors
        x = (
            t["token_embd.weight"][tokens]
            + t["token_types.weight"][0]
            + t["position_embd.weight"][: len(tokens)]
        )
        x = self._norm(x, "token_embd_norm")
        query, key, value = (
            self._linear(x, f"blk.0.attn_{name}").reshape(len(tokens), HEADS, -1).transpose(1, 0, 2)
            for name in "qkv"
        )
        scores = query @ key.transpose(0, 2, 1) / np.sqrt(SIZE / HEADS)
        likely = np.exp(scores - scores.max(axis=-1, keepdims=True))
        mixed = (
            (likely / likely.sum(axis=-1, keepdims=True) @ value)
            .transpose(1, 0, 2)
            .reshape(len(tokens), SIZE)
        )
        x = self._norm(x + self._linear(mixed, "blk.0.attn_output"), "blk.0.attn_output_norm")
        inner = self._linear(x, "blk.0.ffn_up")
        inner = 0.5 * inner * (1 + np.tanh(np.sqrt(2 / np.pi) * (inner + 0.044715 * inner**3)))
        x = self._norm(x + self._linear(inner, "blk.0.ffn_down"), "blk.0.layer_output_norm")
        return float(self._linear(np.tanh(self._linear(x[0], "cls")), "cls.output")[0])

    def _linear(self, x: Floats, name: str) -> Floats:
        return np.asarray(
            x @ self.tensors[f"{name}.weight"].T + self.tensors[f"{name}.bias"], dtype=np.float32
        )

    def _norm(self, x: Floats, name: str) -> Floats:
        mean, variance = x.mean(axis=-1, keepdims=True), x.var(axis=-1, keepdims=True)
        scaled = (x - mean) / np.sqrt(variance + EPSILON)
        return np.asarray(
            scaled * self.tensors[f"{name}.weight"] + self.tensors[f"{name}.bias"], dtype=np.float32
        )
