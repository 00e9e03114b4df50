"""The menu of a marked text: copy it, or ask about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QWidget

from tutor_app.i18n import tr
from tutor_app.item_models.reading_words import question_about
from tutor_app.place import Page, Place

if TYPE_CHECKING:
    from tutor_app.app_context import AppContext
    from tutor_app.widgets.rich_text_view import RichTextView


class SelectionMenu(QObject):
    """One menu for all texts of a page."""

    def __init__(self, context: AppContext, page: QWidget) -> None:
        super().__init__(page)
        self._context = context
        self._page = page
        self._pack = ""
        self._selected = ""
        self._view: RichTextView | None = None

    def set_pack(self, pack: str) -> None:
        """The book that is asked about."""
        self._pack = pack

    def show_for(self, view: RichTextView, selected: str, where: QPoint) -> QMenu:
        """Show the menu for what is selected in ``view``, at a place of the screen."""
        self._view, self._selected = view, selected
        menu = QMenu(self._page)
        copy = menu.addAction(tr("Copy"))
        copy.triggered.connect(self._copy)
        ask = menu.addAction(tr("Ask about this"))
        ask.triggered.connect(self._ask)
        for action in (copy, ask):
            action.setEnabled(bool(selected.strip()))
        menu.addSeparator()
        whole = menu.addAction(tr("Copy the whole passage"))
        whole.triggered.connect(view.copy_all)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(where)
        return menu

    def ask(self, selected: str) -> None:
        """Go and ask about ``selected``."""
        if selected.strip():
            self._context.go.emit(Place(Page.ASK, pack=self._pack, question=question_about(selected)))

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._selected)

    @Slot()
    def _ask(self) -> None:
        self.ask(self._selected)
