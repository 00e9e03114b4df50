"""The learner's database, opened: created, checked, brought up to date, or refused.

Two processes may have it open at once; writers wait for each other. Which tables there are is said in
``migrations``, what is in them is the business of the stores.
"""

import contextlib
import logging
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Self

from engine.atomic import remove_stale_parts, storage_error
from engine.clock import Clock
from engine.errors import StorageBusyError, StorageCorruptError, StorageError
from engine.paths import DataPaths
from engine.storage.backup import (
    Backup,
    check_sound,
    check_version,
    check_with_log,
    list_backups,
    make_backup,
)
from engine.storage.file_system import network_file_system
from engine.storage.migrations import APPLICATION_ID, SCHEMA_VERSION, learner_migrations
from engine.storage.open_marker import OpenMarker, kept_closed
from engine.storage.recovery import recover
from engine.storage.sqlite import Connection, OpenMode, connect, storage_errors, transaction

_BACKUP_EVERY = timedelta(days=1)
# Threads that found damage at once would take each other for another program that has the file open.
_ONE_AFTER_THE_OTHER = threading.Lock()
_log = logging.getLogger(__name__)


class LearnerDatabase:
    """One open ``learner.db``, for all threads of the process; made by ``open_learner_database``.

    Attributes:
        notices: sentences to show the learner about what happened on opening.
    """

    def __init__(self, connection: Connection, marker: OpenMarker, paths: DataPaths, clock: Clock) -> None:
        self.notices: list[str] = []
        self._connection = connection
        self._marker = marker
        self._paths = paths
        self._clock = clock
        self._lock = threading.RLock()
        self._damaged = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextlib.contextmanager
    def transaction(self) -> Iterator[Connection]:
        """Write: all of the block or nothing, one thread and one process at a time."""
        with self._guarded(), transaction(self._connection):
            yield self._connection

    @contextlib.contextmanager
    def reading(self) -> Iterator[Connection]:
        """Read. Fetch everything inside the block: an open cursor would keep the log from being emptied."""
        with self._guarded(), storage_errors(self._connection):
            yield self._connection

    def back_up(self) -> Backup:
        """Make a backup now.

        Raises:
            StorageError: it could not be written.
        """
        with self.reading() as connection:
            return make_backup(connection, self._paths.backups, self._clock.now())

    def close(self) -> None:
        """Make the daily backup if it is due, and close. Never fails for want of a backup."""
        with self._lock:
            try:
                if not self._damaged:
                    self._back_up_daily()
            finally:
                self._connection.close()
                if self._damaged:
                    self._marker.leave()
                else:
                    self._marker.remove()

    def _back_up_daily(self) -> None:
        newest = next(iter(list_backups(self._paths.backups)), None)
        if newest and timedelta(0) <= self._clock.now() - newest.made < _BACKUP_EVERY:
            return
        try:
            self.back_up()
        except StorageError as error:
            _log.warning("no backup was made: %s", error.code)

    @contextlib.contextmanager
    def _guarded(self) -> Iterator[None]:
        with self._lock:
            try:
                yield
            except StorageCorruptError:
                self._damaged = True
                raise


def open_learner_database(paths: DataPaths, clock: Clock) -> LearnerDatabase:
    """Open the learner's database; create it if there is none.

    After an unclean end it is checked first. A damaged one is set aside and the newest good backup takes its
    place. Before it is brought up to date, a backup is made.

    Raises:
        StorageTooNewError: a newer program wrote it; it is left alone.
        StorageReadOnlyError: the data folder cannot be written to.
        StorageFullError: no space left.
        StorageBusyError: another process holds it too long.
        StorageCorruptError: it is damaged, and in use by another process.
    """
    try:
        paths.root.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise storage_error(error, paths.root) from error
    with _ONE_AFTER_THE_OTHER:
        marker = OpenMarker(paths.learner_db)
        try:
            connection, notices = _opened(paths, marker, clock.now())
        except StorageCorruptError:
            marker.leave()
            raise
        except BaseException:
            marker.remove()
            raise
    database = LearnerDatabase(connection, marker, paths, clock)
    database.notices.extend(notices)
    return database


def _opened(paths: DataPaths, marker: OpenMarker, now: datetime) -> tuple[Connection, list[str]]:
    notices = _notices_for_new_file(paths)
    try:
        connection = _prepared(paths, now, check=bool(marker.left_behind))
    except StorageCorruptError:
        notices.append(_recovered(paths, marker, now))
        connection = _prepared(paths, now, check=False)
    marker.sweep()
    for folder in (paths.root, paths.backups):
        remove_stale_parts(folder)
    return connection, notices


def _recovered(paths: DataPaths, marker: OpenMarker, now: datetime) -> str:
    with contextlib.ExitStack() as kept:
        try:
            kept.enter_context(kept_closed(paths.learner_db, by=marker))
        except StorageBusyError as error:
            raise StorageCorruptError(
                "Your data is damaged, and another LLM Tutor has it open.",
                todo="Close every LLM Tutor, then start it again.",
            ) from error
        return recover(paths, now)


def _prepared(paths: DataPaths, now: datetime, *, check: bool) -> Connection:
    if check:
        check_with_log(paths.learner_db)  # a damaged one is set aside with its log
    connection = connect(paths.learner_db, mode=OpenMode.PRECIOUS)
    try:
        if check:
            check_sound(connection, paths.learner_db)
        version = check_version(connection, paths.learner_db)
        if 0 < version < SCHEMA_VERSION:
            make_backup(connection, paths.backups, now)
        if version < SCHEMA_VERSION:
            _migrate(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _migrate(connection: Connection) -> None:
    migrations = learner_migrations()
    from sqlite_utils import Database

    with transaction(connection):  # a second process waits here, and then finds nothing left to do
        migrations.apply(Database(connection, recursive_triggers=False, execute_plugins=False))
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")


def _notices_for_new_file(paths: DataPaths) -> list[str]:
    if _has_content(paths.learner_db):
        return []
    notices = []
    kind = network_file_system(paths.root)
    if kind:
        notices.append(
            f"{paths.root} lies on a network drive ({kind}), where data can be damaged. "
            "Choose a folder on this computer with --profile."
        )
    if list_backups(paths.backups):
        notices.append(
            "Your data was missing, so a new file was begun. "
            "The settings of the window, or `llm-tutor data restore latest`, bring back the newest backup."
        )
    return notices


def _has_content(path: Path) -> bool:
    return path.is_file() and path.stat().st_size > 0
