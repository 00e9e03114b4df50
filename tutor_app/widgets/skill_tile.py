"""One skill on the map: its name, its level as a sign and a word, a bar; from far away its name and the sign.

What is too small for its name has the sign alone. Where a name is not whole, a tag beside the tile has it when it is
wanted.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QApplication

from engine.learner.mastery import Level
from tutor_app.i18n import tr
from tutor_app.item_models.learning_words import level_name
from tutor_app.theme.fonts import text_font
from tutor_app.theme.tokens import RADIUS, SPACE, WEIGHT
from tutor_app.widgets.level_mark import FILLED, level_colour, paint_level, paint_level_on_chosen
from tutor_app.widgets.skill_name import NameRoom, line_height

if TYPE_CHECKING:
    from tutor_app.services.learning_facts import SkillFacts
    from tutor_app.theme.theme import Theme

WIDTH, HEIGHT = 196, 86
"""Size of a tile at normal text size, in pixels."""

_LINES = 2
_STRONG = WEIGHT["strong"]
_SIGN = 16
_SIGN_MARGIN = 2  # pixels of its own ground around it on a chosen tile
_BAR = 4
_TRACK = 0.3  # opacity of the part of a bar that is not filled, on a ground that is chosen
_LEAST_EMS = 4.6  # a name needs lines of so many times the height of its letters
_FRAME, _FRAME_OUTLINED = (
    1.0,
    1.5,
)  # pixels; where tiles have the colour of the page, the frame is all that is seen


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
    inner = _inside_near(box, theme)
    ink = colours.on_chosen if state.chosen else colours.ink
    painter.setPen(QColor(ink))
    _name_room_near(box.size(), theme).paint(painter, inner, skill.name)
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
        _paint_turn(painter, box, state, theme)


def paint_far(painter: QPainter, box: QRectF, skill: SkillFacts, state: TileState, theme: Theme) -> None:
    """Draw a skill seen from far away into ``box``: its name and its sign, or the sign alone if there is no room."""
    _paint_ground(painter, box, skill, state, theme)
    if not has_room_for_name(box.size(), theme):
        side = min(box.width(), box.height()) / 2
        sign = QRectF(0, 0, side, side)
        sign.moveCenter(box.center())
        _paint_level_sign(painter, sign, skill, state, theme)
        return
    inner, side = _inside_far(box, theme), _far_sign(theme)
    # Where a line of a name ends, so that the last one may stand beside it.
    left = inner.left() if _right_to_left() else inner.right() - side
    _paint_level_sign(painter, QRectF(left, inner.bottom() - side, side, side), skill, state, theme)
    painter.setPen(QColor(theme.colours.on_chosen if state.chosen else theme.colours.ink))
    _name_room_far(box.size(), theme).paint(painter, inner, skill.name)


def has_room_for_name(size: QSizeF, theme: Theme) -> bool:
    """Whether a tile of ``size``, in pixels, seen from far away, shows the name of its skill."""
    letters, edge = theme.pixels("caption"), SPACE["xs"] * theme.scale
    high = 3 * edge + _far_sign(theme) + 2 * line_height(text_font(letters))
    return size.width() - 2 * edge >= _LEAST_EMS * letters and size.height() >= high


def shows_whole_name(size: QSizeF, name: str, theme: Theme, *, far: bool) -> bool:
    """Whether all of ``name`` is read on a tile of ``size``, in pixels, seen from far away or near by."""
    if not far:
        return _name_room_near(size, theme).has_all_of(name)
    return has_room_for_name(size, theme) and _name_room_far(size, theme).has_all_of(name)


def paint_name_tag(painter: QPainter, box: QRectF, name: str, room: QRectF, theme: Theme) -> None:
    """The name of a skill above its tile ``box``, below it where there is no room; inside ``room``."""
    painter.setFont(text_font(theme.pixels("caption"), weight=_STRONG))
    metrics = painter.fontMetrics()
    wide = min(metrics.horizontalAdvance(name) + 2 * SPACE["s"], room.width())
    tag = QRectF(0, 0, wide, metrics.height() + SPACE["xs"])
    tag.moveCenter(box.center())
    tag.moveBottom(box.top() - SPACE["xs"])
    if tag.top() < room.top():
        tag.moveTop(box.bottom() + SPACE["xs"])
    tag.moveLeft(min(max(tag.left(), room.left()), room.right() - wide))
    painter.setPen(QPen(QColor(theme.colours.line_strong), 1))
    painter.setBrush(QColor(theme.colours.card))
    painter.drawRoundedRect(tag, RADIUS["item"], RADIUS["item"])
    painter.setPen(QColor(theme.colours.ink))
    shown = metrics.elidedText(name, Qt.TextElideMode.ElideRight, int(wide) - SPACE["s"])
    painter.drawText(tag, Qt.AlignmentFlag.AlignCenter, shown)


def _paint_turn(painter: QPainter, box: QRectF, state: TileState, theme: Theme) -> None:
    """A tab at the lower edge that says that it is this one's turn; the words inside have their room to themselves."""
    painter.setFont(text_font(theme.pixels("caption"), weight=_STRONG))
    metrics, said = painter.fontMetrics(), tr("Next in turn")
    inset = RADIUS["control"]
    size = QSizeF(
        min(metrics.horizontalAdvance(said) + 2 * SPACE["s"], box.width() - 2 * inset), metrics.height()
    )
    left = box.left() + inset if _right_to_left() else box.right() - inset - size.width()
    tab = QRectF(QPointF(left, box.bottom() - SPACE["xs"] * theme.scale), size)
    colours = theme.colours
    melts = state.chosen and colours.accent == colours.chosen  # the tab on a tile of its own colour
    painter.setPen(QPen(QColor(colours.accent if melts else colours.page), 1.5))
    painter.setBrush(QColor(colours.page if melts else colours.accent))
    painter.drawRoundedRect(tab, RADIUS["item"], RADIUS["item"])
    painter.setPen(QColor(colours.accent_ink if melts else colours.on_accent))
    shown = metrics.elidedText(said, Qt.TextElideMode.ElideRight, int(tab.width()) - SPACE["s"])
    painter.drawText(tab, Qt.AlignmentFlag.AlignCenter, shown)


