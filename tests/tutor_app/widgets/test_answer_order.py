"""Putting lines into their order, by mouse and by keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from tutor_app.widgets.answer_order import AnswerOrder

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tutor_app.theme.theme import Theme
from tests.tutor_app.widgets.answer_samples import BUTTON, KEY, made


def test_a_line_is_moved_by_alt_and_an_arrow_and_says_where_it_is(qtbot: QtBot, theme: Theme) -> None:
    widget = made(qtbot, theme, "order")
    assert isinstance(widget, AnswerOrder)
    first = widget.lines()[0]
    first.setFocus()
    QTest.keyClick(first, KEY.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert widget.response() == ("b", "a", "c")
    assert first.hasFocus()
    assert first.accessibleName() == "2 of 3: one x"
    QTest.keyClick(first, KEY.Key_Down)
    assert widget.lines()[2].hasFocus()


def test_a_line_is_dragged_to_its_place(qtbot: QtBot, theme: Theme) -> None:
    widget = made(qtbot, theme, "order")
    assert isinstance(widget, AnswerOrder)
    first, *_, last = widget.lines()
    QTest.mousePress(first, BUTTON, pos=QPoint(5, 5))
    first.dragged.emit(last.geometry().bottom())
    QTest.mouseRelease(first, BUTTON)
    assert widget.response() == ("b", "c", "a")


def test_the_ends_of_the_order_go_no_further(qtbot: QtBot, theme: Theme) -> None:
    widget = made(qtbot, theme, "order")
    assert isinstance(widget, AnswerOrder)
    first = widget.lines()[0]
    assert not first.up.isEnabled()
    first.moved.emit(-1)
    assert widget.response() == ("a", "b", "c")
