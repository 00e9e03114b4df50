"""A call that may take long and belongs to no page: what it is called, how far it is, and a way to stop it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

if TYPE_CHECKING:
    from collections.abc import Callable

    from tutor_app.workers.engine_client import Call
    from tutor_app.workers.messages import Failure


class LongWork(QObject):
    """Deletes itself at its end.

    Args:
        title: what is being done, in the language that the window speaks when it is called.
        call: what does it.
        parent: owns this.

    Signals:
        moved: a ``Progress``.
        finished: the result.
        failed: a ``Failure``; not where it was stopped.
        ended: it is over, in whatever way. Last.
    """

    moved = Signal(object)
    finished = Signal(object)
    failed = Signal(object)
    ended = Signal()

    def __init__(self, title: Callable[[], str], call: Call, parent: QObject) -> None:
        super().__init__(parent)
        self.title = title
        self._call = call
        call.emitted.connect(self.moved)
        call.finished.connect(self._finish)
        call.failed.connect(self._fail)

    @Slot()
    def cancel(self) -> None:
        """Ask it to stop."""
        self._call.cancel()

    @Slot(object)
    def _finish(self, result: object) -> None:
        self.finished.emit(result)
        self._end()

    @Slot(object)
    def _fail(self, failure: Failure) -> None:
        if failure.code != "cancelled":
            self.failed.emit(failure)
        self._end()

    def _end(self) -> None:
        self.ended.emit()
        self.deleteLater()
