from pathlib import Path

import pytest

from engine.errors import UsageError
from engine.evaluation.dataset import load_question_set, norm, without_group
from engine.evaluation.retrieval import evaluate_retrieval
from engine.model_loading import Ranking
from engine.rag.feature_reranker import FeatureReranker
from engine.rag.retriever import Reranking
from tests.engine.evaluation.small_sets import CELLS, PLANTS, small_squad, write
from tests.engine.rag.samples import WordEmbedder

RANKING = Ranking(Reranking(FeatureReranker()))


@pytest.fixture
def squad(tmp_path: Path) -> Path:
    return small_squad(tmp_path / "squad")


@pytest.fixture
def openstax(tmp_path: Path) -> Path:
    folder = tmp_path / "book"
    folder.mkdir()
    rows = [
        {
            "sid": f"m{number}#{part}",
            "module": f"m{number}",
            "module_title": title,
            "heading": "H",
            "text": text,
        }
        for number, (title, text) in enumerate([("Cells", CELLS), ("Plants", PLANTS)])
        for part in range(2)
    ]
    write(folder / "sections.jsonl.gz", [dict(row) for row in rows])
    write(
        folder / "glossary.jsonl",
        [{"term": "mitochondrion", "definition": "it releases energy", "module": "m0"}],
    )
    write(
        folder / "exercises.jsonl.gz",
        [{"eid": "e1", "problem": "Where is glucose made with light?", "module": "m1"}],
    )
    return folder


def test_the_keys_of_the_contract_are_there_and_right(squad: Path, tmp_path: Path) -> None:
    report = evaluate_retrieval(
        load_question_set(squad),
        tmp_path / "index",
        WordEmbedder(),
        RANKING,
        limit=None,
        progress=lambda _: None,
    )
    assert {"n", "recall_at_1", "recall_at_5", "mrr_at_10", "p50_ms", "p95_ms", "passages"} <= set(report)
    assert (report["n"], report["passages"]) == (2, 2)
    assert report["recall_at_1"] == report["recall_at_5"] == report["mrr_at_10"] == 1.0
    assert report["answer_in_sentences"] == {"1": 1.0, "2": 1.0, "3": 1.0}


def test_the_limit_limits(squad: Path, tmp_path: Path) -> None:
    report = evaluate_retrieval(
        load_question_set(squad), tmp_path / "i", None, RANKING, limit=1, progress=lambda _: None
    )
    assert report["n"] == 1


def test_a_book_is_scored_by_section_and_by_kind(openstax: Path, tmp_path: Path) -> None:
    report = evaluate_retrieval(
        load_question_set(openstax),
        tmp_path / "index",
        WordEmbedder(),
        RANKING,
        limit=None,
        progress=lambda _: None,
    )
    assert report["recall_at_1"] == 1.0
    assert isinstance(report["definition"], dict)
    assert isinstance(report["exercise"], dict)


def test_an_article_can_be_left_out(squad: Path) -> None:
    pack = load_question_set(squad).pack
    assert [passage.id for passage in without_group(pack, "Cell").passages] == ["Green_plant#0"]


def test_norm_is_squads() -> None:
    assert norm("The  Silk-Road, an old way.") == "silkroad old way"


def test_a_folder_of_another_format_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        load_question_set(tmp_path)
    (tmp_path / "passages.jsonl.gz").write_bytes(b"not gzip")
    with pytest.raises(UsageError):
        load_question_set(tmp_path)


@pytest.mark.shared
def test_words_alone_reach_the_level_of_bm25_on_squad(shared_data: Path, tmp_path: Path) -> None:
    report = evaluate_retrieval(
        load_question_set(shared_data / "squad_v2"),
        tmp_path / "index",
        None,
        RANKING,
        limit=200,
        progress=lambda _: None,
    )
    assert isinstance(report["recall_at_5"], float)
    assert report["recall_at_5"] >= 0.93
