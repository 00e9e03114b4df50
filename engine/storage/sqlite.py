"""The SQLite driver: the only file that knows which one it is.

Two SQLite libraries in one process lose each other's file locks, and the interpreter's own copy may be one
with the WAL-reset bug. So everything goes through ``sqlcipher3`` (plain SQLite, as long as no key is
given), sqlite-utils is given the same module under the name it looks for, and the version is checked, so
that a fallback can never be silent. Which tables a file holds is the business of its store or index.
"""

import contextlib
import functools
import importlib.util
import shutil
import sys
import time
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, cast

from engine.errors import (
    BugError,
    StorageBusyError,
    StorageCorruptError,
    StorageError,
    StorageFullError,
    StorageReadOnlyError,
    TutorError,
)

if TYPE_CHECKING:
    import sqlite3  # noqa: TID251 - the type only: sqlcipher3 has no stubs and the same API

    Connection = sqlite3.Connection
else:
    Connection = object

OLDEST_SQLITE = (3, 51, 3)
BUSY_TIMEOUT_S = 5.0
_PAUSE_S = 0.05
_ALMOST_NOTHING_FREE = 1 << 20
_BUSY, _LOCKED, _READONLY, _IOERR, _CORRUPT, _FULL, _CANTOPEN, _NOTADB = 5, 6, 8, 10, 11, 13, 14, 26
# ``Connection.backup`` is the one call whose errors carry no code, only SQLite's text for it.
_CODE_OF_TEXT = {
    "database is locked": _BUSY,
    "attempt to write a readonly database": _READONLY,
    "disk I/O error": _IOERR,
    "database disk image is malformed": _CORRUPT,
    "database or disk is full": _FULL,
    "unable to open database file": _CANTOPEN,
    "file is not a database": _NOTADB,
}


class OpenMode(Enum):
    """What a file is to us: how it is opened, and the settings of the connection."""

    PRECIOUS = ("rwc", ("journal_mode=WAL", "synchronous=FULL", "wal_autocheckpoint=1000"))
    """The learner's data: a commit that was acknowledged survives a power cut. Created when missing."""

    REBUILDABLE = ("rwc", ("journal_mode=DELETE", "synchronous=NORMAL"))
    """An index that can be made again: one file at rest, nothing beside it. Created when missing."""

    READ_ONLY = ("ro", ("query_only=ON",))
    """Reads a file that somebody may be writing to."""

    IMMUTABLE = ("ro&immutable=1", ("query_only=ON",))
    """Reads a finished file that nobody writes to, on whatever medium, without locks."""


def connect(path: Path, *, mode: OpenMode) -> Connection:
    """Open ``path``. The connection is in autocommit: writes go through ``transaction``.

    It may be used from any thread, by one at a time.

    Raises:
        StorageError: the file is missing, not readable, busy, damaged or not a database.
    """
    access, settings = mode.value
    if access.startswith("ro") and not path.is_file():
        raise StorageError(f"{path} does not exist.", todo="Check the path, or create it again.")
    with storage_errors(path):
        connection = cast(
            Connection,
            _driver().connect(
                f"{path.absolute().as_uri()}?mode={access}",
                uri=True,
                timeout=BUSY_TIMEOUT_S,
                isolation_level=None,
                check_same_thread=False,
            ),
        )
        try:
            # fullfsync: without it macOS hands a commit to the drive's cache and calls it written.
            common = ("foreign_keys=ON", "trusted_schema=OFF", "fullfsync=ON", "checkpoint_fullfsync=ON")
            for setting in (*settings, *common):
                _set(connection, setting)
            connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchall()
        except BaseException:
            connection.close()
            raise
    return connection


@contextlib.contextmanager
def transaction(connection: Connection) -> Iterator[None]:
    """All of the block or nothing of it. Takes the write lock first: a read that turns into a write cannot wait."""
    with storage_errors(connection):
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            connection.execute("COMMIT")
        except BaseException:
            # A full disk may already have ended it.
            with contextlib.suppress(_driver().Error):
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
            raise


