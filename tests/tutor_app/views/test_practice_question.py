"""A question while it is asked: its steps, what is said to answers, help and passages."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from tests.tutor_app.practice_profile import QUOTE
from tutor_app.richtext.parser import parse
from tutor_app.richtext.plain import to_spoken
from tutor_app.widgets.answer_cloze import AnswerCloze
from tutor_app.widgets.hint_note import HintNote
from tutor_app.widgets.question_picture import QuestionPicture
from tutor_app.widgets.reply_note import ReplyNote
from tutor_app.widgets.rich_text_view import RichTextView

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from tutor_app.app_context import AppContext
    from tutor_app.application import TutorApplication
from tests.tutor_app.views.sitting_driver import WAIT_MS, asked, button, field, seen, settle, type_answer


def test_what_is_asked_is_said_with_the_field_that_has_the_keyboard(
    qtbot: QtBot, practice_context: AppContext
) -> None:
    sitting = asked(qtbot, practice_context, "twice")
    question = sitting.question.question
    step = sitting.question.steps[-1]
    assert question is not None
    assert step.input is not None
    focused = QApplication.focusWidget()
    assert focused is not None
    assert step.input.isAncestorOf(focused)
    name = step.input.accessibleName()
    assert to_spoken(question.stem) in name
    assert to_spoken(step.step.ask) in name


def test_a_wrong_answer_stays_and_is_answered_calmly(qtbot: QtBot, practice_context: AppContext) -> None:
    sitting = asked(qtbot, practice_context, "sum")
    type_answer(qtbot, practice_context, sitting, "9")
    assert field(sitting).response() == "9"
    assert field(sitting).field.hasFocus()
    (note,) = seen(sitting, ReplyNote)
    assert note.property("role") == "sunken"
    assert note.accessibleName().startswith("Not yet")
    assert sitting.question.buttons.check.isVisible()


def test_a_miss_offers_the_passage_and_escape_closes_it_without_losing_the_answer(
    qtbot: QtBot, practice_context: AppContext
) -> None:
    sitting = asked(qtbot, practice_context, "sum")
    type_answer(qtbot, practice_context, sitting, "9")
    button(sitting, "Read about it").click()
    qtbot.waitUntil(lambda: sitting.source.panel.page() is not None, timeout=WAIT_MS)
    assert sitting.source.panel.isVisible()
    sitting.stop()
    assert not sitting.source.panel.isVisible()
    assert field(sitting).response() == "9"


def test_a_quoted_rule_opens_its_place_with_the_sentence_marked(
    qtbot: QtBot, practice_context: AppContext
) -> None:
    sitting = asked(qtbot, practice_context, "sum")
    for wrong in ("9", "8"):
        type_answer(qtbot, practice_context, sitting, wrong)
        sitting.question.buttons.help.click()
        settle(qtbot, practice_context)
    button(sitting, "Open the passage").click()
    qtbot.waitUntil(lambda: not sitting.source.panel._text.mark_rect().isEmpty(), timeout=WAIT_MS)
    assert QUOTE.split()[1] in sitting.source.panel._text.toPlainText()


def test_too_early_for_help_says_how_long_and_never_how_many(
    qtbot: QtBot, practice_context: AppContext
) -> None:
    sitting = asked(qtbot, practice_context, "sum")
    question = sitting.question.question
    assert question is not None
    sitting.question.show_question(replace(question, wait_s=5.0))
    assert sitting.question.buttons.note.isVisible()
    sitting.question.buttons._waited.setInterval(0)
    qtbot.waitUntil(lambda: "now" in sitting.question.buttons.note.text(), timeout=WAIT_MS)
    texts = [label.text() for label in sitting.findChildren(QLabel)]
    assert not any("1 of" in text or "/4" in text for text in texts)


def test_a_hint_is_shown_in_other_words_when_they_come_and_stays_so(
    qtbot: QtBot, practice_context: AppContext
) -> None:
    sitting = asked(qtbot, practice_context, "sum")
    type_answer(qtbot, practice_context, sitting, "9")
    sitting.question.buttons.help.click()
    settle(qtbot, practice_context)
    sitting.practice.reworded.emit("s1", 1, parse("Think of both twigs."))
    type_answer(qtbot, practice_context, sitting, "8")
    (note,) = seen(sitting, HintNote)
    assert isinstance(note, HintNote)
    assert note._view.toPlainText() == "Think of both twigs."


def test_done_steps_stay_with_their_answers(qtbot: QtBot, practice_context: AppContext) -> None:
    sitting = asked(qtbot, practice_context, "twice")
    type_answer(qtbot, practice_context, sitting, "5")
    assert [card.input is None for card in sitting.question.steps] == [True, False]
    assert field(sitting).field.hasFocus()
    type_answer(qtbot, practice_context, sitting, "10")
    assert [card.input is None for card in sitting.question.steps] == [True, True]
    button(sitting.question.steps[1], "Show the worked solution").click()
    assert not [it for it in sitting.findChildren(QWidget) if it.windowTitle()]


def test_the_next_step_is_brought_into_view(qtbot: QtBot, practice_context: AppContext) -> None:
    sitting = asked(qtbot, practice_context, "twice")
    sitting.resize(900, 240)
    sitting.practice.tell()
    settle(qtbot, practice_context)
    type_answer(qtbot, practice_context, sitting, "5")
    assert len(sitting.question.steps) == 2
    qtbot.waitUntil(lambda: not field(sitting).field.visibleRegion().isEmpty(), timeout=2000)


def test_a_text_whose_gaps_were_filled_is_shown_once_and_without_holes(
    qtbot: QtBot, practice_context: AppContext
) -> None:
    sitting = asked(qtbot, practice_context, "fill")
    cloze = sitting.question.steps[-1].input
    assert isinstance(cloze, AnswerCloze)
    cloze.set_response({"g1": "green", "g2": "red"})
    sitting.question.buttons.check.click()
    settle(qtbot, practice_context)
    texts = [it.toPlainText() for it in sitting.question.steps[-1].findChildren(RichTextView)]
    assert [text for text in texts if "sends back" in text] == [
        "A leaf sends back green light and takes in red light."
    ]


def test_why_an_answer_cannot_be_checked_yet_is_said_with_the_button(
    qtbot: QtBot, practice_context: AppContext
) -> None:
    sitting = asked(qtbot, practice_context, "fill")
    cloze, check = sitting.question.steps[-1].input, sitting.question.buttons.check
    assert isinstance(cloze, AnswerCloze)
    cloze.set_response({"g1": "green"})
    assert not check.isEnabled()
    assert check.accessibleDescription() == check.toolTip() == "One gap is still empty."
    cloze.set_response({"g2": "red"})
    assert check.isEnabled()
    assert check.accessibleDescription() == check.toolTip() == ""


def test_the_result_may_be_given_at_the_first_step_and_answers_the_whole_question(
    qtbot: QtBot, practice_context: AppContext
) -> None:
    sitting = asked(qtbot, practice_context, "twice")
    assert any("whole question" in it.text() for it in sitting.question.steps[0].findChildren(QLabel))
    type_answer(qtbot, practice_context, sitting, "10")
    question = sitting.question.question
    assert question is not None
    assert question.ending == "solved"
    assert [len(card.step.attempts) for card in sitting.question.steps] == [0, 1]
    assert sitting.question.buttons.go_on.isVisible()


def test_just_tell_me_three_times_shows_the_solution_and_then_another_one_comes(
    qtbot: QtBot, practice_context: AppContext
) -> None:
    sitting = asked(qtbot, practice_context, "sum")
    for _ in range(3):
        sitting.question.buttons.tell.click()
        settle(qtbot, practice_context)
    assert sitting.question.buttons.go_on.isVisible()
    assert not sitting.question.buttons.help.isVisible()
    sitting.question.buttons.go_on.click()
    settle(qtbot, practice_context)
    question = sitting.question.question
    assert question is not None
    assert question.purpose == "retry"


def test_a_picture_stands_on_white_and_is_described(qtbot: QtBot, practice_context: AppContext) -> None:
    sitting = asked(qtbot, practice_context, "sum")
    (picture,) = seen(sitting, QuestionPicture)
    assert picture.accessibleDescription() == "Two twigs."
    assert picture.grab().toImage().pixelColor(QPoint(8, picture.height() // 2)).name() == "#ffffff"


@pytest.fixture
def mirrored(qapp: TutorApplication) -> Iterator[None]:
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    yield
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


@pytest.mark.usefixtures("mirrored")
@pytest.mark.parametrize(("stem", "from_right"), [("How many?", False), ("כמה $x$", True)])
def test_picture_field_and_answer_all_stand_where_their_question_does(
    qtbot: QtBot, practice_context: AppContext, stem: str, from_right: bool
) -> None:
    sitting = asked(qtbot, practice_context, "sum")
    question = sitting.question.question
    assert question is not None
    sitting.question.show_question(replace(question, id="anew", stem=parse(stem)))
    settle(qtbot, practice_context)
    (picture,) = seen(sitting, QuestionPicture)
    assert picture.isRightToLeft() is field(sitting).field.isRightToLeft() is from_right
    type_answer(qtbot, practice_context, sitting, "7")
    answered = sitting.question.question
    assert answered is not None
    assert answered.ending == "solved"
    sitting.question.show_question(replace(answered, stem=parse(stem)))
    settle(qtbot, practice_context)
    answer = sitting.question.steps[-1].answer
    assert answer is not None
    (said,) = seen(answer, RichTextView)
    assert [part.isRightToLeft() for part in (answer, said)] == [from_right, from_right]
