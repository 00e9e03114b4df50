"""Marks of open databases: living ones and ones left behind."""

from pathlib import Path

import pytest

from engine.errors import StorageReadOnlyError
from engine.storage.open_marker import OpenMarker, in_use
from tests.engine.storage.conftest import make_read_only


def test_a_mark_is_seen_while_the_database_is_open(tmp_path: Path) -> None:
    database = tmp_path / "learner.db"
    first = OpenMarker(database)
    second = OpenMarker(database)
    assert first.others()
    assert second.left_behind == []
    second.remove()
    assert not first.others()
    assert in_use(database)
    first.remove()
    assert not in_use(database)
    assert list(tmp_path.iterdir()) == []


def test_a_mark_that_was_left_tells_of_it_once(tmp_path: Path) -> None:
    database = tmp_path / "learner.db"
    OpenMarker(database).leave()
    assert not in_use(database)
    marker = OpenMarker(database)
    assert len(marker.left_behind) == 1
    marker.sweep()
    marker.remove()
    assert list(tmp_path.iterdir()) == []


def test_marks_of_another_database_do_not_count(tmp_path: Path) -> None:
    marker = OpenMarker(tmp_path / "other.db")
    assert not in_use(tmp_path / "learner.db")
    marker.remove()


def test_a_read_only_folder_is_named(small_disk: Path) -> None:
    make_read_only(small_disk)
    with pytest.raises(StorageReadOnlyError, match="cannot be written to"):
        OpenMarker(small_disk / "learner.db")
