"""Automatic items are kept beside the document, and the item bank finds them."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from engine.content.auto_item_file import FILE, is_made_by, read_auto_items, write_auto_items
from engine.content.install import PackInstaller
from engine.content.installed_pack import InstalledPack
from engine.content.item_bank import ItemBank
from engine.content.pack_store import PackStore
from engine.paths import DataPaths
from tests.engine.content.lake import lake
from tests.engine.content.test_auto_items import made


class _Clock:
    def now(self) -> datetime:
        return datetime(2026, 11, 2, tzinfo=UTC)


@pytest.fixture
def document(tmp_path: Path) -> InstalledPack:
    return PackInstaller(DataPaths(tmp_path), _Clock()).add_document(lake())


def test_the_bank_finds_them_as_soon_as_they_are_made(document: InstalledPack, tmp_path: Path) -> None:
    bank = ItemBank(PackStore(DataPaths(tmp_path).packs))
    assert bank.packs() == []
    write_auto_items(document.folder, lake(), "v1", made(lake()))
    (found,) = bank.packs()
    assert {it.skills[0] for it in found.items.values()} == {skill.id for skill in found.skills}
    assert {"Water and air", "Life in the lake"} <= {skill.name for skill in found.skills}
    assert bank.skills_taught(found, ["p1", "p3", "gone"]) == {"s1", "s3"}


def test_what_was_approved_stays_approved_when_they_are_made_again(document: InstalledPack) -> None:
    items = made(lake())
    write_auto_items(document.folder, lake(), "v1", [{**items[0], "approved": True}, *items[1:]])
    write_auto_items(document.folder, lake(), "v2", items)
    found = read_auto_items(document.folder)
    assert found is not None
    assert [it.get("approved", False) for it in found.items] == [True, *[False] * (len(items) - 1)]


def test_the_version_is_told_without_reading_everything(document: InstalledPack) -> None:
    assert not is_made_by(document.folder, "v1")
    write_auto_items(document.folder, lake(), "v1", [])
    assert is_made_by(document.folder, "v1")
    assert not is_made_by(document.folder, "v2")


@pytest.mark.parametrize("text", ["", "[]", "{", json.dumps({"made_by": "v1", "skills": 3, "items": []})])
def test_a_damaged_file_is_the_same_as_none(document: InstalledPack, text: str) -> None:
    (document.folder / FILE).write_text(text)
    assert read_auto_items(document.folder) is None


def test_adding_the_document_again_keeps_them(document: InstalledPack, tmp_path: Path) -> None:
    write_auto_items(document.folder, lake(), "v1", made(lake()))
    again = PackInstaller(DataPaths(tmp_path), _Clock()).add_document(lake())
    assert read_auto_items(again.folder) is not None
