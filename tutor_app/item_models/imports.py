"""The files on their way into the library, and what has become of each so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import PurePath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.types import Progress
    from tutor_app.services.holdings import Added, ChangedKey, UnknownAuthor
    from tutor_app.workers.messages import Failure


class ImportState(StrEnum):
    """Where a file is on its way.

    ASKING: its author is unknown, or has another key, and the learner is asked. STOPPED: the learner stopped it.
    """

    WAITING = "waiting"
    RUNNING = "running"
    ASKING = "asking"
    DONE = "done"
    FAILED = "failed"
    STOPPED = "stopped"


UNFINISHED = frozenset({ImportState.WAITING, ImportState.RUNNING})


@dataclass(slots=True, eq=False)
class ImportItem:
    """One file, folder or pack.

    Attributes:
        author: whom the learner is asked about.
        trusted: fingerprint of the author's key, once the learner trusts it; empty for none, once that is all right.
    """

    number: int
    path: str
    state: ImportState = ImportState.WAITING
    progress: Progress | None = None
    added: Added | None = None
    author: UnknownAuthor | ChangedKey | None = None
    failure: Failure | None = None
    trusted: str | None = None

    @property
    def name(self) -> str:
        """The file's name without its folders."""
        return PurePath(self.path).name or self.path

    @property
    def share(self) -> float:
        """How much of it is done, 0 to 1."""
        if self.progress is None or not self.progress.total:
            return 0.0
        return min(1.0, self.progress.done / self.progress.total)


@dataclass(slots=True)
class ImportQueue:
    """All files of this run of the window, in the order in which they came."""

    items: list[ImportItem] = field(default_factory=list)
    _last: int = 0

    def add(self, paths: list[str]) -> list[ImportItem]:
        """Append those that are not waiting already; returns the new ones."""
        waiting = {item.path for item in self.items if item.state in UNFINISHED}
        new = []
        for path in dict.fromkeys(paths):
            if path not in waiting:
                self._last += 1
                new.append(ImportItem(self._last, path))
        # A file that is tried again takes the place of what became of it before.
        again = {item.path for item in new}
        self.items = [item for item in self.items if item.path not in again or item.state in UNFINISHED]
        self.items += new
        return new

    def find(self, number: int) -> ImportItem | None:
        """The item with this number."""
        return next((item for item in self.items if item.number == number), None)

    def next_waiting(self) -> ImportItem | None:
        """What is to be imported next."""
        return next((item for item in self.items if item.state is ImportState.WAITING), None)

    def count(self, *states: ImportState) -> int:
        """How many are in one of these states."""
        return sum(item.state in states for item in self.items)

    def unfinished(self) -> list[str]:
        """The paths that are still to be imported."""
        return [item.path for item in self.items if item.state in UNFINISHED]

    @property
    def busy(self) -> bool:
        """Whether anything waits or runs."""
        return any(item.state in UNFINISHED for item in self.items)

    def share(self) -> float:
        """How much of all of it is done, 0 to 1."""
        if not self.items:
            return 0.0
        done = sum(1.0 if item.state not in UNFINISHED else item.share for item in self.items)
        return done / len(self.items)
