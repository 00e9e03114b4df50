"""The calendar of the plan."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.tutor_app.learner_facts import TODAY, plan
from tutor_app.services.learning_facts import PlanChoice
from tutor_app.widgets.month_calendar import DAY, MonthCalendar

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tutor_app.theme.theme import Theme


@pytest.fixture
def calendar(qtbot: QtBot, theme: Theme) -> MonthCalendar:
    made = MonthCalendar(theme)
    qtbot.addWidget(made)
    made.resize(500, 500)
    made.set_facts(plan())
    made.show()
    return made


def test_it_begins_with_the_month_of_today_and_today_chosen(calendar: MonthCalendar) -> None:
    assert calendar.title() == "November 2026"
    assert calendar.grid.currentItem().data(DAY) == TODAY


def test_a_day_says_what_was_done_and_what_is_planned(calendar: MonthCalendar) -> None:
    assert "9 questions in 12 min" in calendar.said(TODAY - timedelta(1))
    assert "learning day, 3 reviews" in calendar.said(TODAY)
    assert "exam" in calendar.said(TODAY + timedelta(16))


def test_a_day_without_anything_says_so(calendar: MonthCalendar) -> None:
    assert calendar.said(TODAY + timedelta(1)).endswith(": no learning day.")
    assert calendar.said(TODAY - timedelta(2)).endswith(": nothing practised.")


def test_days_that_are_past_are_not_planned_any_more(calendar: MonthCalendar) -> None:
    assert not calendar.planned(TODAY - timedelta(2))  # a Monday
    assert calendar.planned(TODAY + timedelta(5))


def test_the_month_in_a_sentence(calendar: MonthCalendar) -> None:
    assert calendar.summary() == "Practised on 1 day. 8 more learning days are ahead."
    calendar.step(1)
    assert (calendar.title(), calendar.summary()) == ("December 2026", "9 learning days are ahead.")
    calendar.step(-2)
    assert (calendar.title(), calendar.summary()) == ("October 2026", "Practised on 0 days.")


def test_a_year_ends_and_begins(calendar: MonthCalendar) -> None:
    calendar.step(2)
    assert calendar.title() == "January 2027"
    calendar.step(-1)
    assert calendar.title() == "December 2026"


def test_every_day_of_a_month_is_there_once(calendar: MonthCalendar) -> None:
    for _ in range(24):
        calendar.step(1)
        cells = [calendar.grid.item(at // 7, at % 7) for at in range(42)]
        shown = [
            cell.data(DAY).day
            for at, cell in enumerate(cells)
            if cell is not None
            and calendar.in_month(cell.data(DAY))
            and not calendar.grid.isRowHidden(at // 7)
        ]
        assert shown == list(range(1, len(shown) + 1))
        assert len(shown) >= 28


def test_arrow_keys_go_from_day_to_day_and_say_it(calendar: MonthCalendar) -> None:
    calendar.grid.setFocus()
    QTest.keyClick(calendar.grid, Qt.Key.Key_Left)
    assert calendar.grid.currentItem().data(DAY) == TODAY - timedelta(1)
    assert "9 questions" in calendar._day.text()


def test_another_plan_changes_the_days(calendar: MonthCalendar) -> None:
    calendar.set_facts(plan(PlanChoice(frozenset({3}), 20)))
    assert not calendar.planned(TODAY)
    assert calendar.planned(TODAY + timedelta(1))
    assert not calendar.is_exam(TODAY + timedelta(16))


def test_the_line_of_the_chosen_day_follows_the_plan(calendar: MonthCalendar) -> None:
    calendar.grid.setFocus()
    QTest.keyClick(calendar.grid, Qt.Key.Key_Right)
    chosen = TODAY + timedelta(1)
    for days, said in ((frozenset({0}), "no learning day"), (frozenset(range(7)), ": learning day")):
        calendar.set_facts(plan(PlanChoice(days, 20)))
        assert calendar.grid.currentItem().data(DAY) == chosen
        assert said in calendar._day.text()
