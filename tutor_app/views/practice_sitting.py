"""What is practised now: a choice of what to do, the question that is open, and what a sitting was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from tutor_app.i18n import tr
from tutor_app.place import Page, Place
from tutor_app.widgets.empty_state import EmptyState

if TYPE_CHECKING:
    from tutor_app.app_context import AppContext


class PracticeSitting(QWidget):
    """The tab."""

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._stack = QStackedWidget()
        self._stack.addWidget(EmptyState(context.theme, "practice", tr("Nothing to practise yet")))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._stack)

    def open(self, place: Place) -> None:
        """Show it."""

    def place(self) -> Place:
        """Where it is now."""
        return Place(Page.PRACTICE)

    def focus_start(self) -> None:
        """Put the keyboard where one begins."""
