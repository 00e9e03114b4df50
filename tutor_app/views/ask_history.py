"""The earlier conversations beside the page for questions: when they are shown, and what happens to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication

from tutor_app.controllers.history_controller import HistoryController
from tutor_app.i18n import tr
from tutor_app.widgets.history_panel import HistoryPanel

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from tutor_app.app_context import AppContext
    from tutor_app.controllers.chat_controller import ChatController

_SHOWN = "history_shown"


class AskHistory(QObject):
    """Connects the panel with the conversation that goes on.

    Signals:
        changed: the panel was shown or hidden.
    """

    changed = Signal()

    def __init__(self, context: AppContext, chat: ChatController, page: QWidget) -> None:
        super().__init__(page)
        self._context = context
        self._chat = chat
        self._list = HistoryController(context, self)
        self.panel = HistoryPanel(context.theme)
        self.panel.setVisible(context.state.text(_SHOWN) == "yes")
        self._list.changed.connect(self._show)
        self._list.deleted.connect(self._leave_deleted)
        self.panel.chosen.connect(chat.open)
        self.panel.begun.connect(self._begin_new)
        self.panel.searched.connect(self._list.search)
        self.panel.renamed.connect(self._list.rename)
        self.panel.pinned.connect(self._pin)
        self.panel.deleted.connect(self._list.delete)
        self.panel.copied.connect(self._copy)
        self.panel.closed.connect(self.close_panel)
        chat.opened.connect(self._show)
        context.theme.changed.connect(self._show)
        if not self.panel.isHidden():
            self._list.refresh()

    @Slot()
    def toggle(self) -> None:
        """Show the panel, or hide it."""
        if self.panel.isHidden():
            self.open_panel()
        else:
            self.close_panel()

    def open_panel(self) -> None:
        """Show the panel, and put the keyboard into its search."""
        self._set_shown(shown=True)
        self._list.refresh()
        self.panel.field.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def close_panel(self) -> None:
        """Hide the panel."""
        self._set_shown(shown=False)

    def _set_shown(self, *, shown: bool) -> None:
        if self.panel.isHidden() == shown:
            self.panel.setVisible(shown)
            self._context.state.keep_text("yes" if shown else "", _SHOWN)
            self.changed.emit()

    @Slot()
    def _show(self) -> None:
        if self._list.entries is not None and not self.panel.isHidden():
            current = self._chat.conversation
            self.panel.show_entries(self._list.entries, current=current, searched=self._list.searched)

    @Slot()
    def _begin_new(self) -> None:
        self._chat.open("")

    @Slot(str, bool)
    def _pin(self, conversation: str, pinned: bool) -> None:
        self._list.pin(conversation, pinned=pinned)

    @Slot(str)
    def _leave_deleted(self, conversation: str) -> None:
        if conversation == self._chat.conversation:
            self._chat.open("")

    @Slot(str)
    def _copy(self, conversation: str) -> None:
        call = self._context.engine.call("history.text", conversation)
        call.finished.connect(self._have_text)
        call.failed.connect(self._context.failed)

    @Slot(object)
    def _have_text(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self._context.notice.emit(tr("The conversation was copied."))
