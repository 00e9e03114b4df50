"""Numbers in columns, as tall as its rows: the page that it stands in is what scrolls."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, Qt, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QScrollArea,
    QSizePolicy,
    QTreeWidget,
    QTreeWidgetItem,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent
    from PySide6.QtWidgets import QWidget

_NUMBERS = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
"""Units stand below units, whichever way the window is read."""
_WORDS = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter


class NumberTable(QTreeWidget):
    """A line a row; the keyboard goes along them, and the page follows it. ``title`` is for a screen reader."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setAccessibleName(title)
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAllColumnsShowFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        header = self.header()
        header.setStretchLastSection(False)
        header.setMinimumSectionSize(1)
        header.sectionResized.connect(self._fit)
        self.currentItemChanged.connect(self._follow)

    def set_rows(self, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Show ``rows`` below ``head``; columns of numbers end at one edge, others begin at one."""
        self.clear()
        self.setColumnCount(len(head))
        self.setHeaderLabels(list(head))
        items = [QTreeWidgetItem(list(row)) for row in rows]
        for column, cells in enumerate(zip(*rows, strict=True)):
            words = any(letter.isalpha() for cell in cells for letter in cell)
            for item in (self.headerItem(), *items):
                item.setTextAlignment(column, _WORDS if words else _NUMBERS)
        self.addTopLevelItems(items)
        self.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave room for a scroll bar where the columns are wider than the page."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Be as tall as larger text asks."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    @Slot()
    def _fit(self) -> None:
        header, rows = self.header(), self.topLevelItemCount()
        height = header.sizeHint().height() + rows * (self.sizeHintForRow(0) if rows else 0)
        bar = self.horizontalScrollBar().sizeHint().height() if header.length() > self.width() else 0
        self.setMaximumWidth(max(1, header.length()))
        self.setFixedHeight(height + bar)

    @Slot(QTreeWidgetItem)
    def _follow(self, item: QTreeWidgetItem | None) -> None:
        """Have the page show the row that the keyboard is at."""
        page: QWidget | None = self.parentWidget()
        while page is not None and not isinstance(page, QScrollArea):
            page = page.parentWidget()
        inner = page.widget() if page is not None else None
        if item is None or page is None or inner is None or not self.hasFocus():
            return
        row = self.visualItemRect(item)
        middle = self.viewport().mapTo(inner, QPoint(0, row.center().y())).y()
        page.ensureVisible(0, middle, 0, row.height())
