"""A line over time, between 0 and 1."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from tutor_app.widgets.plot import Plot

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tutor_app.theme.theme import Theme

_WIDTH, _END = 2.25, 4.5
_TINT = 0.15


class LinePlot(Plot):
    """The last value has a dot."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__(theme, name)
        self._values: tuple[float, ...] = ()

    def set_values(self, values: Sequence[float]) -> None:
        """Show ``values``, 0 to 1, evenly spaced, oldest first."""
        self._values = tuple(values)
        self.update()

    def paint_data(self, painter: QPainter, area: QRectF) -> None:
        """Draw the line, and what is under it as a tint."""
        if not self._values:
            return
        colours = self.theme.colours
        last = max(1, len(self._values) - 1)
        points = [self.at(area, at / last, value) for at, value in enumerate(self._values)]
        line = QPainterPath(points[0])
        for point in points[1:]:
            line.lineTo(point)
        under = QPainterPath(line)
        under.lineTo(points[-1].x(), area.bottom())
        under.lineTo(points[0].x(), area.bottom())
        under.closeSubpath()
        tint = QColor(colours.accent)
        tint.setAlphaF(_TINT)  # the lines of the axes are seen through it
        painter.fillPath(under, tint)
        painter.setPen(
            QPen(
                QColor(colours.accent),
                _WIDTH,
                Qt.PenStyle.SolidLine,
                Qt.PenCapStyle.RoundCap,
                Qt.PenJoinStyle.RoundJoin,
            )
        )
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(line)
        painter.setPen(QPen(QColor(colours.card), 1.5))
        painter.setBrush(QColor(colours.accent))
        painter.drawEllipse(points[-1], _END, _END)
