"""The name of a skill, broken into the lines that a tile of the map has for it."""

from __future__ import annotations

import math
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetrics, QFontMetricsF, QPainter, QTextLayout
from PySide6.QtWidgets import QApplication

_CLOSE = 0.95  # from line to line, in heights of a line


@dataclass(frozen=True, slots=True)
class NameRoom:
    """Room for a name: its font, and how wide each line may be, in pixels, from the top."""

    font: QFont
    widths: tuple[float, ...]

    def lines(self, name: str) -> list[str]:
        """The lines of ``name``; what has no room ends with dots."""
        return [self._shown(text, at) for at, text in enumerate(self._broken(name))]

    def has_all_of(self, name: str) -> bool:
        """Whether nothing of ``name`` is left out."""
        return all(self._shown(text, at) == text for at, text in enumerate(self._broken(name)))

    def paint(self, painter: QPainter, box: QRectF, name: str) -> None:
        """Write ``name`` into ``box``, beginning where the window's words begin."""
        painter.setFont(self.font)
        before = painter.layoutDirection()
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)  # that of its own words
        where = Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignTop
        right = QApplication.layoutDirection() == Qt.LayoutDirection.RightToLeft
        where |= Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        high = QFontMetricsF(self.font).height()
        for at, text in enumerate(self.lines(name)):
            top = box.topLeft() + QPointF(0, at * line_height(self.font))
            painter.drawText(QRectF(top.x(), top.y(), box.width(), high), where, text)
        painter.setLayoutDirection(before)

    def _broken(self, name: str) -> list[str]:
        """Lines between words; the last one has all that is left."""
        layout = QTextLayout(name, self.font)
        broken: list[str] = []
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(self.widths[min(len(broken), len(self.widths) - 1)])
            broken.append(name[line.textStart() : line.textStart() + line.textLength()])
        layout.endLayout()
        last = len(self.widths) - 1
        lines = [*broken[:last], "".join(broken[last:])] if len(broken) > last else broken
        return [line.strip() for line in lines]

    def _shown(self, text: str, at: int) -> str:
        # A line that was measured to fit is a part of a pixel wider than whole pixels.
        room = math.ceil(self.widths[at]) + 1
        return QFontMetrics(self.font).elidedText(text, Qt.TextElideMode.ElideRight, room)


def line_height(font: QFont) -> float:
    """From line to line of a name, in pixels."""
    return QFontMetricsF(font).height() * _CLOSE
