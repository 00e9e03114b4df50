"""Chooses one of the packs that can be practised, or all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QStyle, QStyleOptionComboBox, QStylePainter

from tutor_app.i18n import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent

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
        self.updateGeometry()
        self.blockSignals(was)

    def sizeHint(self) -> QSize:
        """As wide as the title that is shown, within reason; where there is less room it is cut."""
        hint, letters = super().sizeHint(), self.fontMetrics().horizontalAdvance("X" * _LETTERS)
        more = self.fontMetrics().horizontalAdvance(self.currentText()) - letters
        return QSize(hint.width() + min(max(0, more), letters), hint.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """As usual, but a title that does not fit ends with dots."""
        painter, option = QStylePainter(self), QStyleOptionComboBox()
        self.initStyleOption(option)
        box = QStyle.ComplexControl.CC_ComboBox
        room = self.style().subControlRect(box, option, QStyle.SubControl.SC_ComboBoxEditField, self).width()
        text = self.fontMetrics().elidedText(option.currentText, Qt.TextElideMode.ElideRight, room)
        option.currentText = text
        painter.drawComplexControl(box, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)

    @Slot(int)
    def _choose(self, at: int) -> None:
        self.setToolTip(self.currentText())
        self.chosen.emit(str(self.itemData(at)))
