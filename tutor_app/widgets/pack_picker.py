"""Chooses one of the packs that can be practised, or all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox

from tutor_app.i18n import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tutor_app.services.learning_facts import PackChoice

_LETTERS = 18


class PackPicker(QComboBox):
    """A list that opens.

    Args:
        with_all: whether all packs together can be chosen, as the id "".

    Signals:
        chosen: the id that a person chose.
    """

    chosen = Signal(str)

    def __init__(self, *, with_all: bool = False) -> None:
        super().__init__()
        self._with_all = with_all
        self.setAccessibleName(tr("Pack"))
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(_LETTERS)
        self.setProperty("content", True)
        self.activated.connect(self._choose)

    def set_packs(self, packs: Sequence[PackChoice], shown: str) -> None:
        """Offer ``packs``, ``shown`` chosen."""
        was = self.blockSignals(True)
        self.clear()
        if self._with_all:
            self.addItem(tr("All packs"), "")
        for pack in packs:
            self.addItem(pack.title, pack.id)
        self.setCurrentIndex(max(0, self.findData(shown)))
        self.setToolTip(self.currentText())
        self.blockSignals(was)

    @Slot(int)
    def _choose(self, at: int) -> None:
        self.setToolTip(self.currentText())
        self.chosen.emit(str(self.itemData(at)))
