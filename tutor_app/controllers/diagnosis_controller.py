"""Looks at what works on this computer, one part after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

if TYPE_CHECKING:
    from tutor_app.app_context import AppContext
    from tutor_app.workers.engine_client import Call


class DiagnosisController(QObject):
    """One look at a time.

    Signals:
        begun: a look was begun.
        found: part, state, message, what helps.
        ended: everything was looked at.
        failed: a ``Failure``.
    """

    begun = Signal()
    found = Signal(str, str, str, str)
    ended = Signal()
    failed = Signal(object)

    def __init__(self, context: AppContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._call: Call | None = None

    @Slot()
    def look(self) -> None:
        """Look at everything, unless that is being done."""
        if self._call is not None:
            return
        self._call = self._context.engine.call("diagnosis.look")
        self._call.emitted.connect(self._have)
        self._call.finished.connect(self._end)
        self._call.failed.connect(self._fail)
        self.begun.emit()

    @Slot(object)
    def _have(self, finding: tuple[str, str, str, str]) -> None:
        self.found.emit(*finding)

    @Slot(object)
    def _end(self, _: object) -> None:
        self._call = None
        self.ended.emit()

    @Slot(object)
    def _fail(self, failure: object) -> None:
        self._call = None
        self.failed.emit(failure)
