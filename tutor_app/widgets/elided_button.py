"""A button with words of a pack or a person, which may be long: cut where the room ends, whole in its tool tip."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStyle, QStyleOptionButton, QStylePainter

from tutor_app.i18n import isolated

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent

_SHORTEST = 6


class ElidedButton(QPushButton):
    """As wide as its words where there is room. A screen reader always has them all.

    Args:
        text: what it says, in the direction of its own words.
        role: a role of buttons, as for ``basics.button``.
        tip: its tool tip; "" for its words where they are cut.
    """

    def __init__(self, text: str, role: str, *, tip: str = "") -> None:
        super().__init__(text.replace("&", "&&"))
        self._tip = tip
        self.setProperty("role", role)
        self.setProperty("content", True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAutoDefault(True)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setToolTip(tip)

    def minimumSizeHint(self) -> QSize:
        """A few letters."""
        few = self.fontMetrics().averageCharWidth() * _SHORTEST
        whole = self.sizeHint()
        cut = max(0, self.fontMetrics().horizontalAdvance(self.text()) - few)
        return QSize(whole.width() - cut, whole.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """See whether the tool tip is needed."""
        super().resizeEvent(event)
        option = self._option()
        cut = option.text != isolated(self.text())
        self.setToolTip(self._tip or (self.text().replace("&&", "&") if cut else ""))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw what there is room for."""
        painter = QStylePainter(self)
        painter.drawControl(QStyle.ControlElement.CE_PushButton, self._option())
        painter.end()

    def _option(self) -> QStyleOptionButton:
        option = QStyleOptionButton()
        self.initStyleOption(option)
        inner = self.style().subElementRect(QStyle.SubElement.SE_PushButtonContents, option, self)
        flags = Qt.TextFlag.TextShowMnemonic.value
        shown = self.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, inner.width() + 1, flags
        )
        option.text = isolated(shown)
        return option
