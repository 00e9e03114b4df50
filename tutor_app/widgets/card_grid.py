"""Cards in as many columns of one width as there is room for, made a few at a time so that nothing stands still."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Generic, TypeVar

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QSizePolicy, QWidget

from tutor_app.theme.tokens import SPACE

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Sequence

    from PySide6.QtGui import QResizeEvent

    from tutor_app.theme.theme import Theme

_NARROWEST = 290
_MOST_COLUMNS = 4
_AT_A_TIME = 2
_PAUSE_MS = 12  # so that the page takes the height of the cards that came, before there are more
_Thing = TypeVar("_Thing", bound="Hashable")


class CardGrid(QWidget, Generic[_Thing]):
    """Shows a card for each thing that it was given last.

    Args:
        theme: the larger its text, the fewer columns.
        make: makes the card of a thing.
        most_columns: how many there are where there is room.
    """

    def __init__(
        self, theme: Theme, make: Callable[[_Thing], QWidget], *, most_columns: int = _MOST_COLUMNS
    ) -> None:
        super().__init__()
        self._theme = theme
        self._make = make
        self._most_columns = most_columns
        self._wanted: tuple[_Thing, ...] = ()
        self._cards: dict[_Thing, QWidget] = {}
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(SPACE["m"])
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._timer = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._timer.timeout.connect(self._fill)

    def show_things(self, things: Sequence[_Thing]) -> None:
        """Show cards of ``things``. One whose thing was there before stays, for it may have the keyboard."""
        if tuple(things) == self._wanted:
            return
        self._wanted = tuple(things)
        for gone in [thing for thing in self._cards if thing not in self._wanted]:
            card = self._cards.pop(gone)
            self._grid.removeWidget(card)
            card.hide()
            card.deleteLater()
        self._fill()

    def cards(self) -> list[QWidget]:
        """The cards that are made already, in their order."""
        return [self._cards[thing] for thing in self._wanted if thing in self._cards]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take as many columns as there is room for."""
        super().resizeEvent(event)
        if self._fitting_columns() != self._columns:
            self._arrange()

    @Slot()
    def _fill(self) -> None:
        """Make some of the cards that are missing; the others when what else is to be done was done."""
        missing = [thing for thing in self._wanted if thing not in self._cards]
        self._cards.update((thing, self._make(thing)) for thing in missing[:_AT_A_TIME])
        self._arrange()
        if len(missing) > _AT_A_TIME:
            self._timer.start()

    def _fitting_columns(self) -> int:
        narrowest = _NARROWEST * max(1.0, self._theme.scale)
        room = self.width() + SPACE["m"]
        return max(1, min(self._most_columns, int(room // (narrowest + SPACE["m"]))))

    def _arrange(self) -> None:
        for at in range(self._grid.columnCount()):
            self._grid.setColumnStretch(at, 0)
        columns = self._columns = self._fitting_columns()
        cards = self.cards()
        for number, card in enumerate(cards):
            there = self._grid.itemAtPosition(number // columns, number % columns)
            if there is None or there.widget() is not card:
                self._grid.addWidget(card, number // columns, number % columns)
        for at in range(columns):
            self._grid.setColumnStretch(at, 1)
        # Tab goes through them as they stand, and not as they came.
        for before, after in pairwise(stop for card in cards for stop in _stops(card)):
            QWidget.setTabOrder(before, after)


def _stops(card: QWidget) -> list[QAbstractButton]:
    return [card] if isinstance(card, QAbstractButton) else card.findChildren(QAbstractButton)
