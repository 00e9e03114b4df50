"""Files that are either the old or the new version, whatever happens in between."""

import contextlib
import os
import re
from collections.abc import Iterator
from pathlib import Path

from engine.errors import StorageError, StorageFullError, StorageReadOnlyError

_NO_SPACE = {28, 122}  # ENOSPC, EDQUOT
_READ_ONLY = {1, 13, 30}  # EPERM, EACCES, EROFS
_NO_FOLDER = {20}  # ENOTDIR
_BROKEN = {5, 116}  # EIO, ESTALE
_PART = re.compile(r"\..+\.(\d+)\.part(?:-journal|-wal|-shm)?", re.DOTALL)
_CLOCKS_DIFFER_S = 3600


def write_atomically(path: Path, data: bytes) -> None:
    """Write ``data`` beside ``path``, flush it to the disk, then rename it into place.

    Raises:
        StorageFullError: no space left.
        StorageReadOnlyError: the folder cannot be written to.
    """
    with replacing(path) as part:
        part.write_bytes(data)


@contextlib.contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A name beside ``path`` to write to: that file takes its place when the block has ended well, and goes otherwise.

    Raises:
        StorageFullError: no space left.
        StorageReadOnlyError: the folder cannot be written to.
    """
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield part
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        raise storage_error(error, path) from error
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)


def remove_stale_parts(folder: Path) -> None:
    """Remove from ``folder`` what ``replacing`` was writing in processes that were killed.

    All that has the name of such a part is taken for one: it is for folders that are ours alone.
    """
    for file in folder.glob(".*.part*"):
        named = _PART.fullmatch(file.name)
        with contextlib.suppress(OSError):  # what cannot be removed now can later
            if named and not _may_write(int(named.group(1)), file.stat().st_mtime):
                file.unlink()


def _may_write(process: int, written: float) -> bool:
    """Whether ``process`` is still the one that wrote at ``written``: a number is given anew, often after a restart."""
    if process == os.getpid():
        return True
    import psutil

    try:
        return bool(psutil.Process(process).create_time() <= written + _CLOCKS_DIFFER_S)
    except psutil.NoSuchProcess:
        return False
    except psutil.Error:
        return True


def storage_error(error: OSError, path: Path) -> Exception:
    """The error a person can act on for an operating-system error at ``path``; the same error if there is none."""
    if error.errno in _NO_SPACE:
        return StorageFullError(
            f"The disk that holds {path.parent} is full.", todo="Free some space and try again."
        )
    if error.errno in _READ_ONLY:
        return StorageReadOnlyError(
            f"{path.parent} cannot be written to.",
            todo="Allow writing there, or choose another data folder with --profile.",
        )
    if error.errno in _NO_FOLDER:
        return StorageError(
            f"{path.parent} cannot be a folder: a file of that name is in the way.",
            todo="Choose another data folder with --profile.",
        )
    if error.errno in _BROKEN:
        return StorageError(
            f"The disk that holds {path.parent} does not answer.",
            todo="Check the disk or the network, and copy your data while that is possible.",
        )
    return error
