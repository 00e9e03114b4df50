"""One skill on the map: its name, its level as a sign and a word, a bar; from far away the sign alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QTextLayout, QTextOption
from PySide6.QtWidgets import QApplication

from engine.learner.mastery import Level
from tutor_app.i18n import tr
from tutor_app.item_models.learning_words import level_name
from tutor_app.theme.fonts import text_font
from tutor_app.theme.tokens import RADIUS, SPACE
from tutor_app.widgets.level_mark import FILLED, level_colour, paint_level

if TYPE_CHECKING:
    from tutor_app.services.learning_facts import SkillFacts
    from tutor_app.theme.theme import Theme

WIDTH, HEIGHT = 196, 86
"""Size of a tile at normal text size, in pixels."""

_LINES = 2
_SIGN = 16
_SIGN_ALONE = 44
_BAR = 4


@dataclass(frozen=True, slots=True)
class TileState:
    """How a tile is shown: chosen, the keyboard on the map, and whether the skill is proposed next."""

    chosen: bool = False
    focused: bool = False
    proposed: bool = False


def paint_tile(painter: QPainter, box: QRectF, skill: SkillFacts, state: TileState, theme: Theme) -> None:
    """Draw a skill so that it can be read."""
    colours = theme.colours
    _paint_ground(painter, box, skill, state, theme)
    edge = SPACE["s"] * theme.scale
    inner = box.adjusted(edge, edge * 0.75, -edge, -edge)
    ink = colours.on_chosen if state.chosen else colours.ink
    painter.setPen(QColor(ink))
    _paint_name(painter, inner, skill.name, theme)
    side = _SIGN * theme.scale
    bar = QRectF(inner.left(), inner.bottom() - _BAR, inner.width(), _BAR)
    line = QRectF(inner.left(), bar.top() - SPACE["xs"] - side, inner.width(), side)
    mirrored = _right_to_left()
    sign = QRectF(line.right() - side if mirrored else line.left(), line.top(), side, side)
    _paint_level_sign(painter, sign, skill, state, theme)
    words = (
        line.adjusted(0, -2, -side - SPACE["xs"], 2)
        if mirrored
        else line.adjusted(side + SPACE["xs"], -2, 0, 2)
    )
    painter.setFont(text_font(theme.pixels("caption")))
    painter.setPen(QColor(colours.on_chosen if state.chosen else colours.mute))
    where = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute
    where |= Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
    said = level_name(skill.level)
    shown = painter.fontMetrics().elidedText(said, Qt.TextElideMode.ElideRight, int(words.width()))
    painter.drawText(words, where, shown)
    _paint_bar(painter, bar, skill.level, state, theme)
    if state.proposed:
        _paint_turn(painter, box, theme)


def paint_sign(painter: QPainter, box: QRectF, skill: SkillFacts, state: TileState, theme: Theme) -> None:
    """Draw a skill seen from far away: its sign, large."""
    _paint_ground(painter, box, skill, state, theme)
    side = _SIGN_ALONE * theme.scale
    sign = QRectF(0, 0, side, side)
    sign.moveCenter(box.center())
    _paint_level_sign(painter, sign, skill, state, theme)


def _paint_turn(painter: QPainter, box: QRectF, theme: Theme) -> None:
    """A tab at the lower edge that says that it is this one's turn; the words inside have their room to themselves."""
    painter.setFont(text_font(theme.pixels("caption"), weight=QFont.Weight.DemiBold))
    metrics, said = painter.fontMetrics(), tr("Next in turn")
    inset = RADIUS["control"]
    size = QSizeF(
        min(metrics.horizontalAdvance(said) + 2 * SPACE["s"], box.width() - 2 * inset), metrics.height()
    )
    left = box.left() + inset if _right_to_left() else box.right() - inset - size.width()
    tab = QRectF(QPointF(left, box.bottom() - SPACE["xs"] * theme.scale), size)
    painter.setPen(QPen(QColor(theme.colours.page), 1.5))  # so that it is told from a tile of its colour
    painter.setBrush(QColor(theme.colours.accent))
    painter.drawRoundedRect(tab, RADIUS["item"], RADIUS["item"])
    painter.setPen(QColor(theme.colours.on_accent))
    shown = metrics.elidedText(said, Qt.TextElideMode.ElideRight, int(tab.width()) - SPACE["s"])
    painter.drawText(tab, Qt.AlignmentFlag.AlignCenter, shown)


def _paint_ground(painter: QPainter, box: QRectF, skill: SkillFacts, state: TileState, theme: Theme) -> None:
    colours = theme.colours
    border, width = colours.line_strong, 1.0
    if state.proposed:
        border, width = colours.accent, 2.0
    if state.chosen:
        border, width = (colours.focus, 3.0) if state.focused else (colours.accent, 2.0)
    pen = QPen(QColor(border), width)
    if not skill.ready and skill.level is Level.NOT_STARTED and not state.chosen:
        pen.setStyle(Qt.PenStyle.DashLine)
    painter.setPen(pen)
    painter.setBrush(QColor(colours.chosen if state.chosen else colours.card))
    painter.drawRoundedRect(box, RADIUS["control"], RADIUS["control"])


def _paint_level_sign(
    painter: QPainter, box: QRectF, skill: SkillFacts, state: TileState, theme: Theme
) -> None:
    if state.chosen:  # on a ground of its own, so that it is seen on any
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.colours.card))
        painter.drawEllipse(box.adjusted(-2, -2, 2, 2))
    paint_level(painter, box, skill.level, theme.colours)


def _paint_bar(painter: QPainter, bar: QRectF, level: Level, state: TileState, theme: Theme) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.colours.card if state.chosen else theme.colours.track))
    painter.drawRoundedRect(bar.adjusted(-2, -2, 2, 2) if state.chosen else bar, _BAR / 2, _BAR / 2)
    share = FILLED[level] if level is not Level.PROFICIENT else 0.8
    if share:
        done = QRectF(bar)
        done.setWidth(bar.width() * share)
        if _right_to_left():
            done.moveRight(bar.right())
        painter.setBrush(level_colour(level, theme.colours))
        painter.drawRoundedRect(done, _BAR / 2, _BAR / 2)


def _paint_name(painter: QPainter, inner: QRectF, name: str, theme: Theme) -> None:
    """Up to two lines; what is longer ends with dots."""
    font = text_font(theme.pixels("body"))
    font.setWeight(QFont.Weight.DemiBold)
    painter.setFont(font)
    layout = QTextLayout(name, font)
    option = QTextOption(Qt.AlignmentFlag.AlignRight if _right_to_left() else Qt.AlignmentFlag.AlignLeft)
    layout.setTextOption(option)
    lines: list[str] = []
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(inner.width())
        lines.append(name[line.textStart() : line.textStart() + line.textLength()])
    layout.endLayout()
    if len(lines) > _LINES:
        lines = [*lines[: _LINES - 1], "".join(lines[_LINES - 1 :])]
    metrics = painter.fontMetrics()
    where = Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignTop
    where |= Qt.AlignmentFlag.AlignRight if _right_to_left() else Qt.AlignmentFlag.AlignLeft
    for at, text in enumerate(lines):
        shown = metrics.elidedText(text.strip(), Qt.TextElideMode.ElideRight, int(inner.width()))
        top = inner.topLeft() + QPointF(0, at * metrics.height() * 0.95)
        painter.drawText(QRectF(top.x(), top.y(), inner.width(), metrics.height()), where, shown)


def _right_to_left() -> bool:
    return QApplication.layoutDirection() == Qt.LayoutDirection.RightToLeft
