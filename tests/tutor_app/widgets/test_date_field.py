"""A day is typed as people write it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QLocale, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tutor_app.widgets.date_field import DateField, read_day

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tutor_app.theme.theme import Theme

EARLIEST = date(2026, 9, 1)
EXAM = date(2026, 11, 28)


@pytest.fixture
def shown(qtbot: QtBot, theme: Theme) -> DateField:
    made = DateField(theme, "Exam")
    qtbot.addWidget(made)
    made.show_day(date(2026, 10, 3), earliest=EARLIEST)
    made.show()
    return made


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("28 Nov 2026", "en"), ("28. November", "en"), ("28. Nov 2026", "de"), ("28. Nov. 2026", "de"),
        ("28.11.", "de"), ("28.11.26", "de"), ("28.11.2026", "de"), ("2026-11-28", "de"), ("11/28/2026", "en"),
        ("Nov 28", "en"),
    ],
)  # fmt: skip
def test_a_day_is_read_however_it_is_written(text: str, language: str) -> None:
    assert read_day(text, QLocale(language), EARLIEST) == EXAM


@pytest.mark.parametrize(
    "text",
    [
        "", "28", "99.99.", "28. Fog", "28. N", "30.2.2027", "1.2.3.4", "Nov Nov", "1.1.99999999999",
        "1.1." + 5000 * "1",
    ],
)  # fmt: skip
def test_what_is_no_day_is_none(text: str) -> None:
    assert read_day(text, QLocale("de"), EARLIEST) is None


def test_without_a_year_it_is_the_next_such_day() -> None:
    assert read_day("31.8.", QLocale("de"), EARLIEST) == date(2027, 8, 31)


@pytest.mark.parametrize("text", ["28 Nov 2026", "28.11.", "28.11.2026"])
def test_a_typed_day_is_taken_by_enter(shown: DateField, text: str) -> None:
    told: list[date] = []
    shown.chosen.connect(told.append)
    QTest.keyClick(shown, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(shown, text)
    QTest.keyClick(shown, Qt.Key.Key_Return)
    assert told == [EXAM]
    assert shown.lineEdit().text() == "28 Nov 2026"


@pytest.mark.parametrize(
    ("text", "expected"), [("28.11.", EXAM), ("soon", date(2026, 10, 3)), ("1.1.2020", EARLIEST)]
)
def test_leaving_the_field_takes_the_day_or_keeps_the_one_before(
    shown: DateField, text: str, expected: date
) -> None:
    QTest.keyClick(shown, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(shown, text)
    QApplication.sendEvent(shown, QFocusEvent(QEvent.Type.FocusOut, Qt.FocusReason.TabFocusReason))
    assert shown.day() == expected
    assert shown.lineEdit().text() == f"{expected.day} {expected:%b} 2026"
