"""Removing packs, and putting them back."""

from datetime import timedelta
from pathlib import Path

import pytest

from engine.content.install import PackInstaller, Watch
from engine.content.installed_pack import RECORD
from engine.content.pack_store import PackStore
from engine.content.pack_trash import PackTrash
from engine.errors import PackError
from tests.engine.content.conftest import SetClock

_ID = "org.example.plants"


@pytest.fixture
def trash(store: PackStore) -> PackTrash:
    return PackTrash(store.folder)


@pytest.fixture(autouse=True)
def _installed(small_pack: Path, installer: PackInstaller, watch: Watch) -> None:
    installer.add_folder(small_pack, watch)


def test_a_removed_pack_can_be_put_back(store: PackStore, trash: PackTrash, clock: SetClock) -> None:
    before = store.get(_ID)
    trash.take(_ID, now=clock.now())
    assert store.installed() == []
    trash.put_back(_ID)
    assert store.get(_ID) == before


def test_a_damaged_pack_can_be_removed(store: PackStore, trash: PackTrash, clock: SetClock) -> None:
    (store.get(_ID).folder / RECORD).unlink()
    trash.take(store.resolve(_ID), now=clock.now())
    assert store.damaged() == []


def test_the_trash_is_emptied_after_a_day(store: PackStore, trash: PackTrash, clock: SetClock) -> None:
    trash.take(_ID, now=clock.now())
    clock.forward(timedelta(hours=23))
    trash.empty(now=clock.now())
    assert len(list((store.folder / ".trash").iterdir())) == 1
    clock.forward(timedelta(hours=2))
    trash.empty(now=clock.now())
    assert list((store.folder / ".trash").iterdir()) == []
    with pytest.raises(PackError, match="not in the trash"):
        trash.put_back(_ID)


def test_the_last_one_removed_comes_back(
    small_pack: Path,
    installer: PackInstaller,
    store: PackStore,
    trash: PackTrash,
    clock: SetClock,
    watch: Watch,
) -> None:
    trash.take(_ID, now=clock.now())
    clock.forward(timedelta(seconds=1))
    (small_pack / "README.md").write_text("Second.")
    installer.add_folder(small_pack, watch)
    trash.take(_ID, now=clock.now())
    trash.put_back(_ID)
    assert (store.get(_ID).folder / "README.md").exists()


def test_nothing_is_put_back_over_an_installed_pack(
    small_pack: Path, installer: PackInstaller, trash: PackTrash, clock: SetClock, watch: Watch
) -> None:
    trash.take(_ID, now=clock.now())
    installer.add_folder(small_pack, watch)
    with pytest.raises(PackError, match="installed again already"):
        trash.put_back(_ID)


@pytest.mark.parametrize("name", ["", ".", "..", ".trash", "../..", "absent", "org.example.plants/1.0.0"])
def test_only_packs_are_taken(store: PackStore, trash: PackTrash, clock: SetClock, name: str) -> None:
    with pytest.raises(PackError, match="No course pack"):
        trash.take(name, now=clock.now())
    assert len(store.installed()) == 1


def test_what_killed_installations_left_is_swept(store: PackStore, trash: PackTrash, clock: SetClock) -> None:
    left = store.folder / ".incoming" / "left"
    (left / "pack").mkdir(parents=True)
    clock.forward(timedelta(days=36_500))
    trash.empty(now=clock.now())
    assert not left.exists()
