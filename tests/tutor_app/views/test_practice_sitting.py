"""A sitting: how it begins, goes on and ends, with a small pack and the real engine process."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel

from tests.tutor_app.practice_profile import PACK
from tutor_app.item_models.practice_words import reason_sentence
from tutor_app.place import Page, Place
from tutor_app.widgets.reply_note import ReplyNote

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from tutor_app.app_context import AppContext
from tests.tutor_app.views.sitting_driver import (
    WAIT_MS,
    asked,
    button,
    field,
    made,
    seen,
    settle,
    type_answer,
)


def test_a_profile_without_questions_says_what_to_do(qtbot: QtBot, context: AppContext) -> None:
    sitting = made(qtbot, context)
    assert sitting.empty.isVisible()


def test_the_choice_begins_where_it_is_likeliest_and_enter_begins(
    qtbot: QtBot, practice_context: AppContext
) -> None:
    sitting = made(qtbot, practice_context)
    assert sitting.chooser.isVisible()
    begin = sitting.focusWidget()
    assert isinstance(begin, QAbstractButton)
    QTest.keyClick(begin, Qt.Key.Key_Return)
    settle(qtbot, practice_context)
    assert sitting.question.isVisible()
    assert sitting.question.steps[-1].input is not None


def test_placement_is_one_try_without_help(qtbot: QtBot, practice_context: AppContext) -> None:
    sitting = made(qtbot, practice_context, Place(Page.PRACTICE, pack=PACK, aim="placement"))
    question = sitting.question.question
    assert question is not None
    if question.purpose == "placement":
        assert not sitting.question.buttons.help.isVisible()


def test_enter_checks_and_enter_again_goes_on(qtbot: QtBot, practice_context: AppContext) -> None:
    sitting = asked(qtbot, practice_context, "sum")
    type_answer(qtbot, practice_context, sitting, "7")
    assert sitting.question.buttons.go_on.hasFocus()
    first = sitting.question.question
    QTest.keyClick(sitting.question.buttons.go_on, Qt.Key.Key_Return)
    settle(qtbot, practice_context)
    second = sitting.question.question
    assert first is not None
    assert second is not None
    assert (first.ending, second.ending) == ("solved", "")
    assert second.id != first.id


def test_a_passage_can_be_quizzed(qtbot: QtBot, practice_context: AppContext) -> None:
    place = Place(Page.PRACTICE, pack=PACK, passage="p-leaf-01", aim="quiz")
    sitting = made(qtbot, practice_context, place)
    question = sitting.question.question
    assert question is not None
    assert question.purpose == "chosen"


def test_all_that_an_answer_cites_can_be_quizzed_the_first_passage_having_no_question(
    qtbot: QtBot, practice_context: AppContext
) -> None:
    beside = (("org.example.gone", "p-1"), (PACK, "p-leaf-01"))
    sitting = made(
        qtbot, practice_context, Place(Page.PRACTICE, pack=PACK, passage="p-none", aim="quiz", beside=beside)
    )
    question = sitting.question.question
    assert question is not None
    assert (question.purpose, question.passages[0].passage) == ("chosen", "p-leaf-01")


def test_a_passage_without_questions_is_said_and_leads_to_the_choice(
    qtbot: QtBot, practice_context: AppContext
) -> None:
    sitting = made(qtbot, practice_context, Place(Page.PRACTICE, pack=PACK, passage="p-none", aim="quiz"))
    assert sitting.nothing_due.isVisible()
    assert "No question about this yet" in [it.text() for it in sitting.nothing_due.findChildren(QLabel)]
    button(sitting.nothing_due, "Choose something else").click()
    settle(qtbot, practice_context)
    assert sitting.chooser.isVisible()


def test_putting_off_goes_on(qtbot: QtBot, practice_context: AppContext) -> None:
    sitting = asked(qtbot, practice_context, "sum")
    before = sitting.question.question
    sitting.question.buttons.put_off.click()
    settle(qtbot, practice_context)
    after = sitting.question.question
    assert before is not None
    assert after is not None
    assert before.id != after.id


def test_a_bad_question_is_voided_with_a_reason_and_can_be_brought_back(
    qtbot: QtBot, practice_context: AppContext
) -> None:
    sitting = asked(qtbot, practice_context, "sum")
    undo: list[Callable[[], object]] = []
    practice_context.undoable.connect(lambda _, work: undo.append(work))
    menu = sitting.question.buttons.bad.menu()
    assert menu is not None
    before = sitting.question.question
    menu.actions()[1].trigger()
    settle(qtbot, practice_context)
    after = sitting.question.question
    assert before is not None
    assert after is not None
    assert after.id != before.id
    with qtbot.waitSignal(practice_context.notice, timeout=WAIT_MS):
        undo[0]()


def test_explaining_a_step_asks_about_the_skill_and_never_about_its_numbers(
    qtbot: QtBot, practice_context: AppContext
) -> None:
    sitting = asked(qtbot, practice_context, "sum")
    with qtbot.waitSignal(practice_context.go) as gone:
        sitting.question.buttons.explain.click()
    (place,) = gone.args
    assert (place.page, place.pack, place.passage, place.send) == (Page.ASK, PACK, "p-leaf-01", True)
    assert "why leaves are green" in place.question
    assert not any(letter.isdigit() for letter in place.question)


def test_what_was_typed_and_not_checked_is_there_after_a_restart(
    qtbot: QtBot, practice_context: AppContext
) -> None:
    sitting = asked(qtbot, practice_context, "sum")
    QTest.keyClicks(field(sitting).field, "12")
    sitting.place()
    again = made(qtbot, practice_context)
    assert field(again).response() == "12"


def test_the_end_shows_what_was_done_and_a_question_can_be_looked_at_again(
    qtbot: QtBot, practice_context: AppContext
) -> None:
    sitting = asked(qtbot, practice_context, "sum")
    type_answer(qtbot, practice_context, sitting, "7")
    sitting.question.finish.click()
    settle(qtbot, practice_context)
    assert sitting.summary.isVisible()
    button(sitting.summary, "Look again: Say why, right at once").click()
    settle(qtbot, practice_context)
    assert sitting.question.isVisible()
    sitting.question.buttons.go_on.click()
    assert sitting.summary.isVisible()
    button(sitting.summary, "That is enough for now").click()
    settle(qtbot, practice_context)
    assert sitting.chooser.isVisible()


def test_an_exam_goes_on_without_a_word(qtbot: QtBot, practice_context: AppContext) -> None:
    sitting = asked(qtbot, practice_context, "sum", mode="exam")
    words = [line.text() for line in sitting.question.findChildren(QLabel) if line.isVisible()]
    assert any(text.startswith("Question 1 of 10") for text in words)
    assert reason_sentence("new_skill") not in words  # it would tell how the question before went
    first = sitting.question.question
    assert not sitting.question.buttons.help.isVisible()
    assert not sitting.question.buttons.explain.isVisible()
    assert sitting.question.buttons.check.text() == "Next", "nothing is checked that could be seen"
    type_answer(qtbot, practice_context, sitting, "9")
    second = sitting.question.question
    assert first is not None
    assert second is not None
    assert (second.id != first.id, second.ending) == (True, "")
    assert not seen(sitting, ReplyNote)


def test_nothing_due_is_said_and_leads_to_the_choice(qtbot: QtBot, practice_context: AppContext) -> None:
    sitting = made(qtbot, practice_context, Place(Page.PRACTICE, aim="review"))
    assert sitting.nothing_due.isVisible()
    button(sitting.nothing_due, "Choose something else").click()
    settle(qtbot, practice_context)
    assert sitting.chooser.isVisible()
