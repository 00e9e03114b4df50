"""What every reranker promises: one finite score a text, the same each time, in the order of the texts, and a stop."""

import math
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.cancel import CancelToken
from engine.errors import Cancelled, ModelError, ModelFileError
from engine.protocols import Reranker
from engine.rag.feature_reranker import FeatureReranker
from engine.rag.llama_cpp_reranker import LlamaCppReranker
from tests.engine.rag.tiny_cross_encoder import TinyCrossEncoder

TEXTS = ["the leaf is green", "water", "light light light", "the cell is green", "the leaf is green"]


@pytest.fixture(params=["features", "llama_cpp"])
def reranker(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Reranker]:
    if request.param == "features":
        yield FeatureReranker()
        return
    model = LlamaCppReranker(TinyCrossEncoder().write(tmp_path / "tiny.gguf"), name="tiny", threads=1)
    yield model
    model.close()


def test_one_finite_score_a_text(reranker: Reranker) -> None:
    scores = reranker.score("why is the leaf green", TEXTS, CancelToken())
    assert len(scores) == len(TEXTS)
    assert all(math.isfinite(score) for score in scores)
    assert scores[0] == scores[4]
    assert len(set(scores)) > 1


def test_the_same_scores_each_time(reranker: Reranker) -> None:
    first = reranker.score("why is the leaf green", TEXTS, CancelToken())
    assert reranker.score("why is the leaf green", TEXTS, CancelToken()) == first


def test_what_stands_before_is_not_read_by_a_model_that_was_not_trained_so(reranker: Reranker) -> None:
    alone = reranker.score("why is the leaf green", TEXTS, CancelToken())
    assert reranker.score("why is the leaf green", TEXTS, CancelToken(), ["water light"] * 5) == alone


def test_no_texts_no_scores(reranker: Reranker) -> None:
    assert reranker.score("why", [], CancelToken()) == []


@pytest.mark.parametrize("text", ["", "light " * 5000, "🙂", "مرحبا", "\x00"])
def test_awkward_texts_get_a_score_too(reranker: Reranker, text: str) -> None:
    assert all(math.isfinite(score) for score in reranker.score("why " * 2000, [text, "leaf"], CancelToken()))


def test_a_cancelled_job_stops(reranker: Reranker) -> None:
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        reranker.score("why", TEXTS, cancel)


def test_the_cross_encoder_does_the_arithmetic_of_bert(tmp_path: Path) -> None:
    tiny = TinyCrossEncoder()
    model = LlamaCppReranker(tiny.write(tmp_path / "tiny.gguf"), name="tiny", threads=1)
    scores = model.score("why is the leaf green", TEXTS, CancelToken())
    model.close()
    assert scores == pytest.approx([tiny.score("why is the leaf green", text) for text in TEXTS], abs=2e-3)


def test_a_model_without_a_ranking_head_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelFileError):
        LlamaCppReranker(
            TinyCrossEncoder().write(tmp_path / "plain.gguf", head=False), name="plain", threads=1
        )


def test_a_file_that_is_no_model_is_refused(tmp_path: Path) -> None:
    (tmp_path / "bad.gguf").write_bytes(b"GGUF but not really")
    with pytest.raises(ModelError):
        LlamaCppReranker(tmp_path / "bad.gguf", name="bad", threads=1)
