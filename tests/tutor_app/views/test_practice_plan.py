"""The tab with the plan: kept at once, taken back, and refused where it cannot be."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QDate, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QTableView

from tutor_app.place import Page, Place
from tutor_app.services.learning_facts import PlanChoice
from tutor_app.views.practice_plan import PracticePlan

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tutor_app.app_context import AppContext

WAIT_MS = 20_000


@pytest.fixture
def tab(qtbot: QtBot, context: AppContext) -> PracticePlan:
    """The tab with the plan that everybody begins with, read by the engine."""
    made = PracticePlan(context)
    qtbot.addWidget(made)
    made.resize(900, 700)
    made.open(Place(Page.PRACTICE, part="plan"))
    made.show()
    qtbot.waitUntil(lambda: made.learning.plan is not None, timeout=WAIT_MS)
    return made


def plan(tab: PracticePlan) -> PlanChoice:
    assert tab.learning.plan is not None
    return tab.learning.plan.plan


def test_it_begins_with_every_day_and_fifteen_minutes(tab: PracticePlan) -> None:
    assert all(chip.isChecked() for chip in tab.days)
    assert tab.minutes.value() == 15
    assert tab.set_exam.isVisible()
    assert not tab.exam.isVisible()


def test_a_day_less_is_kept_and_can_be_taken_back(
    tab: PracticePlan, qtbot: QtBot, context: AppContext
) -> None:
    with qtbot.waitSignal(context.undoable) as told:
        tab.days[6].click()
    qtbot.waitUntil(lambda: plan(tab).days == frozenset(range(6)), timeout=WAIT_MS)
    told.args[1]()
    qtbot.waitUntil(lambda: plan(tab).days == frozenset(range(7)), timeout=WAIT_MS)
    assert tab.days[6].isChecked()


def test_minutes_are_kept_when_the_field_is_left(tab: PracticePlan, qtbot: QtBot) -> None:
    tab.minutes.setValue(240)
    tab.minutes.editingFinished.emit()
    qtbot.waitUntil(lambda: plan(tab).minutes == 240, timeout=WAIT_MS)


def test_minutes_stay_within_what_can_be_planned(tab: PracticePlan) -> None:
    assert (tab.minutes.minimum(), tab.minutes.maximum()) == (5, 240)


def test_the_last_day_stays(tab: PracticePlan, qtbot: QtBot, context: AppContext) -> None:
    for chip in tab.days[1:]:
        chip.setChecked(False)
    with qtbot.assertNotEmitted(context.undoable):
        tab.days[0].click()
    assert tab.days[0].isChecked()
    assert "At least one day is needed." in [
        line.text() for line in tab.findChildren(QLabel) if line.isVisible()
    ]


def test_an_exam_is_set_moved_and_removed(tab: PracticePlan, qtbot: QtBot) -> None:
    tab.set_exam.click()
    qtbot.waitUntil(lambda: plan(tab).exam is not None, timeout=WAIT_MS)
    assert tab.learning.plan is not None
    assert plan(tab).exam == tab.learning.plan.today + timedelta(14)
    assert tab.exam.isVisible()
    later = tab.learning.plan.today + timedelta(30)
    tab.exam.setDate(QDate(later.year, later.month, later.day))
    qtbot.waitUntil(lambda: plan(tab).exam == later, timeout=WAIT_MS)
    tab.clear_exam.click()
    qtbot.waitUntil(lambda: plan(tab).exam is None, timeout=WAIT_MS)
    assert tab.set_exam.isVisible()


def test_looking_around_in_the_calendar_changes_nothing_until_it_closes(
    tab: PracticePlan, qtbot: QtBot
) -> None:
    assert tab.learning.plan is not None
    today = tab.learning.plan.today
    tab.exam.show_day(today + timedelta(14), earliest=today)
    tab.exam.show()
    told: list[date] = []
    tab.exam.chosen.connect(told.append)
    calendar = tab.exam.calendarWidget()
    arrow = QPoint(tab.exam.width() - tab.exam.height() // 2, tab.exam.height() // 2)
    QTest.mouseClick(tab.exam, Qt.MouseButton.LeftButton, pos=arrow)
    qtbot.waitUntil(calendar.isVisible, timeout=WAIT_MS)
    days = calendar.findChild(QTableView)
    assert days is not None
    for _ in range(3):
        QTest.keyClick(days, Qt.Key.Key_Left)
    assert told == []
    QTest.keyClick(days, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: told == [today + timedelta(11)], timeout=WAIT_MS)


def test_an_exam_lies_ahead(tab: PracticePlan) -> None:
    assert tab.learning.plan is not None
    earliest = tab.exam.minimumDate()
    today = tab.learning.plan.today
    assert earliest == QDate(today.year, today.month, today.day)


def test_the_calendar_shows_the_plan(tab: PracticePlan, qtbot: QtBot) -> None:
    assert tab.learning.plan is not None
    today = tab.learning.plan.today
    assert tab.calendar.planned(today)
    tab.days[today.weekday()].click()
    qtbot.waitUntil(lambda: not tab.calendar.planned(today), timeout=WAIT_MS)
