"""A sentence that stays until it is dismissed or no longer true: what is wrong or new, and what to do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy

from tutor_app.i18n import tr
from tutor_app.theme.tokens import SPACE
from tutor_app.widgets.basics import IconButton, announce, clear, column, label, restyle, row
from tutor_app.widgets.flow_layout import FlowLayout

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from tutor_app.theme.theme import Theme

_LOOKS = {"tint": ("info", "accent_ink"), "alarm": ("warning", "bad")}


class Banner(QFrame):
    """Hidden until it has something to say.

    Signals:
        dismissed: it was closed by hand.
    """

    dismissed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._look = _LOOKS["tint"]
        self._icon = QLabel()
        self._what = label("", "strong", wrap=True)
        self._todo = label("", wrap=True)
        self._actions = FlowLayout()
        self._close = IconButton(theme, "close", tr("Dismiss"))
        self._close.clicked.connect(self._dismiss)
        words = column(self._what, self._todo, space="xs")
        words.setContentsMargins(0, SPACE["xs"], 0, SPACE["xs"])
        words.addLayout(self._actions)
        for part in (self._what, self._todo):
            part.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        parts = row(space="m")
        parts.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        parts.addLayout(words, 1)
        parts.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        parts.setContentsMargins(SPACE["m"], SPACE["s"], SPACE["m"], SPACE["s"])
        self.setLayout(parts)
        self.setProperty("role", "tint")
        self.hide()
        theme.changed.connect(self._draw)

    def tell(
        self, what: str, todo: str = "", *actions: QWidget, role: str = "tint", dismissible: bool = True
    ) -> None:
        """Say what is so, and what to do.

        Args:
            what: the sentence.
            todo: what helps; may be empty.
            actions: buttons that do it.
            role: "tint" for news, "alarm" for what went wrong.
            dismissible: whether it can be closed by hand.
        """
        self._look = _LOOKS[role]
        self._what.setText(what)
        self._todo.setText(todo)
        self._todo.setVisible(bool(todo))
        clear(self._actions)
        self._actions.setContentsMargins(0, SPACE["s"] if actions else 0, 0, 0)
        for action in actions:
            self._actions.addWidget(action)
        self._close.setVisible(dismissible)
        restyle(self, "role", role)
        self.setAccessibleName(f"{what} {todo}".strip())
        self._draw()
        self.show()
        announce(self, self.accessibleName())

    @Slot()
    def _dismiss(self) -> None:
        self.hide()
        self.dismissed.emit()

    def _draw(self) -> None:
        size = self._theme.pixels("heading")
        name, colour = self._look
        self._icon.setPixmap(self._theme.icon(name, colour, size=20).pixmap(size, size))
        height = self._theme.pixels("body") + SPACE["s"] + 2 * SPACE["xs"]
        self._icon.setFixedSize(size, height)
