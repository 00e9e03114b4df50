"""A card that is a button as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QChildEvent, QSize, Qt
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from tutor_app.theme.tokens import SPACE

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLayout


class PressCard(QPushButton):
    """Pressed anywhere, or by Space or Enter; its signal is ``clicked``.

    Its parts only show; what can be pressed by itself (a menu button) belongs beside the card, not in it.

    Args:
        name: what a screen reader calls it.
        body: the layout of its parts.
    """

    def __init__(self, name: str, body: QLayout | None = None) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.setAccessibleName(name)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAutoDefault(True)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.body = body or QVBoxLayout()
        self.body.setContentsMargins(SPACE["l"], SPACE["l"], SPACE["l"], SPACE["l"])
        self.setLayout(self.body)

    def childEvent(self, event: QChildEvent) -> None:
        """Let the pointer through the parts."""
        super().childEvent(event)
        part = event.child()
        if event.added() and isinstance(part, QWidget):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def sizeHint(self) -> QSize:
        """The parts decide."""
        return self.body.sizeHint()

    def minimumSizeHint(self) -> QSize:
        """The parts decide."""
        return self.body.minimumSize()
