"""The page for practising: its tabs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.tutor_app.practice_profile import pose
from tutor_app.place import Page, Place
from tutor_app.views.practice_sitting import PracticeSitting
from tutor_app.views.practice_tabs import TABS, Tab
from tutor_app.views.practice_view import PracticeView
from tutor_app.widgets.reply_note import ReplyNote
from tutor_app.widgets.toast import ToastHost

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tutor_app.app_context import AppContext
from tests.tutor_app.views.sitting_driver import seen, settle, type_answer


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
