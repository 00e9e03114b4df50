"""A card of a matching question: pressed or dragged into a place, and shown as used while it lies in one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QDrag
from PySide6.QtWidgets import QApplication

from tutor_app.i18n import tr
from tutor_app.richtext.plain import to_spoken
from tutor_app.theme.tokens import SPACE
from tutor_app.widgets.basics import label, restyle, row
from tutor_app.widgets.icon_mark import IconMark
from tutor_app.widgets.option_frame import option_text
from tutor_app.widgets.press_card import PressCard

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent

    from tutor_app.services.practising import ShownOption
    from tutor_app.theme.theme import Theme

CARD = "application/x-llm-tutor-card"
"""The format of the id of a card that is dragged."""


class MatchCard(PressCard):
    """Something that can be put into a place. Its signal ``clicked`` puts it into the next one."""

    def __init__(self, theme: Theme, option: ShownOption) -> None:
        self.id = option.id
        self._view = option_text(theme, option.text)
        self._used = label("", "badge")
        self._used.hide()
        line = row(IconMark(theme, "grip"), space="s")
        line.addWidget(self._view, 1, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(self._used)
        super().__init__(to_spoken(option.text), line)
        line.setContentsMargins(SPACE["s"], SPACE["xs"], SPACE["s"], SPACE["xs"])
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("used", False)
        self._from = QPoint()

    def set_used(self, numbers: tuple[int, ...], lines: tuple[str, ...]) -> None:
        """Show in which places it lies: their numbers, from 1, and what their lines say; nothing for none."""
        restyle(self, "used", bool(numbers))
        self._used.setText(", ".join(map(str, numbers)))
        self._used.setVisible(bool(numbers))
        self.setAccessibleDescription(tr("Put with {lines}", lines="; ".join(lines)) if lines else "")

    def width_in_one_line(self) -> int:
        """How wide it is with all its words beside each other, in pixels."""
        inside = self.body.minimumSize().width() - self._view.minimumSizeHint().width()
        return inside + self._view.width_in_one_line()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """It may be the beginning of a drag."""
        self._from = event.position().toPoint()
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag it."""
        far = (event.position().toPoint() - self._from).manhattanLength()
        if not event.buttons() & Qt.MouseButton.LeftButton or far < QApplication.startDragDistance():
            return
        drag = QDrag(self)
        data = QMimeData()
        data.setData(CARD, self.id.encode())
        drag.setMimeData(data)
        drag.setPixmap(self.grab())
        drag.setHotSpot(self._from)
        self.setDown(False)
        drag.exec(Qt.DropAction.MoveAction)
