"""The learner's data is put back from a backup, or erased: the rest of the engine lets go of it meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal, Slot

if TYPE_CHECKING:
    from tutor_app.app_context import AppContext
    from tutor_app.workers.engine_client import Call
    from tutor_app.workers.messages import Failure


class ReplacingController(QObject):
    """Does one thing once. Where it did not work, the engine goes on.

    Going back has then changed nothing; erasing may have begun, and is finished when it is asked for again.

    Args:
        context: of the window.
        parent: owns this.

    Signals:
        moved: a ``Progress``.
        done: the engine's result. The engine stays held: the window is to begin anew.
        failed: a ``Failure``; its code is "cancelled" where it was stopped.
    """

    moved = Signal(object)
    done = Signal(object)
    failed = Signal(object)

    def __init__(self, context: AppContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._call: Call | None = None

    @property
    def busy(self) -> bool:
        """Whether it is under way."""
        return self._call is not None

    def restore(self, path: str) -> None:
        """Go back to the backup ``path``."""
        self._begin("replacing.restore", path)

    def erase(self) -> None:
        """Remove all that is known of the learner."""
        self._begin("replacing.erase")

    def cancel(self) -> None:
        """Ask it to stop."""
        if self._call is not None:
            self._call.cancel()

    def _begin(self, method: str, *arguments: Any) -> None:
        self._context.engine.hold()
        self._call = self._context.engine.call(method, *arguments)
        self._call.emitted.connect(self.moved)
        self._call.finished.connect(self._finish)
        self._call.failed.connect(self._fail)

    @Slot(object)
    def _finish(self, result: object) -> None:
        self._call = None
        self.done.emit(result)

    @Slot(object)
    def _fail(self, failure: Failure) -> None:
        self._call = None
        self._context.engine.resume()
        self.failed.emit(failure)
