"""The page for practising, with a small pack and the real engine process."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from tests.tutor_app.conftest import make_context
from tests.tutor_app.practice_profile import ITEMS, PACK, QUOTE, pose, practice_profile
from tests.tutor_app.pseudo import PseudoTranslations
from tests.tutor_app.widget_texts import cut, unmarked
from tutor_app import i18n
from tutor_app.item_models.practice_words import reason_sentence
from tutor_app.place import Page, Place
from tutor_app.richtext.parser import parse
from tutor_app.richtext.plain import to_spoken
from tutor_app.views.practice_sitting import PracticeSitting
from tutor_app.views.practice_tabs import TABS, Tab
from tutor_app.views.practice_view import PracticeView
from tutor_app.widgets.answer_cloze import AnswerCloze
from tutor_app.widgets.answer_typed import AnswerLine
from tutor_app.widgets.hint_note import HintNote
from tutor_app.widgets.question_picture import QuestionPicture
from tutor_app.widgets.reply_note import ReplyNote
from tutor_app.widgets.rich_text_view import RichTextView
from tutor_app.widgets.toast import ToastHost
from tutor_app.workers.directory import Process

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from tutor_app.app_context import AppContext
    from tutor_app.application import TutorApplication
    from tutor_app.preferences import PreferenceStore
    from tutor_app.theme.theme import Theme

WAIT_MS = 20_000


@pytest.fixture
def practice_context(
    qapp: TutorApplication, tmp_path: Path, preferences: PreferenceStore, theme: Theme
) -> Iterator[AppContext]:
    yield from make_context(qapp, practice_profile(tmp_path / "home"), preferences, theme)


def made(qtbot: QtBot, context: AppContext, place: Place | None = None) -> PracticeSitting:
    sitting = PracticeSitting(context)
    qtbot.addWidget(sitting)
    sitting.resize(1100, 700)
    with qtbot.waitActive(sitting):
        sitting.show()
        sitting.activateWindow()
    sitting.open(place or Place(Page.PRACTICE))
    settle(qtbot, context)
    return sitting


def settle(qtbot: QtBot, context: AppContext) -> None:
    for _ in range(2):  # what has arrived may ask for more
        qtbot.waitUntil(lambda: not any(map(context.engine.busy, Process)), timeout=WAIT_MS)
        qtbot.wait(40)


def asked(qtbot: QtBot, context: AppContext, item: str, mode: str = "practice") -> PracticeSitting:
    pose(context.paths, item, mode=mode)
    return made(qtbot, context)


def field(sitting: PracticeSitting) -> AnswerLine:
    found = sitting.question.steps[-1].input
    assert isinstance(found, AnswerLine)
    return found


def type_answer(qtbot: QtBot, context: AppContext, sitting: PracticeSitting, text: str) -> None:
    line = field(sitting).field
    line.clear()
    QTest.keyClicks(line, text)
    QTest.keyClick(line, Qt.Key.Key_Return)
    settle(qtbot, context)


def button(within: QWidget, name: str) -> QAbstractButton:
    return next(
        it
        for it in within.findChildren(QAbstractButton)
        if it.isVisible() and name in (it.text(), it.accessibleName())
    )


def seen(within: QWidget, kind: type[QWidget]) -> list[QWidget]:
    return [it for it in within.findChildren(kind) if it.isVisible()]


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


def test_tab_goes_from_the_field_to_what_was_said_and_to_the_buttons(
    qtbot: QtBot, practice_context: AppContext
) -> None:
    view = PracticeView(practice_context)
    qtbot.addWidget(view)
    view.resize(1100, 700)
    pose(practice_context.paths, "twice")
    with qtbot.waitActive(view):
        view.show()
        view.activateWindow()
    view.open(Place(Page.PRACTICE, aim="open"))
    settle(qtbot, practice_context)
    sitting = view.tab(Tab.PRACTISE)
    assert isinstance(sitting, PracticeSitting)
    type_answer(qtbot, practice_context, sitting, "999")
    (note,) = seen(sitting, ReplyNote)
    stops: list[str] = []
    while (now := QApplication.focusWidget()) is not sitting.question.buttons.check and len(stops) < 12:
        assert now is not None
        stops.append(now.accessibleName())
        QTest.keyClick(now, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is sitting.question.buttons.check
    assert note.accessibleName() in stops


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


def test_a_wrong_answer_stays_and_is_answered_calmly(qtbot: QtBot, practice_context: AppContext) -> None:
    sitting = asked(qtbot, practice_context, "sum")
    type_answer(qtbot, practice_context, sitting, "9")
    assert field(sitting).response() == "9"
    assert field(sitting).field.hasFocus()
    (note,) = seen(sitting, ReplyNote)
    assert note.property("role") == "sunken"
    assert note.accessibleName().startswith("Not yet")
    assert sitting.question.buttons.check.isVisible()


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


def test_every_tab_can_be_shown_and_knows_where_it_is(qtbot: QtBot, practice_context: AppContext) -> None:
    view = PracticeView(practice_context)
    qtbot.addWidget(view)
    view.resize(1100, 700)
    view.show()
    for tab in TABS:
        view.open(Place(Page.PRACTICE, part="" if tab is Tab.PRACTISE else tab.value))
        settle(qtbot, practice_context)
        assert view.tabs.tabData(view.tabs.currentIndex()) == tab.value
        assert view.place().page == Page.PRACTICE


def test_news_lie_over_the_plan_and_do_not_cut_its_page(qtbot: QtBot, practice_context: AppContext) -> None:
    view = PracticeView(practice_context)
    qtbot.addWidget(view)
    view.resize(1100, 700)
    view.show()
    view.open(Place(Page.PRACTICE, part=Tab.PLAN))
    settle(qtbot, practice_context)
    host = ToastHost(view, practice_context.theme)
    before = view.tab(Tab.PLAN).height()
    host.show_undo("The plan was changed.", list)
    qtbot.waitUntil(host.isVisible)
    assert view.tab(Tab.PLAN).height() == before
    assert host.geometry().top() > view.height() / 2


@pytest.fixture
def pseudo(qapp: TutorApplication) -> Iterator[None]:
    i18n.install(PseudoTranslations())
    yield
    i18n.install(i18n.load("en"))


def authored() -> set[str]:
    """What the small pack says, as it is shown."""
    texts = {to_spoken(parse(re.sub(r"\[gap:\w+\]", "…", text))) for text in strings(ITEMS)}
    return texts | {"Plants", "Say why", "…", "LLM Tutor"}


def strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for one in value.values() if isinstance(value, dict) else value:
            yield from strings(one)


@pytest.mark.parametrize("item", [item["id"] for item in ITEMS])
def test_a_question_of_any_kind_says_nothing_that_no_translation_reaches_and_nothing_is_cut(
    qtbot: QtBot, practice_context: AppContext, pseudo: None, item: str
) -> None:
    sitting = asked(qtbot, practice_context, item)
    sitting.resize(880, 540)
    qtbot.wait(50)
    assert unmarked(sitting, authored()) == []
    assert cut(sitting) == []


def test_the_choice_and_the_summary_say_nothing_that_no_translation_reaches(
    qtbot: QtBot, practice_context: AppContext, pseudo: None
) -> None:
    sitting = asked(qtbot, practice_context, "sum")
    type_answer(qtbot, practice_context, sitting, "7")
    sitting.resize(880, 540)
    sitting._finish()
    settle(qtbot, practice_context)
    assert sitting.summary.isVisible()
    assert (unmarked(sitting, authored()), cut(sitting)) == ([], [])
    sitting.practice.offer()
    settle(qtbot, practice_context)
    assert sitting.chooser.isVisible()
    assert (unmarked(sitting, authored()), cut(sitting)) == ([], [])


@pytest.mark.parametrize("item", [item["id"] for item in ITEMS])
def test_every_control_of_a_question_has_a_name_and_is_reached_by_tab(
    qtbot: QtBot, practice_context: AppContext, item: str
) -> None:
    sitting = asked(qtbot, practice_context, item)
    reached: list[QWidget] = []
    for _ in range(60):
        focus = QApplication.focusWidget()
        assert focus is not None
        if focus not in reached:
            reached.append(focus)
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    assert [it for it in reached if not it.accessibleName() and not getattr(it, "text", str)()] == []
    assert sitting.question.buttons.help in reached
    assert sitting.question.buttons.bad in reached
