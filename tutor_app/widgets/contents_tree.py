"""The contents of a book as a tree: arrow keys go along it, Enter or a click opens a place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal, Slot
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeView

from tutor_app.i18n import tr
from tutor_app.item_models.contents_model import TARGET, ContentsModel

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from tutor_app.services.reading import Contents

_INDENT, _LINE = 18, 20
"""Pixels of a step where a line of text is so high."""


class ContentsTree(QTreeView):
    """Only the lines that can be seen are drawn, so a long document costs no more than a short one.

    Signals:
        chosen: id of the section or passage to go to.
    """

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._contents = ContentsModel(self)
        self.setModel(self._contents)
        self.setAccessibleName(tr("Contents"))
        self.setHeaderHidden(True)
        self.setUniformRowHeights(True)
        self.setMouseTracking(True)
        self.setExpandsOnDoubleClick(False)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.clicked.connect(self._choose)
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)

    def set_contents(self, contents: Contents | None) -> None:
        """Show the contents of a book, its first level open."""
        self._contents.set_contents(contents)
        self.setColumnHidden(1, not self._contents.has_pages)
        for row in range(self._contents.rowCount()):
            top = self._contents.index(row, 0)
            if self._contents.rowCount() <= 1 or self._contents.rowCount(top) <= 1:
                self.expand(top)

    def show_current(self, target: str) -> None:
        """Follow the reader to a section or passage."""
        index = self._contents.index_of(target)
        if index.isValid() and index != self.currentIndex():
            self.expand(index.parent())
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def changeEvent(self, event: QEvent) -> None:
        """Leave as much room for the arrows as the text asks."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.setIndentation(round(_INDENT * max(1.0, self.fontMetrics().height() / _LINE)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the line."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._choose(self.currentIndex())
        else:
            super().keyPressEvent(event)

    @Slot(QModelIndex)
    def _choose(self, index: QModelIndex) -> None:
        if self._contents.hasChildren(index.siblingAtColumn(0)):
            self.expand(index.siblingAtColumn(0))
        self.chosen.emit(str(index.data(TARGET)))
