"""What every command shares: its output, and the door to the engine.

A command is a module of this package with ``add_arguments(parser)`` and ``run(arguments, context) -> int``
(the exit code). ``__main__`` imports only the one that is run.
"""

from __future__ import annotations

import re
import sys
import time
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:  # the window comes through here too, and its first paint needs neither
    from engine.paths import DataPaths
    from engine.types import Progress

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


class Context:
    """What a command may touch.

    Args:
        paths: the profile's data folder.
        json_output: exactly one JSON object goes to ``out``, all else to ``err``.
        out: standard output if None.
        err: standard error if None.
    """

    def __init__(
        self,
        paths: DataPaths,
        *,
        json_output: bool = False,
        out: TextIO | None = None,
        err: TextIO | None = None,
    ) -> None:
        self.paths = paths
        self.json_output = json_output
        self.out = out or sys.stdout
        self.err = err or sys.stderr

    def say(self, text: str = "") -> None:
        """A line for a person: on ``out``, or on ``err`` while ``out`` is kept for JSON."""
        print(printable(text), file=self.err if self.json_output else self.out, flush=True)

    def notify(self, notices: list[str]) -> None:
        """Show what the learner should know besides the answer, and forget it."""
        while notices:
            print(printable(notices.pop(0)), file=self.err, flush=True)

    def emit(self, value: object) -> None:
        """The command's one JSON object."""
        import json

        print(json.dumps(value, ensure_ascii=False), file=self.out, flush=True)

    def progress(self) -> ProgressLine:
        """A progress display on ``err``."""
        return ProgressLine(self.err)


def printable(text: str) -> str:
    """``text`` without what a terminal would obey: what packs and documents say is shown, never done."""
    return _CONTROL.sub("", text)


class ProgressLine:
    """One line of progress, rewritten in place on a terminal, every ten seconds elsewhere."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._live = stream.isatty()
        self._every = 0.1 if self._live else 10.0
        self._first: Progress | None = None
        self._last: Progress | None = None
        self._began = self._shown = 0.0 if self._live else time.monotonic()

    def __call__(self, progress: Progress) -> None:
        """Show ``progress``, if the last showing is long enough ago."""
        now = time.monotonic()
        first, last = self._first, self._last
        if first is None or last is None or progress.what != last.what or progress.done < last.done:
            self._first = first = progress
            self._began = now
            self._shown = 0.0 if self._live else now
        self._last = progress
        finished = progress.total is not None and progress.done >= progress.total
        if now - self._shown < self._every and not (finished and self._live):
            return
        self._shown = now
        line = _describe(progress, now - self._began, progress.done - first.done)
        print(
            f"\r\x1b[K{line}" if self._live else line,
            end="" if self._live else "\n",
            file=self._stream,
            flush=True,
        )

    def close(self) -> None:
        """End the line."""
        if self._live and self._shown:
            print(file=self._stream)


def _describe(progress: Progress, seconds: float, done: int) -> str:
    amount = f"{_amount(progress.done, progress.unit)}"
    if progress.total:
        amount += f" of {_amount(progress.total, progress.unit)} ({100 * progress.done // progress.total} %)"
    if seconds > 0.5 and done:
        speed = done / seconds
        amount += f", {_amount(round(speed), progress.unit)}/s"
        if progress.total:
            amount += f", {round((progress.total - progress.done) / speed)} s left"
    return f"{progress.what}: {amount}"


def _amount(number: int, unit: str) -> str:
    return f"{number / 1e6:.1f} MB" if unit == "bytes" else f"{number:,} {unit}"
