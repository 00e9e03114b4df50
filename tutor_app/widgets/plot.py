"""What all plots share: axes with few marks and words, drawn with QPainter in the colours of the theme.

A plot has a name and says its data in words for a screen reader; the numbers themselves stand in a table beside it
(``PlotCard``). It cannot be reached by Tab: there is nothing to press.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from tutor_app.theme.fonts import text_font
from tutor_app.theme.tokens import SPACE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent

    from tutor_app.theme.theme import Theme

_HEIGHT, _LEAST_WIDTH = 190, 220
_SPARE = 3  # a word is a little wider than its letters

Mark = tuple[float, str]
"""A place on an axis, 0 to 1, and the word there."""


class Plot(QWidget):
    """Two axes and room for data between them.

    Args:
        theme: colours and sizes.
        name: what it shows.
        follows_time: the axis across is time, and begins where the language is read from. One of two quantities is
            mathematics, and begins at the left in every language.
    """

    def __init__(self, theme: Theme, name: str, *, follows_time: bool = True) -> None:
        super().__init__()
        self.theme = theme
        self._follows_time = follows_time
        self._up: tuple[Mark, ...] = ()
        self._across: tuple[Mark, ...] = ()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._fit)

    def set_axes(self, up: Sequence[Mark], across: Sequence[Mark]) -> None:
        """The words at the axes."""
        self._up, self._across = tuple(up), tuple(across)
        self.update()

    def say(self, text: str) -> None:
        """What a screen reader says of the data."""
        self.setAccessibleDescription(text)

    def sizeHint(self) -> QSize:
        """As high as the text asks."""
        return QSize(_LEAST_WIDTH * 2, round(_HEIGHT * max(1.0, self.theme.scale * 0.8)))

    def minimumSizeHint(self) -> QSize:
        """Narrow enough for a small window."""
        return QSize(_LEAST_WIDTH, self.sizeHint().height())

    def at(self, area: QRectF, across: float, up: float) -> QPointF:
        """The point of ``area`` for a value on each axis, 0 to 1."""
        along = 1.0 - across if self._mirrored else across
        return QPointF(area.left() + along * area.width(), area.bottom() - up * area.height())

    def paint_data(self, painter: QPainter, area: QRectF) -> None:
        """Draw the data; the kinds of plots do."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw axes, then data."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(text_font(self.theme.pixels("caption")))
        area = self._area(painter)
        self._paint_axes(painter, area)
        self.paint_data(painter, area)
        painter.end()

    def _area(self, painter: QPainter) -> QRectF:
        metrics = painter.fontMetrics()
        beside = (
            max((metrics.horizontalAdvance(text) for _, text in self._up), default=0) + SPACE["s"] + _SPARE
        )
        below = 1.5 * metrics.height()  # half a line for the lowest word at the other axis
        area = QRectF(self.rect()).adjusted(beside, metrics.height() / 2, -SPACE["m"], -below)
        if self._mirrored:
            area.moveLeft(SPACE["m"])
        return area

    def _paint_axes(self, painter: QPainter, area: QRectF) -> None:
        colours, metrics = self.theme.colours, painter.fontMetrics()
        high = metrics.height()
        for place, text in self._up:
            y = area.bottom() - place * area.height()
            painter.setPen(QPen(QColor(colours.line_strong if place == 0 else colours.line), 1))
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            painter.setPen(QColor(colours.mute))
            width = metrics.horizontalAdvance(text)
            left = area.right() + SPACE["s"] if self._mirrored else area.left() - SPACE["s"] - width
            painter.drawText(QRectF(left, y - high / 2, width + 2, high), Qt.AlignmentFlag.AlignVCenter, text)
        painter.setPen(QColor(colours.mute))
        last = -1.0
        for place, text in sorted((self.at(area, place, 0).x(), text) for place, text in self._across):
            width = metrics.horizontalAdvance(text)
            left = min(max(0.0, place - width / 2), self.width() - width - 1.0)
            if left > last:
                box = QRectF(left, area.bottom() + high / 2, width + 2, high)
                painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute, text)
                last = left + width + SPACE["s"]

    @property
    def _mirrored(self) -> bool:
        return self._follows_time and self._right_to_left

    @property
    def _right_to_left(self) -> bool:
        return QApplication.layoutDirection() == Qt.LayoutDirection.RightToLeft

    def _fit(self) -> None:
        self.updateGeometry()
        self.update()
