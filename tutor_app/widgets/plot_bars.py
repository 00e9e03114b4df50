"""Bars over days; what has to wait stands on top as an outline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen

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
        self._bars: tuple[tuple[float, float], ...] = ()

    def set_bars(self, bars: Sequence[tuple[float, float]]) -> None:
        """Show pairs: how high a bar is, 0 to 1, and how much stands on it."""
        self._bars = tuple(bars)
        self.update()

    def paint_data(self, painter: QPainter, area: QRectF) -> None:
        """Draw them from the first day to the last."""
        if not self._bars:
            return
        colours = self.theme.colours
        share = area.width() / len(self._bars)
        width = min(_WIDEST, share * _ROOM)
        for at, (high, more) in enumerate(self._bars):
            middle = self.at(area, (at + 0.5) / len(self._bars), 0).x()
            top = self._box(area, middle, width, 0.0, high)
            if high:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(colours.accent))
                painter.drawRoundedRect(top, 2, 2)
            if more:
                painter.setPen(QPen(QColor(colours.line_strong), 1))
                painter.setBrush(QBrush(QColor(colours.line_strong), Qt.BrushStyle.BDiagPattern))
                painter.drawRect(self._box(area, middle, width, high, more))

    def _box(self, area: QRectF, middle: float, width: float, start: float, high: float) -> QRectF:
        tall = max(_LEAST, high * area.height())
        bottom = area.bottom() - start * area.height()
        return QRectF(QPointF(middle - width / 2, bottom - tall), QPointF(middle + width / 2, bottom))
