"""A field to search by: it finds while one types, and Escape empties it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit

from tutor_app.i18n import tr
from tutor_app.theme.tokens import SPACE
from tutor_app.widgets.basics import IconButton

if TYPE_CHECKING:
    from tutor_app.theme.theme import Theme

_WAIT_MS = 150


class SearchField(QLineEdit):
    """A line with a magnifying glass and a button that empties it.

    Signals:
        search: what to look for, a moment after the last key; "" for nothing.
        left: Escape was pressed in the empty field.
    """

    search = Signal(str)
    left = Signal()

    def __init__(self, theme: Theme, placeholder: str) -> None:
        super().__init__()
        self._theme = theme
        self._last = ""
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self._glass = QLabel()
        self._glass.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._empty = IconButton(theme, "close", tr("Clear search"))
        self._empty.setProperty("role", "inside")
        self._empty.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._empty.clicked.connect(self._clear)
        self._empty.hide()
        self._inside = QHBoxLayout(self)
        self._inside.addWidget(self._glass)
        self._inside.addStretch(1)
        self._inside.addWidget(self._empty)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WAIT_MS)
        self._timer.timeout.connect(self._tell)
        self.textChanged.connect(self._change)
        self.returnPressed.connect(self._tell)
        self._draw()
        theme.changed.connect(self._draw)

    def sizeHint(self) -> QSize:
        """Room for the placeholder, in whatever language."""
        hint, margins = super().sizeHint(), self.textMargins()
        words = self.fontMetrics().horizontalAdvance(f"{self.placeholderText()}  ")
        return QSize(
            max(hint.width(), words + margins.left() + margins.right() + 2 * SPACE["m"]), hint.height()
        )

    def event(self, event: QEvent) -> bool:
        """Escape is for the field while there is something to empty, and for the window after that."""
        mine = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape and bool(self.text())
        if mine and event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape empties the field, then leaves it."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.text():
            self._clear()
        else:
            self.left.emit()
            event.ignore()

    def changeEvent(self, event: QEvent) -> None:
        """Keep the text off the glass on either side."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._draw()

    @Slot(str)
    def _change(self, text: str) -> None:
        self._empty.setVisible(bool(text))
        self._timer.start()

    @Slot()
    def _clear(self) -> None:
        self.clear()
        self._tell()

    @Slot()
    def _tell(self) -> None:
        self._timer.stop()
        text = self.text().strip()
        if text != self._last:
            self._last = text
            self.search.emit(text)

    @Slot()
    def _draw(self) -> None:
        side = round(18 * self._theme.scale)
        self._glass.setPixmap(self._theme.icon("search", size=18).pixmap(side, side))
        before, after = side + SPACE["s"], round(20 * self._theme.scale) + SPACE["s"]
        left, right, edge = SPACE["m"], SPACE["xs"], Qt.AlignmentFlag.AlignLeft
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            before, after = after, before
            left, right, edge = right, left, Qt.AlignmentFlag.AlignRight
        self.setTextMargins(before, 0, after, 0)
        self._inside.setContentsMargins(left, 0, right, 0)
        # Left to itself, Qt aligns an empty field by the keyboard's language, away from the glass.
        self.setAlignment(edge | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter)
