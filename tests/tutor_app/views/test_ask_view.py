"""The page for questions, with the real engine process: what it says where there is no plain answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from engine.events import QueryFilter
from engine.tutor.question import MAX_CHARACTERS
from engine.types import Act, TurnStatus
from tests.tutor_app.cli.small_profile import PARTLY, QUESTION
from tutor_app.controllers.chat_controller import Doing
from tutor_app.controllers.preparation_controller import PreparationController
from tutor_app.place import Page, Place
from tutor_app.richtext.plain import to_plain
from tutor_app.services.turns import AnswerSoFar, AnswerSource, AnswerWhole, AskRequest, TurnEnd
from tutor_app.views.ask_view import AskView
from tutor_app.views.main_window import MainWindow
from tutor_app.widgets.basics import IconButton
from tutor_app.widgets.elided_button import ElidedButton
from tutor_app.widgets.reading_order import reading_order
from tutor_app.widgets.toast import ToastHost
from tutor_app.widgets.turn_notice import TurnNotice
from tutor_app.widgets.turn_view import TurnView, plain_text
from tutor_app.workers.directory import Process

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tutor_app.app_context import AppContext
    from tutor_app.theme.theme import Theme

WAIT_MS = 20_000


def shown(qtbot: QtBot, context: AppContext) -> tuple[MainWindow, AskView]:
    window = MainWindow(context)
    qtbot.addWidget(window)
    window.show()
    window.open(Place(Page.ASK))
    page = window.page(Page.ASK)
    assert isinstance(page, AskView)
    return window, page


def test_news_leave_the_pages_of_the_window_in_reach(qtbot: QtBot, context: AppContext) -> None:
    context.preferences.change(text_scale=200)
    window, _ = shown(qtbot, context)
    window.resize(960, 600)
    context.notice.emit("A backup was made.")
    host = window.findChild(ToastHost)
    assert host is not None
    qtbot.waitUntil(lambda: host.width() > 300)
    assert host.mapTo(window, QPoint()).x() >= window.rail.mapTo(window, window.rail.rect().topRight()).x()


def practise_button(turn: TurnView) -> IconButton:
    return next(it for it in turn.findChildren(IconButton) if it.accessibleName() == "Practise this")


def test_a_question_that_is_far_too_long_is_shown_by_its_beginning_and_given_back(
    qtbot: QtBot, small_context: AppContext
) -> None:
    _, page = shown(qtbot, small_context)
    question = "whynot " * 15_000
    with qtbot.waitSignal(page.chat.failed, timeout=WAIT_MS):
        page.chat.ask(question)
    (turn,) = page.conversation.turns
    assert len(turn._bubble.toPlainText()) < MAX_CHARACTERS
    assert turn._bubble.toPlainText().endswith("whynot …")
    assert page._title.text() == "New conversation"
    assert page.composer.box.text() == question


def test_a_crash_while_answering_is_said_once_in_its_turn(qtbot: QtBot, small_context: AppContext) -> None:
    window, page = shown(qtbot, small_context)
    with qtbot.waitSignal(page.chat.failed, timeout=WAIT_MS):
        page.chat.ask(QUESTION)
        small_context.engine.kill(Process.TUTOR)
    assert page.conversation.turns[0]._notice.isVisible()
    assert window._banner is None


@pytest.fixture
def unpacking(small_context: AppContext, monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Packs are being unpacked while it holds something."""
    held = [True]
    monkeypatch.setattr(PreparationController, "unpacking", property(lambda _: bool(held)))
    return held


def test_a_question_waits_until_the_packs_are_unpacked(
    qtbot: QtBot, small_context: AppContext, unpacking: list[bool]
) -> None:
    _, page = shown(qtbot, small_context)
    page.chat.ask(QUESTION)
    assert page.chat.doing is Doing.WAITING
    PreparationController.of(small_context).changed.emit()
    assert page.chat.doing is Doing.WAITING
    unpacking.clear()
    with qtbot.waitSignal(page.chat.ended, timeout=WAIT_MS) as ended:
        PreparationController.of(small_context).changed.emit()
    assert ended.args[0].status is TurnStatus.ANSWERED


