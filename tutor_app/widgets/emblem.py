"""A small rounded square with an icon: what kind of thing a card is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from tutor_app.theme.tokens import RADIUS

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from tutor_app.theme.theme import Theme

_SIDE = 40
_ICON = 22


class Emblem(QWidget):
    """Decoration: a screen reader passes it over.

    Args:
        theme: its colours.
        icon: name of an icon.
        tone: "accent", or "bad" for something broken.
    """

    def __init__(self, theme: Theme, icon: str, tone: str = "accent") -> None:
        super().__init__()
        self._theme = theme
        self._icon = icon
        self._tone = tone
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._fit()
        theme.changed.connect(self._fit)

    def sizeHint(self) -> QSize:
        """As large as the text asks."""
        side = round(_SIDE * self._theme.scale)
        return QSize(side, side)

    def set_icon(self, icon: str, tone: str = "accent") -> None:
        """Show another icon."""
        self._icon, self._tone = icon, tone
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint it."""
        colours = self._theme.colours
        fill, ink = (colours.bad_soft, "bad") if self._tone == "bad" else (colours.accent_soft, "accent_ink")
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        # Where the tint is the background itself (high contrast), a line shows the square.
        line = QPen(QColor(getattr(colours, ink))) if fill == colours.page else QPen(Qt.PenStyle.NoPen)
        painter.setPen(line)
        painter.setBrush(QColor(fill))
        room = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(room, RADIUS["control"], RADIUS["control"])
        side = round(_ICON * self._theme.scale)
        edge = (self.width() - side) // 2
        self._theme.icon(self._icon, ink, size=_ICON).paint(painter, edge, edge, side, side)
        painter.end()

    def _fit(self) -> None:
        self.updateGeometry()
        self.update()
