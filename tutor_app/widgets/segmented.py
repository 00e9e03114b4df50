"""One of a few: chips of which exactly one is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QWidget

from tutor_app.widgets.flow_layout import FlowLayout

if TYPE_CHECKING:
    from collections.abc import Sequence


class Segmented(QWidget):
    """Chips in a row that wraps. Tab enters at the chosen one, arrow keys move the choice.

    They are radio buttons in the dress of chips, so that a screen reader says "2 of 4".

    Args:
        name: what is chosen, for a screen reader.
        options: pairs of a key and what it is called.
        chosen: the key that is chosen at first; the first one if it is none of them.

    Signals:
        changed: the key that a person chose.
    """

    changed = Signal(str)

    def __init__(self, name: str, options: Sequence[tuple[str, str]], chosen: str = "") -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        self._chips: dict[str, QRadioButton] = {}
        layout = FlowLayout()
        for key, text in options:
            chip = QRadioButton(text.replace("&", "&&"))
            chip.setProperty("role", "chip")
            chip.setProperty("key", key)
            chip.setCursor(Qt.CursorShape.PointingHandCursor)
            self._group.addButton(chip)
            self._chips[key] = chip
            layout.addWidget(chip)
        self.setLayout(layout)
        self.choose(chosen if chosen in self._chips else options[0][0])
        self._group.buttonToggled.connect(self._tell)

    def chosen(self) -> str:
        """The key that is chosen."""
        return next(key for key, chip in self._chips.items() if chip.isChecked())

    def choose(self, key: str) -> None:
        """Choose ``key``, silently."""
        was = self._group.blockSignals(True)
        self._chips[key].setChecked(True)
        self._group.blockSignals(was)

    def chip(self, key: str) -> QRadioButton:
        """The chip of ``key``, for a tool tip or to switch it off."""
        return self._chips[key]

    @Slot(object, bool)
    def _tell(self, chip: QRadioButton, checked: bool) -> None:
        if checked:
            self.changed.emit(str(chip.property("key")))