@pytest.mark.usefixtures("unpacking")
def test_a_question_that_waits_can_be_stopped_and_is_kept(qtbot: QtBot, small_context: AppContext) -> None:
    _, page = shown(qtbot, small_context)
    page.chat.ask(QUESTION)
    with qtbot.waitSignal(page.chat.ended, timeout=WAIT_MS) as ended:
        assert page.chat.stop()
    assert ended.args[0].status is TurnStatus.CANCELLED


def test_a_new_conversation_does_not_begin_under_a_question_that_failed(
    qtbot: QtBot, small_context: AppContext
) -> None:
    window, page = shown(qtbot, small_context)
    with qtbot.waitSignal(page.chat.failed, timeout=WAIT_MS):
        page.chat.ask("why " * 25_000)
    window._begin_conversation()
    assert page.conversation.turns == []


def test_a_crash_while_nothing_is_asked_is_said_by_the_window(
    qtbot: QtBot, small_context: AppContext
) -> None:
    window, _ = shown(qtbot, small_context)
    small_context.engine.call("history.conversations")
    small_context.engine.kill(Process.TUTOR)
    qtbot.waitUntil(lambda: window._banner is not None, timeout=WAIT_MS)


def test_tab_goes_from_the_answer_by_its_sources_and_follow_ups_to_the_box(
    qtbot: QtBot, small_context: AppContext
) -> None:
    _, page = shown(qtbot, small_context)
    with qtbot.waitSignal(page.chat.ended, timeout=WAIT_MS):
        page.chat.ask(QUESTION)
    (turn,) = page.conversation.turns

    def buttons() -> list[QPushButton]:
        found = [one for one in reading_order(page) if isinstance(one, QPushButton)]
        return [one for one in found if isinstance(one, ElidedButton) or one.text() == "Quiz me on this"]

    qtbot.waitUntil(lambda: len(buttons()) == 2)
    chip, follow_up = buttons()
    order = list(reading_order(page))
    way = [turn.body, chip, practise_button(turn), follow_up, page.composer.box.edit]
    assert [one for one in order if one in way] == way


def test_after_a_source_that_the_keyboard_opened_its_place_in_the_answer_is_seen(
    qtbot: QtBot, small_context: AppContext
) -> None:
    _, page = shown(qtbot, small_context)
    with qtbot.waitSignal(page.chat.ended, timeout=WAIT_MS):
        page.chat.ask(QUESTION)
    answer = page.conversation.turns[0].body
    answer.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(answer, Qt.Key.Key_Tab)
    QTest.keyClick(answer, Qt.Key.Key_Return)
    assert page.source.panel.isVisible()
    assert not answer.has_ring
    page.stop()
    assert answer.hasFocus()
    assert answer.has_ring


def test_after_a_follow_up_the_keyboard_is_in_the_box(qtbot: QtBot, small_context: AppContext) -> None:
    _, page = shown(qtbot, small_context)
    with qtbot.waitSignal(page.chat.ended, timeout=WAIT_MS):
        page.chat.ask(QUESTION)
    [follow_up] = [one for one in page.findChildren(QPushButton) if one.text() == "Quiz me on this"]
    qtbot.waitUntil(follow_up.isVisible)
    follow_up.setFocus()
    with qtbot.waitSignal(page.chat.ended, timeout=WAIT_MS):
        QTest.keyClick(follow_up, Qt.Key.Key_Space)
    assert page.composer.box.edit.hasFocus()


def test_a_cited_passage_can_be_practised(qtbot: QtBot, small_context: AppContext) -> None:
    window, page = shown(qtbot, small_context)
    with qtbot.waitSignal(page.chat.ended, timeout=WAIT_MS):
        page.chat.ask(QUESTION)
    (turn,) = page.conversation.turns
    source = turn._sources[0]
    assert practise_button(turn).isVisible()
    with qtbot.waitSignal(small_context.go) as went:
        practise_button(turn).click()
    others = tuple(dict.fromkeys((it.pack, it.passage) for it in turn._sources[1:]))
    place = Place(Page.PRACTICE, pack=source.pack, passage=source.passage, aim="quiz", beside=others)
    assert went.args == [place]
    assert window.page(Page.PRACTICE).isVisible()


