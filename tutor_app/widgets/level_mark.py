"""The sign of a level: a ring that fills up, then a full disc, then one with a tick. Shape and colour say the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap, QPolygonF
from PySide6.QtWidgets import QWidget

from engine.learner.mastery import Level

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from tutor_app.theme.theme import Theme
    from tutor_app.theme.tokens import Colours

FILLED = {
    Level.NOT_STARTED: 0.0,
    Level.ATTEMPTED: 0.25,
    Level.FAMILIAR: 0.5,
    Level.PROFICIENT: 1.0,
    Level.MASTERED: 1.0,
}
"""How much of the sign is filled at a level."""

_SIDE = 18
_FULL_TURN = 16 * 360
_TICK = ((0.27, 0.52), (0.44, 0.69), (0.74, 0.34))


def level_colour(level: Level, colours: Colours) -> QColor:
    """The colour of a level: 3:1 on every background."""
    return QColor(
        {
            Level.NOT_STARTED: colours.line_strong,
            Level.ATTEMPTED: colours.warn,
            Level.FAMILIAR: colours.warn,
            Level.PROFICIENT: colours.good,
            Level.MASTERED: colours.accent,
        }[level]
    )


def paint_level(painter: QPainter, box: QRectF, level: Level, colours: Colours) -> None:
    """Draw the sign of ``level`` into a square."""
    _paint_sign(painter, box, level, level_colour(level, colours), QColor(colours.on_accent))


def paint_level_on_chosen(
    painter: QPainter, box: QRectF, level: Level, colours: Colours, margin: float
) -> None:
    """Draw the sign on what is chosen: on a ground of its own that is ``margin`` wider, so that its colour is seen.

    Where what is chosen is as bright as the signs are, that ground would be dark and an empty ring look filled: the
    sign has the colour of the words then.
    """
    if colours.chosen == colours.accent:
        _paint_sign(painter, box, level, QColor(colours.on_chosen), QColor(colours.chosen))
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colours.card))
    painter.drawEllipse(box.adjusted(-margin, -margin, margin, margin))
    painter.restore()
    paint_level(painter, box, level, colours)


def _paint_sign(painter: QPainter, box: QRectF, level: Level, colour: QColor, tick: QColor) -> None:
    width = max(1.25, box.width() / 9)
    ring = box.adjusted(width / 2, width / 2, -width / 2, -width / 2)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour, width))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(ring)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    if FILLED[level] == 1.0:
        painter.drawEllipse(ring)
    elif FILLED[level]:
        painter.drawPie(ring, _FULL_TURN // 4, -round(FILLED[level] * _FULL_TURN))
    if level is Level.MASTERED:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(
            QPen(
                tick,
                width * 1.2,
                Qt.PenStyle.SolidLine,
                Qt.PenCapStyle.RoundCap,
                Qt.PenJoinStyle.RoundJoin,
            )
        )
        points = [QPointF(box.x() + x * box.width(), box.y() + y * box.height()) for x, y in _TICK]
        painter.drawPolyline(QPolygonF(points))
    painter.restore()


def level_icon(level: Level, theme: Theme, side: int = _SIDE) -> QIcon:
    """The sign as an icon, as large as the text asks."""
    icon = QIcon()
    for mode in (QIcon.Mode.Normal, QIcon.Mode.Selected):
        icon.addPixmap(_drawn(level, theme, side, chosen=mode is QIcon.Mode.Selected), mode)
    return icon


def _drawn(level: Level, theme: Theme, side: int, *, chosen: bool) -> QPixmap:
    density = 2
    size = round(side * theme.scale) * density
    made = QPixmap(size, size)
    made.fill(Qt.GlobalColor.transparent)
    box = QRectF(0, 0, size, size)
    painter = QPainter(made)
    if chosen:
        inner = box.adjusted(density, density, -density, -density)
        paint_level_on_chosen(painter, inner, level, theme.colours, density)
    else:
        paint_level(painter, box, level, theme.colours)
    painter.end()
    made.setDevicePixelRatio(density)
    return made


class LevelMark(QWidget):
    """The sign beside a word that says the same; nothing for a screen reader."""

    def __init__(self, theme: Theme, level: Level = Level.NOT_STARTED) -> None:
        super().__init__()
        self._theme = theme
        self._level = level
        self._fit()
        theme.changed.connect(self._fit)

    def set_level(self, level: Level) -> None:
        """Show another level."""
        self._level = level
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        paint_level(painter, QRectF(self.rect()), self._level, self._theme.colours)
        painter.end()

    def _fit(self) -> None:
        side = round(_SIDE * self._theme.scale)
        self.setFixedSize(side, side)
        self.update()
