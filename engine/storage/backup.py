"""Copies of the learner's data, and the way back from one.

A copy is made by SQLite itself (never by copying a file that is in use), checked, flushed and only then given its
name. Replacing the learner's data never destroys what was there: that is set aside under a dated name.
When to make or use a copy is decided in ``database``, ``recovery`` and on the command line.
"""

import contextlib
import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from engine.atomic import replacing, storage_error
from engine.cancel import CancelToken
from engine.errors import StorageCorruptError, StorageError, StorageTooNewError
from engine.storage.migrations import APPLICATION_ID, SCHEMA_VERSION
from engine.storage.sqlite import Connection, OpenMode, connect, storage_errors, transaction
from engine.types import Progress

if TYPE_CHECKING:
    from engine.protocols import ProgressCallback

KEPT = 30
STAMP = "%Y%m%dT%H%M%S%fZ"
_NAME = re.compile(r"(?:learner|replaced|damaged)-(\d{8}T\d{12}Z)\.db")
_PAGES_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class Backup:
    """One copy in the backup folder."""

    path: Path
    made: datetime
    bytes: int


def make_backup(connection: Connection, folder: Path, now: datetime) -> Backup:
    """Copy the open database into ``folder`` and drop the oldest copies beyond ``KEPT``.

    Raises:
        StorageError: the copy could not be written, or is not sound; no file is left.
    """
    target = folder / f"learner-{now.strftime(STAMP)}.db"
    write_copy(connection, target)
    # Never the one just made, which is not the newest when the clock was set back.
    for old in [each for each in list_backups(folder) if each.path != target][KEPT - 1 :]:
        old.path.unlink(missing_ok=True)
    return Backup(target, now, target.stat().st_size)


def write_copy(
    connection: Connection,
    target: Path,
    *,
    cancel: CancelToken | None = None,
    progress: "ProgressCallback | None" = None,
) -> None:
    """Copy the open database to the file ``target``, which is replaced only by a finished, checked copy.

    Raises:
        StorageError: it could not be written, or is not sound; ``target`` is as it was.
        Cancelled: by ``cancel``; ``target`` is as it was.
    """
    with _finished(target) as part:
        _copy(connection, part, cancel, progress)


def list_backups(folder: Path) -> list[Backup]:
    """The copies in ``folder``, newest first."""
    backups = []
    for path in folder.glob("learner-*.db"):
        made = time_made(path)
        if made is not None:
            backups.append(Backup(path, made, path.stat().st_size))
    return sorted(backups, key=lambda backup: backup.made, reverse=True)


def time_made(file: Path) -> datetime | None:
    """When a copy was made or data was set aside, by the file's name; None where that is another one."""
    stamp = _NAME.fullmatch(file.name)
    return datetime.strptime(stamp.group(1), STAMP).replace(tzinfo=UTC) if stamp else None


def restore(
    source: Path,
    database: Path,
    aside: Path,
    *,
    cancel: CancelToken | None = None,
    progress: "ProgressCallback | None" = None,
    closed: contextlib.AbstractContextManager[None] | None = None,
) -> None:
    """Put a copy of ``source`` in the place of ``database``. Nobody may have ``database`` open.

    The restored data gets a new device id: what happened after the copy was made may be known elsewhere under
    the old one.

    Args:
        source: a backup.
        database: the learner's data; may be missing or damaged.
        aside: where the present file is kept.
        cancel: stops it before anything was changed.
        progress: hears how far the copying is.
        closed: keeps ``database`` closed: from when the copy is ready, before anything is changed, until it has
            taken its place. What it raises leaves all as it was.

    Raises:
        StorageError: ``source`` is missing, damaged, too new or something else; nothing was changed.
        Cancelled: by ``cancel``; nothing was changed.
    """
    with contextlib.ExitStack() as kept, opened_backup(source) as backup, _finished(database) as part:
        _copy(backup, part, cancel, progress)
        _renew_device(part)
        if closed is not None:
            kept.enter_context(closed)
        _settle(database)
        set_aside(database, aside)


@contextlib.contextmanager
def opened_backup(source: Path) -> Iterator[Connection]:
    """A backup to read from, checked before.

    Raises:
        StorageError: it is missing, damaged, too new or something else.
    """
    backup = connect(source, mode=OpenMode.IMMUTABLE)
    try:
        check_sound(backup, source)
        if check_version(backup, source) == 0:
            raise StorageError(f"{source} holds no data.", todo="Choose another file.")
        yield backup
    finally:
        backup.close()


