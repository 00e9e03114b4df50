"""How the map of skills is drawn: lines, tiles, the names of tiles too small for one, and a fade where it goes on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QLinearGradient, QPainter, QPen, QPolygonF

from tutor_app.theme.tokens import SPACE
from tutor_app.widgets.skill_tile import TileState, paint_far, paint_name_tag, paint_tile, shows_whole_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tutor_app.services.learning_facts import SkillFacts
    from tutor_app.theme.theme import Theme
    from tutor_app.widgets.skill_map_geometry import MapGeometry

_ARROW = 7


@dataclass(frozen=True, slots=True)
class MapView:
    """What of the map is seen, and how.

    Attributes:
        room: of the viewport, in its pixels.
        origin: where the map begins in the viewport.
        zoom: pixels of the viewport to one of the map.
        far: tiles have the form for far away: what is in them does not shrink with them any more.
        current, hovered, proposed: ids of skills; "" for none.
        focused: the keyboard is on the map.
        mirrored: what comes first stands at the right.
    """

    room: QRectF
    origin: QPointF
    zoom: float
    far: bool
    current: str
    hovered: str
    proposed: str
    focused: bool
    mirrored: bool

    def seen(self, box: QRectF) -> QRectF:
        """A box of the map in the viewport."""
        return QRectF(self.origin + box.topLeft() * self.zoom, box.size() * self.zoom)


class SkillMapScene:
    """Paints a map."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme

    def paint(
        self, painter: QPainter, plan: MapGeometry, skills: Sequence[SkillFacts], view: MapView
    ) -> None:
        """Draw what is seen of ``plan``, from the back to the front."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.save()
        painter.translate(view.origin)
        painter.scale(view.zoom, view.zoom)
        self._paint_lines(painter, plan, view)
        shown = [one for one in skills if view.seen(plan.places[one.id]).intersects(view.room)]
        for skill in () if view.far else shown:
            paint_tile(painter, plan.places[skill.id], skill, _state(skill, view), self._theme)
        painter.restore()
        for skill in shown if view.far else ():
            paint_far(painter, view.seen(plan.places[skill.id]), skill, _state(skill, view), self._theme)
        self._paint_fades(painter, plan, view)
        self._paint_tag(painter, plan, skills, view)

    def _paint_lines(self, painter: QPainter, plan: MapGeometry, view: MapView) -> None:
        colours = self._theme.colours
        plain = QPen(QColor(colours.line_strong), 1.0 / view.zoom)
        strong = QPen(QColor(colours.accent), max(2.0, 2.0 / view.zoom))
        for marked in (False, True):
            painter.setPen(strong if marked else plain)
            for line in plan.lines:
                if (view.current in (line.source, line.target)) == marked:
                    path, end = plan.path(line)
                    painter.setBrush(Qt.BrushStyle.NoBrush)
                    painter.drawPath(path)
                    if not view.far:
                        _paint_arrow(painter, end, back=_ARROW if view.mirrored else -_ARROW)

    def _paint_tag(
        self, painter: QPainter, plan: MapGeometry, skills: Sequence[SkillFacts], view: MapView
    ) -> None:
        """The name of the skill under the pointer, where its tile has no room for all of it.

        It would lie over others for as long as a skill is chosen, and what is beside the map names that one.
        """
        skill = next((one for one in skills if one.id == view.hovered), None)
        if skill is not None:
            near = plan.places[skill.id]
            box = view.seen(near)
            size = box.size() if view.far else near.size()
            if not shows_whole_name(size, skill.name, self._theme, far=view.far):
                paint_name_tag(painter, box, skill.name, view.room, self._theme)

    def _paint_fades(self, painter: QPainter, plan: MapGeometry, view: MapView) -> None:
        """Where the map goes on past an edge, it fades into the page."""
        room, whole = view.room, QRectF(view.origin, plan.size * view.zoom)
        deep = float(SPACE["xl"])
        left = QRectF(room.left(), room.top(), deep, room.height())
        top = QRectF(room.left(), room.top(), room.width(), deep)
        right, bottom = QRectF(left), QRectF(top)
        right.moveRight(room.right())
        bottom.moveBottom(room.bottom())
        for goes_on, box, start, end in (
            (whole.left() < room.left() - 1, left, left.topLeft(), left.topRight()),
            (whole.right() > room.right() + 1, right, right.topRight(), right.topLeft()),
            (whole.top() < room.top() - 1, top, top.topLeft(), top.bottomLeft()),
            (whole.bottom() > room.bottom() + 1, bottom, bottom.bottomLeft(), bottom.topLeft()),
        ):
            if goes_on:
                painter.fillRect(box, _fade(QColor(self._theme.colours.page), start, end))


def _state(skill: SkillFacts, view: MapView) -> TileState:
    return TileState(
        chosen=skill.id == view.current, focused=view.focused, proposed=skill.id == view.proposed
    )


def _fade(colour: QColor, start: QPointF, end: QPointF) -> QLinearGradient:
    """From ``colour`` to nothing."""
    gone = QColor(colour)
    gone.setAlpha(0)
    made = QLinearGradient(start, end)
    made.setColorAt(0, colour)
    made.setColorAt(1, gone)
    return made


def _paint_arrow(painter: QPainter, end: QPointF, *, back: float) -> None:
    painter.setBrush(painter.pen().color())
    painter.drawPolygon(QPolygonF([end, end + QPointF(back, -_ARROW / 2), end + QPointF(back, _ARROW / 2)]))
