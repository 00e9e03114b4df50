from dataclasses import replace
from pathlib import Path

import pytest

from engine.cancel import CancelToken
from engine.model_loading import chosen_model, load_ranking
from engine.models.installed import InstalledModel, InstalledModels
from engine.models.manifest import ModelFile, ModelKind
from engine.paths import DataPaths
from engine.rag.feature_reranker import FeatureReranker
from engine.rag.llama_cpp_reranker import LlamaCppReranker
from engine.rag.weights import fitted_weights
from engine.settings import Settings
from tests.engine.rag.tiny_cross_encoder import TinyCrossEncoder

SETTINGS = Settings(threads=1)
MODEL = "bge-reranker-v2-m3"  # any entry of the manifest


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """A profile with a cross-encoder; the file of it."""
    models = InstalledModels(DataPaths(tmp_path).models)
    folder = models.folder(MODEL)
    folder.mkdir(parents=True)
    path = TinyCrossEncoder().write(folder / "tiny.gguf")
    file = ModelFile(path.name, path.stat().st_size, None)
    models.write(
        InstalledModel(MODEL, "Tiny", ModelKind.RERANKER, folder, (file,), verified=True, source="file",
                       installed="2026-11-28")
    )  # fmt: skip
    return path


def trained_here(monkeypatch: pytest.MonkeyPatch) -> None:
    weights = replace(fitted_weights(), evidence_model=MODEL)
    monkeypatch.setattr("engine.rag.weights.fitted_weights", lambda: weights)


def test_without_a_model_the_built_in_reranker_sorts(tmp_path: Path) -> None:
    ranking = load_ranking(DataPaths(tmp_path), SETTINGS)
    assert isinstance(ranking.reranking.reranker, FeatureReranker)
    assert ranking.reader is None
    ranking.close()


def test_a_cross_encoder_takes_the_place_of_the_built_in_one(installed: Path) -> None:
    ranking = load_ranking(DataPaths(installed.parents[2]), SETTINGS)
    assert isinstance(ranking.reranking.reranker, LlamaCppReranker)
    assert ranking.reader is None
    ranking.close()


def test_the_evidence_model_reads_what_the_built_in_reranker_sorted(
    installed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trained_here(monkeypatch)
    ranking = load_ranking(DataPaths(installed.parents[2]), SETTINGS)
    assert isinstance(ranking.reranking.reranker, FeatureReranker)
    assert ranking.reader is not None
    assert ranking.reader.languages == {"mul"}
    assert ranking.reader.model.score("why", ["the leaf"], CancelToken())
    ranking.close()


def test_the_evidence_model_can_be_switched_off(installed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    trained_here(monkeypatch)
    ranking = load_ranking(DataPaths(installed.parents[2]), replace(SETTINGS, reranker="none"))
    assert ranking.reader is None


def test_a_file_that_does_not_load_is_left_out(installed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    trained_here(monkeypatch)
    installed.write_bytes(b"GGUF" + bytes(installed.stat().st_size - 4))
    ranking = load_ranking(DataPaths(installed.parents[2]), SETTINGS)
    assert isinstance(ranking.reranking.reranker, FeatureReranker)
    assert ranking.reader is None


def _install(paths: DataPaths, name: str, size: int, *, verified: bool) -> None:
    models = InstalledModels(paths.models)
    folder = models.folder(name)
    folder.mkdir(parents=True)
    (folder / "a.gguf").write_bytes(bytes(size))
    file = ModelFile("a.gguf", size, None)
    models.write(
        InstalledModel(name, name, ModelKind.LLM, folder, (file,), verified=verified, source="file",
                       installed="2026-11-28")
    )  # fmt: skip


def test_by_itself_the_biggest_verified_model_is_taken_and_a_file_of_one_s_own_where_it_is_named(
    tmp_path: Path,
) -> None:
    paths = DataPaths(tmp_path)
    _install(paths, "own-small", 1, verified=False)
    _install(paths, "own-huge", 9, verified=False)
    alone = chosen_model(paths, "llm", "auto")
    _install(paths, "small", 2, verified=True)
    _install(paths, "big", 3, verified=True)
    beside = chosen_model(paths, "llm", "auto")
    named = chosen_model(paths, "llm", "own-huge")
    assert [model and model.id for model in (alone, beside, named)] == ["own-huge", "big", "own-huge"]
    assert chosen_model(paths, "llm", "none") is None
