"""Grey lines where a text will be, shown only if it takes a moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from tutor_app.i18n import tr
from tutor_app.theme.tokens import READING_WIDTH, SPACE

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from tutor_app.theme.theme import Theme

APPEARS_MS = 250
"""How long to wait before showing it: what comes faster than that would only flash."""
_TIGHT_BELOW = 600
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
        colours = self._theme.colours
        visible = colours.track != colours.page
        painter.setPen(Qt.PenStyle.NoPen if visible else QColor(colours.line))
        painter.setBrush(QColor(colours.track))
        height = self._theme.pixels("reading") * 0.7
        step = self._theme.pixels("reading") * 1.7
        edge = SPACE["l"] if self.width() < _TIGHT_BELOW else SPACE["xxl"]
        room = min(self.width() - 2 * edge, READING_WIDTH * max(1.0, self._theme.scale))
        start = (self.width() - room) / 2
        top = float(edge)
        for part in _LINES:
            if part:
                width = room * part
                left = start + room - width if self.isRightToLeft() else start
                painter.drawRoundedRect(QRectF(left, top, width, height), height / 2, height / 2)
            top += step
        painter.end()
