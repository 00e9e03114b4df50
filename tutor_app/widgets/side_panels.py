"""A page with panels on either side: beside it where there is room, in its place where there is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from tutor_app.widgets.basics import restyle

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from tutor_app.theme.theme import Theme

_BESIDE_FROM = 860  # narrower than this, a panel takes the place of the page
_MOST_OF_THE_WIDTH = 0.45


class SidePanels(QWidget):
    """Lays out a page and at most one panel on each side of it; a hidden panel takes no room."""

    def __init__(self, theme: Theme, middle: QWidget) -> None:
        super().__init__()
        self._theme = theme
        self._middle = middle
        self._panels: dict[QWidget, int] = {}
        self._leading: dict[QWidget, bool] = {}
        self._across = QHBoxLayout(self)
        self._across.setContentsMargins(0, 0, 0, 0)
        self._across.setSpacing(0)
        self._across.addWidget(middle, 1)
        theme.changed.connect(self.fit)

    def add_panel(self, panel: QWidget, width: int, *, leading: bool) -> None:
        """Put a panel, ``width`` pixels wide at normal text size, before or behind the page."""
        self._panels[panel] = width
        self._leading[panel] = leading
        self._across.insertWidget(0 if leading else self._across.count(), panel)
        self.fit()

    @property
    def _scale(self) -> float:
        return max(1.0, self._theme.scale)

    def has_room_for_two(self) -> bool:
        """Whether the page and all its panels can stand beside each other."""
        both = sum(self._panels.values()) - min(self._panels.values(), default=0)
        return self.width() >= (_BESIDE_FROM + both) * self._scale

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Use the room there is."""
        super().resizeEvent(event)
        self.fit()

    def changeEvent(self, event: QEvent) -> None:
        """The panels change sides with the direction of the window."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self.fit()

    @Slot()
    def fit(self) -> None:
        """Lay out what is shown now."""
        beside = self.width() >= _BESIDE_FROM * self._scale
        right = self.isRightToLeft()
        shown = [panel for panel in self._panels if not panel.isHidden()]
        for panel in shown:
            width = round(min(self._panels[panel] * self._scale, self.width() * _MOST_OF_THE_WIDTH))
            panel.setMinimumWidth(width if beside else 0)
            panel.setMaximumWidth(width if beside else max(1, self.width()))
            # Towards the page; in its place, the panel has what is beside the page beside it, with a line of its own.
            towards = "right" if self._leading[panel] is not right else "left"
            restyle(panel, "line", towards if beside else "none")
        self._middle.setVisible(beside or not shown)
