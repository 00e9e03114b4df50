"""Finding what belongs together: each line has a place, filled from the cards beside it.

A card that is pressed goes to the place that is next, or is dragged to any. On a place, the arrow keys turn through
the cards, and Backspace empties it.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QPoint, Qt, Signal
from PySide6.QtGui import QDrag
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from tutor_app.i18n import tr
from tutor_app.richtext.document import Block, BlockKind, RichText, Text
from tutor_app.richtext.plain import to_spoken
from tutor_app.theme.tokens import SPACE
from tutor_app.widgets.answer_input import AnswerInput
from tutor_app.widgets.basics import announce, column, label, restyle, row
from tutor_app.widgets.icon_mark import IconMark
from tutor_app.widgets.option_frame import option_text
from tutor_app.widgets.press_card import PressCard
from tutor_app.widgets.wrapping_row import WrappingRow

if TYPE_CHECKING:
    from PySide6.QtGui import QDragEnterEvent, QDropEvent, QFocusEvent, QKeyEvent, QMouseEvent

    from tutor_app.services.practising import Response, ShownOption
    from tutor_app.theme.theme import Theme

_CARD = "application/x-llm-tutor-card"


class MatchCard(PressCard):
    """Something that can be put into a place. Its signal ``clicked`` puts it into the next one."""

    def __init__(self, theme: Theme, option: ShownOption) -> None:
        self.id = option.id
        line = row(IconMark(theme, "grip"), space="s")
        line.addWidget(option_text(theme, option.text), 1, Qt.AlignmentFlag.AlignVCenter)
        super().__init__(to_spoken(option.text), line)
        line.setContentsMargins(SPACE["s"], SPACE["xs"], SPACE["s"], SPACE["xs"])
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._from = QPoint()

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
        data.setData(_CARD, self.id.encode())
        drag.setMimeData(data)
        drag.setPixmap(self.grab())
        drag.setHotSpot(self._from)
        self.setDown(False)
        drag.exec(Qt.DropAction.MoveAction)


class MatchPlace(PressCard):
    """A line, and the place for what belongs to it.

    Signals:
        turned: to the card after (1) or before (-1) the one that is in it.
        emptied: take out what is in it.
        given: id of a card that was dropped on it.
        left: the keyboard is to go on by so many places.
        reached: the keyboard is in it.
    """

    turned = Signal(int)
    emptied = Signal()
    given = Signal(str)
    reached = Signal()

    def __init__(self, theme: Theme, option: ShownOption) -> None:
        self._theme = theme
        self.id = option.id
        self._spoken = to_spoken(option.text)
        self._empty = RichText((Block(BlockKind.PARAGRAPH, (Text("…"),)),), "…")
        self._held = option_text(theme, self._empty)
        self._mark = IconMark(theme, "check", "good")
        self._mark.hide()
        below = row(IconMark(theme, "forward"), space="s")
        below.addWidget(self._held, 1)
        below.addWidget(self._mark)
        super().__init__("", column(option_text(theme, option.text), below, space="xs"))
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
        if event.mimeData().hasFormat(_CARD):
            event.acceptProposedAction()
            self.set_next(True)

    def dropEvent(self, event: QDropEvent) -> None:
        """Take the card."""
        event.acceptProposedAction()
        self.given.emit(bytes(event.mimeData().data(_CARD).data()).decode())


class AnswerMatch(AnswerInput):
    """Places on one side, cards on the other. A card may belong to several places."""

    def __init__(self, theme: Theme, left: tuple[ShownOption, ...], right: tuple[ShownOption, ...]) -> None:
        super().__init__()
        self._cards = {option.id: option for option in right}
        self._held: dict[str, str] = {}
        self.places = {option.id: MatchPlace(theme, option) for option in left}
        self.cards = {option.id: MatchCard(theme, option) for option in right}
        self._next = left[0].id
        places, cards = QWidget(), QWidget()
        places.setLayout(column(*self.places.values(), space="s"))
        pool = column(
            label(
                tr("Press a card to put it into the marked place, or drag it there."), "caption", wrap=True
            ),
            *self.cards.values(),
            space="s",
        )
        pool.addStretch(1)
        cards.setLayout(pool)
        for side in (places, cards):
            side.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.setLayout(column(WrappingRow(theme, (places, cards))))
        for key, place in self.places.items():
            place.clicked.connect(partial(self._go_to, key))
            place.reached.connect(partial(self._go_to, key))
            place.turned.connect(partial(self._turn, key))
            place.emptied.connect(partial(self._put, key, ""))
            place.given.connect(partial(self._put, key))
        for key, card in self.cards.items():
            card.clicked.connect(partial(self._put_next, key))
        self._go_to(self._next)

    def response(self) -> Response | None:
        """The card by place; None while a place is empty."""
        return dict(self._held) if len(self._held) == len(self.places) else None

    def draft(self) -> Response | None:
        """The card by place, as far as it goes."""
        return dict(self._held) or None

    def set_response(self, response: Response) -> None:
        """Fill the places."""
        if isinstance(response, (str, tuple)):
            return
        for place, card in response.items():
            if place in self.places and card in self._cards:
                self._hold(place, card)
        self._go_to(self._first_empty() or self._next)

    def focus_start(self) -> None:
        """The next place."""
        self.places[self._next].setFocus(Qt.FocusReason.OtherFocusReason)

    def show_right(self, parts: tuple[str, ...]) -> None:
        """Mark the places whose card belongs there."""
        for key, place in self.places.items():
            place.set_right(key in parts)

    def _go_to(self, place: str) -> None:
        self._next = place
        for key, one in self.places.items():
            one.set_next(key == place)

    def _put_next(self, card: str) -> None:
        self._put(self._next, card)

    def _put(self, place: str, card: str) -> None:
        self._hold(place, card)
        announce(self, self.places[place].accessibleName())
        self._go_to(self._first_empty() or place)
        self.changed.emit()

    def _turn(self, place: str, step: int) -> None:
        keys = list(self._cards)
        now = self._held.get(place)
        at = keys.index(now) + step if now in keys else (0 if step > 0 else -1)
        self._hold(place, keys[at % len(keys)])
        announce(self, self.places[place].accessibleName())
        self.changed.emit()

    def _hold(self, place: str, card: str) -> None:
        if card in self._cards:
            self._held[place] = card
        else:
            self._held.pop(place, None)
        self.places[place].hold(self._cards.get(card))

    def _first_empty(self) -> str:
        return next((key for key in self.places if key not in self._held), "")
