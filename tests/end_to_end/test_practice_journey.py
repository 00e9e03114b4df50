"""Practice in the real window, with no model: from the first page to the summary, over closings, to the next day."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QTableView

from engine.content.model_answer import model_response
from engine.learner.mastery import Level
from engine.settings import Settings, save_settings
from tests.end_to_end.learner import How, Learner
from tests.end_to_end.learner_figures import figures
from tests.end_to_end.twin_profile import profile_without
from tests.tutor_app.practice_profile import pose, practice_profile
from tutor_app.place import Page, Place
from tutor_app.views.practice_plan import PracticePlan
from tutor_app.views.practice_progress import PracticeProgress
from tutor_app.views.practice_tabs import Tab
from tutor_app.widgets.answer_typed import AnswerLine

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from engine.paths import DataPaths
    from tests.end_to_end.window_driver import Driver

_PACK = "Algebra: from fractions to linear equations"
_MOST_TO_PLACE = 12
_TWENTY = 20
_LEFT_AT = 11  # the question of the twenty in which the window is closed
_BAD = 12  # the one that turns out to be bad
_STUMBLES = {3: How.HELPED, 6: How.TOLD, 9: How.SHOWN, _BAD: How.MISSED, 17: How.HELPED}
_DAY_S = 86_400
_LEARNED = (Level.PROFICIENT, Level.MASTERED)


def card(driver: Driver) -> QAbstractButton:
    """The card on the first page."""
    driver.wait(lambda: driver.home.shelf is not None and driver.home.shelf.practice.card is not None)
    assert driver.home.shelf is not None
    found = driver.home.shelf.practice.card
    assert found is not None
    driver.wait(found.isVisible)
    return found


def line_of(learner: Learner) -> QLineEdit:
    """The field for the answer."""
    assert isinstance(learner.input, AnswerLine)
    return learner.input.field


def test_practice_is_one_click_away_survives_being_closed_and_a_bad_question_leaves_no_trace(
    open_window: Callable[..., Driver], tmp_path: Path
) -> None:
    paths = practice_profile(tmp_path / "home")
    driver = open_window(paths)
    learner = Learner(driver, paths)
    learner.press(card(driver))
    assert driver.clicks == 1
    assert learner.shown.ending == ""
    driver.shot("practice-first")

    pose(paths, "sum", session=learner.shown.session)
    driver.window.open(Place(Page.PRACTICE, aim="open"))
    learner.settle()
    learner.answer("9")
    driver.shot("practice-missed")
    assert learner.shown.step.attempts[-1].response == "9"
    learner.press(driver.button("Help", learner.sitting))
    assert [hint.level for hint in learner.shown.step.hints] == [1]
    driver.shot("practice-hint")
    learner.give("7")  # typed, not checked
    question = learner.shown.id
    driver.end()

    again = open_window(paths)
    go_on = card(again)
    assert "Continue" in go_on.accessibleName()
    learner = Learner(again, paths)
    learner.press(go_on)
    assert learner.shown.id == question
    assert [hint.level for hint in learner.shown.step.hints] == [1]
    assert line_of(learner).text() == "7"
    again.shot("practice-continued")
    again.press(Qt.Key.Key_Return, line_of(learner))
    learner.settle()
    assert learner.shown.ending == "solved"
    again.shot("practice-solved")

    learner.press(again.button("Finish", learner.sitting))
    assert learner.over
    again.shot("practice-summary")
    begun = again.session.context.engine.call("practice.offers")
    before: list[int] = []
    begun.finished.connect(lambda offers: before.append(offers.packs[0].begun))
    again.wait(lambda: bool(before))
    assert before == [1]

    learner.press(again.button("Look again: Say why, right in the end", learner.sitting.summary))
    menu = learner.sitting.question.buttons.bad.menu()
    assert menu is not None
    menu.actions()[0].trigger()
    learner.settle()
    after = again.session.context.engine.call("practice.offers")
    after.finished.connect(lambda offers: before.append(offers.packs[0].begun))
    again.wait(lambda: len(before) > 1)
    assert before == [1, 0]
    learner.press(again.button("Undo"))
    assert learner.over
    assert again.button("Look again: Say why, right in the end", learner.sitting.summary)


def without_language_model(paths: DataPaths) -> DataPaths:
    """A profile in which no model is used, whatever is installed."""
    save_settings(paths.settings_file, Settings(llm="none", embedder="none", reranker="none"))
    return paths


def offer_of(driver: Driver, learner: Learner, name: str) -> QAbstractButton:
    """A button of the card of the pack."""
    return driver.button(name, learner.sitting.chooser)


def be_placed(driver: Driver, learner: Learner) -> int:
    """Find out what is known: every third question goes wrong. How many questions it took."""
    learner.press(offer_of(driver, learner, f"Find out what I know: {_PACK}"))
    driver.shot("journey-placement-question")
    asked = 0
    while not learner.over:
        asked += 1
        if asked % 3 == 0:
            learner.miss()
        if not learner.shown.ending:
            learner.solve()
        assert learner.posed().purpose.value == "placement"
        learner.press(learner.sitting.question.buttons.go_on)
    return asked


def practise(driver: Driver, learner: Learner, numbers: Iterable[int]) -> dict[int, str]:
    """Go through so many questions, the one on the screen first, and stay at the last; their ids by number."""
    ids: dict[int, str] = {}
    for number in numbers:
        if ids:
            learner.press(learner.sitting.question.buttons.go_on)
        ids[number] = learner.shown.id
        learner.solve(_STUMBLES.get(number, How.RIGHT), shots=True)
        driver.shot(f"journey-item-{number:02}")
    return ids


def practise_until_learned(driver: Driver, learner: Learner) -> None:
    """Go on until a skill is learned, since only that is reviewed: what is posed is drawn by chance."""
    while not any(skill.level in _LEARNED for skill in figures(driver, learner).skills):
        learner.turn_to(Tab.PRACTISE)
        learner.press(learner.sitting.question.buttons.go_on)
        learner.solve()
    learner.turn_to(Tab.PRACTISE)


def set_exam(driver: Driver, learner: Learner, *, days: int) -> None:
    """Choose a day from the calendar of the plan."""
    plan = cast(PracticePlan, learner.turn_to(Tab.PLAN))
    assert plan.learning.plan is not None
    learner.press(plan.set_exam)
    wanted = plan.learning.plan.today + timedelta(days)
    back = (plan.exam.day() - wanted).days
    calendar = plan.exam.calendarWidget()
    arrow = QPoint(plan.exam.width() - plan.exam.height() // 2, plan.exam.height() // 2)
    QTest.mouseClick(plan.exam, Qt.MouseButton.LeftButton, pos=arrow)
    driver.wait(calendar.isVisible)
    driver.shot("journey-plan-calendar")
    table = calendar.findChild(QTableView)
    for _ in range(back):
        driver.press(Qt.Key.Key_Left, table)
    driver.press(Qt.Key.Key_Return, table)
    driver.wait(lambda: plan.learning.plan is not None and plan.learning.plan.plan.exam == wanted)


def change_counting(driver: Driver, learner: Learner, question: str) -> None:
    """Press the link of a past question that has it not count, or count again."""
    progress = cast(PracticeProgress, learner.turn_to(Tab.PROGRESS))
    line = progress.questions.lines[question]
    progress.page.ensureWidgetVisible(line)
    learner.press(line.change)


def test_a_learner_is_placed_practises_goes_home_comes_back_tomorrow_and_a_bad_question_leaves_no_trace(
    open_window: Callable[..., Driver], prepared: DataPaths, tmp_path: Path
) -> None:
    paths = without_language_model(prepared)
    driver = open_window(paths)
    learner = Learner(driver, paths)
    card(driver)
    driver.shot("journey-home-fresh")
    at_first = figures(driver, learner)
    assert not any(skill.answers for skill in at_first.skills)

    learner.turn_to(Tab.PRACTISE)
    driver.shot("journey-chooser")
    assert 0 < be_placed(driver, learner) <= _MOST_TO_PLACE
    driver.shot("journey-placement-summary")
    placed = figures(driver, learner)
    assert placed.skills != at_first.skills

    learner.turn_to(Tab.PRACTISE)
    learner.press(driver.button("That is enough for now", learner.sitting.summary))
    learner.press(offer_of(driver, learner, f"Practise {_PACK}"))
    practise(driver, learner, range(1, _LEFT_AT))
    learner.press(learner.sitting.question.buttons.go_on)
    left = learner.posed()
    asked = learner.shown.step.ask
    learner.give(model_response(learner.truth().steps[0].answer))  # and not checked
    given = learner.sitting.question.draft()
    assert given is not None
    driver.shot("journey-left")
    driver.end()

    driver = open_window(paths)
    learner = Learner(driver, paths, learner.misconceptions)
    assert "Continue" in card(driver).accessibleName()
    learner.press(card(driver))
    assert learner.posed() == left
    assert learner.shown.step.ask == asked
    assert learner.sitting.question.draft() == given
    driver.shot("journey-continued")
    learner.press(learner.sitting.question.buttons.check)
    assert learner.shown.steps[0].attempts[-1].response == given[1]
    bad = practise(driver, learner, range(_LEFT_AT, _TWENTY + 1))[_BAD]
    assert learner.misconceptions
    practise_until_learned(driver, learner)
    learner.press(driver.button("Finish", learner.sitting))
    driver.shot("journey-summary")
    practised = figures(driver, learner)
    changed = [skill.id for skill in practised.skills if skill != placed.of(skill.id)]
    assert any(practised.of(skill).level != placed.of(skill).level for skill in changed)
    assert any(practised.of(skill).answers > placed.of(skill).answers for skill in changed)
    set_exam(driver, learner, days=2)
    driver.shot("journey-plan")
    driver.end()

    driver = open_window(paths, ahead_s=_DAY_S)
    learner = Learner(driver, paths)
    due = card(driver)
    driver.shot("journey-home-due")
    assert re.fullmatch(r".*Today: [1-9]\d* due, about [1-9]\d* min.*", due.accessibleName())
    learner.press(due)
    assert driver.clicks == 1
    assert learner.posed().purpose.value == "review"
    driver.shot("journey-review")
    learner.solve()
    learner.press(driver.button("Finish", learner.sitting))
    driver.shot("journey-review-summary")

    before = figures(driver, learner)
    change_counting(driver, learner, bad)
    driver.shot("journey-voided")
    without = figures(driver, learner)
    assert without.skills != before.skills
    assert without.progress.answers == before.progress.answers - 1
    learner.press(driver.button("Undo"))
    driver.shot("journey-undone")
    assert figures(driver, learner) == before
    change_counting(driver, learner, bad)
    assert figures(driver, learner) == without
    driver.end()

    twin = profile_without(bad, paths, tmp_path / "twin")
    driver = open_window(twin, ahead_s=_DAY_S)
    assert figures(driver, Learner(driver, twin)).derived() == without.derived()
