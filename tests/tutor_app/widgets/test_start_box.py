"""The box for the first question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from tutor_app.widgets.start_box import StartBox

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tutor_app.theme.theme import Theme


def box(qtbot: QtBot, theme: Theme) -> StartBox:
    made = StartBox(theme)
    qtbot.addWidget(made)
    made.resize(600, 80)
    made.show()
    return made


def test_enter_asks_and_shift_enter_begins_a_line(qtbot: QtBot, theme: Theme) -> None:
    made = box(qtbot, theme)
    asked: list[str] = []
    made.asked.connect(asked.append)
    QTest.keyClicks(made.edit, "one")
    QTest.keyClick(made.edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClicks(made.edit, "two")
    assert asked == []
    QTest.keyClick(made.edit, Qt.Key.Key_Enter)
    assert asked == ["one\ntwo"]


def test_nothing_is_not_asked(qtbot: QtBot, theme: Theme) -> None:
    made = box(qtbot, theme)
    asked: list[str] = []
    made.asked.connect(asked.append)
    QTest.keyClicks(made.edit, "  ")
    QTest.keyClick(made.edit, Qt.Key.Key_Return)
    assert asked == []
    assert not made.send.isEnabled()


def test_it_grows_with_the_text_up_to_a_limit(qtbot: QtBot, theme: Theme) -> None:
    made = box(qtbot, theme)
    low = made.edit.height()
    made.set_text("one\ntwo\nthree")
    higher = made.edit.height()
    made.set_text("x\n" * 40)
    assert low < higher < made.edit.height() < 10 * low


def test_it_grows_with_what_is_pasted(qtbot: QtBot, theme: Theme) -> None:
    made = box(qtbot, theme)
    low = made.edit.height()
    QGuiApplication.clipboard().setText("Why is the sky blue and not green? " * 2860)
    made.edit.paste()
    qtbot.waitUntil(lambda: made.edit.height() > 3 * low)


def test_a_very_long_paste_is_taken_whole(qtbot: QtBot, theme: Theme) -> None:
    made = box(qtbot, theme)
    made.edit.insertPlainText("a lever " * 12_500)
    assert len(made.text()) == 100_000
    assert made.send.isEnabled()
