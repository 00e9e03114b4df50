"""What stands where nothing is yet: what it will be, and the button that begins it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from tutor_app.theme.tokens import NOTE_WIDTH, SPACE
from tutor_app.widgets.basics import label
from tutor_app.widgets.flow_layout import FlowLayout

if TYPE_CHECKING:
    from tutor_app.theme.theme import Theme

_ICON_SIZE = 32
_EMBLEM_SIZE = 72


class EmptyState(QWidget):
    """An icon, a sentence, what to do about it, and buttons for that, in the middle of the room there is.

    Args:
        theme: for the icon.
        icon: name of an icon.
        title: what is so, in a few words.
        text: what to do next.
        actions: buttons, the most likely one first.
    """

    def __init__(self, theme: Theme, icon: str, title: str, text: str = "", *actions: QWidget) -> None:
        super().__init__()
        self._theme = theme
        self._icon = icon
        self._emblem = QLabel()
        self._emblem.setProperty("role", "emblem")
        self._emblem.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._title = label("", "heading", wrap=True)
        self._text = label("", "mute", wrap=True)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(SPACE["s"])
        self._column.addStretch(2)
        self._column.addWidget(self._emblem, 0, Qt.AlignmentFlag.AlignHCenter)
        self._column.addSpacing(SPACE["s"])
        for part in (self._title, self._text):
            part.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
            part.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
            self._column.addWidget(part)
        if actions:
            self._column.addSpacing(SPACE["m"])
            buttons = FlowLayout(alignment=Qt.AlignmentFlag.AlignHCenter)
            for action in actions:
                buttons.addWidget(action)
            self._column.addLayout(buttons)
        self._column.addStretch(3)
        self.set_text(title, text)
        self._draw()
        theme.changed.connect(self._draw)

    def set_text(self, title: str, text: str = "") -> None:
        """Say something else."""
        self._title.setText(title)
        self._text.setText(text)
        self._text.setVisible(bool(text))

    def fit(self, height: int) -> None:
        """Leave the icon out where ``height`` pixels have no room for it beside the words and buttons."""
        icon = self._emblem.height() + self._column.spacing()
        rest = self._column.totalHeightForWidth(self.width()) - (0 if self._emblem.isHidden() else icon)
        self._emblem.setHidden(rest + icon > height)

    def resizeEvent(self, _event: object) -> None:
        """Keep the sentences short enough to read."""
        spare = self.width() - round(NOTE_WIDTH * max(1.0, self._theme.scale))
        edge = max(SPACE["l"], spare // 2)
        self._column.setContentsMargins(edge, SPACE["l"], edge, SPACE["l"])

    def _draw(self) -> None:
        side = round(_EMBLEM_SIZE * self._theme.scale)
        size = round(_ICON_SIZE * self._theme.scale)
        self._emblem.setFixedSize(side, side)
        icon = self._theme.icon(self._icon, "accent_ink", size=_ICON_SIZE)
        self._emblem.setPixmap(icon.pixmap(size, size))
