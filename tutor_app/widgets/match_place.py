"""A line of a matching question with the place for its card.

On it, the arrow keys turn through the cards, and Backspace empties it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout

from tutor_app.i18n import tr
from tutor_app.richtext.document import Block, BlockKind, RichText, Text
from tutor_app.richtext.plain import to_spoken
from tutor_app.theme.tokens import SPACE
from tutor_app.widgets.basics import label, restyle, row
from tutor_app.widgets.icon_mark import IconMark
from tutor_app.widgets.match_card import CARD
from tutor_app.widgets.option_frame import option_text
from tutor_app.widgets.press_card import PressCard

if TYPE_CHECKING:
    from PySide6.QtGui import QDragEnterEvent, QDropEvent, QFocusEvent, QKeyEvent

    from tutor_app.services.practising import ShownOption
    from tutor_app.theme.theme import Theme


class MatchPlace(PressCard):
    """A line, and the place for what belongs to it. ``number``: which one it is, from 1.

    Signals:
        turned: to the card after (1) or before (-1) the one that is in it.
        emptied: take out what is in it.
        given: id of a card that was dropped on it.
        reached: the keyboard is in it.
    """

    turned = Signal(int)
    emptied = Signal()
    given = Signal(str)
    reached = Signal()

    def __init__(self, theme: Theme, option: ShownOption, number: int) -> None:
        self.id = option.id
        self._spoken = to_spoken(option.text)
        self._empty = RichText((Block(BlockKind.PARAGRAPH, (Text("…"),)),), "…")
        self._held = option_text(theme, self._empty)
        self._mark = IconMark(theme, "check", "good")
        self._mark.hide()
        line = row(label(f"{number}.", "mute"), option_text(theme, option.text), space="s")
        below = row(IconMark(theme, "forward"), space="s")
        below.addWidget(self._held, 1)
        below.addWidget(self._mark)
        self._parts = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._parts.setSpacing(SPACE["xs"])
        for part in (line, below):
            self._parts.addLayout(part, 1)
        super().__init__("", self._parts)
        self.body.setContentsMargins(SPACE["m"], SPACE["xs"], SPACE["m"], SPACE["xs"])
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAcceptDrops(True)
        self.setProperty("next", False)
        self.hold(None)

    def hold(self, card: ShownOption | None) -> None:
        """Show what is in it; None for nothing."""
        self._held.set_rich_text(card.text if card else self._empty)
        said = to_spoken(card.text) if card else tr("nothing yet")
        self.setAccessibleName(tr("{line}: {card}", line=self._spoken, card=said))
        self.setAccessibleDescription(tr("Arrow keys turn through the cards, Backspace empties it"))
        self._mark.hide()

    def set_flat(self, flat: bool) -> None:
        """Have what is in it beside its line, or below that."""
        direction = QBoxLayout.Direction.LeftToRight if flat else QBoxLayout.Direction.TopToBottom
        if direction != self._parts.direction():
            self._parts.setDirection(direction)

    def set_next(self, following: bool) -> None:
        """Show that the next card goes here."""
        restyle(self, "next", following)

    def set_right(self, right: bool) -> None:
        """Show that what is in it belongs there."""
        self._mark.setVisible(right)
        if right:
            self.setAccessibleName(tr("{name}, right", name=self.accessibleName()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn and empty; Enter is for the page."""
        key = Qt.Key(event.key())
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Left: -1}.get(key, 0)
        if step:
            self.turned.emit(step)
        elif key in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self.emptied.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Cards that are pressed go here."""
        super().focusInEvent(event)
        self.reached.emit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Cards only."""
        if event.mimeData().hasFormat(CARD):
            event.acceptProposedAction()
            self.set_next(True)

    def dropEvent(self, event: QDropEvent) -> None:
        """Take the card."""
        event.acceptProposedAction()
        self.given.emit(bytes(event.mimeData().data(CARD).data()).decode())
