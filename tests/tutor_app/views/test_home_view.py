"""The first page: ready at once, and on a new profile without a network too."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from tests.engine.content.importers.conftest import DATA
from tutor_app.controllers.import_controller import ImportController
from tutor_app.controllers.library_controller import LibraryController
from tutor_app.controllers.preparation_controller import PreparationController, Stage
from tutor_app.item_models.imports import ImportState
from tutor_app.place import Page, Place
from tutor_app.views.home_view import HomeView
from tutor_app.workers.messages import Failure

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from tutor_app.app_context import AppContext

WAIT_MS = 30_000


def shown(qtbot: QtBot, context: AppContext) -> HomeView:
    view = HomeView(context)
    qtbot.addWidget(view)
    view.resize(1000, 700)
    view.open(Place(Page.HOME))
    view.show()
    return view


def texts(inside: QWidget) -> list[str]:
    return [made.text() for made in inside.findChildren(QPushButton) if made.isVisible()]


def press(qtbot: QtBot, inside: QWidget, text: str) -> None:
    made = next(made for made in inside.findChildren(QPushButton) if made.text() == text and made.isVisible())
    QTest.mouseClick(made, Qt.MouseButton.LeftButton)


@pytest.mark.parametrize("turns", range(4))
def test_a_page_that_is_gone_within_its_first_turns_leaves_nothing_to_be_called(
    qtbot: QtBot, context: AppContext, turns: int
) -> None:
    view = HomeView(context)
    view.resize(1000, 700)
    view.show()
    view.grab()  # the first paint
    for _turn in range(turns):
        QApplication.processEvents()
    shiboken6.delete(view)
    with qtbot.captureExceptions() as raised:
        QApplication.processEvents()
        QApplication.processEvents()
    assert not raised


def test_it_can_be_typed_into_before_the_engine_is_there(qtbot: QtBot, context: AppContext) -> None:
    view = HomeView(context)
    qtbot.addWidget(view)
    assert view.shelf is None, "nothing is looked up before the first paint"
    places: list[Place] = []
    context.go.connect(places.append)
    QTest.keyClicks(view.box.edit, "Why are leaves green?")
    QTest.keyClick(view.box.edit, Qt.Key.Key_Return)
    assert places == [Place(Page.ASK, question="Why are leaves green?", send=True)]
    assert view.box.text() == ""


def test_a_new_profile_without_a_network_has_its_packs_and_says_what_works(
    qtbot: QtBot, context: AppContext
) -> None:
    view = shown(qtbot, context)
    qtbot.waitUntil(lambda: view.shelf is not None)
    shelf = view.shelf
    assert shelf is not None
    preparation = PreparationController.of(context)
    qtbot.waitUntil(lambda: len(shelf._packs.cards()) == 3, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: bool(LibraryController.of(context).examples), timeout=WAIT_MS)
    qtbot.waitUntil(lambda: preparation.failure is not None, timeout=WAIT_MS)
    assert preparation.failure is not None
    assert preparation.failure.code == "download"
    banner = shelf._preparation._banner
    assert banner is not None
    assert banner.isVisible()
    assert banner.accessibleName().startswith("You can read and ask.")
    places: list[Place] = []
    context.go.connect(places.append)
    example = LibraryController.of(context).examples[0].question
    press(qtbot, shelf, example)
    assert places == [Place(Page.ASK, question=example, send=True)], "the first question is one press away"
    with qtbot.waitSignal(preparation.changed):
        press(qtbot, banner, "Try again")
    assert not banner.isVisible()
    qtbot.waitUntil(banner.isVisible, timeout=WAIT_MS)


def test_tab_goes_down_the_page_in_whichever_order_its_parts_came(
    qtbot: QtBot, prepared_context: AppContext
) -> None:
    view = shown(qtbot, prepared_context)
    qtbot.waitUntil(lambda: view.shelf is not None)
    shelf = view.shelf
    assert shelf is not None
    qtbot.waitUntil(lambda: bool(LibraryController.of(prepared_context).examples), timeout=WAIT_MS)
    qtbot.waitUntil(lambda: shelf.practice.card is not None, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: len(shelf._packs.cards()) == 3, timeout=WAIT_MS)
    view.activateWindow()
    qtbot.waitUntil(view.box.edit.hasFocus)
    heights = []
    while (focus := QApplication.focusWidget()) is not shelf._all:
        assert focus is not None
        heights.append(
            focus.mapTo(view._page, focus.rect().center()).y() + view._page.verticalScrollBar().value()
        )
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    assert len(heights) >= 10
    assert heights == sorted(heights)


def test_an_import_does_not_wait_for_the_models(qtbot: QtBot, context: AppContext) -> None:
    preparation = PreparationController.of(context)
    preparation.begin()
    imports = ImportController.of(context)
    imports.add([str(DATA / "levers.md")])
    qtbot.waitUntil(
        lambda: [item.state for item in imports.queue.items] == [ImportState.DONE], timeout=WAIT_MS
    )


def test_with_everything_here_nothing_is_prepared_and_nothing_is_said(
    qtbot: QtBot, prepared_context: AppContext
) -> None:
    view = shown(qtbot, prepared_context)
    qtbot.waitUntil(lambda: view.shelf is not None)
    assert view.shelf is not None
    preparation = PreparationController.of(prepared_context)
    qtbot.waitUntil(lambda: preparation.stage is Stage.DONE and preparation._packs_done, timeout=WAIT_MS)
    assert preparation.failure is None
    assert not view.shelf._preparation.isVisible()


def test_a_full_disk_is_one_calm_sentence(qtbot: QtBot, small_context: AppContext) -> None:
    view = shown(qtbot, small_context)
    qtbot.waitUntil(lambda: view.shelf is not None)
    assert view.shelf is not None
    preparation = PreparationController.of(small_context)
    preparation._fail_packs(Failure("The disk is full.", "Free some space.", "storage.full"))
    banner = view.shelf._preparation._banner
    assert banner is not None
    assert "What is here can be read and asked. Free some space, then try again." in banner.accessibleName()


def test_the_download_can_be_held_and_gone_on_with(qtbot: QtBot, small_context: AppContext) -> None:
    preparation = PreparationController.of(small_context)
    preparation.begin()
    qtbot.waitUntil(lambda: preparation.downloading, timeout=WAIT_MS)
    preparation.pause()
    qtbot.waitUntil(lambda: not preparation.downloading, timeout=WAIT_MS)
    assert preparation.paused
    assert preparation.stage is Stage.MODELS
    preparation.try_again()
    qtbot.waitUntil(lambda: preparation.downloading, timeout=WAIT_MS)


def test_after_a_crash_it_says_so_once_and_goes_on_where_one_was(
    qtbot: QtBot, small_context: AppContext
) -> None:
    where = Place(Page.READ, pack="org.example.plants", passage="p-leaf-01")
    small_context.state.keep_place(where)
    small_context.unclean = True
    view = shown(qtbot, small_context)
    qtbot.waitUntil(lambda: view.shelf is not None)
    assert view.shelf is not None
    places: list[Place] = []
    small_context.go.connect(places.append)
    assert "did not close properly" in view.shelf._news.accessibleName()
    press(qtbot, view.shelf, "Continue where you were")
    assert places == [where]
    assert not small_context.unclean


def test_the_passage_that_was_read_last_is_one_press_away(qtbot: QtBot, small_context: AppContext) -> None:
    where = Place(Page.READ, pack="org.example.plants", passage="p-leaf-01")
    small_context.state.keep_place(where, "read")
    view = shown(qtbot, small_context)
    qtbot.waitUntil(lambda: view.shelf is not None)
    shelf = view.shelf
    assert shelf is not None
    qtbot.waitUntil(lambda: bool(shelf._recent_cards.cards()), timeout=WAIT_MS)
    places: list[Place] = []
    small_context.go.connect(places.append)
    card = shelf._recent_cards.cards()[-1]
    assert card.accessibleName() == "Last read: Why leaves are green"
    QTest.mouseClick(card, Qt.MouseButton.LeftButton)
    assert places == [where]


def test_what_was_typed_is_there_again(qtbot: QtBot, small_context: AppContext) -> None:
    view = shown(qtbot, small_context)
    QTest.keyClicks(view.box.edit, "Half a ques")
    view.place()
    other = HomeView(small_context)
    qtbot.addWidget(other)
    assert other.box.text() == "Half a ques"


def test_the_greeting_knows_the_name(qtbot: QtBot, small_context: AppContext) -> None:
    view = shown(qtbot, small_context)
    small_context.preferences.change(name="Ada")
    assert view._greeting.text().endswith(", Ada")
