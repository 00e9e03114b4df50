"""A button that appears at what is marked in a text, to ask about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QTimer, Slot
from PySide6.QtWidgets import QPushButton, QWidget

from tutor_app.i18n import tr
from tutor_app.theme.tokens import SPACE
from tutor_app.widgets.rich_text_view import RichTextView

if TYPE_CHECKING:
    from tutor_app.widgets.selection_menu import SelectionMenu

_WAIT_MS = 200


class SelectionButton(QPushButton):
    """One for all texts of a page: what is marked in one of them is let go in the others.

    Args:
        menu: knows how to ask.
        page: what the texts stand in; the button stays inside it.
    """

    def __init__(self, menu: SelectionMenu, page: QWidget) -> None:
        super().__init__(tr("Ask about this"), page)
        self._menu = menu
        self._page = page
        self._views: list[RichTextView] = []
        self._view: RichTextView | None = None
        self.setProperty("role", "primary")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the keyboard has Ctrl+Enter
        self.setToolTip(tr("Ask about what is marked (Ctrl+Enter)"))
        self.clicked.connect(self.ask)
        self._wait = QTimer(self, singleShot=True, interval=_WAIT_MS)
        self._wait.timeout.connect(self._appear)
        self.hide()

    def watch(self, view: RichTextView) -> None:
        """Appear for what is marked in ``view``."""
        self._views.append(view)
        view.selectionChanged.connect(self._follow)

    def forget(self) -> None:
        """The texts that were watched are no longer shown."""
        self._views, self._view = [], None
        self._wait.stop()
        self.hide()

    @Slot()
    def ask(self) -> None:
        """Ask about what is marked."""
        if self._view is not None:
            self._menu.ask(self._view.selected_source())

    @Slot()
    def _follow(self) -> None:
        view = self.sender()
        if not isinstance(view, RichTextView):
            return
        if not view.textCursor().hasSelection():
            if view is self._view:
                self._view = None
                self.hide()
            return
        before, self._view = self._view, view
        if before is not None and before is not view:
            cursor = before.textCursor()
            cursor.clearSelection()
            before.setTextCursor(cursor)
        self.hide()
        self._wait.start()

    @Slot()
    def _appear(self) -> None:
        view = self._view
        if view is None or not view.isVisible() or not view.selected_source().strip():
            return
        self.adjustSize()
        place = view.viewport().mapTo(self._page, view.cursorRect().bottomLeft() + QPoint(0, SPACE["s"]))
        room = self._page.rect().adjusted(SPACE["s"], SPACE["s"], -SPACE["s"], -SPACE["s"])
        left = min(max(room.left(), place.x() - self.width() // 2), room.right() - self.width())
        top = min(max(room.top(), place.y()), room.bottom() - self.height())
        self.move(left, top)
        self.show()
        self.raise_()
