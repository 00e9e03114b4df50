"""A file that is written line by line: watched, stopped between two lines, and never there by half."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from engine.atomic import replacing
from engine.types import Progress

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from engine.cancel import CancelToken
    from engine.protocols import ProgressCallback

_EVERY = 500
_Part = TypeVar("_Part")


@dataclass(frozen=True, slots=True)
class ExportWatch:
    """Who may stop an export, and who hears how far it is; nobody by default."""

    cancel: CancelToken | None = None
    progress: ProgressCallback | None = None

    def over(self, parts: Iterable[_Part], what: str, total: int) -> Iterator[_Part]:
        """The ``parts``, about ``total``, told of on the way.

        Raises:
            Cancelled: it was stopped.
        """
        for done, part in enumerate(parts):
            if done % _EVERY == 0:
                self._look(Progress(what, min(done, total), total, "lines"))
            yield part
        self._look(Progress(what, total, total, "lines"))

    def _look(self, progress: Progress) -> None:
        if self.cancel is not None:
            self.cancel.check()
        if self.progress is not None:
            self.progress(progress)


def write_lines(target: Path, lines: Iterable[str]) -> int:
    """Write ``target``, replacing it only when it is whole; returns how many lines it took.

    Raises:
        StorageError: it cannot be written.
        Cancelled: making the lines was stopped; no file is left.
    """
    written = 0
    with replacing(target) as part, part.open("w", encoding="utf-8", newline="") as file:
        for line in lines:
            file.write(line)
            written += 1
    return written
