"""The keyboard's shortcuts on a sheet, in groups, with a search."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QDialog, QGridLayout, QLabel, QWidget

from tutor_app.i18n import tr
from tutor_app.shortcuts import Shortcut, shortcuts
from tutor_app.theme.tokens import SPACE
from tutor_app.widgets.basics import column, label, row
from tutor_app.widgets.scroll_column import ScrollColumn
from tutor_app.widgets.search_field import SearchField

if TYPE_CHECKING:
    from tutor_app.theme.theme import Theme

_SIZE = (600, 640)


class ShortcutsSheet(QDialog):
    """Escape closes it.

    Args:
        parent: the window.
        theme: the theme in force.
    """

    def __init__(self, parent: QWidget, theme: Theme | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Keyboard shortcuts"))
        self._lines: list[tuple[str, str, tuple[QWidget, ...]]] = []
        self._heads: dict[str, QLabel] = {}
        self._nothing = label(tr("No shortcut has these words."), "mute", wrap=True)
        self._nothing.hide()
        page = ScrollColumn(_SIZE[0])
        groups: dict[str, list[Shortcut]] = {}
        for one in shortcuts():
            groups.setdefault(one.group, []).append(one)
        for group, members in groups.items():
            page.add(self._group(group, members))
        page.add(self._nothing)
        page.column.addStretch(1)
        whole = column(page, space="s")
        found = theme or cast("Theme | None", QApplication.instance().findChild(_theme_class()))  # type: ignore[union-attr]
        if found is not None:
            self.search = SearchField(found, tr("Search shortcuts"))
            self.search.search.connect(self._find)
            self.search.left.connect(self.reject)
            head = column(self.search)
            head.setContentsMargins(SPACE["xl"], SPACE["xl"], SPACE["xl"], 0)
            whole.insertLayout(0, head)
        self.setLayout(whole)
        self.resize(*_SIZE)

    def _group(self, name: str, members: list[Shortcut]) -> QWidget:
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACE["l"])
        grid.setVerticalSpacing(SPACE["s"])
        grid.setColumnStretch(0, 1)
        for at, one in enumerate(members):
            keys = [keys.toString(QKeySequence.SequenceFormat.NativeText) for keys in one.keys]
            caps = QWidget()
            caps.setLayout(row(*[label(key, "badge") for key in keys], space="xs"))
            what = label(one.text, wrap=True)
            what.setAccessibleDescription(", ".join(keys))
            grid.addWidget(what, at, 0)
            grid.addWidget(caps, at, 1, Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
            self._lines.append((name, f"{one.text} {' '.join(keys)}".casefold(), (what, caps)))
        self._heads[name] = label(name, "heading")
        made = QWidget()
        made.setLayout(column(self._heads[name], grid, space="m"))
        return made

    @Slot(str)
    def _find(self, text: str) -> None:
        words = text.casefold().split()
        left = set()
        for group, searched, parts in self._lines:
            fits = all(word in searched for word in words)
            for part in parts:
                part.setVisible(fits)
            if fits:
                left.add(group)
        for group, head in self._heads.items():
            head.setVisible(group in left)
        self._nothing.setVisible(not left)


def _theme_class() -> type[Theme]:
    from tutor_app.theme.theme import Theme

    return Theme
