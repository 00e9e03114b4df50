"""A page's content: one column in the middle, no wider than reads well, that scrolls up and down."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, Slot
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from tutor_app.theme.tokens import READING_WIDTH, SPACE, TYPE

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

_TIGHT_BELOW = 720


class ScrollColumn(QScrollArea):
    """Add parts to ``column``. What gets the keyboard is scrolled into view.

    Args:
        max_width: the column's greatest width at normal text size; it grows with the text.

    Attributes:
        column: the layout of the parts.
    """

    def __init__(self, max_width: int = READING_WIDTH) -> None:
        super().__init__()
        self._max_width = max_width
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._inner = QWidget()
        self.column = QVBoxLayout(self._inner)
        self.column.setSpacing(SPACE["l"])
        self.column.setContentsMargins(0, 0, 0, 0)
        self._whole = _Outer()
        self._whole.setObjectName("column")
        self._outer = QHBoxLayout(self._whole)
        self._outer.addStretch(1)
        self._outer.addWidget(self._inner, 1000)
        self._outer.addStretch(1)
        self.setWidget(self._whole)
        self._fit()
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow_focus)

    def add(self, *parts: QWidget | QVBoxLayout | QHBoxLayout) -> None:
        """Add parts at the end."""
        for part in parts:
            if isinstance(part, QWidget):
                self.column.addWidget(part)
            else:
                self.column.addLayout(part)

    def put_first(self, part: QWidget, height: int) -> None:
        """Put ``part`` before all others, ``height`` pixels high, without squeezing those meanwhile."""
        self._whole.setMinimumHeight(self._whole.height() + height + self.column.spacing())
        self.column.insertWidget(0, part)
        part.show()
        self._whole.setMinimumHeight(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave less white at the edges of a narrow page."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Be as wide as the text asks."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.ApplicationFontChange):
            self._fit()

    def _fit(self) -> None:
        grown = max(1.0, QApplication.font().pixelSize() / TYPE["body"])
        self._inner.setMaximumWidth(round(self._max_width * grown))
        edge = SPACE["l"] if self.width() < _TIGHT_BELOW else SPACE["xxl"]
        self._outer.setContentsMargins(edge, SPACE["xl"], edge, SPACE["xxl"])

    @Slot(QWidget, QWidget)
    def _follow_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now is not None and self.isVisible() and self._inner.isAncestorOf(now):
            self.ensureWidgetVisible(now, 0, SPACE["xl"])


class _Outer(QWidget):
    """As high as its width asks: the least height that Qt takes from its layout is that of a narrower one."""

    def minimumSizeHint(self) -> QSize:
        """The least width; for the height, the scroll area asks at the width that there is."""
        least = super().minimumSizeHint()
        return QSize(least.width(), 0) if self.hasHeightForWidth() else least
