"""Labels stand where the language begins, and never take their text for HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from tutor_app.preferences import PreferenceStore, ThemeChoice
from tutor_app.widgets.basics import IconButton, align_by_words, breakable, button, label

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from tutor_app.application import TutorApplication
    from tutor_app.theme.theme import Theme


@pytest.fixture
def mirrored(qapp: TutorApplication) -> Iterator[None]:
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    yield
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def _inked(line: QWidget) -> set[int]:
    drawn = line.grab().toImage()
    ground = drawn.pixel(0, 0)
    return {x for x in range(drawn.width()) for y in range(drawn.height()) if drawn.pixel(x, y) != ground}


@pytest.mark.usefixtures("mirrored")
@pytest.mark.parametrize("text", ["Algebra", "שלום"])
def test_a_label_begins_at_the_right_in_a_mirrored_window(qtbot: QtBot, text: str) -> None:
    line = label(text)
    qtbot.addWidget(line)
    line.resize(300, 30)
    assert min(_inked(line)) > 150


@pytest.mark.parametrize("text", ["Algebra", "שלום"])
def test_a_label_begins_at_the_left_otherwise(qtbot: QtBot, text: str) -> None:
    line = label(text)
    qtbot.addWidget(line)
    line.resize(300, 30)
    assert max(_inked(line)) < 150


@pytest.mark.usefixtures("mirrored")
def test_a_heading_of_a_book_begins_where_its_own_language_does(qtbot: QtBot) -> None:
    latin, hebrew = label("Algebra"), label("שלום")
    align_by_words(latin, hebrew)
    for line in (latin, hebrew):
        qtbot.addWidget(line)
        line.resize(300, 30)
    assert max(_inked(latin)) < 150 < min(_inked(hebrew))


@pytest.mark.parametrize("choice", [ThemeChoice.LIGHT, ThemeChoice.DARK, ThemeChoice.CONTRAST])
def test_between_the_ring_and_the_filled_button_there_is_a_line_unlike_both(
    qtbot: QtBot, theme: Theme, preferences: PreferenceStore, choice: ThemeChoice
) -> None:
    preferences.change(theme=choice)
    shown = button("Practise this", "primary")
    qtbot.addWidget(shown)
    shown.show()
    shown.activateWindow()
    shown.setFocus()
    qtbot.waitUntil(shown.hasFocus)
    drawn = shown.grab().toImage()
    down = [drawn.pixelColor(drawn.width() // 2, y).name() for y in range(6)]
    colours = theme.colours
    assert down == 2 * [colours.focus] + 2 * [colours.on_accent] + 2 * [colours.accent]


@pytest.mark.parametrize("role", ["link", "flat"])
@pytest.mark.parametrize("text_scale", [100, 200])
def test_what_looks_like_text_stands_on_the_column(
    qtbot: QtBot, theme: Theme, preferences: PreferenceStore, role: str, text_scale: int
) -> None:
    preferences.change(text_scale=text_scale)
    pressed, words = button("Hill", role), label("Hill")
    for one in (pressed, words):
        qtbot.addWidget(one)
        one.resize(one.sizeHint())
    there = _inked(words)
    assert abs(min(_inked(pressed)) - min(there)) <= 2
    assert abs((pressed.width() - max(_inked(pressed))) - (words.width() - max(there))) <= 2


def test_marks_of_html_are_shown_as_they_are(qtbot: QtBot) -> None:
    line = label("<b>a</b> & b")
    qtbot.addWidget(line)
    assert line.textFormat() == Qt.TextFormat.PlainText
    assert line.text() == "<b>a</b> & b"


def test_only_what_cannot_go_on_in_another_line_is_made_to() -> None:
    assert (
        breakable("a plain title, 5647-5aa7-5463-474c-0285-df5d")
        == "a plain title, 5647-5aa7-5463-474c-0285-df5d"
    )
    long = "Donaudampfschifffahrtsgesellschaft"
    assert breakable(f"Die {long}").replace("\u200b", "") == f"Die {long}"
    assert all(len(part) <= 8 for part in breakable(long).split("\u200b"))


def test_an_icon_that_cannot_be_pressed_now_is_paler(qtbot: QtBot, theme: Theme) -> None:
    arrow = IconButton(theme, "chevron-up", "Move up")
    qtbot.addWidget(arrow)
    usable = arrow.icon().pixmap(20).toImage()
    arrow.setEnabled(False)
    assert arrow.icon().pixmap(20).toImage() != usable
    arrow.setEnabled(True)
    assert arrow.icon().pixmap(20).toImage() == usable


def test_an_icon_is_paler_where_all_around_it_cannot_be_used_now(qtbot: QtBot, theme: Theme) -> None:
    around, arrow = QWidget(), IconButton(theme, "chevron-up", "Move up")
    arrow.setParent(around)
    qtbot.addWidget(around)
    usable = arrow.icon().pixmap(20).toImage()
    around.setEnabled(False)
    assert arrow.icon().pixmap(20).toImage() != usable
