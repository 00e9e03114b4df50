"""The way to the section before or after: at the end of what was read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QLabel, QSizePolicy

from tutor_app.widgets.basics import column, label, row
from tutor_app.widgets.press_card import PressCard

if TYPE_CHECKING:
    from tutor_app.theme.theme import Theme


class TurnCard(PressCard):
    """Pressed to turn the page.

    Args:
        theme: for its arrow.
        title: of the section that it leads to.
        says: what it is to this one: "Next section" …
        forward: whether that comes after.
    """

    def __init__(self, theme: Theme, title: str, says: str, *, forward: bool) -> None:
        self._theme = theme
        self._forward = forward
        self._arrow = QLabel()
        line = row(space="m")
        super().__init__(f"{says}: {title}", line)
        end = Qt.AlignmentFlag.AlignTrailing if forward else Qt.AlignmentFlag.AlignLeading
        name = label(title, "strong", wrap=True)
        name.setProperty("content", True)
        caption = label(says, "caption")
        for part in (caption, name):
            part.setAlignment(end | Qt.AlignmentFlag.AlignVCenter)
            part.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        words = column(caption, name, space="xs")
        if forward:
            line.addLayout(words, 1)
            line.addWidget(self._arrow)
        else:
            line.addWidget(self._arrow)
            line.addLayout(words, 1)
        self._draw()
        theme.changed.connect(self._draw)

    @Slot()
    def _draw(self) -> None:
        size = self._theme.pixels("heading")
        icon = self._theme.icon("chevron-right" if self._forward else "chevron-left", "accent_ink", size=19)
        self._arrow.setPixmap(icon.pixmap(size, size))
