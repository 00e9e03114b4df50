"""Finding what belongs together: each line has a place, filled from the cards beside it.

A card that is pressed goes to the place that is next, or is dragged to any.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

from tutor_app.i18n import tr, trn
from tutor_app.richtext.plain import to_spoken
from tutor_app.theme.tokens import SPACE
from tutor_app.widgets.answer_input import AnswerInput
from tutor_app.widgets.basics import announce, column, label
from tutor_app.widgets.card_pool import CardPool
from tutor_app.widgets.match_card import MatchCard
from tutor_app.widgets.match_place import MatchPlace

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from tutor_app.services.practising import Response, ShownOption
    from tutor_app.theme.theme import Theme

_BESIDE_FROM, _FLAT_FROM = 520, 380  # pixels at normal text size


class AnswerMatch(AnswerInput):
    """Places on one side, cards on the other. A card may belong to several places."""

    def __init__(self, theme: Theme, left: tuple[ShownOption, ...], right: tuple[ShownOption, ...]) -> None:
        super().__init__()
        self._theme = theme
        self._cards = {option.id: option for option in right}
        self._held: dict[str, str] = {}
        self.places = {option.id: MatchPlace(theme, option, at) for at, option in enumerate(left, 1)}
        self.cards = {option.id: MatchCard(theme, option) for option in right}
        self._lines = {option.id: to_spoken(option.text) for option in left}
        self._next = left[0].id
        hint = tr("Press a card to put it into the marked place, or drag it there.")
        self._pool = CardPool(tuple(self.cards.values()))
        places = QWidget()
        places.setLayout(column(*self.places.values(), None, space="s"))
        places.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._both = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._both.setSpacing(SPACE["m"])
        self._both.addWidget(places, 1)
        self._both.addWidget(self._pool, 1)
        self.setLayout(column(label(hint, "caption", wrap=True), self._both, space="s"))
        for key, place in self.places.items():
            place.clicked.connect(partial(self._go_to, key))
            place.reached.connect(partial(self._go_to, key))
            place.turned.connect(partial(self._turn, key))
            place.emptied.connect(partial(self._put, key, ""))
            place.given.connect(partial(self._put, key))
        for key, card in self.cards.items():
            card.clicked.connect(partial(self._put_next, key))
        self._go_to(self._next)
        theme.changed.connect(self._arrange)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange both sides."""
        super().resizeEvent(event)
        self._arrange()

    def missing(self) -> str:
        """How many places are empty."""
        empty = len(self.places) - len(self._held)
        return trn("One place is still empty.", "{n} places are still empty.", empty) if empty else ""

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
        self.changed.emit()

    def focus_start(self) -> None:
        """The next place."""
        self.places[self._next].setFocus(Qt.FocusReason.OtherFocusReason)

    def show_right(self, parts: tuple[str, ...]) -> None:
        """Mark the places whose card belongs there."""
        for key, place in self.places.items():
            place.set_right(key in parts)

    @Slot()
    def _arrange(self) -> None:
        """Have both sides beside each other, or one below the other where there is little room for larger text."""
        room = self.width() / max(1.0, self._theme.scale)
        beside = room >= _BESIDE_FROM
        # Where they are one below the other, the cards come first: what can be chosen is in sight with the first place.
        direction = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.BottomToTop
        if direction != self._both.direction():
            self._both.setDirection(direction)
        for place in self.places.values():
            place.set_flat(_FLAT_FROM <= room < _BESIDE_FROM)
        self._pool.arrange(1 if beside else self._pool.most_columns(self.width()))

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
        for key, one in self.cards.items():
            used = [(n, it) for n, it in enumerate(self.places, 1) if self._held.get(it) == key]
            one.set_used(tuple(n for n, _ in used), tuple(self._lines[it] for _, it in used))

    def _first_empty(self) -> str:
        return next((key for key in self.places if key not in self._held), "")
