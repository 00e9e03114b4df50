"""Where the skills stand on their map, and how the lines between them run. No widget: only sizes and shapes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QPainterPath

from tutor_app.theme.tokens import SPACE
from tutor_app.widgets.layered_layout import layered
from tutor_app.widgets.skill_tile import HEIGHT, WIDTH

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tutor_app.services.learning_facts import SkillFacts
    from tutor_app.widgets.layered_layout import Line

_COLUMN_GAP, _ROW_GAP = 64, 22
WIDER = 36
"""So much of the room between columns a tile takes that is seen from far away, in pixels."""


class MapGeometry:
    """A map that is laid out once; it does not change.

    Args:
        skills: prerequisites first.
        scale: of the text.
        mirrored: what comes first stands at the right.
        stretch: how much further apart rows are than near by, 1 or more: from far away a tile needs room for a name
            whose letters do not shrink with it.
        gap: between a tile and the one below it, in pixels; by default as the text asks.

    Attributes:
        gap: between a tile and the one below it, in pixels; what hangs at a tile's lower edge lies there.
        heights: by skill, how far down it stands, in tiles.
        pitch: from column to column, in pixels.
        row: from row to row, in pixels.
        lines: from skill to skill; those that others imply are left out.
        places: by skill, its tile in pixels.
        size: of everything with an edge around it, in pixels.
    """

    def __init__(
        self,
        skills: Sequence[SkillFacts],
        scale: float,
        *,
        mirrored: bool = False,
        stretch: float = 1.0,
        gap: float | None = None,
    ) -> None:
        self._mirrored = mirrored
        # What hangs at the lower edge of a tile grows with the text.
        self.gap = _ROW_GAP * max(1.0, scale) if gap is None else gap
        self.pitch = WIDTH * scale + _COLUMN_GAP
        self.row = (HEIGHT * scale + self.gap) * stretch
        wider = WIDER if stretch > 1 else 0
        self._tile = QSizeF(WIDTH * scale + wider, self.row - self.gap)
        laid = layered({one.id: one.layer for one in skills}, direct(skills))
        self.heights = laid.heights
        self.lines = laid.lines
        self._rows = laid.height
        deepest = max((one.layer for one in skills), default=0)
        self.places = {
            one.id: QRectF(
                QPointF(self._left(deepest - one.layer if mirrored else one.layer), self._top(one.id)),
                self._tile,
            )
            for one in skills
        }
        edge = SPACE["l"]
        whole = QRectF()
        for box in self.places.values():
            whole = whole.united(box)
        height = max(whole.bottom() + self.gap - edge, laid.height * self.row)
        self.size = QSizeF(whole.right() + edge, height + edge) if skills else QSizeF(0, 0)

    def gap_for(self, height: float) -> float:
        """At which gap it would be ``height`` pixels high; as it is if that is higher than it is."""
        over = self.size.height() - height
        return self.gap - over / self._rows if over > 0 and self._rows else self.gap

    def column_edges(self, x: float) -> tuple[int, float]:
        """Which column, from the left, stands at ``x`` pixels, and where the first one begins, half a gap included."""
        first = SPACE["l"] - (self.pitch - self._tile.width()) / 2
        return max(0, int((x - first) // self.pitch)), first

    def path(self, line: Line) -> tuple[QPainterPath, QPointF]:
        """A line from tile to tile, straight where it passes others, and its end."""
        first, last = self.places[line.source], self.places[line.target]
        way = -1 if self._mirrored else 1
        half = self._tile.width() / 2
        path = QPainterPath(QPointF(first.center().x() + way * half, first.center().y()))
        for at, passed in enumerate(line.heights[1:], 1):
            middle = first.center().x() + way * at * self.pitch
            ends = at == len(line.heights) - 1
            into = QPointF(middle - way * half, last.center().y() if ends else self._down(passed))
            bend = (into.x() - path.currentPosition().x()) / 2
            path.cubicTo(path.currentPosition() + QPointF(bend, 0), into - QPointF(bend, 0), into)
            if not ends:
                path.lineTo(QPointF(middle + way * half, into.y()))
        return path, path.currentPosition()

    def _left(self, column: int) -> float:
        return SPACE["l"] + column * self.pitch

    def _top(self, skill: str) -> float:
        return SPACE["l"] + self.heights[skill] * self.row - self.row / 2

    def _down(self, height: float) -> float:
        return SPACE["l"] + height * self.row - self.gap / 2


def direct(skills: Sequence[SkillFacts]) -> dict[str, list[str]]:
    """By skill, what comes before it; left out is what comes before one of the others anyway: fewer lines."""
    requires = {one.id: one.requires for one in skills}
    resting: dict[str, set[str]] = {}
    for one in skills:  # prerequisites come first
        resting[one.id] = {
            under for it in one.requires for under in (it, *resting.get(it, ())) if under in requires
        }
    return {
        skill: [it for it in needed if not any(it in resting.get(other, ()) for other in needed)]
        for skill, needed in requires.items()
    }
