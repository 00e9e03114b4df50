"""Marks of open databases: living ones and ones left behind."""

import os
import threading
from pathlib import Path

import pytest

from engine.errors import StorageBusyError, StorageReadOnlyError
from engine.storage import open_marker
from engine.storage.open_marker import OpenMarker, in_use, kept_closed, remove_marks
from tests.engine.storage.conftest import make_read_only


def test_a_mark_is_seen_while_the_database_is_open(tmp_path: Path) -> None:
    database = tmp_path / "learner.db"
    first = OpenMarker(database)
    second = OpenMarker(database)
    assert second.left_behind == []
    second.remove()
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


def test_a_mark_that_was_not_locked_yet_is_not_swept_from_under_who_made_it(tmp_path: Path) -> None:
    database = tmp_path / "learner.db"
    left = OpenMarker(database)
    left.leave()
    marker = OpenMarker(database)
    handle = os.open(left.path, os.O_RDWR)
    assert open_marker._lock(handle)
    marker.sweep()
    assert left.path.exists()
    os.close(handle)
    marker.remove()


def test_what_is_kept_closed_is_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(open_marker, "_LONGEST_WAIT_S", 0.0)
    database = tmp_path / "learner.db"
    with kept_closed(database):
        with pytest.raises(StorageBusyError):
            OpenMarker(database)
        with pytest.raises(StorageBusyError), kept_closed(database):
            pass
    OpenMarker(database).remove()
    assert list(tmp_path.iterdir()) == []


def test_who_opens_while_it_is_kept_closed_waits(tmp_path: Path) -> None:
    database = tmp_path / "learner.db"
    opened: list[OpenMarker] = []
    with kept_closed(database):
        opening = threading.Thread(target=lambda: opened.append(OpenMarker(database)))
        opening.start()
        while not in_use(database):  # its mark is placed before it waits
            pass
        remove_marks(database)
        assert opened == []
    opening.join()
    assert in_use(database)
    opened[0].remove()
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_named_by_a_way_back_knows_its_own_marks(tmp_path: Path) -> None:
    (tmp_path / "child").mkdir()
    database = tmp_path / "child" / ".." / "learner.db"
    with kept_closed(database):
        pass
    marker = OpenMarker(database)
    with kept_closed(database, by=marker):
        pass
    marker.remove()


def test_what_is_open_is_kept_closed_by_who_has_it_open_alone(tmp_path: Path) -> None:
    database = tmp_path / "learner.db"
    first = OpenMarker(database)
    with pytest.raises(StorageBusyError), kept_closed(database):
        pass
    with kept_closed(database, by=first):
        pass
    second = OpenMarker(database)
    with pytest.raises(StorageBusyError), kept_closed(database, by=first):
        pass
    second.remove()
    first.remove()


def test_a_database_that_was_kept_closed_by_a_killed_process_is_opened(tmp_path: Path) -> None:
    database = tmp_path / "learner.db"
    (tmp_path / ".learner.db.closed-killed").touch()
    marker = OpenMarker(database)
    assert marker.left_behind == []
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
