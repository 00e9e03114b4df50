"""Progress, told often enough to be seen and seldom enough not to flood the pipe to the window."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.types import Progress

_REPORT_S = 0.1


class Seldom:
    """Passes on at most ten reports a second, and always the first and the last of each thing that is done."""

    def __init__(self, emit: Callable[[object], None]) -> None:
        self._emit = emit
        self._what = ""
        self._next = 0.0

    def __call__(self, progress: Progress) -> None:
        """Pass ``progress`` on, or not."""
        now = monotonic()
        if now >= self._next or progress.what != self._what or progress.done == progress.total:
            self._what, self._next = progress.what, now + _REPORT_S
            self._emit(progress)
