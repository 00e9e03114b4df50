"""Search field, segmented chips, press card, icon button, progress card: by keyboard and for a screen reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QProgressBar, QVBoxLayout, QWidget

from tutor_app.widgets.basics import IconButton, button, column, label
from tutor_app.widgets.press_card import PressCard
from tutor_app.widgets.progress_card import ProgressCard
from tutor_app.widgets.search_field import SearchField
from tutor_app.widgets.segmented import Segmented

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytestqt.qtbot import QtBot

    from tutor_app.theme.theme import Theme

    Show = Callable[..., QWidget]

OPTIONS = [("hint", "Hint"), ("explain", "Explain"), ("quiz", "Quiz me")]


@pytest.fixture
def show(qtbot: QtBot) -> Iterator[Show]:
    """Shows parts in a window that lives as long as the test."""
    windows: list[QWidget] = []

    def shown(*parts: QWidget) -> QWidget:
        window = QWidget()
        layout = QVBoxLayout(window)
        for part in parts:
            layout.addWidget(part)
        qtbot.addWidget(window)
        window.show()
        window.activateWindow()
        windows.append(window)
        return window

    yield shown
    windows.clear()


def _bar(card: ProgressCard) -> QProgressBar:
    found = card.findChild(QProgressBar)
    assert found is not None
    return found


def _role(widget: QWidget) -> QAccessible.Role:
    return QAccessible.queryAccessibleInterface(widget).role()


def test_search_waits_for_the_last_key_and_says_it_once(qtbot: QtBot, show: Show, theme: Theme) -> None:
    field = SearchField(theme, "Search")
    show(field)
    said: list[str] = []
    field.search.connect(said.append)
    QTest.keyClicks(field, "root")
    assert said == []
    qtbot.waitUntil(lambda: said == ["root"])
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert said == ["root"]


def test_enter_searches_at_once(qtbot: QtBot, show: Show, theme: Theme) -> None:
    field = SearchField(theme, "Search")
    show(field)
    QTest.keyClicks(field, "cell")
    with qtbot.waitSignal(field.search, timeout=100):
        QTest.keyClick(field, Qt.Key.Key_Return)


def test_escape_empties_the_field_then_leaves_it(qtbot: QtBot, show: Show, theme: Theme) -> None:
    field = SearchField(theme, "Search")
    show(field)
    left: list[bool] = []
    field.left.connect(lambda: left.append(True))
    QTest.keyClicks(field, "x")
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == ""
    assert left == []
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert left == [True]


def test_the_glass_is_on_the_side_where_reading_begins(qtbot: QtBot, show: Show, theme: Theme) -> None:
    field = SearchField(theme, "Search")
    show(field)
    glass = field.findChild(QLabel)
    assert glass is not None
    before, edge = field.textMargins(), glass.geometry().left()
    field.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    after = field.textMargins()
    assert (after.left(), after.right()) == (before.right(), before.left())
    qtbot.waitUntil(lambda: field.rect().right() - glass.geometry().right() == edge)
    assert field.alignment() & Qt.AlignmentFlag.AlignRight


def test_arrow_keys_move_the_choice(qtbot: QtBot, show: Show) -> None:
    chips = Segmented("How to answer", OPTIONS, "explain")
    show(chips)
    chips.chip("explain").setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(chips.chip("explain").hasFocus)
    with qtbot.waitSignal(chips.changed) as told:
        QTest.keyClick(chips.chip("explain"), Qt.Key.Key_Right)
    assert told.args == ["quiz"]
    assert chips.chosen() == "quiz"


def test_choosing_by_program_is_silent(qtbot: QtBot) -> None:
    chips = Segmented("How to answer", OPTIONS)
    qtbot.addWidget(chips)
    with qtbot.assertNotEmitted(chips.changed):
        chips.choose("quiz")
    assert chips.chosen() == "quiz"


def test_chips_are_radio_buttons_for_a_screen_reader(qtbot: QtBot) -> None:
    chips = Segmented("How to answer", OPTIONS)
    qtbot.addWidget(chips)
    assert _role(chips.chip("hint")) == QAccessible.Role.RadioButton


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_keys_press_a_card_a_button_and_an_icon(qtbot: QtBot, show: Show, theme: Theme, key: Qt.Key) -> None:
    for part in (PressCard("Algebra"), button("Ask"), IconButton(theme, "copy", "Copy")):
        show(part)
        with qtbot.waitSignal(part.clicked, timeout=500):
            QTest.keyClick(part, key)


def test_a_press_anywhere_on_a_card_presses_it(qtbot: QtBot, show: Show) -> None:
    words = label("Algebra", "heading")
    part = PressCard("Algebra", column(words))
    window = show(part)
    at = words.mapTo(window, words.rect().center())
    assert window.childAt(at) is part
    with qtbot.waitSignal(part.clicked, timeout=500):
        QTest.mouseClick(part, Qt.MouseButton.LeftButton)


def test_a_card_is_a_named_button(qtbot: QtBot) -> None:
    part = PressCard("Algebra")
    qtbot.addWidget(part)
    assert _role(part) == QAccessible.Role.Button
    assert QAccessible.queryAccessibleInterface(part).text(QAccessible.Text.Name) == "Algebra"


def test_a_click_leaves_the_keyboard_in_the_field(qtbot: QtBot, show: Show) -> None:
    field, press = QLineEdit(), button("Ask")
    show(field, press)
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    QTest.mouseClick(press, Qt.MouseButton.LeftButton)
    assert field.hasFocus()


def test_a_card_keeps_its_size_when_the_keyboard_comes(qtbot: QtBot, show: Show, theme: Theme) -> None:
    for part in (
        PressCard("Algebra", column(label("Algebra"))),
        button("Ask"),
        button("Ask", "chip"),
        QLineEdit(),
    ):
        show(part)
        before = part.sizeHint()
        part.setFocus(Qt.FocusReason.TabFocusReason)
        qtbot.waitUntil(part.hasFocus)
        assert part.sizeHint() == before


def test_progress_shows_a_share_and_says_it(qtbot: QtBot, theme: Theme) -> None:
    card = ProgressCard(theme, "book.pdf")
    qtbot.addWidget(card)
    card.set_progress(10, 40, "10 of 40 pages")
    bar = _bar(card)
    assert bar.value() / bar.maximum() == 0.25
    assert bar.accessibleDescription() == "10 of 40 pages"


def test_progress_of_unknown_length_is_still_where_motion_is_off(qtbot: QtBot, theme: Theme) -> None:
    card = ProgressCard(theme, "book.pdf")
    qtbot.addWidget(card)
    card.set_progress(0, 0)
    bar = _bar(card)
    assert theme.motion_ms("long") == 0
    assert bar.maximum() > 0
    assert bar.property("still")


def test_pause_turns_into_resume(qtbot: QtBot, theme: Theme) -> None:
    card = ProgressCard(theme, "model", pausable=True)
    qtbot.addWidget(card)
    with qtbot.waitSignal(card.paused):
        card.pause_button.click()
    card.set_paused(True)
    assert card.pause_button.text() == "Resume"
    with qtbot.waitSignal(card.resumed):
        card.pause_button.click()


def test_only_the_buttons_asked_for_are_there(qtbot: QtBot, show: Show, theme: Theme) -> None:
    card = ProgressCard(theme, "model", cancellable=False)
    show(card)
    assert card.cancel_button.isHidden()
    assert card.pause_button.isHidden()


def test_escape_is_for_a_field_with_text_and_then_for_the_window(qtbot: QtBot, theme: Theme) -> None:
    window = QWidget()
    field = SearchField(theme, "Search")
    layout = QVBoxLayout(window)
    layout.addWidget(field)
    qtbot.addWidget(window)
    closed: list[bool] = []
    QShortcut(QKeySequence("Esc"), window).activated.connect(lambda: closed.append(True))
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    field.setFocus()
    field.setText("leaves")
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == ""
    assert closed == []
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert closed == [True]
