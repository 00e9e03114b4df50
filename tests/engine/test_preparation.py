"""Models are fetched in turn; questions about imported documents are made once, and again when the rules changed."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from engine import preparation
from engine.cancel import CancelToken
from engine.content.auto_item_file import read_auto_items, write_auto_items
from engine.content.install import PackInstaller
from engine.content.installed_pack import InstalledPack
from engine.errors import Cancelled, ModelError
from engine.models.manifest import AssetSource, FileSource, ModelEntry, ModelFile, ModelKind
from engine.paths import DataPaths
from engine.types import Progress
from tests.engine.content.lake import lake


class _Clock:
    def now(self) -> datetime:
        return datetime(2026, 11, 2, tzinfo=UTC)


@pytest.fixture
def paths(tmp_path: Path) -> DataPaths:
    return DataPaths(tmp_path / "home")


@pytest.fixture
def document(paths: DataPaths) -> InstalledPack:
    return PackInstaller(paths, _Clock()).add_document(lake())


def make(
    paths: DataPaths, documents: list[InstalledPack], cancel: CancelToken | None = None
) -> list[Progress]:
    told: list[Progress] = []
    preparation.make_questions(paths, documents, cancel=cancel or CancelToken(), progress=told.append)
    return told


def test_a_document_without_questions_gets_them_from_its_own_index(
    paths: DataPaths, document: InstalledPack
) -> None:
    assert preparation.unasked_documents(paths) == [document]
    told = make(paths, [document])
    found = read_auto_items(document.folder)
    assert found is not None
    assert len(found.items) >= 3
    assert {it.unit for it in told} == {"sections"}
    assert preparation.unasked_documents(paths) == []


def test_those_of_older_rules_are_made_again(paths: DataPaths, document: InstalledPack) -> None:
    write_auto_items(document.folder, lake(), "older", [])
    assert preparation.unasked_documents(paths) == [document]
    make(paths, [document])
    assert preparation.unasked_documents(paths) == []


def test_stopped_it_leaves_nothing_behind_and_can_be_begun_again(
    paths: DataPaths, document: InstalledPack
) -> None:
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        make(paths, [document], cancel)
    assert read_auto_items(document.folder) is None
    assert preparation.unasked_documents(paths) == [document]


def test_a_damaged_model_of_the_program_does_not_keep_the_others_away(
    paths: DataPaths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.models.sources.asset_path", lambda _: tmp_path)
    shipped = ModelEntry(
        "own", "Own", ModelKind.RERANKER, (ModelFile("own.gguf", 9, "0" * 64),), "MIT", ("en",),
        memory_mb=1, tier=1, context=9, verified=True, sources=(AssetSource(),),
    )  # fmt: skip
    other = replace(shipped, id="other", name="Other", sources=(FileSource(),))
    preparation.install_models(paths, [shipped], cancel=CancelToken(), progress=lambda _: None)
    with pytest.raises(ModelError, match="Other"):
        preparation.install_models(paths, [shipped, other], cancel=CancelToken(), progress=lambda _: None)
