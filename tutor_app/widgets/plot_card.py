"""A plot with its title, a sentence that says what it shows, and the same numbers as a table on demand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame

from tutor_app.i18n import tr
from tutor_app.widgets.basics import button, column, label
from tutor_app.widgets.number_table import NumberTable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tutor_app.widgets.plot import Plot


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
        self.table = NumberTable(title)
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
        self.table.set_rows(head, rows)

    @Slot(bool)
    def show_table(self, shown: bool) -> None:
        """Show the numbers, or hide them."""
        was = self.toggle.blockSignals(True)
        self.toggle.setChecked(shown)
        self.toggle.blockSignals(was)
        self.toggle.setText(tr("Hide the table") if shown else tr("Show as a table"))
        self.toggle.setAccessibleName(f"{self.toggle.text()}: {self._title}")
        self.table.setVisible(shown and not self.toggle.isHidden())