def test_what_cites_nothing_cannot_be_practised(qtbot: QtBot, theme: Theme) -> None:
    turn = TurnView(theme, AskRequest("Why?"))
    qtbot.addWidget(turn)
    turn.show_whole(AnswerWhole(plain_text("Let us look at it together."), (), Act.EXPLAIN, ()))
    turn.end(TurnEnd("conversation", "turn", TurnStatus.ANSWERED, (), ()))
    turn.show()
    assert turn._actions.isVisible()
    assert not practise_button(turn).isVisible()


def test_what_may_be_no_answer_is_shown_after_a_word_of_warning(qtbot: QtBot, theme: Theme) -> None:
    turn = TurnView(theme, AskRequest("Does friction slow a ball down on ice?"))
    qtbot.addWidget(turn)
    turn.show()
    body = plain_text("A ball that rolls over grass stops because friction slows it down.")
    turn.show_answer(AnswerSoFar(body, (), partial=True))
    assert turn._lead is not None
    turn.show_whole(AnswerWhole(body, (), Act.PARTIAL, ()))
    turn.end(TurnEnd("conversation", "turn", TurnStatus.ABSTAINED, (), ()))
    assert turn._lead.y() < turn.body.y()
    assert "I am not sure" in turn._lead.text()
    assert not turn._actions.isVisible()
    assert turn._notice.isVisible()
    texts = [one.text() for one in turn._notice.findChildren(QLabel)]
    assert "You can ask in other words, or add a document that says it." in texts


def test_a_partial_answer_is_shown_from_the_store_as_it_was(qtbot: QtBot, small_context: AppContext) -> None:
    _, page = shown(qtbot, small_context)
    with qtbot.waitSignal(page.chat.ended, timeout=WAIT_MS):
        page.chat.ask(PARTLY)
    (turn,) = page.conversation.turns
    assert turn._lead is not None
    assert "not sure" not in to_plain(turn.body.rich_text())
    first = (to_plain(turn.body.rich_text()), len(turn._sources))
    with qtbot.waitSignal(page.chat.opened, timeout=WAIT_MS):
        page.chat.open(page.chat.conversation)
    (again,) = page.conversation.turns
    assert again is not turn
    assert again._lead is not None
    assert (to_plain(again.body.rich_text()), len(again._sources)) == first


def test_where_nothing_was_found_it_says_where_it_looked(qtbot: QtBot, theme: Theme) -> None:
    notice = TurnNotice(theme)
    qtbot.addWidget(notice)
    notice.show_abstention((), (QueryFilter("section", "s-2", "chapter 2", "in chapter 2"),))
    assert "I looked only here: chapter 2." in [one.text() for one in notice.findChildren(QLabel)]


def test_long_names_of_places_are_cut_and_whole_as_a_tip(qtbot: QtBot, theme: Theme) -> None:
    notice = TurnNotice(theme)
    qtbot.addWidget(notice)
    title = "Common mistake: saying that a cell changes its shape because it wants to"
    notice.show_abstention((AnswerSource(1, "pack", "Biology: cells and energy", "", "p-1", title),), ())
    notice.resize(300, 300)
    notice.show()
    chip = next(made for made in notice.findChildren(QPushButton) if title in made.text())
    assert notice.minimumSizeHint().width() <= 300
    qtbot.waitUntil(lambda: chip.geometry().right() < 300)
    assert chip.toolTip() == f"{title} · Biology: cells and energy"
    notice.resize(900, 300)
    qtbot.waitUntil(lambda: chip.toolTip() == "")
    assert chip.focusPolicy() == Qt.FocusPolicy.TabFocus
