"""An icon beside words, as high as they are, drawn anew with the theme."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtWidgets import QLabel

if TYPE_CHECKING:
    from tutor_app.theme.theme import Theme


class IconMark(QLabel):
    """Decoration: the words say it too.

    Args:
        theme: its colours and sizes.
        icon: name of an icon.
        colour: an attribute of ``Colours``.
        size: a key of ``tokens.TYPE``: the text that it stands beside.
    """

    def __init__(self, theme: Theme, icon: str, colour: str = "mute", *, size: str = "body") -> None:
        super().__init__()
        self._theme = theme
        self._icon, self._colour, self._size = icon, colour, size
        self._draw()
        theme.changed.connect(self._draw)

    def changeEvent(self, event: QEvent) -> None:
        """It may stand in what is read in another direction than the window."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._draw()

    @Slot()
    def _draw(self) -> None:
        side = self._theme.pixels(self._size)
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        self.setPixmap(self._theme.icon(self._icon, self._colour, mirrored=mirrored).pixmap(side, side))
