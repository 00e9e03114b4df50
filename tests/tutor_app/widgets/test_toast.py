"""Toasts: what they say, how long they stay, what they undo."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QPushButton, QSpinBox, QVBoxLayout, QWidget

from tutor_app.widgets import toast as toast_module
from tutor_app.widgets.toast import Toast, ToastHost, ToastRoom

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tutor_app.theme.theme import Theme


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    field = QPlainTextEdit()
    QVBoxLayout(made).addWidget(field)
    made.resize(900, 600)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    QTest.mouseMove(field, QPoint(1, 1))
    return made


def _field(window: QWidget) -> QPlainTextEdit:
    found = window.findChild(QPlainTextEdit)
    assert found is not None
    return found


def _offer(shown: Toast) -> QPushButton:
    found = shown.findChild(QPushButton)
    assert found is not None
    return found


def test_a_notice_is_shown_in_full_inside_the_window(qtbot: QtBot, window: QWidget, theme: Theme) -> None:
    host = ToastHost(window, theme)
    shown = host.show_notice("A sentence that is long enough to need more than one line of a toast. " * 2)
    qtbot.waitUntil(lambda: shown.height() >= shown.heightForWidth(shown.width()) > 40)
    assert window.rect().contains(host.geometry())


def test_without_room_of_their_own_news_leave_free_what_is_typed_into(
    qtbot: QtBot, window: QWidget, theme: Theme
) -> None:
    field = QPlainTextEdit(window)
    field.show()
    field.setFocus()
    host = ToastHost(window, theme)
    host.show_notice("Copied.")
    for top in (480, 0):
        field.setGeometry(0, top, 900, 100)
        host._look_again()
        qtbot.waitUntil(lambda: not host.geometry().intersects(field.geometry()))


def test_room_for_news_is_there_only_while_there_are_some(
    qtbot: QtBot, window: QWidget, theme: Theme
) -> None:
    room, layout = ToastRoom(), window.layout()
    assert layout is not None
    layout.addWidget(room)
    host = ToastHost(window, theme)
    shown = host.show_undo("Removed.", list)
    qtbot.waitUntil(lambda: room.height() > 0 and room.geometry().contains(host.geometry()))
    shown.undo()
    qtbot.waitUntil(lambda: room.height() == 0)


def test_the_button_undoes_once_and_the_toast_goes(qtbot: QtBot, window: QWidget, theme: Theme) -> None:
    undone: list[str] = []
    host = ToastHost(window, theme)
    shown = host.show_undo("Removed.", lambda: undone.append("it"))
    QTest.mouseClick(_offer(shown), Qt.MouseButton.LeftButton)
    assert undone == ["it"]
    assert host.toasts() == []
    assert host.isHidden()


def test_ctrl_z_undoes_the_newest_while_the_field_has_nothing_to_undo(
    qtbot: QtBot, window: QWidget, theme: Theme
) -> None:
    undone: list[int] = []
    host = ToastHost(window, theme)
    host.show_undo("First.", lambda: undone.append(1))
    host.show_undo("Second.", lambda: undone.append(2))
    field = _field(window)
    QTest.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert undone == [2]
    QTest.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert undone == [2, 1]


def test_ctrl_z_belongs_to_a_field_that_has_something_to_undo(
    qtbot: QtBot, window: QWidget, theme: Theme
) -> None:
    undone: list[int] = []
    host = ToastHost(window, theme)
    host.show_undo("First.", lambda: undone.append(1))
    field = _field(window)
    QTest.keyClicks(field, "x")
    QTest.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert undone == []
    assert field.toPlainText() == ""


def test_what_is_counted_up_and_down_is_left_free_too(qtbot: QtBot, window: QWidget, theme: Theme) -> None:
    minutes = QSpinBox(window)
    minutes.setGeometry(300, 540, 300, 40)
    minutes.show()
    minutes.setFocus()
    host = ToastHost(window, theme)
    host.show_notice("The plan was changed.")
    qtbot.waitUntil(lambda: host.isVisible() and not host.geometry().intersects(minutes.geometry()))


def test_the_last_line_is_never_one_short_word(qtbot: QtBot) -> None:
    said = "The last question does not count any more. Thank you for telling us."
    shown = Toast(said, None)
    qtbot.addWidget(shown)
    words = shown.findChild(QLabel)
    assert words is not None
    assert words.text().split(" ")[-1].split("\u00a0") == ["for", "telling", "us."]
    assert shown.accessibleName() == said
    short = Toast("Copied.", None)
    qtbot.addWidget(short)
    assert [it.text() for it in short.findChildren(QLabel)] == ["Copied."]


def test_at_most_three_stay(window: QWidget, theme: Theme) -> None:
    host = ToastHost(window, theme)
    for n in range(5):
        host.show_notice(f"News {n}.")
    assert [shown.accessibleName() for shown in host.toasts()] == ["News 2.", "News 3.", "News 4."]


def test_it_goes_by_itself_but_not_while_the_keyboard_is_on_it(
    qtbot: QtBot, window: QWidget, theme: Theme, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(toast_module, "UNDO_MS", 10)
    monkeypatch.setattr(toast_module, "_LOOK_AGAIN_MS", 10)
    host = ToastHost(window, theme)
    shown = host.show_undo("Removed.", list)
    _offer(shown).setFocus(Qt.FocusReason.TabFocusReason)
    assert not shown.underMouse()
    with qtbot.waitSignal(shown._timer.timeout):
        pass
    assert host.toasts() == [shown]
    _field(window).setFocus()
    qtbot.waitUntil(lambda: host.toasts() == [])


def test_a_screen_reader_is_told(window: QWidget, theme: Theme, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(toast_module, "announce", lambda _widget, text: said.append(text))
    ToastHost(window, theme).show_notice("Copied.")
    assert said == ["Copied."]


def test_a_toast_without_an_offer_has_no_button(qtbot: QtBot) -> None:
    shown = Toast("Copied.", None)
    qtbot.addWidget(shown)
    assert shown.findChildren(QPushButton) == []
