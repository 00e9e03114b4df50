"""The contents of a book: the line with the keyboard has the ring of the theme, and no other look."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from tutor_app.services.reading import Book, Contents, SectionEntry
from tutor_app.widgets.contents_tree import ContentsTree

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tutor_app.theme.theme import Theme

_RING = 2  # pixels, as every ring of the theme


def test_the_line_with_the_keyboard_has_the_themes_ring(qtbot: QtBot, theme: Theme) -> None:
    tree = ContentsTree()
    qtbot.addWidget(tree)
    tree.set_contents(Contents(Book("b", "Biology"), (SectionEntry("s", "Life", "1", -1),), ()))
    tree.resize(300, 200)
    tree.show()
    tree.activateWindow()
    tree.show_current("s")
    tree.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(tree.hasFocus)
    row = tree.visualRect(tree.currentIndex())
    drawn = tree.grab().toImage()
    colours = [drawn.pixelColor(row.right() - 4, y).name() for y in range(row.top(), row.bottom() + 1)]
    assert colours[:_RING] == colours[-_RING:] == [theme.colours.focus] * _RING
    assert set(colours[_RING:-_RING]) == {theme.colours.chosen}
