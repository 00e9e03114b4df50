"""Who has a database open: one small locked file beside it for each opening.

The lock ends with its process, however that ends. So a file without a lock tells of an unclean end, and one with a
lock that the database must not be replaced now. Placing one also shows whether the folder can be written to.
"""

import contextlib
import os
import sys
import tempfile
from pathlib import Path

from engine.atomic import storage_error


class OpenMarker:
    """The mark of one open database. Placed by making it.

    Attributes:
        left_behind: marks without a lock: the sign of an unclean end.

    Raises:
        StorageReadOnlyError: the folder cannot be written to.
        StorageFullError: no space left.
    """

    def __init__(self, database: Path) -> None:
        self._database = database
        try:
            self.left_behind = [mark for mark in _marks(database) if not _is_locked(mark)]
            self._handle, self._path = _placed(database)
        except OSError as error:
            raise storage_error(error, database) from error

    def sweep(self) -> None:
        """Remove the marks that were left behind."""
        for mark in self.left_behind:
            mark.unlink(missing_ok=True)

    def remove(self) -> None:
        """Take the mark away: a clean end."""
        os.close(self._handle)
        with contextlib.suppress(OSError):
            self._path.unlink(missing_ok=True)

    def leave(self) -> None:
        """Let go of the mark, but leave it to be found: the next start must check the database."""
        os.close(self._handle)

    def others(self) -> bool:
        """Whether somebody else has the database open."""
        return any(_is_locked(mark) for mark in _marks(self._database) if mark != self._path)


def in_use(database: Path) -> bool:
    """Whether anybody has ``database`` open."""
    return any(_is_locked(mark) for mark in _marks(database))


def _marks(database: Path) -> list[Path]:
    return sorted(database.parent.glob(f".{database.name}.open-*"))


def _placed(database: Path) -> tuple[int, Path]:
    while True:
        handle, name = tempfile.mkstemp(prefix=f".{database.name}.open-", dir=database.parent)
        path = Path(name)
        if _lock(handle) and path.exists():
            return handle, path
        os.close(handle)  # somebody took it, not locked yet, for one that was left behind


def _is_locked(mark: Path) -> bool:
    try:
        handle = os.open(mark, os.O_RDWR)
    except OSError:  # it was just removed
        return False
    try:
        return not _lock(handle)
    finally:
        os.close(handle)


def _lock(handle: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
