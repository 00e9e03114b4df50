"""A plot with its title, a sentence that says what it shows, and the same numbers as a table on demand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTreeWidget, QTreeWidgetItem

from tutor_app.i18n import tr
from tutor_app.widgets.basics import button, column, label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tutor_app.widgets.plot import Plot

_ROWS_SEEN = 9


class PlotCard(QFrame):
    """The sentence is enough to know what matters; the plot is not needed for it.

    Args:
        title: what it is about.
        plot: drawn where there is something to draw.
        caption: how the plot is to be read.
    """

    def __init__(self, title: str, plot: Plot, caption: str = "") -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.plot = plot
        self._title = title
        self._sentence = label("", wrap=True)
        self._caption = label(caption, "caption", wrap=True)
        self._has_caption = bool(caption)
        self.toggle = button("", "link")
        self.toggle.setCheckable(True)
        self.toggle.toggled.connect(self.show_table)
        self.table = _table(title)
        self.table.hide()
        whole = column(
            label(title, "heading", wrap=True), self._sentence, plot, self._caption, space="s", margin="l"
        )
        whole.addWidget(self.toggle, 0, Qt.AlignmentFlag.AlignLeading)
        whole.addWidget(self.table)
        self.setLayout(whole)
        self.show_table(False)

    def tell(self, sentence: str, *, drawn: bool) -> None:
        """Say ``sentence``; ``drawn``: there is something to draw."""
        self._sentence.setText(sentence)
        self.plot.say(sentence)
        for part in (self.plot, self.toggle):
            part.setVisible(drawn)
        self._caption.setVisible(drawn and self._has_caption)
        self.table.setVisible(drawn and self.toggle.isChecked())

    def sentence(self) -> str:
        """What it says."""
        return self._sentence.text()

    def set_rows(self, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """The numbers, for the table."""
        self.table.clear()
        self.table.setColumnCount(len(head))
        self.table.setHeaderLabels(list(head))
        self.table.addTopLevelItems([QTreeWidgetItem(list(row)) for row in rows])
        self.table.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.table.header().setStretchLastSection(True)
        self._fit_table()

    @Slot(bool)
    def show_table(self, shown: bool) -> None:
        """Show the numbers, or hide them."""
        was = self.toggle.blockSignals(True)
        self.toggle.setChecked(shown)
        self.toggle.blockSignals(was)
        self.toggle.setText(tr("Hide the table") if shown else tr("Show as a table"))
        self.toggle.setAccessibleName(f"{self.toggle.text()}: {self._title}")
        self.table.setVisible(shown and not self.toggle.isHidden())
        self._fit_table()

    def _fit_table(self) -> None:
        """As high as its rows, up to some."""
        rows = min(_ROWS_SEEN, self.table.topLevelItemCount())
        line = self.table.sizeHintForRow(0) if rows else 0
        self.table.setFixedHeight(self.table.header().sizeHint().height() + rows * line + 4)


def _table(title: str) -> QTreeWidget:
    made = QTreeWidget()
    made.setAccessibleName(title)
    made.setRootIsDecorated(False)
    made.setUniformRowHeights(True)
    made.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    made.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    made.setFrameShape(QFrame.Shape.NoFrame)
    made.setAllColumnsShowFocus(True)
    return made