@contextlib.contextmanager
def storage_errors(place: Connection | Path) -> Iterator[None]:
    """Turn the driver's errors into ours. Reading needs it too: a damaged page shows when it is read."""
    try:
        yield
    except _driver().Error as error:
        raise _converted(error, place if isinstance(place, Path) else _path_of(place)) from error


def load_vector_extension(connection: Connection) -> bool:
    """Load sqlite-vec into ``connection``; False where it is not installed or does not load."""
    found = importlib.util.find_spec("sqlite_vec")  # finding it, not importing it: it would import numpy
    if found is None or found.origin is None:
        return False
    try:
        connection.enable_load_extension(True)
        try:
            connection.load_extension(str(Path(found.origin).with_name("vec0")))
        finally:
            connection.enable_load_extension(False)
    except _driver().Error:
        return False
    return True


def sqlite_version() -> str:
    """Version of the SQLite library that is in use."""
    return str(_driver().sqlite_version)


def _set(connection: Connection, setting: str) -> None:
    """Set a pragma. For the change to WAL SQLite does not wait by itself when two processes create one file."""
    give_up = time.monotonic() + BUSY_TIMEOUT_S
    while True:
        try:
            connection.execute(f"PRAGMA {setting}").fetchall()
        except _driver().OperationalError as error:
            if _primary_code(error) != _BUSY or time.monotonic() >= give_up:
                raise
            time.sleep(_PAUSE_S)
        else:
            return


@functools.cache
def _driver() -> ModuleType:
    if "sqlite_utils" in sys.modules:
        raise BugError("sqlite-utils was imported before engine.storage.sqlite had given it the driver")
    import sqlcipher3

    sys.modules["pysqlite3"] = sqlcipher3
    sys.modules["pysqlite3.dbapi2"] = sqlcipher3.dbapi2
    driver: ModuleType = sqlcipher3.dbapi2
    if driver.sqlite_version_info < OLDEST_SQLITE:
        raise StorageError(
            f"The database library is too old (SQLite {driver.sqlite_version}) and could damage data.",
            todo="Install LLM Tutor again, with the versions in requirements.lock.",
        )
    return driver


def _path_of(connection: Connection) -> Path:
    try:
        return Path(connection.execute("PRAGMA database_list").fetchone()[2])
    except _driver().Error:  # it was closed
        return Path()


def _converted(error: Exception, path: Path) -> TutorError:
    primary = _primary_code(error)
    if primary in (_BUSY, _LOCKED):
        return StorageBusyError(
            f"{path.name} is being written to by another program.", todo="Wait a moment, then try again."
        )
    if primary == _FULL or (primary in (_IOERR, _CANTOPEN) and _is_full(path)):
        return StorageFullError(
            f"The disk that holds {path.parent} is full.", todo="Free some space and try again."
        )
    if primary in (_READONLY, _CANTOPEN):
        return StorageReadOnlyError(
            f"{path} cannot be opened for writing.",
            todo="Allow writing there, or choose another data folder with --profile.",
        )
    if primary in (_CORRUPT, _NOTADB):
        return StorageCorruptError(
            f"{path.name} is damaged.",
            todo="Restore a backup with `llm-tutor data restore latest`, or build the index again.",
        )
    if primary == _IOERR:
        return StorageError(
            f"The disk that holds {path.parent} reports an error.", todo="Check the disk; copy your data."
        )
    return BugError(f"{path.name}: {error}")


def _primary_code(error: Exception) -> int:
    code = getattr(error, "sqlite_errorcode", None) or _CODE_OF_TEXT.get(str(error), 0)
    return int(code) & 0xFF


def _is_full(path: Path) -> bool:
    """SQLite reports some failures on a full disk as plain errors of input, output or opening."""
    try:
        return shutil.disk_usage(path.parent).free < _ALMOST_NOTHING_FREE
    except OSError:
        return False