def set_aside(database: Path, aside: Path) -> None:
    """Keep what lies at ``database`` as ``aside``, and make its place safe for another file."""
    log = _beside(database, "-wal")
    try:
        aside.parent.mkdir(parents=True, exist_ok=True)
        for present, kept in ((database, aside), (log, _beside(aside, "-wal"))):
            if present.exists():
                shutil.copyfile(present, kept)
                with kept.open("rb+") as file:
                    os.fsync(file.fileno())
        # The log of one file must never meet another file.
        log.unlink(missing_ok=True)
        _beside(database, "-shm").unlink(missing_ok=True)
    except OSError as error:
        raise storage_error(error, aside) from error


def check_with_log(database: Path) -> None:
    """Look at a ``database`` with what a crash left in its log, and leave both as they are.

    Opening it for writing brings the log into it, or, where it is too damaged for that, removes the log.

    Raises:
        StorageCorruptError: there is such a log, and together they are damaged.
    """
    log = _beside(database, "-wal")
    if not (database.exists() and log.exists() and log.stat().st_size):
        return
    if not database.stat().st_size:
        raise _damaged(database)
    connection = connect(database, mode=OpenMode.READ_ONLY)
    try:
        check_sound(connection, database)
    finally:
        connection.close()


def _settle(database: Path) -> None:
    """Bring what a crash left in the log into ``database``, so that it is whole without it; a damaged one keeps it."""
    if database.exists() and _beside(database, "-wal").exists():
        with contextlib.suppress(StorageCorruptError):
            check_with_log(database)
            connect(database, mode=OpenMode.PRECIOUS).close()


def check_sound(connection: Connection, path: Path) -> None:
    """Raise ``StorageCorruptError`` unless SQLite finds the file sound."""
    with storage_errors(path):
        answer = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    if answer != "ok":
        raise _damaged(path)


def _damaged(path: Path) -> StorageCorruptError:
    return StorageCorruptError(
        f"{path} is damaged.", todo="Use another backup: `llm-tutor data list` names them."
    )


def check_version(connection: Connection, path: Path) -> int:
    """The schema version of a learner's database; 0 for a file that is still empty.

    Raises:
        StorageTooNewError: a newer program wrote it.
        StorageError: it is some other database.
    """
    with storage_errors(path):
        # One statement, so that another process that is just creating the file is seen done or not begun.
        version, application, tables = connection.execute(
            "SELECT user_version, application_id, (SELECT count(*) FROM sqlite_master)"
            " FROM pragma_user_version, pragma_application_id"
        ).fetchone()
    if version == tables == 0:
        return 0
    if application != APPLICATION_ID:
        raise StorageError(f"{path} is not a learner's database.", todo="Choose another file or data folder.")
    if version > SCHEMA_VERSION:
        raise StorageTooNewError(
            f"{path} was written by a newer version of LLM Tutor.",
            todo="Update LLM Tutor. Nothing in the file was changed.",
        )
    return int(version)


def _copy(
    connection: Connection,
    part: Path,
    cancel: CancelToken | None,
    progress: "ProgressCallback | None",
) -> None:
    def report(_status: int, remaining: int, total: int) -> None:
        if cancel is not None:
            cancel.check()
        if progress is not None:
            progress(Progress("Copying", (total - remaining) * page, total * page, "bytes"))

    with storage_errors(part):
        page = int(connection.execute("PRAGMA page_size").fetchone()[0])
        copy = connect(part, mode=OpenMode.REBUILDABLE)
        try:
            connection.backup(copy, pages=_PAGES_AT_ONCE, progress=report)
            copy.execute("PRAGMA journal_mode=DELETE").fetchall()  # the copy brought WAL with it
            check_sound(copy, part)
        finally:
            copy.close()
    if cancel is not None:
        cancel.check()


def _renew_device(part: Path) -> None:
    copy = connect(part, mode=OpenMode.REBUILDABLE)
    try:
        with transaction(copy):
            copy.execute("UPDATE device SET id = randomblob(16), last_seq = 0")
    finally:
        copy.close()


@contextlib.contextmanager
def _finished(target: Path) -> Iterator[Path]:
    with replacing(target) as part:
        try:
            yield part
        finally:
            with contextlib.suppress(OSError):
                _beside(part, "-journal").unlink(missing_ok=True)


def _beside(path: Path, suffix: str) -> Path:
    return path.with_name(path.name + suffix)
