"""Grey lines where a text will be, shown only if it takes a moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from tutor_app.i18n import tr
from tutor_app.theme.tokens import SPACE

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from tutor_app.theme.theme import Theme

APPEARS_MS = 250
"""How long to wait before showing it: what comes faster than that would only flash."""
_LINES = (0.45, 0.0, 1.0, 0.96, 0.99, 0.62, 0.0, 0.98, 1.0, 0.4)


class Skeleton(QWidget):
    """A page of a text that is on its way; it does not move."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setAccessibleName(tr("Opening …"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the lines."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(
            Qt.PenStyle.NoPen
            if self._theme.colours.track != self._theme.colours.page
            else Qt.PenStyle.DotLine
        )
        painter.setBrush(QColor(self._theme.colours.track))
        height = self._theme.pixels("reading") * 0.7
        step = self._theme.pixels("reading") * 1.7
        room = self.width() - 2 * SPACE["s"]
        top = float(SPACE["l"])
        for part in _LINES:
            if part:
                width = room * part
                left = self.width() - SPACE["s"] - width if self.isRightToLeft() else float(SPACE["s"])
                painter.drawRoundedRect(QRectF(left, top, width, height), height / 2, height / 2)
            top += step
        painter.end()
