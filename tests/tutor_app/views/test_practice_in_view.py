"""What is seen of a question where there is little room: its beginning, its field, what was said last, the buttons."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from tests.tutor_app.views.sitting_driver import asked, button, field, made, seen, settle, type_answer
from tutor_app.richtext.parser import parse
from tutor_app.richtext.plain import to_plain
from tutor_app.widgets.hint_note import HintNote
from tutor_app.widgets.question_picture import QuestionPicture
from tutor_app.widgets.quiet_text import QuietText
from tutor_app.widgets.reply_note import ReplyNote
from tutor_app.widgets.rich_text_view import RichTextView
from tutor_app.widgets.toast import ToastHost

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tutor_app.app_context import AppContext
    from tutor_app.views.practice_sitting import PracticeSitting

LOW, LOWEST = 300, 220


def rect_in(part: QWidget, window: QWidget) -> QRect:
    return QRect(part.mapTo(window, QPoint()), part.size())


def view_of(sitting: PracticeSitting) -> QRect:
    return rect_in(sitting.question._page.viewport(), sitting)


def top_is_seen(part: QWidget, sitting: PracticeSitting) -> bool:
    top = rect_in(part, sitting).top()
    return view_of(sitting).top() <= top < view_of(sitting).bottom()


def is_seen(part: QWidget, sitting: PracticeSitting) -> bool:
    return view_of(sitting).contains(rect_in(part, sitting))


def open_at(qtbot: QtBot, context: AppContext, sitting: PracticeSitting, height: int) -> None:
    """Have the question open anew in a window of this height."""
    question = sitting.question.question
    assert question is not None
    sitting.resize(900, height)
    settle(qtbot, context)
    sitting.question.show_question(replace(question, id=f"anew-{height}"))
    settle_view(qtbot, sitting)


def settle_view(qtbot: QtBot, sitting: PracticeSitting) -> None:
    """Wait until the page scrolls no more by itself."""
    question = sitting.question
    qtbot.waitUntil(lambda: not question._settled.isActive() and not question.in_view.settling)


def prompt(sitting: PracticeSitting) -> QWidget:
    return seen(sitting.question, RichTextView)[0]


@pytest.mark.parametrize("height", range(220, 520, 50))
def test_where_a_question_opens_its_beginning_is_seen_and_its_field_if_both_have_room(
    qtbot: QtBot, practice_context: AppContext, height: int
) -> None:
    sitting = asked(qtbot, practice_context, "sum")
    open_at(qtbot, practice_context, sitting, height)
    whole = rect_in(prompt(sitting), sitting) | rect_in(field(sitting), sitting)
    assert top_is_seen(prompt(sitting), sitting)
    assert field(sitting).field.hasFocus()
    assert is_seen(field(sitting), sitting) == (whole.height() + 16 <= view_of(sitting).height())


def test_the_field_comes_into_view_as_soon_as_something_is_typed(
    qtbot: QtBot, practice_context: AppContext
) -> None:
    sitting = asked(qtbot, practice_context, "sum")
    open_at(qtbot, practice_context, sitting, LOWEST)
    assert not is_seen(field(sitting), sitting)
    QTest.keyClicks(field(sitting).field, "7")
    qtbot.waitUntil(lambda: is_seen(field(sitting), sitting))


@pytest.mark.parametrize("answers", [[], ["4"]])
def test_what_stands_below_the_field_comes_into_view_with_it(
    qtbot: QtBot, practice_context: AppContext, answers: list[str]
) -> None:
    sitting = asked(qtbot, practice_context, "twice")
    open_at(qtbot, practice_context, sitting, LOWEST)
    for answer in answers:
        type_answer(qtbot, practice_context, sitting, answer)
        settle_view(qtbot, sitting)
    below = sitting.question.steps[-1].under_input
    assert isinstance(below, QLabel)
    QTest.keyClicks(field(sitting).field, "7")
    qtbot.waitUntil(lambda: is_seen(below, sitting))
    settle_view(qtbot, sitting)
    assert is_seen(field(sitting), sitting)
    assert view_of(sitting).bottom() - rect_in(below, sitting).bottom() >= 8


def test_the_preview_of_what_is_typed_is_in_view(qtbot: QtBot, practice_context: AppContext) -> None:
    sitting = asked(qtbot, practice_context, "term")
    open_at(qtbot, practice_context, sitting, LOW)
    QTest.keyClicks(field(sitting).field, "x/2")
    qtbot.waitUntil(lambda: field(sitting).preview.isVisible(), timeout=20_000)
    qtbot.waitUntil(lambda: is_seen(field(sitting).preview, sitting))


def test_what_is_said_to_an_answer_and_a_hint_begin_in_view(
    qtbot: QtBot, practice_context: AppContext
) -> None:
    sitting = asked(qtbot, practice_context, "sum")
    sitting.resize(900, LOW)
    type_answer(qtbot, practice_context, sitting, "1")
    qtbot.waitUntil(lambda: top_is_seen(seen(sitting, ReplyNote)[-1], sitting))
    sitting.practice.help()
    settle(qtbot, practice_context)
    qtbot.waitUntil(lambda: top_is_seen(seen(sitting, HintNote)[-1], sitting))


def test_the_result_is_in_view(qtbot: QtBot, practice_context: AppContext) -> None:
    sitting = asked(qtbot, practice_context, "sum")
    sitting.resize(900, LOW)
    type_answer(qtbot, practice_context, sitting, "7")
    qtbot.waitUntil(lambda: is_seen(seen(sitting, ReplyNote)[-1], sitting))


@pytest.mark.parametrize("height", range(260, 420, 20))
def test_a_question_opens_with_no_line_cut_by_the_upper_edge(
    qtbot: QtBot, practice_context: AppContext, height: int
) -> None:
    sitting = asked(qtbot, practice_context, "sum")
    open_at(qtbot, practice_context, sitting, height)
    edge = view_of(sitting).top()
    parts = [*seen(sitting.question, QLabel), *seen(sitting.question, QAbstractButton), prompt(sitting)]
    whole = [
        rect_in(part, sitting) for part in parts if part.property("role") is not None or part is parts[-1]
    ]
    assert [it for it in whole if it.top() < edge < it.bottom()] == []


def test_a_picture_gives_way_to_the_field_below_it_and_takes_its_room_back(
    qtbot: QtBot, practice_context: AppContext
) -> None:
    sitting = asked(qtbot, practice_context, "sum")
    (picture,) = seen(sitting.question, QuestionPicture)
    whole = picture.height()
    sitting.resize(900, LOW)
    qtbot.waitUntil(lambda: picture.height() < whole)
    qtbot.waitUntil(lambda: is_seen(field(sitting), sitting))
    assert picture.height() > whole / 2
    sitting.resize(900, 700)
    qtbot.waitUntil(lambda: picture.height() == whole)


def test_a_picture_stays_as_large_as_it_was_when_its_question_is_answered(
    qtbot: QtBot, practice_context: AppContext
) -> None:
    sitting = asked(qtbot, practice_context, "sum")
    whole = seen(sitting.question, QuestionPicture)[0].height()
    sitting.resize(900, LOW)
    qtbot.waitUntil(lambda: seen(sitting.question, QuestionPicture)[0].height() < whole)
    before = seen(sitting.question, QuestionPicture)[0].height()
    type_answer(qtbot, practice_context, sitting, "7")
    settle_view(qtbot, sitting)
    (picture,) = seen(sitting.question, QuestionPicture)
    assert picture.height() == before


def test_lines_that_were_not_seen_yet_are_shown_before_their_order_can_be_checked(
    qtbot: QtBot, practice_context: AppContext
) -> None:
    sitting = asked(qtbot, practice_context, "sort")
    question = sitting.question.question
    assert question is not None
    sitting.resize(900, LOW)
    sitting.question.show_question(replace(question, id="anew", stem=parse("Read this first. " * 90)))
    settle_view(qtbot, sitting)
    order, check = sitting.question.steps[-1].input, sitting.question.buttons.check
    assert order is not None
    assert order.visibleRegion().isEmpty()
    given: list[object] = []
    sitting.question.answered.connect(lambda *answer: given.append(answer))
    check.click()
    assert not order.visibleRegion().isEmpty()
    assert given == []
    check.click()
    assert len(given) == 1


def test_the_result_stays_in_view_where_what_stands_above_it_grows_late(
    qtbot: QtBot, practice_context: AppContext
) -> None:
    sitting = asked(qtbot, practice_context, "sum")
    sitting.resize(900, LOW)
    type_answer(qtbot, practice_context, sitting, "7")
    settle_view(qtbot, sitting)
    (note,) = seen(sitting, ReplyNote)
    sitting.question.in_view.follow(opened=False)
    sitting.question._body.insertSpacing(0, 400)
    qtbot.waitUntil(lambda: is_seen(note, sitting))
    settle_view(qtbot, sitting)
    assert is_seen(note, sitting)


def test_what_is_offered_below_the_result_is_in_view_where_it_has_room(
    qtbot: QtBot, practice_context: AppContext
) -> None:
    sitting = asked(qtbot, practice_context, "twice")
    sitting.resize(900, 420)
    type_answer(qtbot, practice_context, sitting, "5")
    type_answer(qtbot, practice_context, sitting, "10")
    settle_view(qtbot, sitting)
    assert is_seen(button(sitting.question.steps[-1], "Show the worked solution"), sitting)
    assert is_seen(seen(sitting, ReplyNote)[-1], sitting)


def test_the_text_stays_in_line_with_the_buttons_where_there_is_a_scroll_bar(
    qtbot: QtBot, practice_context: AppContext
) -> None:
    sitting = asked(qtbot, practice_context, "sum")

    def off_line() -> int:
        line = rect_in(field(sitting).field, sitting).left()
        return abs(line - rect_in(sitting.question.buttons.check, sitting).left())

    assert not sitting.question._page.verticalScrollBar().isVisible()
    assert off_line() == 0
    sitting.resize(900, LOW)
    qtbot.waitUntil(sitting.question._page.verticalScrollBar().isVisible)
    qtbot.waitUntil(lambda: off_line() == 0)


def test_the_buttons_keep_to_one_row_and_the_rest_is_in_a_menu(
    qtbot: QtBot, practice_context: AppContext
) -> None:
    sitting = asked(qtbot, practice_context, "sum")
    buttons = sitting.question.buttons
    for width in (1100, 620, 480, 1100):
        sitting.resize(width, 600)
        qtbot.waitUntil(lambda: not buttons._narrowed.isActive())
        settle(qtbot, practice_context)
        row = [it for it in buttons._buttons.children() if isinstance(it, QWidget) and it.isVisible()]
        assert len({it.y() for it in row}) == 1
        inside = [action.text() for action in buttons.more.menu().actions()]
        shown = [it.text() for it in (buttons.explain, buttons.put_off, buttons.bad) if it.isVisible()]
        assert buttons.explain.text() in inside + shown
        assert sorted([*inside, *shown])[1:] == ["Is something wrong?", "Put off"]
        assert buttons.more.isVisible() == bool(inside)
    assert buttons.height() < 2 * buttons.check.height() + 20


def test_what_is_in_the_menu_does_what_its_button_does(qtbot: QtBot, practice_context: AppContext) -> None:
    sitting = asked(qtbot, practice_context, "sum")
    sitting.resize(480, 600)
    qtbot.waitUntil(sitting.question.buttons.more.isVisible)
    before = sitting.question.question
    actions = {it.text(): it for it in sitting.question.buttons.more.menu().actions()}
    assert actions["Is something wrong?"].menu() is sitting.question.buttons.bad.menu()
    actions["Put off"].trigger()
    settle(qtbot, practice_context)
    after = sitting.question.question
    assert before is not None
    assert after is not None
    assert before.id != after.id


def test_news_cover_neither_the_field_nor_the_buttons(qtbot: QtBot, practice_context: AppContext) -> None:
    sitting = asked(qtbot, practice_context, "sum")
    sitting.resize(900, 420)
    host = ToastHost(sitting, practice_context.theme)
    host.show_undo("The last question does not count.", list)
    type_answer(qtbot, practice_context, sitting, "1")

    def covered() -> list[QWidget]:
        parts = (field(sitting).field, sitting.question.buttons.check, sitting.question.buttons.help)
        under = [it for it in parts if host.geometry().intersects(rect_in(it, sitting))]
        return [it for it in under if not it.visibleRegion().isEmpty()]

    qtbot.waitUntil(lambda: not covered())
    assert host.geometry().bottom() < rect_in(sitting.question.buttons.check, sitting).top()
    QTest.keyClicks(field(sitting).field, "2")
    qtbot.waitUntil(lambda: is_seen(field(sitting).field, sitting))
    assert not covered()
    assert not host.geometry().intersects(view_of(sitting))
    host.undo_newest()
    settle(qtbot, practice_context)
    assert view_of(sitting).bottom() + 2 >= rect_in(sitting.question.buttons, sitting).top()


def test_the_news_of_a_bad_question_speak_of_the_last_one(qtbot: QtBot, practice_context: AppContext) -> None:
    sitting = asked(qtbot, practice_context, "sum")
    said: list[str] = []
    practice_context.undoable.connect(lambda text, _: said.append(text))
    sitting.question.buttons.bad.menu().actions()[0].trigger()
    settle(qtbot, practice_context)
    assert [text.split(" does not count")[0] for text in said] == ["The last question"]


def test_an_exam_is_begun_by_name_and_nothing_is_told_of_what_comes_in_it(
    qtbot: QtBot, practice_context: AppContext
) -> None:
    sitting = made(qtbot, practice_context)

    def words() -> list[str]:
        return [it.text() for it in sitting.chooser._packs.findChildren(QLabel) if it.isVisible()]

    assert any(text.startswith("Next: ") for text in words())
    sitting.chooser.modes.chip("exam").click()
    settle(qtbot, practice_context)
    assert not any(text.startswith("Next: ") for text in words())
    assert sitting.chooser._mode_words.text().startswith("Ten questions, no help.")
    with qtbot.waitSignal(sitting.chooser.begun) as begun:
        button(sitting.chooser, "Start the exam").click()
    assert (begun.args[0], begun.args[2]) == ("learn", "exam")


def test_the_questions_of_a_sitting_are_told_apart_by_their_first_words(
    qtbot: QtBot, practice_context: AppContext
) -> None:
    sitting = asked(qtbot, practice_context, "sum")
    type_answer(qtbot, practice_context, sitting, "7")
    sitting.question.finish.click()
    settle(qtbot, practice_context)
    words = [to_plain(it.rich_text()) for it in sitting.summary.findChildren(QuietText)]
    assert "One twig has $3$ leaves, another has $4$. How many together?" in words


@pytest.mark.parametrize("height", range(330, 430, 20))
def test_a_picture_becomes_a_little_smaller_before_anything_goes_out_of_sight(
    qtbot: QtBot, practice_context: AppContext, height: int
) -> None:
    sitting = asked(qtbot, practice_context, "sum")
    (picture,) = seen(sitting.question, QuestionPicture)
    whole = picture.height()
    open_at(qtbot, practice_context, sitting, height)
    (picture,) = seen(sitting.question, QuestionPicture)
    scrolled = sitting.question._page.verticalScrollBar().value()
    end = rect_in(field(sitting), sitting).bottom() + scrolled - view_of(sitting).top()
    least = end - picture.height() + 0.8 * whole + 16
    assert (scrolled > 0) == (least > view_of(sitting).height())
    assert is_seen(field(sitting), sitting)
