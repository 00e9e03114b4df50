"""The tab with the figures: said, drawn, and changed by what does not count."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from tests.tutor_app.learner_facts import PACK, nothing, past, progress
from tutor_app.place import Page, Place
from tutor_app.services.learning_facts import ReviewDay
from tutor_app.views.practice_progress import PracticeProgress
from tutor_app.workers.messages import Failure

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tutor_app.app_context import AppContext

WAIT_MS = 20_000


@pytest.fixture
def tab(qtbot: QtBot, context: AppContext) -> PracticeProgress:
    """The tab with figures that were made by hand."""
    made = PracticeProgress(context)
    qtbot.addWidget(made)
    made.resize(900, 700)
    made.show()
    made.learning.progress_read.emit(progress())
    return made


def visible_texts(tab: PracticeProgress) -> list[str]:
    return [line.text() for line in tab.findChildren(QLabel) if line.isVisible()]


def test_every_plot_says_what_it_shows(tab: PracticeProgress) -> None:
    assert all(card.sentence() for card in tab.cards())
    assert all(card.plot.isVisible() for card in tab.cards())
    assert tab.trend.sentence().startswith("It is getting better")
    assert "10 fewer come out right than was predicted" in tab.chances.sentence()


def test_a_review_that_waits_is_drawn_once_on_the_day_that_has_time_for_it(tab: PracticeProgress) -> None:
    first = date(2026, 11, 28)
    waits = [ReviewDay(first + timedelta(at), 0, 0.0, 7) for at in range(2)]
    tab._show_forecast([*waits, ReviewDay(first + timedelta(2), 7, 14.0, 0)])
    assert [round(high * 8) for high in tab._ahead._bars] == [0, 0, 7]
    assert "7 reviews wait" in tab.forecast.sentence()


def test_the_axis_of_the_time_spent_has_its_unit(tab: PracticeProgress) -> None:
    assert [text for _, text in tab._spent._up] == ["0 min", "1 min", "2 min", "3 min", "4 min"]


def test_every_plot_has_its_numbers_as_a_table(tab: PracticeProgress) -> None:
    for card in tab.cards():
        card.toggle.click()
        assert card.table.isVisible()
        assert card.table.topLevelItemCount() > 0
    assert tab.forecast.table.topLevelItemCount() == 30


def test_before_the_first_question_it_says_what_will_be_here(
    tab: PracticeProgress, qtbot: QtBot, context: AppContext
) -> None:
    tab.learning.progress_read.emit(nothing())
    assert "Nothing practised yet." in visible_texts(tab)
    with qtbot.waitSignal(context.go) as told:
        tab._begin.click()
    assert told.args == [Place(Page.PRACTICE, part="practise")]


def test_a_misconception_leads_to_where_it_is_explained(
    tab: PracticeProgress, qtbot: QtBot, context: AppContext
) -> None:
    assert "You take away instead." in visible_texts(tab)
    link = next(made for made in tab.mistaken.findChildren(QPushButton) if made.text() == "Read about it")
    with qtbot.waitSignal(context.go) as told:
        link.click()
    assert told.args == [Place(Page.READ, pack=PACK, passage="p-1")]


def test_the_first_question_stands_apart_from_what_is_said_of_them_all(tab: PracticeProgress) -> None:
    QApplication.processEvents()
    told = next(it for it in tab.findChildren(QLabel) if it.text().startswith("Was a question wrong"))
    between = tab.questions.mapTo(tab, QPoint()).y() - told.mapTo(tab, QPoint(0, told.height())).y()
    assert between >= 16


def test_a_question_that_does_not_count_says_so_and_keeps_the_keyboard(tab: PracticeProgress) -> None:
    line = tab.questions.lines["q1"]
    line.change.setFocus()
    tab.learning.progress_read.emit(progress(questions=(past(void=True),)))
    assert tab.questions.lines["q1"] is line
    assert line.change.text() == "Count it again"
    assert any(text.startswith("Does not count") for text in visible_texts(tab))


def test_voiding_can_be_undone_and_restoring_is_asked_of_the_engine(
    tab: PracticeProgress, qtbot: QtBot, context: AppContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[object, ...]] = []
    call = context.engine.call

    def heard(method: str, *arguments: object) -> object:
        asked.append((method, *arguments))
        changes = method in ("learning.void", "learning.restore")
        return call("learning.plan") if changes else call(method, *arguments)

    monkeypatch.setattr(context.engine, "call", heard)
    with qtbot.waitSignal(context.undoable) as told:
        tab.questions.lines["q1"].change.click()
    # The figures may be asked for anew in between.
    assert asked[0] == ("learning.void", "q1")
    told.args[1]()
    assert ("learning.restore", "q1") in asked
    qtbot.waitUntil(lambda: any(one[0] == "learning.progress" for one in asked), timeout=WAIT_MS)


def test_another_pack_has_its_own_figures(tab: PracticeProgress) -> None:
    tab.packs.setCurrentIndex(2)
    tab.packs.activated.emit(2)
    assert tab.learning.pack == "org.example.plants"


def test_what_cannot_be_read_is_said(tab: PracticeProgress) -> None:
    tab.learning.failed.emit(Failure("The figures are gone.", "Look again."))
    assert "The figures are gone." in visible_texts(tab)


def test_a_new_profile_has_nothing_practised(qtbot: QtBot, context: AppContext) -> None:
    tab = PracticeProgress(context)
    qtbot.addWidget(tab)
    tab.open(Place(Page.PRACTICE, part="progress"))
    tab.show()
    qtbot.waitUntil(tab._begin.isVisible, timeout=WAIT_MS)


def test_the_answers_of_a_day_are_one_line_of_the_table(tab: PracticeProgress) -> None:
    found = tab._found
    assert found is not None
    day = found.trend.days[-1]
    trend = replace(found.trend, days=(day - timedelta(days=2), day, day), average=(0.25, 0.5, 0.75))
    tab._show_trend(trend, 3)
    rows = [tab.trend.table.topLevelItem(at) for at in range(tab.trend.table.topLevelItemCount())]
    assert [(row.text(1), row.text(2)) for row in rows if row is not None] == [("2", "75 %"), ("1", "25 %")]
