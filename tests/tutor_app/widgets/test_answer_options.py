"""Choosing among options, by mouse and by keyboard."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QWidget

from tutor_app.richtext.parser import parse
from tutor_app.widgets.answer_inputs import answer_input, stand_as
from tutor_app.widgets.answer_options import AnswerOptions
from tutor_app.widgets.icon_mark import IconMark
from tutor_app.widgets.option_frame import OptionFrame
from tutor_app.widgets.rich_text_view import EDGE
from tutor_app.widgets.scroll_column import ScrollColumn

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tutor_app.theme.theme import Theme
    from tutor_app.widgets.rich_text_view import RichTextView
from tests.tutor_app.widgets.answer_samples import BUTTON, KEY, STEPS, made, option


def test_an_option_is_chosen_by_a_click_anywhere_in_its_line(qtbot: QtBot, theme: Theme) -> None:
    widget = made(qtbot, theme, "choice")
    assert isinstance(widget, AnswerOptions)
    with qtbot.waitSignal(widget.changed):
        line = widget.control("b").parentWidget()
        assert line is not None
        QTest.mouseClick(line, BUTTON, pos=QPoint(line.width() - 5, 5))
    assert widget.response() == "b"


def test_an_option_is_chosen_with_the_arrow_keys(qtbot: QtBot, theme: Theme) -> None:
    widget = made(qtbot, theme, "choice")
    assert isinstance(widget, AnswerOptions)
    widget.focus_start()
    QTest.keyClick(widget.control("a"), KEY.Key_Space)
    assert widget.response() == "a"
    QTest.keyClick(widget.control("a"), KEY.Key_Down)
    assert widget.response() == "b"


def test_ticks_are_set_with_the_keyboard_alone(qtbot: QtBot, theme: Theme) -> None:
    widget = made(qtbot, theme, "multiple")
    widget.focus_start()
    for key in (KEY.Key_Space, KEY.Key_Down, KEY.Key_Down, KEY.Key_Space):
        focused = widget.focusWidget()
        assert isinstance(focused, QAbstractButton)
        QTest.keyClick(focused, key)
    assert widget.response() == ("a", "c")


def test_a_formula_in_an_option_is_said_in_words(qtbot: QtBot, theme: Theme) -> None:
    widget = made(qtbot, theme, "choice")
    assert isinstance(widget, AnswerOptions)
    assert widget.control("a").accessibleName() == "one x"


@pytest.mark.parametrize("from_right", [False, True])
@pytest.mark.parametrize("words", ["7", "one", "כמה"])
def test_an_option_begins_beside_its_mark_whichever_letters_it_begins_with(
    qtbot: QtBot, theme: Theme, words: str, from_right: bool
) -> None:
    widget = answer_input(theme, replace(STEPS["choice"], options=(option("a", words), option("b"))))
    stand_as(parse("כמה" if from_right else "How many"), widget)
    qtbot.addWidget(widget)
    widget.resize(640, 200)
    widget.show()
    view = widget.findChildren(OptionFrame)[0].view
    line = view.document().firstBlock().layout().lineAt(0).naturalTextRect()
    beside = view.width() - line.right() if from_right else line.left()
    assert beside <= 2 * EDGE + 1


def text_middle(view: RichTextView, whole: QWidget) -> float:
    """How far down in ``whole`` the middle of the letters of the first line is, in pixels."""
    block = view.document().firstBlock()
    line = block.layout().lineAt(0)
    top = view.document().documentLayout().blockBoundingRect(block).top() + line.y()
    return view.mapTo(whole, QPoint()).y() + top + (line.ascent() + line.descent()) / 2


@pytest.mark.parametrize("kind", ["choice", "multiple", "order"])
def test_the_words_of_an_option_stand_in_the_middle_of_its_row_and_so_does_its_mark(
    qtbot: QtBot, theme: Theme, kind: str
) -> None:
    widget = made(qtbot, theme, kind)
    for row in widget.findChildren(OptionFrame):
        mark = row.findChildren(QAbstractButton)[0] if kind != "order" else row.findChildren(IconMark)[0]
        middle = mark.mapTo(row, mark.rect().center()).y()
        assert abs(text_middle(row.view, row) - middle) <= 1
        assert abs(text_middle(row.view, row) - row.height() / 2) <= 1


@pytest.mark.parametrize("kind", ["choice", "multiple", "order"])
def test_a_row_that_has_the_keyboard_from_the_beginning_is_as_high_as_the_others(
    qtbot: QtBot, theme: Theme, kind: str
) -> None:
    widget = answer_input(theme, replace(STEPS[kind], options=tuple(map(option, ("one", "two", "three")))))
    rows = widget.findChildren(OptionFrame)
    rows[0].set_active(True)
    page = ScrollColumn()
    qtbot.addWidget(page)
    page.add(widget)
    page.column.addStretch(1)
    page.resize(640, 400)
    page.show()
    qtbot.waitUntil(lambda: rows[0].height() > 0 and page.isVisible())
    qtbot.wait(20)
    assert len({row.height() for row in rows}) == 1
    assert len({row.view.y() for row in rows}) == 1


def test_the_keyboard_goes_to_the_option_that_the_mouse_chose(qtbot: QtBot, theme: Theme) -> None:
    widget = made(qtbot, theme, "choice")
    assert isinstance(widget, AnswerOptions)
    widget.focus_start()
    button = widget.control("b")
    QTest.mouseClick(button, BUTTON)
    assert button.hasFocus()
    row = widget.control("c").parentWidget()
    assert row is not None
    QTest.mouseClick(row, BUTTON, pos=QPoint(row.width() - 5, 5))
    assert widget.control("c").hasFocus()
    assert [it.property("active") for it in widget.findChildren(OptionFrame)] == [False, False, True]
