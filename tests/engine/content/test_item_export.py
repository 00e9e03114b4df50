"""A pack's practice questions, written in a form that another program reads."""

import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from engine.cancel import CancelToken
from engine.content.install import Watch
from engine.content.item_bank import ItemBank, PackItems
from engine.content.item_export import ItemExport, write_items
from engine.content.pack_store import PackStore
from engine.errors import Cancelled
from engine.types import Progress
from tests.tutor_app.practice_profile import ITEMS, PACK, practice_profile

NOW = datetime(2026, 11, 27, tzinfo=UTC)


@pytest.fixture
def found(tmp_path: Path) -> PackItems:
    pack = ItemBank(PackStore(practice_profile(tmp_path / "home").packs)).pack(PACK)
    assert pack is not None
    return pack


@pytest.mark.parametrize("form", ItemExport)
def test_every_question_is_in_the_file_or_named_as_left_out(
    found: PackItems, tmp_path: Path, form: ItemExport
) -> None:
    heard: list[Progress] = []
    target = tmp_path / f"cards.{form}"
    done = write_items(found, form, target, now=NOW, watch=Watch(CancelToken(), heard.append))
    assert done.written + len(done.skipped) == len(ITEMS)
    if form is ItemExport.APKG:
        assert "collection.anki2" in zipfile.ZipFile(target).namelist()
        assert [one.total for one in heard] == [len(ITEMS)] * len(ITEMS)
    else:
        assert target.read_bytes().startswith(b"\xef\xbb\xbfid,")
        assert {"It needs its picture.", "It has several steps."} <= {one.reason for one in done.skipped}


@pytest.mark.parametrize("form", ItemExport)
def test_what_is_stopped_leaves_no_file(found: PackItems, tmp_path: Path, form: ItemExport) -> None:
    cancel = CancelToken()
    cancel.cancel()
    before = sorted(tmp_path.iterdir())
    with pytest.raises(Cancelled):
        write_items(found, form, tmp_path / "cards", now=NOW, watch=Watch(cancel, lambda _: None))
    assert sorted(tmp_path.iterdir()) == before
