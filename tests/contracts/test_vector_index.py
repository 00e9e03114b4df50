"""Both vector indexes read the same data and must give the same results."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.cancel import CancelToken
from engine.content.pack import Pack, PackInfo
from engine.rag.ingest import index_vectors, index_words
from engine.rag.numpy_index import NumpyIndex
from engine.rag.pack_index import PackIndex
from engine.rag.sqlite_vec_index import SqliteVecIndex
from engine.types import Passage, Section
from tests.engine.rag.samples import WordEmbedder

WORDS = [f"word{number}" for number in range(120)]


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[PackIndex, PackIndex]:
    rng = np.random.default_rng(5)
    passages = tuple(
        Passage(
            f"p-{number}",
            "s-1",
            "",
            ". ".join(" ".join(rng.choice(WORDS, 6)).capitalize() for _ in range(5)) + ".",
        )
        for number in range(150)
    )
    pack = Pack(PackInfo("org.example.random", "1.0.0", "Random"), (Section("s-1", "All"),), passages)
    path = tmp_path_factory.mktemp("index") / "index.sqlite"
    index_words(pack, path, cancel=CancelToken())
    index_vectors(path, WordEmbedder(), cancel=CancelToken())
    return PackIndex(path, use_extension=True), PackIndex(path)


def test_each_is_of_its_kind(both: tuple[PackIndex, PackIndex]) -> None:
    assert isinstance(both[0].vectors, SqliteVecIndex)
    assert isinstance(both[1].vectors, NumpyIndex)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.lists(st.sampled_from(WORDS), min_size=1, max_size=8), limit=st.integers(1, 300))
def test_both_give_the_same_results(both: tuple[PackIndex, PackIndex], words: list[str], limit: int) -> None:
    vector = WordEmbedder().embed([" ".join(words)])[0]
    results = [index.vectors.search(vector, limit) for index in both]
    assert [row for row, _ in results[0]] == [row for row, _ in results[1]]
    assert np.allclose([score for _, score in results[0]], [score for _, score in results[1]])
    scores = [score for _, score in results[0]]
    assert scores == sorted(scores, reverse=True)


def test_the_nearest_sentence_of_all_is_found(both: tuple[PackIndex, PackIndex]) -> None:
    index = both[0]
    everything = [sentence.row for passage in index.passages(range(1, 151)) for sentence in passage.sentences]
    stored = index.sentence_vectors(everything)
    for row in everything[::25]:
        vector = stored[everything.index(row)]
        best, score = index.vectors.search(vector, 1)[0]
        assert score >= float((stored @ vector).max()) - 1e-3
        assert best == row or score > 0.999


def test_a_pack_without_sentences_finds_nothing(tmp_path: Path) -> None:
    pack = Pack(PackInfo("org.example.empty", "1.0.0", "Empty"), (), ())
    path = tmp_path / "index.sqlite"
    index_words(pack, path, cancel=CancelToken())
    index_vectors(path, WordEmbedder(), cancel=CancelToken())
    for use_extension in (True, False):
        index = PackIndex(path, use_extension=use_extension)
        assert index.vectors.search(WordEmbedder().embed(["word1"])[0], 5) == []
        assert index.lexical.search("word1", 5) == []
        index.close()
