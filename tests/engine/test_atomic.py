"""A file is the old or the new version, whatever happens in between."""

import errno
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.atomic import remove_stale_parts, replacing, storage_error, write_atomically
from engine.errors import StorageError, StorageFullError, StorageReadOnlyError


def test_writes_and_replaces(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "a.json"
    write_atomically(path, b"old")
    write_atomically(path, b"new")
    assert path.read_bytes() == b"new"
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize("step", ["fsync", "replace"])
@pytest.mark.parametrize(
    ("number", "raised"),
    [
        (errno.ENOSPC, StorageFullError),
        (errno.EDQUOT, StorageFullError),
        (errno.EROFS, StorageReadOnlyError),
        (errno.EACCES, StorageReadOnlyError),
        (errno.EIO, StorageError),
        (errno.EXDEV, OSError),
    ],
)
def test_a_failure_at_any_step_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, number: int, raised: type[Exception]
) -> None:
    path = tmp_path / "a.json"
    write_atomically(path, b"old")

    def fails(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    if step == "fsync":
        monkeypatch.setattr(os, "fsync", fails)
    else:
        monkeypatch.setattr(Path, "replace", fails)
    with pytest.raises(raised):
        write_atomically(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_full_disk_says_so_and_keeps_the_old_file(small_disk: Path) -> None:
    path = small_disk / "a.json"
    write_atomically(path, b"old")
    with pytest.raises(StorageFullError, match="full") as caught:
        write_atomically(path, bytes(2**20))
    assert str(small_disk) in caught.value.what
    assert path.read_bytes() == b"old"
    assert list(small_disk.iterdir()) == [path]


def test_a_read_only_disk_says_so(small_disk: Path) -> None:
    if subprocess.run(["mount", "-o", "remount,ro", small_disk], capture_output=True, check=False).returncode:
        pytest.skip("the disk cannot be made read-only")
    with pytest.raises(StorageReadOnlyError, match="cannot be written"):
        write_atomically(small_disk / "a.json", b"new")


def test_other_errors_stay_what_they_are(tmp_path: Path) -> None:
    error = OSError(errno.EXDEV, "elsewhere")
    assert storage_error(error, tmp_path) is error


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 64 KiB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(folder)]
    try:
        done = (
            os.name == "posix" and subprocess.run(command, capture_output=True, check=False).returncode == 0
        )
    except FileNotFoundError:
        done = False
    if not done:
        pytest.skip("needs the right to mount a small disk")
    yield folder
    subprocess.run(["umount", "-l", folder], check=True)


def test_a_file_where_a_folder_should_be_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StorageError, match="a file of that name is in the way"):
        write_atomically(tmp_path / "file" / "home" / "settings.json", b"{}")


@pytest.mark.parametrize("number", [errno.EIO, errno.ESTALE])
def test_a_disk_that_does_not_answer_says_so(tmp_path: Path, number: int) -> None:
    found = storage_error(OSError(number, "x"), tmp_path / "learner.db")
    assert isinstance(found, StorageError)
    assert "does not answer" in found.what


def test_what_a_killed_process_was_writing_is_removed_and_nothing_else(tmp_path: Path) -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    stale = [f".learner.db.{ended.pid}.part", f".learner.db.{ended.pid}.part-journal"]
    kept = [f".learner.db.{os.getppid()}.part", ".learner.db.part", "notes.1.part", f".a.{ended.pid}.partner"]
    for name in (*stale, *kept):
        (tmp_path / name).touch()
    with replacing(tmp_path / "b.db") as part:
        part.touch()
        remove_stale_parts(tmp_path)
    assert sorted(file.name for file in tmp_path.iterdir()) == sorted([*kept, "b.db"])


def test_a_process_that_began_after_it_was_written_is_another_of_the_same_number(tmp_path: Path) -> None:
    part = tmp_path / f".learner.db.{os.getppid()}.part"
    part.touch()
    os.utime(part, (0, 0))
    remove_stale_parts(tmp_path)
    remove_stale_parts(tmp_path / "none")
    assert list(tmp_path.iterdir()) == []
