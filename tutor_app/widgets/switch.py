"""On or off: a switch that slides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QCheckBox

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from tutor_app.theme.theme import Theme

_WIDTH, _HEIGHT, _EDGE = 44, 24, 4


class Switch(QCheckBox):
    """A check box in the dress of a switch. Its knob has a tick when it is on, so that colour is not all there is.

    Args:
        theme: for colours and size.
        name: what it switches, for a screen reader.
    """

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._theme = theme
        self.setAccessibleName(name)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """As the text is large."""
        return QSize(
            round(_WIDTH * self._theme.scale) + 2 * _EDGE, round(_HEIGHT * self._theme.scale) + 2 * _EDGE
        )

    def minimumSizeHint(self) -> QSize:
        """No smaller."""
        return self.sizeHint()

    def hitButton(self, position: QPoint) -> bool:
        """It can be pressed anywhere."""
        return self.rect().contains(position)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the track, the knob, and the ring of the keyboard."""
        colours, on = self._theme.colours, self.isChecked()
        track = QRectF(self.rect()).adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.hasFocus():
            painter.setPen(QPen(QColor(colours.focus), 2))
            ring = track.adjusted(-3, -3, 3, 3)
            painter.drawRoundedRect(ring, ring.height() / 2, ring.height() / 2)
        painter.setPen(QPen(QColor(colours.accent if on else colours.line_strong), 1))
        painter.setBrush(QColor(colours.accent if on else colours.sunken))
        painter.drawRoundedRect(track, track.height() / 2, track.height() / 2)
        knob = QRectF(track.adjusted(3, 3, -3, -3))
        knob.setWidth(knob.height())
        if on != (self.layoutDirection() == Qt.LayoutDirection.RightToLeft):
            knob.moveRight(track.right() - 3)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.on_accent if on else colours.line_strong))
        painter.drawEllipse(knob)
        if on:
            side = round(knob.width() * 0.8)
            tick = self._theme.icon("check", "accent", size=14).pixmap(side, side)
            painter.drawPixmap(knob.center() - QRectF(0, 0, side, side).center(), tick)
        painter.end()
