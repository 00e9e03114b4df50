"""Starter packs: installed once, updated, never forced back."""

from pathlib import Path

import pytest

from engine.content.install import PackInstaller, Watch
from engine.content.installed_pack import InstalledFrom
from engine.content.pack_store import PackStore
from engine.content.pack_trash import PackTrash
from engine.content.starter_packs import changed_starters, install_starters
from tests.engine.content.conftest import SetClock
from tests.engine.content.small_pack import changed, write_pack

_ID = "org.example.plants"


@pytest.fixture
def shipped(tmp_path: Path) -> Path:
    write_pack(tmp_path / "shipped" / "plants")
    return tmp_path / "shipped"


def _ids(shipped: Path, installer: PackInstaller, store: PackStore, watch: Watch) -> list[str]:
    return [pack.info.id for pack in install_starters(shipped, installer, store, watch=watch)]


def test_they_are_installed_once(
    shipped: Path, installer: PackInstaller, store: PackStore, watch: Watch
) -> None:
    assert _ids(shipped, installer, store, watch) == [_ID]
    assert store.get(_ID).record.source is InstalledFrom.STARTER
    assert _ids(shipped, installer, store, watch) == []


def test_one_counts_as_changed_until_it_is_offered(
    shipped: Path, installer: PackInstaller, store: PackStore, watch: Watch
) -> None:
    assert list(changed_starters(shipped, store)) == [_ID]
    _ids(shipped, installer, store, watch)
    assert changed_starters(shipped, store) == {}
    write_pack(shipped / "plants", {"README.md": "New."})
    assert list(changed_starters(shipped, store)) == [_ID]


def test_a_changed_one_is_updated(
    shipped: Path, installer: PackInstaller, store: PackStore, watch: Watch
) -> None:
    _ids(shipped, installer, store, watch)
    write_pack(shipped / "plants", {"README.md": "New."})
    assert _ids(shipped, installer, store, watch) == [_ID]
    assert (store.get(_ID).folder / "README.md").exists()


def test_a_removed_one_stays_away(
    shipped: Path, installer: PackInstaller, store: PackStore, watch: Watch, clock: SetClock
) -> None:
    _ids(shipped, installer, store, watch)
    PackTrash(store.folder).take(_ID, now=clock.now())
    write_pack(shipped / "plants", {"README.md": "New."})
    assert _ids(shipped, installer, store, watch) == []
    assert store.installed() == []


def test_a_pack_of_the_learners_own_stays(
    shipped: Path, tmp_path: Path, installer: PackInstaller, store: PackStore, watch: Watch
) -> None:
    installer.add_folder(write_pack(tmp_path / "own", {"README.md": "Mine."}), watch)
    assert _ids(shipped, installer, store, watch) == []
    assert (store.get(_ID).folder / "README.md").exists()


def test_an_older_one_stays_out(
    shipped: Path, installer: PackInstaller, store: PackStore, watch: Watch
) -> None:
    write_pack(shipped / "plants", changed("manifest.json", version="2.0.0"))
    _ids(shipped, installer, store, watch)
    write_pack(shipped / "plants", changed("manifest.json", version="1.0.0"))
    assert _ids(shipped, installer, store, watch) == []
    assert store.get(_ID).info.version == "2.0.0"


def test_an_interrupted_round_goes_on_where_it_stopped(
    shipped: Path, installer: PackInstaller, store: PackStore, watch: Watch
) -> None:
    write_pack(shipped / "roots", changed("manifest.json", id="org.example.roots"))
    (store.folder).mkdir(parents=True)
    (store.folder / ".starters.json").write_text("{broken")
    assert _ids(shipped, installer, store, watch) == [_ID, "org.example.roots"]