def _paint_ground(painter: QPainter, box: QRectF, skill: SkillFacts, state: TileState, theme: Theme) -> None:
    colours = theme.colours
    outlined = colours.card == colours.page
    border, width = colours.line_strong, _FRAME_OUTLINED if outlined else _FRAME
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
    if state.chosen:
        paint_level_on_chosen(painter, box, skill.level, theme.colours, _SIGN_MARGIN)
    else:
        paint_level(painter, box, skill.level, theme.colours)


def _paint_bar(painter: QPainter, bar: QRectF, level: Level, state: TileState, theme: Theme) -> None:
    colours = theme.colours
    track = QColor(colours.on_chosen if state.chosen else colours.track)
    if state.chosen:
        track.setAlphaF(_TRACK)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(track)
    painter.drawRoundedRect(bar, _BAR / 2, _BAR / 2)
    share = FILLED[level] if level is not Level.PROFICIENT else 0.8
    if share:
        done = QRectF(bar)
        done.setWidth(bar.width() * share)
        if _right_to_left():
            done.moveRight(bar.right())
        painter.setBrush(QColor(colours.on_chosen) if state.chosen else level_colour(level, colours))
        painter.drawRoundedRect(done, _BAR / 2, _BAR / 2)


def _name_room_near(size: QSizeF, theme: Theme) -> NameRoom:
    font = text_font(theme.pixels("body"), weight=_STRONG)
    return NameRoom(font, (_inside_near(QRectF(QPointF(), size), theme).width(),) * _LINES)


def _name_room_far(size: QSizeF, theme: Theme) -> NameRoom:
    """Lines of full width, and shorter ones beside the sign."""
    font, side = text_font(theme.pixels("caption")), _far_sign(theme)
    inner = _inside_far(QRectF(QPointF(), size), theme)
    high, above = line_height(font), inner.height() - side
    beside = inner.width() - side - SPACE["xs"]
    lines = int(inner.height() / high)
    return NameRoom(font, tuple(inner.width() if (at + 1) * high <= above else beside for at in range(lines)))


def _inside_near(box: QRectF, theme: Theme) -> QRectF:
    edge = SPACE["s"] * theme.scale
    return box.adjusted(edge, edge * 0.75, -edge, -edge)


def _inside_far(box: QRectF, theme: Theme) -> QRectF:
    edge = SPACE["xs"] * theme.scale
    return box.adjusted(edge, edge, -edge, -edge)


def _far_sign(theme: Theme) -> float:
    return (_SIGN - 2) * theme.scale


def _right_to_left() -> bool:
    return QApplication.layoutDirection() == Qt.LayoutDirection.RightToLeft
