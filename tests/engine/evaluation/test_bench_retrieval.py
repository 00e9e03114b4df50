from pathlib import Path

import numpy as np
import pytest

from engine.errors import ModelError
from engine.evaluation import bench_retrieval as bench
from engine.evaluation.bench_retrieval import Real, VolumeEmbedder, bench_retrieval, volume_pack
from engine.sentences import sentence_spans
from tests.engine.rag.samples import WordEmbedder

REAL = Real(
    ["A cell is small.", "Energy is stored in glucose."], WordEmbedder().embed(["cell", "energy"]), ["what"]
)


def test_every_figure_is_there_for_both_sizes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench, "SIZES", {"10k": 60, "100k": 90})
    monkeypatch.setattr(bench, "_QUESTIONS", 6)
    report = bench_retrieval(tmp_path, WordEmbedder(), progress=lambda _: None)
    assert {"index_ratio", "p95_ms_10k", "p95_ms_100k"} <= set(report)
    for beside in ("fts5", "rank_bm25", "bm25s", "numpy"):
        figures = report[beside]
        assert isinstance(figures, dict)
        assert {"p95_ms_10k", "p95_ms_100k"} <= set(figures)


def test_without_an_embedder_it_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ModelError):
        bench_retrieval(tmp_path, None, progress=lambda _: None)


def test_volume_is_the_same_each_time_and_of_the_size_asked_for() -> None:
    pack = volume_pack(REAL, 40)
    assert pack == volume_pack(REAL, 40)
    assert len(pack.passages) == 40
    assert all(len(sentence_spans(passage.text)) == bench.SENTENCES for passage in pack.passages)
    assert {passage.section for passage in pack.passages} <= {section.id for section in pack.sections}


def test_made_up_vectors_stay_near_a_real_one() -> None:
    made = VolumeEmbedder(REAL, "words", 1).embed(["x"] * 50)
    assert np.allclose(np.linalg.norm(made, axis=1), 1, atol=1e-5)
    assert float((made @ REAL.vectors.T).max(axis=1).min()) > 0.8
