"""A passage beside a conversation or a question: when it is shown, and where the keyboard goes when it is closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QApplication, QWidget

from tutor_app.widgets.passage_panel import PassagePanel
from tutor_app.widgets.rich_text_view import RichTextView

if TYPE_CHECKING:
    from tutor_app.app_context import AppContext
    from tutor_app.services.practising import PassageRef
    from tutor_app.services.turns import AnswerSource


class AskSource(QObject):
    """Shows one source at a time.

    Signals:
        changed: the panel was shown or hidden.
    """

    changed = Signal()

    def __init__(self, context: AppContext, page: QWidget) -> None:
        super().__init__(page)
        self._opener: QWidget | None = None
        self._by_keyboard = False
        self.panel = PassagePanel(context)
        self.panel.closed.connect(self.close_panel)

    def show_source(self, source: AnswerSource | PassageRef) -> None:
        """Show the passage with its quotes marked, and put the keyboard into it."""
        self._opener = opener = QApplication.focusWidget()
        self._by_keyboard = isinstance(opener, RichTextView) and opener.has_ring
        self.panel.show_passage(source.pack, source.passage, source.quotes)
        self.panel.show()
        self.changed.emit()
        self.panel.focus_start()

    @Slot()
    def close_panel(self) -> None:
        """Hide the panel; the keyboard goes back to what opened it."""
        if self.panel.isHidden():
            return
        self.panel.hide()
        self.changed.emit()
        if self._opener is not None and self._opener.isVisible():
            reason = Qt.FocusReason.TabFocusReason if self._by_keyboard else Qt.FocusReason.OtherFocusReason
            self._opener.setFocus(reason)
        self._opener = None
