"""Bars over days."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter

from tutor_app.widgets.plot import Plot

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tutor_app.theme.theme import Theme

_ROOM = 0.72
_WIDEST = 26.0
_LEAST = 1.5


class BarPlot(Plot):
    """One bar a day."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__(theme, name)
        self._bars: tuple[float, ...] = ()

    def set_bars(self, bars: Sequence[float]) -> None:
        """Show ``bars``: how high each is, 0 to 1."""
        self._bars = tuple(bars)
        self.update()

    def paint_data(self, painter: QPainter, area: QRectF) -> None:
        """Draw them from the first day to the last."""
        if not self._bars:
            return
        colours = self.theme.colours
        share = area.width() / len(self._bars)
        width = min(_WIDEST, share * _ROOM)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.accent))
        for at, high in enumerate(self._bars):
            if high:
                middle = self.at(area, (at + 0.5) / len(self._bars), 0).x()
                tall = max(_LEAST, high * area.height())
                box = QRectF(QPointF(middle - width / 2, area.bottom() - tall), QSizeF(width, tall))
                painter.drawRoundedRect(box, 2, 2)
