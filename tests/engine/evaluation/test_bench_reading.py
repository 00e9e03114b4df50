from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.cancel import CancelToken
from engine.errors import ModelError
from engine.evaluation import bench_reading as bench
from engine.evaluation.bench_reading import bench_reading
from engine.model_loading import Ranking
from engine.rag.feature_reranker import FeatureReranker
from engine.rag.ingest import index_vectors, index_words
from engine.rag.pack_index import PackIndex
from engine.rag.reader import Reader
from engine.rag.retriever import Reranking
from tests.engine.rag.samples import WordEmbedder, small_pack

EMBEDDER = WordEmbedder()


@pytest.fixture
def index(tmp_path: Path) -> Iterator[PackIndex]:
    path = tmp_path / "cells.sqlite"
    index_words(small_pack(), path, cancel=CancelToken())
    index_vectors(path, EMBEDDER, cancel=CancelToken())
    opened = PackIndex(path)
    yield opened
    opened.close()


def test_every_way_is_timed_on_every_golden_question(
    index: PackIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bench, "PACKS", ("algebra",))
    built_in = FeatureReranker()
    ranking = Ranking(Reranking(built_in), Reader(built_in, frozenset({"en"})))
    report = bench_reading([index], EMBEDDER, ranking, progress=lambda _: None)
    assert set(report) == {"questions", "p50_ms", "p95_ms", "without", "rerank_24"}
    assert isinstance(report["questions"], int)
    assert report["questions"] >= 20


def test_without_the_model_it_says_what_to_do(index: PackIndex) -> None:
    with pytest.raises(ModelError) as raised:
        bench_reading([index], None, Ranking(Reranking(FeatureReranker())), progress=lambda _: None)
    assert "prepare" in raised.value.todo
