"""The learner's data as a whole: put back from a backup, or erased. Nobody may have it open meanwhile.

How a copy is made and put into its place is in ``backup``; what is told and asked about it, in the front ends.
"""

import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from engine.atomic import storage_error
from engine.errors import StorageBusyError, StorageCorruptError, StorageError
from engine.paths import DataPaths
from engine.storage.backup import STAMP, opened_backup, restore, time_made
from engine.storage.open_marker import in_use, is_mark, kept_closed, remove_marks
from engine.storage.sqlite import storage_errors
from engine.types import BackupContents

if TYPE_CHECKING:
    from engine.cancel import CancelToken
    from engine.protocols import ProgressCallback

_COUNTED = {
    "conversations": "conversations WHERE deleted IS NULL",
    "questions": "turns",
    "answers": "attempts",
}


def backup_contents(file: Path) -> BackupContents:
    """What the backup ``file`` holds.

    Raises:
        StorageError: it is missing, damaged, too new or something else.
    """
    try:
        with opened_backup(file) as connection, storage_errors(file):
            tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master").fetchall()}
            counts = {
                name: int(connection.execute(f"SELECT count(*) FROM {where}").fetchone()[0])  # noqa: S608 - constants
                for name, where in _COUNTED.items()
                if where.split()[0] in tables
            }
            happened = [
                connection.execute("SELECT max(created) FROM turns").fetchone()[0],
                connection.execute("SELECT max(at) FROM attempts").fetchone()[0]
                if "attempts" in tables
                else None,
            ]
            size = file.stat().st_size
    except StorageCorruptError as error:
        raise StorageCorruptError(
            f"{file.name} cannot be read: it is damaged, encrypted or no backup.", todo="Choose another file."
        ) from error
    newest = max((at for at in happened if at is not None), default=None)
    return BackupContents(
        time_made(file),
        datetime.fromtimestamp(newest / 1000, UTC) if newest is not None else None,
        counts.get("conversations", 0),
        counts.get("questions", 0),
        counts.get("answers", 0),
        size,
    )


def go_back(
    file: Path,
    paths: DataPaths,
    *,
    now: datetime,
    cancel: "CancelToken | None" = None,
    progress: "ProgressCallback | None" = None,
) -> Path | None:
    """Put the backup ``file`` in the place of the learner's data; returns where what was there is kept, if it was.

    Raises:
        StorageBusyError: somebody has the data open.
        StorageError: the backup cannot be used, or there is no room; nothing was changed.
        Cancelled: by ``cancel``; nothing was changed.
    """
    _require_other(file, paths, todo="Choose a backup of it.")
    require_closed(paths)
    aside = paths.backups / f"replaced-{now.strftime(STAMP)}.db"
    paths.root.mkdir(parents=True, exist_ok=True)
    # Once the copy is made, which takes a while: somebody may have opened the data meanwhile.
    closed = kept_closed(paths.learner_db)
    restore(file, paths.learner_db, aside, cancel=cancel, progress=progress, closed=closed)
    return aside if aside.exists() else None


def erase(paths: DataPaths) -> None:
    """Remove conversations, events, all backups and logs for good. What was not finished is when it is called again.

    Raises:
        StorageBusyError: somebody has the data open.
        StorageError: something could not be removed.
    """
    if not paths.root.exists():
        return
    database = paths.learner_db
    with kept_closed(database):
        try:
            for file in sorted(paths.root.glob(f"*{database.name}*")):
                if not is_mark(file, database):
                    file.unlink()
            remove_marks(database)
            if paths.backups.exists():
                shutil.rmtree(paths.backups)
        except OSError as error:
            raise storage_error(error, database) from error
    shutil.rmtree(paths.logs, ignore_errors=True)  # a window writes there; they hold no word of the learner's


def require_closed(paths: DataPaths) -> None:
    """Raise ``StorageBusyError`` if somebody has the data open."""
    if in_use(paths.learner_db):
        raise StorageBusyError("Another LLM Tutor is open on this data.", todo="Close it, then try again.")


def require_elsewhere(target: Path, paths: DataPaths) -> None:
    """Raise ``StorageError`` if a file that is to be written would take the place of the data itself."""
    _require_other(target, paths, todo="Choose another folder.")


def _require_other(file: Path, paths: DataPaths, *, todo: str) -> None:
    if paths.learner_db.exists() and file.exists() and file.samefile(paths.learner_db):
        raise StorageError(f"{file.name} is the data that is in use.", todo=todo)
