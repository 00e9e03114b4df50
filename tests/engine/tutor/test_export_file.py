"""Files that are written line by line: watched, stopped, and never there by half."""

import errno
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.cancel import CancelToken
from engine.errors import Cancelled, StorageFullError
from engine.tutor.export_file import ExportWatch, write_lines
from engine.types import Progress


def test_lines_are_counted_and_lie_there_as_they_were_given(tmp_path: Path) -> None:
    target = tmp_path / "new" / "lines.txt"
    assert write_lines(target, ["ä\n", "b\r\n"]) == 2
    assert target.read_bytes() == "ä\nb\r\n".encode()


def test_how_far_it_is_is_told_now_and_then() -> None:
    heard: list[Progress] = []
    assert list(ExportWatch(progress=heard.append).over(range(1200), "Writing", 1100)) == list(range(1200))
    assert [one.done for one in heard] == [0, 500, 1000, 1100]
    assert {(one.what, one.total) for one in heard} == {("Writing", 1100)}


def test_what_is_stopped_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    cancel = CancelToken()
    target = tmp_path / "lines.txt"
    target.write_text("mine")

    def lines() -> Iterator[str]:
        for number in ExportWatch(cancel).over(range(10_000), "Writing", 10_000):
            if number == 700:
                cancel.cancel()
            yield f"{number}\n"

    with pytest.raises(Cancelled):
        write_lines(target, lines())
    assert [(file.name, file.read_text()) for file in tmp_path.iterdir()] == [("lines.txt", "mine")]


def test_where_there_is_nothing_to_write_it_can_be_stopped_too() -> None:
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        list(ExportWatch(cancel).over([], "Writing", 0))


def test_a_full_disk_is_one_sentence_and_no_half_file(tmp_path: Path) -> None:
    def lines() -> Iterator[str]:
        yield "first"
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(StorageFullError, match="is full"):
        write_lines(tmp_path / "lines.txt", lines())
    assert list(tmp_path.iterdir()) == []
