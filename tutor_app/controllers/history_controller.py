"""The list of conversations: found, renamed, pinned, deleted, and brought back."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from tutor_app.i18n import tr
from tutor_app.workers.latest_call import LatestCall

if TYPE_CHECKING:
    from tutor_app.app_context import AppContext
    from tutor_app.services.turns import ConversationEntry


class HistoryController(QObject):
    """Reads the list when asked to, and after every change.

    Signals:
        changed: ``entries`` were read.
        deleted: id of a conversation that was deleted.

    Attributes:
        entries: as they were last read; None before.
        searched: what they contain.
    """

    changed = Signal()
    deleted = Signal(str)

    def __init__(self, context: AppContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self.entries: tuple[ConversationEntry, ...] | None = None
        self.searched = ""
        self._reading = LatestCall(context.engine, self)
        self._reading.finished.connect(self._have)
        self._reading.failed.connect(context.failed)
        context.conversations_changed.connect(self.refresh)

    @Slot()
    def refresh(self) -> None:
        """Read the list."""
        self._reading.ask("history.conversations", self.searched)

    def search(self, text: str) -> None:
        """Read only those that contain ``text``."""
        self.searched = text.strip()
        self.refresh()

    def rename(self, conversation: str, title: str) -> None:
        """Give a conversation another title; an empty one changes nothing."""
        if title.strip():
            self._change("history.rename", conversation, title.strip())

    def pin(self, conversation: str, *, pinned: bool) -> None:
        """Keep it at the top, or no longer."""
        self._change("history.pin", conversation, pinned)

    def delete(self, entry: ConversationEntry) -> None:
        """Delete it, with a way back."""
        self._change("history.delete", entry.id)
        self.deleted.emit(entry.id)
        self._context.undoable.emit(
            tr("“{title}” was deleted.", title=entry.title), partial(self._undelete, entry.id)
        )

    def _undelete(self, conversation: str) -> None:
        self._change("history.undelete", conversation)

    def _change(self, method: str, *arguments: object) -> None:
        call = self._context.engine.call(method, *arguments)
        call.finished.connect(self._context.conversations_changed)
        call.failed.connect(self._context.failed)

    @Slot(object)
    def _have(self, entries: tuple[ConversationEntry, ...]) -> None:
        self.entries = entries
        self.changed.emit()
