"""Cards in as many columns of one width as there is room for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from tutor_app.theme.tokens import SPACE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent

    from tutor_app.theme.theme import Theme

_NARROWEST = 290
_MOST_COLUMNS = 4


class CardGrid(QWidget):
    """Shows the cards that it was given last."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._cards: list[QWidget] = []
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(SPACE["m"])
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def set_cards(self, cards: Sequence[QWidget]) -> None:
        """Show ``cards`` instead of those before, which are deleted unless they are among them."""
        for old in self._cards:
            self._grid.removeWidget(old)
            if old not in cards:
                old.hide()
                old.deleteLater()
        self._cards = list(cards)
        self._columns = 0
        self._arrange()

    def cards(self) -> list[QWidget]:
        """The cards, in their order."""
        return list(self._cards)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take as many columns as there is room for."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        narrowest = _NARROWEST * max(1.0, self._theme.scale)
        room = self.width() + SPACE["m"]
        columns = max(1, min(_MOST_COLUMNS, int(room // (narrowest + SPACE["m"]))))
        if columns == self._columns:
            return
        for at in range(self._grid.columnCount()):
            self._grid.setColumnStretch(at, 0)
        self._columns = columns
        for number, card in enumerate(self._cards):
            self._grid.addWidget(card, number // columns, number % columns)
        for at in range(columns):
            self._grid.setColumnStretch(at, 1)
