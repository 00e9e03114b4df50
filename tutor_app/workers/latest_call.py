"""One question to the engine at a time: what is asked anew overtakes what was asked before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal, Slot

if TYPE_CHECKING:
    from tutor_app.workers.engine import Engine
    from tutor_app.workers.engine_client import Call


class LatestCall(QObject):
    """Calls of one kind; only the answer to the last one arrives.

    Signals:
        finished: its result.
        failed: a ``Failure``; not for one that was cancelled.
    """

    finished = Signal(object)
    failed = Signal(object)

    def __init__(self, engine: Engine, parent: QObject) -> None:
        super().__init__(parent)
        self._engine = engine
        self._call: Call | None = None

    @property
    def busy(self) -> bool:
        """Whether an answer is still to come."""
        return self._call is not None

    def ask(self, method: str, *arguments: Any) -> None:
        """Call ``method``, and forget what was asked before."""
        self.cancel()
        self._call = self._engine.call(method, *arguments)
        self._call.finished.connect(self._finish)
        self._call.failed.connect(self._fail)

    def cancel(self) -> None:
        """Forget what was asked."""
        call, self._call = self._call, None
        if call is not None:
            call.finished.disconnect(self._finish)
            call.failed.disconnect(self._fail)
            call.cancel()

    @Slot(object)
    def _finish(self, result: object) -> None:
        self._call = None
        self.finished.emit(result)

    @Slot(object)
    def _fail(self, failure: object) -> None:
        self._call = None
        self.failed.emit(failure)
