"""The cards of a matching question, in columns of one width."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from tutor_app.theme.tokens import SPACE

if TYPE_CHECKING:
    from tutor_app.widgets.match_card import MatchCard

_MOST_COLUMNS = 4


class CardPool(QWidget):
    """Shows ``cards`` row by row."""

    def __init__(self, cards: tuple[MatchCard, ...]) -> None:
        super().__init__()
        self._cards = cards
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(SPACE["s"])
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.arrange(1)

    def most_columns(self, width: int) -> int:
        """In how many columns every card has room for its words in one line, at least 1."""
        widest = max(card.width_in_one_line() for card in self._cards)
        return max(1, min(_MOST_COLUMNS, (width + SPACE["s"]) // (widest + SPACE["s"])))

    def arrange(self, columns: int) -> None:
        """Stand in so many columns."""
        if columns == self._columns:
            return
        for at in range(self._grid.columnCount()):
            self._grid.setColumnStretch(at, int(at < columns))
        for at in range(self._grid.rowCount()):
            self._grid.setRowStretch(at, 0)
        self._columns = columns
        for number, card in enumerate(self._cards):
            self._grid.addWidget(card, number // columns, number % columns)
        for at in range(columns):
            self._grid.setColumnStretch(at, 1)
        self._grid.setRowStretch(len(self._cards), 1)  # what is left over is below them
