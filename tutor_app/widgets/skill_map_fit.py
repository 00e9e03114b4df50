"""At which size the map of skills suits the room that it has. No widget: only sizes."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from tutor_app.widgets.skill_map_geometry import WIDER

if TYPE_CHECKING:
    from PySide6.QtCore import QSize

    from tutor_app.widgets.skill_map_geometry import MapGeometry

_NEAR_FROM, _NEAR_FROM_LARGE_TEXT = 0.6, 0.45
_ROWS_WANTED = 2
_MOST_STRETCH = 2.4
_CLOSEST = 0.7  # of the gap between rows: what hangs at the lower edge of a tile still touches none below


class MapFit:
    """A map in a room.

    Args:
        plan: where everything stands near by.
        room: in pixels.
        scale: of the text.

    Attributes:
        near_from: drawn smaller than this, letters would be too small: tiles have the form for far away.
        stretch: how much further apart rows are from far away: as far as the shape of the room lets them be, 1 or more.
    """

    def __init__(self, plan: MapGeometry, room: QSize, scale: float) -> None:
        self._plan = plan
        self._room = room
        self._across = room.width() / plan.size.width() if plan.size.width() else 1.0
        self._down = room.height() / plan.size.height() if plan.size.height() else 1.0
        self.near_from = min(_NEAR_FROM, max(_NEAR_FROM_LARGE_TEXT, _NEAR_FROM / scale))
        self.stretch = min(_MOST_STRETCH, max(1.0, self._down / self._across)) if self._across else 1.0

    def whole(self) -> float:
        """The size at which all of it is seen."""
        zoom = min(1.0, self._across, self._down)
        if zoom >= self.near_from:
            return zoom
        across = self._room.width() / (self._plan.size.width() + WIDER)
        return min(self.near_from - 0.01, across, self._down / self.stretch)

    def whole_columns(self) -> float:
        """The size of the text, or as much smaller as it takes to cut no column, and to see more than one row."""
        if min(self._across, self._down) >= 1.0:
            return 1.0
        room, plan, zoom = self._room, self._plan, 1.0
        columns = max(1, math.ceil(room.width() / plan.pitch))
        while (fitting := min(1.0, room.width() / (columns * plan.pitch))) >= self.near_from:
            zoom = fitting
            if room.height() >= _ROWS_WANTED * plan.row * zoom:
                break
            columns += 1
        return zoom

    def gap(self, zoom: float) -> float:
        """From a tile to the one below it, in pixels: less than otherwise where that saves scrolling for a strip."""
        closer = self._plan.gap_for(self._room.height() / zoom)
        return closer if self._plan.gap * _CLOSEST <= closer else self._plan.gap
