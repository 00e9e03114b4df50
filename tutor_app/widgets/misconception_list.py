"""Misconceptions that were seen repeatedly, each with the place that explains it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tutor_app.i18n import tr
from tutor_app.theme.tokens import SPACE
from tutor_app.widgets.basics import button, clear, column, label, row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tutor_app.services.learning_facts import SeenMisconception


class MisconceptionList(QWidget):
    """Says neutrally what was seen, and how often.

    Signals:
        opened: ids of a pack and of a passage to read.
    """

    opened = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(SPACE["m"])

    def set_found(self, found: Sequence[SeenMisconception]) -> None:
        """Show ``found``."""
        clear(self._column)
        if not found:
            self._column.addWidget(label(tr("No idea got in the way more than once."), "mute", wrap=True))
        for one in found:
            self._column.addWidget(self._entry(one))

    def _entry(self, one: SeenMisconception) -> QWidget:
        what = label(one.description, wrap=True)
        where = label(one.skill_name, "caption", wrap=True)
        for content in (what, where):
            content.setProperty("content", True)
        often = label(
            tr("In {n} of the last {of} answers that were not right yet", n=one.count, of=one.of),
            "caption",
            wrap=True,
        )
        made = QWidget()
        lines = column(what, where, often, space="xs")
        if one.passage:
            read = button(tr("Read about it"), "link")
            read.setAccessibleName(f"{read.text()}: {one.skill_name}")
            read.clicked.connect(partial(self.opened.emit, one.pack, one.passage))
            lines.addLayout(row(read, None))
        made.setLayout(lines)
        return made
