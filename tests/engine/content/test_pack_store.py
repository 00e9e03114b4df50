"""The installed packs."""

import errno
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.content.install import PackInstaller, Watch
from engine.content.installed_pack import RECORD, InstalledFrom, InstallRecord, read_record, write_record
from engine.content.pack import PackInfo
from engine.content.pack_store import PackStore
from engine.errors import PackError, StorageBusyError, StorageFullError, StorageReadOnlyError
from tests.engine.content.small_pack import changed, write_pack

_ID = "org.example.plants"


def _install(tmp_path: Path, installer: PackInstaller, watch: Watch, *ids: str) -> None:
    for identifier in ids:
        installer.add_folder(
            write_pack(tmp_path / identifier, changed("manifest.json", id=identifier)), watch
        )


def test_an_empty_data_folder_has_no_packs(store: PackStore) -> None:
    assert (store.installed(), store.damaged(), store.find(_ID)) == ([], [], None)
    assert not store.folder.exists()


def test_packs_are_listed_by_id(
    tmp_path: Path, installer: PackInstaller, store: PackStore, watch: Watch
) -> None:
    _install(tmp_path, installer, watch, "org.b.x", "org.a.x", "org.a.y")
    assert [pack.info.id for pack in store.installed()] == ["org.a.x", "org.a.y", "org.b.x"]


def test_the_end_of_an_id_is_enough_where_it_is_the_only_one(
    tmp_path: Path, installer: PackInstaller, store: PackStore, watch: Watch
) -> None:
    _install(tmp_path, installer, watch, "org.b.x", "org.a.x", "org.a.y")
    assert store.get("Y").info.id == "org.a.y"
    with pytest.raises(PackError, match=r"could be org\.a\.x or org\.b\.x"):
        store.get("x")


def test_an_unknown_pack_gets_a_suggestion(
    small_pack: Path, installer: PackInstaller, store: PackStore, watch: Watch
) -> None:
    installer.add_folder(small_pack, watch)
    with pytest.raises(PackError) as caught:
        store.get("plant")
    assert caught.value.todo == "Did you mean plants?"


@pytest.mark.parametrize("name", ["..", ".", "", "/", ".incoming", "../plants"])
def test_a_name_never_leads_out_of_the_folder(
    name: str, small_pack: Path, installer: PackInstaller, store: PackStore, watch: Watch
) -> None:
    installer.add_folder(small_pack, watch)
    with pytest.raises(PackError):
        store.get(name)


_INFO = {"id": "org.a.x", "version": "1.0.0", "title": "X"}
_WHOLE = {
    "info": _INFO,
    "source": "folder",
    "manifest_sha256": "0",
}


@pytest.mark.parametrize(
    "record",
    [
        b"",
        b"{}",
        b'{"info": 3}',
        b"[" * 100_000,
        b"\xff",
        json.dumps({**_WHOLE, "source": "somewhere"}).encode(),
        json.dumps({**_WHOLE, "installed_ms": "yesterday"}).encode(),
        json.dumps({**_WHOLE, "info": {**_INFO, "langs": "en"}}).encode(),
        json.dumps({**_WHOLE, "info": {**_INFO, "age": [11]}}).encode(),
        None,
    ],
    ids=["empty", "bare", "no info", "deep", "no text", "source", "time", "langs", "age", "gone"],
)
def test_a_damaged_pack_is_named_and_does_not_hide_the_others(
    tmp_path: Path, record: bytes | None, installer: PackInstaller, store: PackStore, watch: Watch
) -> None:
    _install(tmp_path, installer, watch, "org.a.x", "org.a.y")
    file = store.get("x").folder / RECORD
    file.unlink() if record is None else file.write_bytes(record)
    assert [pack.info.id for pack in store.installed()] == ["org.a.y"]
    assert store.damaged() == ["org.a.x"]
    with pytest.raises(PackError, match="is damaged"):
        store.get("x")
    _install(tmp_path, installer, watch, "org.a.x")
    assert store.damaged() == []


def test_a_record_is_read_as_it_was_written_and_what_a_later_program_adds_is_left_out(tmp_path: Path) -> None:
    info = PackInfo(
        "org.a.x", "1.0.0", "Ä", "what", ("en", "de"), ("A", "B"), "MIT", "s", "document", (11, 14)
    )
    record = InstallRecord(info, InstalledFrom.DOCUMENT, "0" * 64, "key", 1_700_000_000_000, {"passages": 2})
    write_record(tmp_path, record)
    assert read_record(tmp_path).record == record
    stored = json.loads((tmp_path / RECORD).read_bytes())
    stored = {**stored, "rating": 5, "info": {**stored["info"], "colour": "green"}}
    (tmp_path / RECORD).write_bytes(json.dumps(stored).encode())
    assert read_record(tmp_path).record == record
    (tmp_path / RECORD).write_bytes(json.dumps(_WHOLE).encode())
    assert read_record(tmp_path).record == InstallRecord(
        PackInfo("org.a.x", "1.0.0", "X"), InstalledFrom.FOLDER, "0"
    )


def test_damaged_content_is_a_plain_sentence(
    small_pack: Path, installer: PackInstaller, store: PackStore, watch: Watch
) -> None:
    placed = installer.add_folder(small_pack, watch)
    (placed.folder / "skills.json").unlink()
    with pytest.raises(PackError, match=r"skills\.json is missing"):
        store.content(placed)


def test_an_interrupted_exchange_is_read_from_what_was_set_aside(
    add_version: Callable[[str], Path], store: PackStore
) -> None:
    folder = add_version("1.0.0")
    folder.rename(folder.with_name(".1.0.0.old"))
    assert store.get(_ID).info.version == "1.0.0"
    add_version("1.0.0")
    assert [path.name for path in folder.parent.iterdir()] == ["1.0.0"]


def test_processes_that_fight_over_one_pack_end_with_a_sentence(
    small_pack: Path, installer: PackInstaller, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    installer.add_folder(small_pack, watch)
    rename = Path.rename

    def other_was_first(self: Path, target: Path) -> Path:
        if self.name == "pack":
            (target / "taken").mkdir(parents=True)
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", other_was_first)
    with pytest.raises(StorageBusyError, match="by another process"):
        installer.add_folder(small_pack, watch)


def test_a_read_only_data_folder_is_a_plain_sentence(
    small_pack: Path, installer: PackInstaller, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("tempfile.mkdtemp", refuse)
    with pytest.raises(StorageReadOnlyError):
        installer.add_folder(small_pack, watch)


def test_a_full_disk_is_named_by_the_folder_of_the_packs(
    small_pack: Path,
    store: PackStore,
    watch: Watch,
    monkeypatch: pytest.MonkeyPatch,
    installer: PackInstaller,
) -> None:
    def full(_source: Path, _target: Path) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("engine.content.install.shutil.copyfile", full)
    with pytest.raises(StorageFullError) as raised:
        installer.add_folder(small_pack, watch)
    assert raised.value.what == f"The disk that holds {store.folder} is full."
