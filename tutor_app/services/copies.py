"""Files for outside: what is known of the learner, a backup, or a pack's practice questions; and a look into a backup.

In the work process: a disk may be slow and the log long, and no page is to wait for either.
"""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

from engine.content.install import Watch
from engine.content.item_export import ItemExport, write_items
from engine.errors import PackError, StorageError, StorageReadOnlyError
from engine.storage.backup import write_copy
from engine.storage.replacement import backup_contents, require_elsewhere
from engine.tutor.export import write_export
from engine.tutor.export_file import ExportWatch
from engine.tutor.practice.export import PracticeExport, write_practice
from tutor_app.services.copy_facts import CardsWritten

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from engine.types import BackupContents
    from tutor_app.workers.workbench import Job, Workbench

EVERYTHING, BACKUP = "jsonl", "db"


class CopiesService:
    """Writes one file at a time."""

    def __init__(self, workbench: Workbench) -> None:
        self._workbench = workbench

    def back_up(self, job: Job) -> datetime:
        """Make a backup among the others now.

        Raises:
            StorageError: it could not be written.
        """
        job.cancel.check()
        return self._workbench.runtime.database.back_up().made

    def export(self, job: Job, path: str, form: str = EVERYTHING) -> int:
        """Write what is known of the learner to ``path``; returns how many lines or statements, 0 for a backup.

        Args:
            job: watches it.
            path: the file.
            form: ``EVERYTHING`` as JSON lines, ``BACKUP`` to be restored from, or a form of ``PracticeExport``.

        Raises:
            StorageError: it could not be written.
            Cancelled: it was stopped; no file is left.
        """
        runtime, target = self._workbench.runtime, Path(path)
        with _named(target):
            require_elsewhere(target, self._workbench.paths)
            if form == BACKUP:
                with runtime.database.reading() as connection:
                    write_copy(connection, target, cancel=job.cancel, progress=job.emit)
                return 0
            watch = ExportWatch(job.cancel, job.emit)
            if form == EVERYTHING:
                return write_export(runtime.database, target, watch)
            return write_practice(runtime.database, runtime.items, PracticeExport(form), target, watch)

    def export_items(self, job: Job, pack: str, path: str, form: str) -> CardsWritten:
        """Write the practice questions of ``pack`` to ``path``, in a form of ``ItemExport``.

        Raises:
            PackError: it has none, or none can become a card.
            StorageError: it could not be written.
            Cancelled: it was stopped; no file is left.
        """
        found = self._workbench.runtime.items.pack(pack)
        if found is None:
            raise PackError("It has no practice questions.", todo="Choose another pack.")
        with _named(Path(path)):
            require_elsewhere(Path(path), self._workbench.paths)
            done = write_items(
                found,
                ItemExport(form),
                Path(path),
                now=self._workbench.clock.now(),
                watch=Watch(job.cancel, job.emit),
            )
        return CardsWritten(done.written, len(done.skipped))

    def look_into(self, _job: Job, path: str) -> BackupContents:
        """What the backup at ``path`` holds.

        Raises:
            StorageError: it is missing, damaged, too new or something else.
        """
        return backup_contents(Path(path))


@contextlib.contextmanager
def _named(target: Path) -> Iterator[None]:
    """Errors about a file that somebody chose say to choose another place, and not another data folder."""
    try:
        yield
    except StorageReadOnlyError as error:
        raise StorageReadOnlyError(error.what, todo="Choose another folder.") from error
    except OSError as error:
        raise StorageError(f"{target} cannot be written.", todo="Choose another folder.") from error
