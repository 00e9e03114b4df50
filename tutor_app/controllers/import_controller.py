"""Imports: a queue of files that goes on whatever page is shown, and is remembered until the last one is done."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal, Slot

from engine.types import Progress
from tutor_app.controllers.preparation_controller import PreparationController
from tutor_app.item_models.imports import UNFINISHED, ImportItem, ImportQueue, ImportState
from tutor_app.services.holdings import Added, ChangedKey, Expansion, UnknownAuthor
from tutor_app.taskbar import Taskbar

if TYPE_CHECKING:
    from tutor_app.app_context import AppContext
    from tutor_app.workers.engine_client import Call
    from tutor_app.workers.messages import Failure

_KEPT = "imports"
_KEEP_MS = 3000
_NEWS_MS = 1500


class ImportController(QObject):
    """One a window's context: ``ImportController.of(context)``.

    Signals:
        changed: items came, went or are in another state.
        moved: an ``ImportItem`` got further.
        looked: an ``Expansion``: what was found in what was dropped.
        refused: a ``Failure``: nothing in it could be added.
    """

    changed = Signal()
    moved = Signal(object)
    looked = Signal(object)
    refused = Signal(object)

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self._context = context
        self._preparation = PreparationController.of(context)
        self._taskbar = Taskbar()
        self.queue = ImportQueue()
        self.interrupted = _kept(context.state.text(_KEPT))
        self._running: ImportItem | None = None
        self._call: Call | None = None
        self._looking = 0
        self._untold = False
        self._keep_timer = QTimer(self, singleShot=True, interval=_KEEP_MS)
        self._keep_timer.timeout.connect(self._keep)
        self._since_news = QElapsedTimer()
        self._since_news.start()

    @staticmethod
    def of(context: AppContext) -> ImportController:
        """The one of ``context``."""
        return context.findChild(ImportController) or ImportController(context)

    @property
    def looking(self) -> bool:
        """Whether what was dropped is still being looked through."""
        return self._looking > 0

    def add(self, paths: list[str]) -> None:
        """Import files, and what can be imported in folders."""
        self._looking += 1
        call = self._context.engine.call("intake.expand", tuple(paths))
        call.finished.connect(self._take)
        call.failed.connect(self._refuse)
        self.changed.emit()

    def stop(self, number: int) -> None:
        """Stop one file. What is imported already stays."""
        item = self.queue.find(number)
        if item is None:
            return
        if item is self._running and self._call is not None:
            self._call.cancel()
        elif item.state in (ImportState.WAITING, ImportState.ASKING):
            item.state = ImportState.STOPPED
            self._tell()
            self._next()

    def stop_all(self) -> None:
        """Stop what runs and what waits."""
        for item in self.queue.items:
            if item.state is ImportState.WAITING:
                item.state = ImportState.STOPPED
        if self._call is not None:
            self._call.cancel()
        self._tell()

    def retry(self, number: int) -> None:
        """Try one file again."""
        self._again([item for item in self.queue.items if item.number == number])

    def retry_all(self) -> None:
        """Try again all that failed or were stopped."""
        states = (ImportState.FAILED, ImportState.STOPPED)
        self._again([item for item in self.queue.items if item.state in states])

    def trust(self, number: int) -> None:
        """Trust the author of a pack from now on, or its changed key, and install it."""
        item = self.queue.find(number)
        if item is not None and item.author is not None:
            item.trusted = item.author.fingerprint
            self._again([item])

    def dismiss(self, number: int) -> None:
        """Take what is over off the list."""
        self.queue.items = [
            item for item in self.queue.items if item.number != number or item.state in UNFINISHED
        ]
        self._tell()

    def dismiss_done(self) -> None:
        """Take all that is over off the list."""
        self.queue.items = [item for item in self.queue.items if item.state in UNFINISHED]
        self._tell()

    def resume(self) -> None:
        """Go on with what the last run of the window did not finish."""
        paths, self.interrupted = self.interrupted, []
        self._enqueue(paths)

    def forget(self) -> None:
        """Do not offer that any more."""
        self.interrupted = []
        self._keep()
        self.changed.emit()

    def _again(self, items: list[ImportItem]) -> None:
        for item in items:
            if item.state not in UNFINISHED:
                item.state, item.failure, item.progress = ImportState.WAITING, None, None
        self._tell()
        self._next()

    @Slot(object)
    def _take(self, found: Expansion) -> None:
        self._looking -= 1
        self._enqueue(list(found.files))
        self.looked.emit(found)

    @Slot(object)
    def _refuse(self, failure: Failure) -> None:
        self._looking -= 1
        self.changed.emit()
        self.refused.emit(failure)

    def _enqueue(self, paths: list[str]) -> None:
        self.queue.add(paths)
        self._keep()
        self._tell()
        self._next()

    def _next(self) -> None:
        if self._running is not None:
            return
        item = self.queue.next_waiting()
        if item is None:
            self._finish()
            return
        self._preparation.make_way()
        self._running = item
        item.state = ImportState.RUNNING
        self._call = self._context.engine.call("documents.add", item.path, item.trusted)
        self._call.emitted.connect(self._advance)
        self._call.finished.connect(self._succeed)
        self._call.failed.connect(self._fail)
        self._tell()

    @Slot(object)
    def _advance(self, progress: object) -> None:
        item = self._running
        if item is not None and isinstance(progress, Progress):
            item.progress = progress
            self.moved.emit(item)
            self._taskbar.show(self.queue.share())

    @Slot(object)
    def _succeed(self, result: Added | UnknownAuthor | ChangedKey) -> None:
        item = self._running
        if item is None:
            return
        if isinstance(result, Added):
            item.state, item.added = ImportState.DONE, result
        else:
            item.state, item.author = ImportState.ASKING, result
        self._go_on()

    @Slot(object)
    def _fail(self, failure: Failure) -> None:
        item = self._running
        if item is None:
            return
        if failure.code == "cancelled":
            item.state = ImportState.STOPPED
        else:
            item.state, item.failure = ImportState.FAILED, failure
        self._go_on()

    def _go_on(self) -> None:
        self._running = self._call = None
        if not self._keep_timer.isActive():
            self._keep_timer.start()
        self._untold = True
        if self._since_news.hasExpired(_NEWS_MS):  # the library is read anew each time
            self._tell_library()
        self._tell()
        self._next()

    def _finish(self) -> None:
        """Nothing waits any more."""
        self._keep_timer.stop()
        self._keep()
        if self._untold:
            self._tell_library()
        self._taskbar.show(None)
        self._preparation.go_on()

    def _tell_library(self) -> None:
        self._untold = False
        self._since_news.restart()
        self._context.packs_changed.emit()

    def _tell(self) -> None:
        self.changed.emit()

    @Slot()
    def _keep(self) -> None:
        """Remember what is still to be done; a file that is done but still on the list is found to be there."""
        left = [*self.interrupted, *self.queue.unfinished()]
        self._context.state.keep_text(json.dumps(left) if left else "", _KEPT)


def _kept(text: str) -> list[str]:
    try:
        found = json.loads(text) if text else []
    except ValueError:
        return []
    return [path for path in found if isinstance(path, str)] if isinstance(found, list) else []
