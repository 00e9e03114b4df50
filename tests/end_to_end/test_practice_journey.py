"""Practice from the first page to the summary, closed in mid-question and gone on with, with no model."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit

from tests.tutor_app.practice_profile import pose, practice_profile
from tutor_app.place import Page, Place
from tutor_app.views.practice_sitting import PracticeSitting
from tutor_app.views.practice_tabs import Tab
from tutor_app.views.practice_view import PracticeView
from tutor_app.widgets.answer_typed import AnswerLine
from tutor_app.workers.directory import Process

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.end_to_end.window_driver import Driver
    from tutor_app.services.practising import ShownQuestion


def sitting_of(driver: Driver) -> PracticeSitting:
    page = driver.window.page(Page.PRACTICE)
    assert isinstance(page, PracticeView)
    sitting = page.tab(Tab.PRACTISE)
    assert isinstance(sitting, PracticeSitting)
    return sitting


def shown(driver: Driver) -> ShownQuestion:
    question = sitting_of(driver).question.question
    assert question is not None
    return question


def settle(driver: Driver) -> None:
    engine = driver.session.context.engine
    for _ in range(2):
        driver.wait(lambda: not engine.busy(Process.TUTOR))
        QTest.qWait(40)


def field(driver: Driver) -> QLineEdit:
    found = sitting_of(driver).question.steps[-1].input
    assert isinstance(found, AnswerLine)
    driver.wait(found.field.isVisible)
    return found.field


def answer(driver: Driver, text: str) -> None:
    line = field(driver)
    line.selectAll()
    QTest.keyClicks(line, text)
    driver.press(Qt.Key.Key_Return, line)
    settle(driver)


def card(driver: Driver) -> QAbstractButton:
    """The card on the first page."""
    driver.wait(lambda: driver.home.shelf is not None and driver.home.shelf.practice.card is not None)
    assert driver.home.shelf is not None
    found = driver.home.shelf.practice.card
    assert found is not None
    driver.wait(found.isVisible)
    return found


def test_practice_is_one_click_away_survives_being_closed_and_a_bad_question_leaves_no_trace(
    open_window: Callable[..., Driver], tmp_path: Path
) -> None:
    paths = practice_profile(tmp_path / "home")
    driver = open_window(paths)
    driver.click(card(driver))
    settle(driver)
    assert driver.clicks == 1
    assert shown(driver).ending == ""
    driver.shot("practice-first")

    pose(paths, "sum", session=shown(driver).session)
    driver.window.open(Place(Page.PRACTICE, aim="open"))
    settle(driver)
    answer(driver, "9")
    driver.shot("practice-missed")
    assert shown(driver).step.attempts[-1].response == "9"
    driver.click(driver.button("Help", sitting_of(driver)))
    settle(driver)
    assert [hint.level for hint in shown(driver).step.hints] == [1]
    driver.shot("practice-hint")
    line = field(driver)
    line.selectAll()
    QTest.keyClicks(line, "7")  # typed, not checked
    question = shown(driver).id
    driver.end()

    again = open_window(paths)
    go_on = card(again)
    assert "Continue" in go_on.accessibleName()
    again.click(go_on)
    settle(again)
    assert shown(again).id == question
    assert [hint.level for hint in shown(again).step.hints] == [1]
    assert field(again).text() == "7"
    again.shot("practice-continued")
    again.press(Qt.Key.Key_Return, field(again))
    settle(again)
    assert shown(again).ending == "solved"
    again.shot("practice-solved")

    again.click(again.button("Finish", sitting_of(again)))
    settle(again)
    assert sitting_of(again).summary.isVisible()
    again.shot("practice-summary")
    begun = again.session.context.engine.call("practice.offers")
    before: list[int] = []
    begun.finished.connect(lambda offers: before.append(offers.packs[0].begun))
    again.wait(lambda: bool(before))
    assert before == [1]

    again.click(again.button("Look again: Say why, right in the end", sitting_of(again).summary))
    settle(again)
    menu = sitting_of(again).question.buttons.bad.menu()
    assert menu is not None
    menu.actions()[0].trigger()
    settle(again)
    after = again.session.context.engine.call("practice.offers")
    after.finished.connect(lambda offers: before.append(offers.packs[0].begun))
    again.wait(lambda: len(before) > 1)
    assert before == [1, 0]
    again.click(again.button("Undo"))
    settle(again)
    assert sitting_of(again).summary.isVisible()
    assert again.button("Look again: Say why, right in the end", sitting_of(again).summary)
