"""Predicted against what happened: a dot on the slanted line came out as it was said."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from tutor_app.widgets.plot import Plot

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tutor_app.services.learning_facts import ChanceBin
    from tutor_app.theme.theme import Theme

_SMALLEST, _LARGEST = 3.5, 11.0


class ChancesPlot(Plot):
    """One dot for predictions that were about alike; the larger, the more there were."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__(theme, name, follows_time=False)
        self._bins: tuple[ChanceBin, ...] = ()

    def set_bins(self, bins: Sequence[ChanceBin]) -> None:
        """Show ``bins``."""
        self._bins = tuple(bins)
        self.update()

    def paint_data(self, painter: QPainter, area: QRectF) -> None:
        """Draw the line where both are the same, then the dots."""
        colours = self.theme.colours
        painter.setPen(QPen(QColor(colours.line_strong), 1.5, Qt.PenStyle.DashLine))
        painter.drawLine(self.at(area, 0, 0), self.at(area, 1, 1))
        most = max((part.count for part in self._bins), default=1)
        painter.setPen(QPen(QColor(colours.card), 1.5))
        painter.setBrush(QColor(colours.accent))
        for part in self._bins:
            radius = max(_SMALLEST, _LARGEST * math.sqrt(part.count / most))
            painter.drawEllipse(self.at(area, part.predicted, part.right), radius, radius)
