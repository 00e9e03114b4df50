"""Tab in the order of the layout, whenever a widget was made."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from tutor_app.widgets.reading_order import focus_next, reading_order

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


class _Page(QWidget):
    """Two fields, and between them a column that gets its fields later."""

    def __init__(self) -> None:
        super().__init__()
        self.first, self.last = QLineEdit(), QLineEdit()
        self.between = QWidget()
        QVBoxLayout(self.between)
        scroll = QScrollArea(widgetResizable=True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(self.between)
        line = QHBoxLayout()
        line.addWidget(self.last)
        whole = QVBoxLayout(self)
        for part in (self.first, scroll):
            whole.addWidget(part)
        whole.addLayout(line)

    def add(self, at: int) -> QLineEdit:
        field = QLineEdit()
        layout = self.between.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.insertWidget(at, field)
        return field

    def focusNextPrevChild(self, forward: bool) -> bool:
        return focus_next(self, forward=forward) or super().focusNextPrevChild(forward)


def test_what_was_made_later_comes_where_it_stands(qtbot: QtBot) -> None:
    page = _Page()
    qtbot.addWidget(page)
    below, above, hidden, off = page.add(0), page.add(0), page.add(0), page.add(0)
    page.show()
    hidden.hide()
    off.setEnabled(False)
    assert list(reading_order(page)) == [page.first, above, below, page.last]


def test_tab_goes_through_the_page_and_out_of_it_both_ways(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    page, before, after = _Page(), QLineEdit(), QLineEdit()
    line = QHBoxLayout(window)
    for part in (before, page, after):
        line.addWidget(part)
    late = page.add(0)
    window.show()
    qtbot.waitUntil(window.isVisible)
    window.activateWindow()
    page.first.setFocus()
    way = [page.first, late, page.last, after]
    for one, following in pairwise(way):
        qtbot.waitUntil(one.hasFocus)
        QTest.keyClick(one, Qt.Key.Key_Tab)
        assert following.hasFocus()
    page.last.setFocus()
    for one, following in ((page.last, late), (late, page.first), (page.first, before)):
        QTest.keyClick(one, Qt.Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
        assert following.hasFocus()
