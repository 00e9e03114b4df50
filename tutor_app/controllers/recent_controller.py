"""What was being done last: the last conversation, and the passage that was read last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from tutor_app.i18n import dotted, tr
from tutor_app.item_models.recent import Recent
from tutor_app.place import Page, Place
from tutor_app.workers.latest_call import LatestCall

if TYPE_CHECKING:
    from tutor_app.app_context import AppContext
    from tutor_app.services.holdings import PassageName
    from tutor_app.services.turns import ConversationEntry

LAST_READ = "read"


class RecentController(QObject):
    """Looks it up when asked to, and after every turn.

    Signals:
        changed: ``recent`` is another.

    Attributes:
        recent: what can be gone on with, the conversation first.
    """

    changed = Signal()

    def __init__(self, context: AppContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self.recent: tuple[Recent, ...] = ()
        self._conversation: Recent | None = None
        self._passage: Recent | None = None
        self._conversations = LatestCall(context.engine, self)
        self._conversations.finished.connect(self._have_conversations)
        self._names = LatestCall(context.engine, self)
        self._names.finished.connect(self._have_name)
        context.conversations_changed.connect(self.refresh)

    @Slot()
    def refresh(self) -> None:
        """Look it up."""
        self._conversations.ask("history.conversations", "", 1)
        place = self._context.state.place(LAST_READ)
        if place is not None and place.pack and place.passage:
            self._names.ask("library.passage_name", place.pack, place.passage)

    @Slot(object)
    def _have_conversations(self, found: tuple[ConversationEntry, ...]) -> None:
        self._conversation = None
        if found:
            last = found[0]
            detail = last.last_question if last.last_question != last.title else ""
            place = Place(Page.ASK, conversation=last.id)
            self._conversation = Recent("ask", tr("Last conversation"), last.title, detail, place)
        self._tell()

    @Slot(object)
    def _have_name(self, name: PassageName | None) -> None:
        place = self._context.state.place(LAST_READ)
        self._passage = None
        if name is not None and place is not None:
            where = name.pack if name.section == name.passage else dotted(name.pack, name.section)
            self._passage = Recent("read", tr("Last read"), name.passage, where, place)
        self._tell()

    def _tell(self) -> None:
        recent = tuple(found for found in (self._conversation, self._passage) if found is not None)
        if recent != self.recent:
            self.recent = recent
            self.changed.emit()
