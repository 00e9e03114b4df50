"""What happens when the window itself fails: a report that stays here, a sentence, and a start that goes on.

An exception in a slot does not end the program: what was being shown may be wrong, what is stored is not. A native
crash does; the traceback of the threads is then in ``logs/window-crash.txt``, and the next start says so.
"""

from __future__ import annotations

import contextlib
import faulthandler
import sys
from typing import TYPE_CHECKING, TextIO

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from types import TracebackType

    from engine.paths import DataPaths

_MARK = "window.running"


class CrashGuard(QObject):
    """Watches one run of the window.

    Signals:
        failed: a ``Failure``: something of ours went wrong, and was reported.

    Attributes:
        unclean: whether the last run of this profile did not end properly.
    """

    failed = Signal(object)

    def __init__(self, paths: DataPaths, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._paths = paths
        self._mark = paths.root / _MARK
        self._native: TextIO | None = None
        self.unclean = self._mark.exists()

    def begin(self) -> None:
        """Start watching."""
        sys.excepthook = self._report
        try:
            self._paths.logs.mkdir(parents=True, exist_ok=True)
            self._mark.touch()
            self._native = (self._paths.logs / "window-crash.txt").open("w", encoding="utf-8")
            faulthandler.enable(self._native)
        except OSError:
            faulthandler.enable()  # a folder that cannot be written to: to the terminal

    def end(self) -> None:
        """The window was closed properly."""
        sys.excepthook = sys.__excepthook__
        faulthandler.disable()
        if self._native is not None:
            self._native.close()
        with contextlib.suppress(OSError):
            self._mark.unlink()

    def _report(
        self, kind: type[BaseException], error: BaseException, _traceback: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, _traceback)
            return
        from tutor_app.crash_report import write_crash_report
        from tutor_app.workers.messages import Failure

        report = write_crash_report(error, "window", self._paths)
        where = f"A report without your words lies in {report}." if report else "No report could be written."
        self.failed.emit(
            Failure("Something went wrong inside the tutor. What was stored is safe.", where, "bug")
        )
