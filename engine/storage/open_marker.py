"""Who has a database open, or replaces it: one small locked file beside it for each.

The lock ends with its process, however that ends. So a file without a lock tells of an unclean end, and one with a
lock that the database must not be replaced, or not be opened, now. Who opens and who replaces each place a mark first
and look for the other's afterwards: one of them sees the other, whichever was first. Placing one also shows whether the
folder can be written to.
"""

import contextlib
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from engine.atomic import storage_error
from engine.errors import StorageBusyError

_OPEN, _CLOSED = "open", "closed"
_LONGEST_WAIT_S = 5.0
_LOOK_EVERY_S = 0.02


class OpenMarker:
    """The mark of one open database. Placed by making it, which waits while the database is replaced.

    Attributes:
        left_behind: marks without a lock: the sign of an unclean end.
        path: its file.

    Raises:
        StorageBusyError: it takes long to replace the database.
        StorageReadOnlyError: the folder cannot be written to.
        StorageFullError: no space left.
    """

    def __init__(self, database: Path) -> None:
        self._database = database
        try:
            self.left_behind = [mark for mark in _marks(database, _OPEN) if not _is_locked(mark)]
            self._handle, self.path = _placed(database, _OPEN)
        except OSError as error:
            raise storage_error(error, database) from error
        try:
            _wait_until_replaced(database)
        except BaseException:
            self.remove()
            raise

    def sweep(self) -> None:
        """Remove the marks that were left behind."""
        for mark in (*self.left_behind, *_marks(self._database, _CLOSED)):
            _remove_unlocked(mark)

    def remove(self) -> None:
        """Take the mark away: a clean end."""
        _take_away(self._handle, self.path)

    def leave(self) -> None:
        """Let go of the mark, but leave it to be found: the next start must check the database."""
        os.close(self._handle)


def in_use(database: Path) -> bool:
    """Whether anybody has ``database`` open."""
    return any(_is_locked(mark) for mark in _marks(database, _OPEN))


@contextlib.contextmanager
def kept_closed(database: Path, *, by: OpenMarker | None = None) -> Iterator[None]:
    """Keep everybody from opening ``database`` until the end of the block.

    Args:
        database: the file; its folder must be there.
        by: the mark of who asks, if it is open there.

    Raises:
        StorageBusyError: somebody else has it open, or keeps it closed.
        StorageReadOnlyError: the folder cannot be written to.
        StorageFullError: no space left.
    """
    try:
        handle, path = _placed(database, _CLOSED)
    except OSError as error:
        raise storage_error(error, database) from error
    try:
        own = (path, by.path if by is not None else None)
        if any(_is_locked(mark) for mark in _all_marks(database) if mark not in own):
            raise StorageBusyError(
                "Another LLM Tutor is open on this data.", todo="Close it, then try again."
            )
        yield
    finally:
        _take_away(handle, path)


def remove_marks(database: Path) -> None:
    """Remove the marks that nobody holds."""
    for mark in _all_marks(database):
        _remove_unlocked(mark)


def is_mark(file: Path, database: Path) -> bool:
    """Whether ``file`` is, by its name, a mark of ``database``."""
    return file.name.startswith(tuple(_prefix(database, kind) for kind in (_OPEN, _CLOSED)))


def _wait_until_replaced(database: Path) -> None:
    give_up = time.monotonic() + _LONGEST_WAIT_S
    while any(_is_locked(mark) for mark in _marks(database, _CLOSED)):
        if time.monotonic() >= give_up:
            raise StorageBusyError(
                f"{database.name} is being written to by another program.",
                todo="Wait a moment, then try again.",
            )
        time.sleep(_LOOK_EVERY_S)


def _prefix(database: Path, kind: str) -> str:
    return f".{database.name}.{kind}-"


def _marks(database: Path, kind: str) -> list[Path]:
    return sorted(database.parent.glob(f"{_prefix(database, kind)}*"))


def _all_marks(database: Path) -> list[Path]:
    return _marks(database, _OPEN) + _marks(database, _CLOSED)


def _placed(database: Path, kind: str) -> tuple[int, Path]:
    while True:
        handle, name = tempfile.mkstemp(prefix=_prefix(database, kind), dir=database.parent)
        path = database.parent / Path(name).name  # as it is found: tempfile takes ".." out of it
        if _lock(handle) and path.exists():
            return handle, path
        _take_away(handle, path)  # somebody took it, not locked yet, for one that was left behind


def _take_away(handle: int, mark: Path) -> None:
    os.close(handle)
    with contextlib.suppress(OSError):
        mark.unlink(missing_ok=True)


def _remove_unlocked(mark: Path) -> None:
    """Holding it meanwhile: who has just made it must not lock what is about to go."""
    try:
        handle = os.open(mark, os.O_RDWR)
    except OSError:
        return
    if _lock(handle):
        with contextlib.suppress(OSError):  # Windows removes no file that is open …
            mark.unlink(missing_ok=True)
        _take_away(handle, mark)  # … but would not remove somebody else's either
    else:
        os.close(handle)


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
