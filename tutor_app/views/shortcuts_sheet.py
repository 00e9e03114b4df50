"""The sheet of shortcuts: what the keys do, in groups, found by typing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from tutor_app.i18n import tr
from tutor_app.shortcuts import shortcuts
from tutor_app.theme.tokens import SPACE
from tutor_app.widgets.basics import label
from tutor_app.widgets.scroll_column import ScrollColumn
from tutor_app.widgets.search_field import SearchField

if TYPE_CHECKING:
    from tutor_app.theme.theme import Theme

_SIZE = (560, 620)


class ShortcutsSheet(QDialog):
    """Escape closes it."""

    def __init__(self, parent: QWidget, theme: Theme) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Keyboard"))
        self.resize(*_SIZE)
        self._rows: list[tuple[str, QWidget]] = []
        self._groups: list[tuple[QWidget, list[QWidget]]] = []
        field = SearchField(theme, tr("Search the shortcuts"))
        field.search.connect(self._filter)
        field.left.connect(self.reject)
        self._page = ScrollColumn()
        self._page.column.setSpacing(SPACE["s"])
        group = ""
        for shortcut in shortcuts():
            if shortcut.group != group:
                group = shortcut.group
                heading = label(group, "heading")
                heading.setContentsMargins(0, SPACE["m"] if self._groups else 0, 0, 0)
                self._groups.append((heading, []))
                self._page.add(heading)
            self._add(shortcut.text, shortcut.keys)
        self._nothing = label("", "mute", wrap=True)
        self._nothing.hide()
        self._page.add(self._nothing)
        self._page.column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(SPACE["l"], SPACE["l"], SPACE["l"], SPACE["s"])
        whole.addWidget(field)
        whole.addWidget(self._page)

    def texts(self) -> list[str]:
        """What the shown lines say."""
        return [text for text, line in self._rows if not line.isHidden()]

    def _add(self, text: str, keys: tuple[QKeySequence, ...]) -> None:
        names = [key.toString(QKeySequence.SequenceFormat.NativeText) for key in keys]
        line = QWidget()
        inside = QHBoxLayout(line)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(SPACE["s"])
        inside.addWidget(label(text, wrap=True), 1)
        for name in names:
            inside.addWidget(label(name, "badge"))
        line.setAccessibleName(f"{text}: {', '.join(names)}")
        self._rows.append((f"{text} {' '.join(names)}", line))
        self._groups[-1][1].append(line)
        self._page.add(line)

    @Slot(str)
    def _filter(self, wanted: str) -> None:
        for text, line in self._rows:
            line.setVisible(wanted.casefold() in text.casefold())
        for heading, lines in self._groups:
            heading.setHidden(all(line.isHidden() for line in lines))
        self._nothing.setText(tr("No shortcut is about “{words}”.", words=wanted))
        self._nothing.setHidden(bool(self.texts()))
