"""A bar that shows how far something is; while nobody knows, it moves, or stands still where nothing is to move."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QProgressBar

from tutor_app.widgets.basics import restyle

if TYPE_CHECKING:
    from tutor_app.theme.theme import Theme

_STEPS = 1000


class ProgressLine(QProgressBar):
    """Without words: they stand beside it.

    Args:
        theme: says whether things move.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._share: float | None = None
        self._held = False
        self.setTextVisible(False)
        self._draw()
        theme.changed.connect(self._draw)

    def set_share(self, share: float | None) -> None:
        """Show that ``share`` (0 to 1) of it is done; None where nobody knows."""
        self._share = None if share is None else min(1.0, max(0.0, share))
        self._draw()

    def set_held(self, held: bool) -> None:
        """Stand still while it is paused."""
        self._held = held
        self._draw()

    @Slot()
    def _draw(self) -> None:
        moves = self._share is None and not self._held and self._theme.motion_ms("long") > 0
        restyle(self, "still", self._share is None and not moves)
        if moves:
            self.setRange(0, 0)
            return
        self.setRange(0, _STEPS)
        self.setValue(_STEPS if self._share is None else round(self._share * _STEPS))
