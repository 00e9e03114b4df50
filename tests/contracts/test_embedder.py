"""What every embedder promises: unit vectors in the order of the texts, alike for alike texts, from any thread."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from engine.errors import ModelError
from engine.protocols import Embedder
from engine.rag.llama_cpp_embedder import LlamaCppEmbedder

pytestmark = pytest.mark.models


@pytest.fixture(scope="module")
def embedder(embedder_path: Path) -> Iterator[Embedder]:
    model = LlamaCppEmbedder(embedder_path, name="all-minilm-l6-v2", threads=1)
    yield model
    model.close()


def test_unit_vectors_of_the_stated_shape(embedder: Embedder) -> None:
    vectors = embedder.embed(["A cell is small.", "", "🙂", "مرحبا", "word " * 3000, "\x00"])
    assert vectors.shape == (6, embedder.dimensions)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-3)


def test_no_texts_no_vectors(embedder: Embedder) -> None:
    assert embedder.embed([]).shape == (0, embedder.dimensions)


def test_alike_texts_are_near(embedder: Embedder) -> None:
    plant, leaf, moon = embedder.embed(
        ["Why is a plant green?", "What makes leaves green?", "Who walked on the moon?"]
    )
    assert plant @ leaf > plant @ moon + 0.3


def test_the_company_of_other_texts_changes_nothing(embedder: Embedder) -> None:
    texts = ["Energy is stored in glucose.", "Forces come in pairs.", "A fraction is a part of a whole."]
    together = embedder.embed(texts)
    for text, vector in zip(texts, together, strict=True):
        assert np.allclose(embedder.embed([text])[0], vector, atol=1e-4)


def test_threads_get_their_own_results(embedder: Embedder) -> None:
    texts = [f"Sentence number {number} is about forces." for number in range(12)]
    expected = embedder.embed(texts)
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda text: embedder.embed([text])[0], texts))
    assert np.allclose(np.stack(found), expected, atol=1e-4)


def test_a_file_that_is_no_model_is_refused(tmp_path: Path) -> None:
    (tmp_path / "bad.gguf").write_bytes(b"GGUF but not really")
    with pytest.raises(ModelError):
        LlamaCppEmbedder(tmp_path / "bad.gguf", name="bad", threads=1)
