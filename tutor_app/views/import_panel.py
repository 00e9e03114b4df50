"""The files on their way into the library, above what is there: a row a file, or a summary where they are many."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QProgressBar, QVBoxLayout

from tutor_app.i18n import tr, trn
from tutor_app.item_models.imports import UNFINISHED, ImportItem, ImportState
from tutor_app.theme.tokens import SPACE
from tutor_app.widgets.amounts import number_text
from tutor_app.widgets.basics import announce, button, column, label, row
from tutor_app.widgets.import_row import ImportRow

if TYPE_CHECKING:
    from tutor_app.controllers.import_controller import ImportController
    from tutor_app.theme.theme import Theme

_FEW = 5
_SHOWN_FAILURES = 3
_MOST_ROWS = 100
_STEPS = 1000
_FIRST = (ImportState.ASKING, ImportState.RUNNING, ImportState.FAILED, ImportState.STOPPED)


class ImportPanel(QFrame):
    """Hidden while there is nothing.

    Signals:
        asked, read: go to what was added; its id.
    """

    asked = Signal(str)
    read = Signal(str)

    def __init__(self, theme: Theme, imports: ImportController) -> None:
        super().__init__()
        self._theme = theme
        self._imports = imports
        self._rows: dict[int, ImportRow] = {}
        self._all = False
        self._was_busy = False
        self.setProperty("role", "card")
        self._title = label("", "heading", wrap=True)
        self._stop = button(tr("Stop all"))
        self._stop.clicked.connect(imports.stop_all)
        self._again = button(tr("Try all again"))
        self._again.clicked.connect(imports.retry_all)
        self._clear = button(tr("Clear the list"), "flat")
        self._clear.clicked.connect(imports.dismiss_done)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setRange(0, _STEPS)
        self._list = QVBoxLayout()
        self._list.setSpacing(SPACE["xs"])
        self._more = button("", "link")
        self._more.clicked.connect(self._toggle)
        head = row(self._title, self._stop, self._again, self._clear)
        head.setStretch(0, 1)
        self.setLayout(column(head, self._bar, self._list, self._more, space="s", margin="l"))
        imports.changed.connect(self.refresh)
        imports.moved.connect(self._move)
        self.refresh()

    def rows(self) -> list[ImportRow]:
        """The rows that are shown, in order."""
        return [self._rows[item.number] for item in self._wanted()[0]]

    @Slot()
    def refresh(self) -> None:
        """Draw the queue as it is now."""
        queue = self._imports.queue
        self.setVisible(bool(queue.items) or self._imports.looking)
        many = len(queue.items) > 1
        self._title.setText(self._sentence())
        self._bar.setVisible(many and queue.busy)
        self._bar.setAccessibleName(self._title.text())
        self._bar.setValue(round(queue.share() * _STEPS))
        failed = queue.count(ImportState.FAILED, ImportState.STOPPED)
        self._stop.setVisible(many and queue.busy)
        self._again.setVisible(failed > 1 and not queue.busy)
        self._clear.setVisible(bool(queue.items) and not queue.busy)
        self._show_rows()
        if self._was_busy and not queue.busy:
            announce(self, self._title.text())
        self._was_busy = queue.busy

    @Slot(object)
    def _move(self, item: ImportItem) -> None:
        if shown := self._rows.get(item.number):
            shown.show_item()
        self._bar.setValue(round(self._imports.queue.share() * _STEPS))

    def _show_rows(self) -> None:
        wanted, left = self._wanted()
        keep = {item.number for item in wanted}
        for number in [number for number in self._rows if number not in keep]:
            gone = self._rows.pop(number)
            self._list.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        for at, item in enumerate(wanted):
            shown = self._rows.get(item.number) or self._make(item)
            shown.show_item()
            place = self._list.itemAt(at)
            if place is None or place.widget() is not shown:
                self._list.insertWidget(at, shown)
        self._more.setVisible(self._all or bool(left))
        self._more.setText(
            tr("Show fewer") if self._all else trn("Show {n} more", "Show {n} more", left) if left else ""
        )

    def _make(self, item: ImportItem) -> ImportRow:
        made = ImportRow(self._theme, item)
        made.stopped.connect(self._imports.stop)
        made.retried.connect(self._imports.retry)
        made.trusted.connect(self._imports.trust)
        made.dismissed.connect(self._imports.dismiss)
        made.asked.connect(self.asked)
        made.read.connect(self.read)
        self._rows[item.number] = made
        return made

    def _wanted(self) -> tuple[list[ImportItem], int]:
        """The items to show, and how many could be shown besides."""
        items = self._imports.queue.items
        if len(items) <= _FEW:
            return list(items), 0
        if self._all:
            return items[:_MOST_ROWS], 0
        asking, running, failed, stopped = (
            [item for item in items if item.state is state] for state in _FIRST
        )
        troubled = [*failed, *stopped]
        shown = [*asking[:_FEW], *running, *troubled[:_SHOWN_FAILURES]]
        return shown, min(_MOST_ROWS, len(items)) - len(shown) if len(items) > len(shown) else 0

    def _sentence(self) -> str:
        queue = self._imports.queue
        if not queue.items:
            return tr("Looking through what you chose …")
        total, failed = len(queue.items), queue.count(ImportState.FAILED)
        left = queue.count(*UNFINISHED)
        if left and total == 1:
            return tr("Adding a file")
        if left:
            return tr(
                "Adding files: {done} of {total}", done=number_text(total - left), total=number_text(total)
            )
        added, asking = queue.count(ImportState.DONE), queue.count(ImportState.ASKING)
        if asking:
            return trn("One pack waits for your answer", "{n} packs wait for your answer", asking)
        if failed and added:
            return tr("{added} added, {failed} could not be", added=added, failed=failed)
        if failed:
            return trn("One file could not be added", "{n} files could not be added", failed)
        if added:
            return trn("One file was added", "{n} files were added", added)
        return tr("Stopped")

    @Slot()
    def _toggle(self) -> None:
        self._all = not self._all
        self.refresh()
