"""The learner's data put back from a backup, or erased: in a process of its own, when the others have let go of it."""

from __future__ import annotations

import contextlib
import json
import time
from pathlib import Path
from typing import TYPE_CHECKING

from engine.atomic import write_atomically
from engine.errors import StorageBusyError, StorageError
from engine.storage.replacement import erase, go_back, require_closed

if TYPE_CHECKING:
    from engine.paths import DataPaths
    from tutor_app.workers.workbench import Job, Workbench

_LONGEST_WAIT_S = 60.0
_LOOK_EVERY_S = 0.05
_WINDOW_STATE, _PREFERENCES, _NAME = "window.ini", "preferences.json", "name"


class ReplacingService:
    """Waits for the window's other processes to end, and then has the data to itself."""

    def __init__(self, workbench: Workbench) -> None:
        self._workbench = workbench

    def restore(self, job: Job, path: str) -> str:
        """Go back to the backup ``path``; returns the name of the file that what was there is kept in, or "".

        Raises:
            StorageError: the backup cannot be used, somebody else has the data open, or there is no room; nothing was
                changed.
            Cancelled: it was stopped; nothing was changed.
        """
        paths = self._workbench.paths
        _wait_until_closed(paths, job)
        kept = go_back(
            Path(path), paths, now=self._workbench.clock.now(), cancel=job.cancel, progress=job.emit
        )
        return kept.name if kept is not None else ""

    def erase(self, job: Job) -> None:
        """Remove what was said and done, all backups, the learner's name and what was typed but not sent.

        Raises:
            StorageError: somebody else has the data open, or something could not be removed.
            Cancelled: it was stopped before anything was removed.
        """
        paths = self._workbench.paths
        _wait_until_closed(paths, job)
        job.cancel.check()
        erase(paths)
        forget_learner(paths)


def forget_learner(paths: DataPaths) -> None:
    """Remove what a window keeps of the learner beside the data: what was typed but not sent, places, the name."""
    with contextlib.suppress(OSError):
        (paths.root / _WINDOW_STATE).unlink(missing_ok=True)
    file = paths.root / _PREFERENCES
    with contextlib.suppress(OSError, ValueError, StorageError):
        kept = json.loads(file.read_text(encoding="utf-8"))
        if isinstance(kept, dict) and kept.pop(_NAME, ""):
            write_atomically(file, json.dumps(kept, indent=2).encode() + b"\n")


def _wait_until_closed(paths: DataPaths, job: Job) -> None:
    give_up = time.monotonic() + _LONGEST_WAIT_S
    while True:
        job.cancel.check()
        try:
            require_closed(paths)
        except StorageBusyError:
            if time.monotonic() >= give_up:
                raise
            time.sleep(_LOOK_EVERY_S)
        else:
            return
