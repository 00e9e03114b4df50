"""What learners do with the window, from beginning to end, with the real engine and the default models."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from engine.paths import DataPaths
from tests.end_to_end.window_driver import Driver
from tutor_app.controllers.chat_controller import Doing
from tutor_app.place import Page, Place
from tutor_app.workers.directory import Process

if TYPE_CHECKING:
    from pathlib import Path

Open = Callable[..., Driver]


def test_a_newcomer_gets_a_cited_answer_with_one_click(open_window: Open, tmp_path: Path) -> None:
    """From an empty profile without models: at most three clicks are allowed."""
    driver = open_window(DataPaths(tmp_path / "new"))
    assert driver.home.box.edit.hasFocus()
    driver.wait(lambda: driver.home.shelf is not None and bool(driver.home.shelf._library.examples))
    driver.shot("first-run")
    assert driver.home.shelf is not None
    driver.click(driver.button("Why do leaves look green?", driver.home.shelf))
    driver.wait_for_answer()
    driver.shot("first-answer")
    assert "green" in driver.answer()
    assert "[1]" in driver.answer()
    assert driver.clicks <= 3


@pytest.mark.models
def test_ask_open_the_citation_follow_up_and_continue_after_a_restart(
    open_window: Open, prepared: DataPaths
) -> None:
    driver = open_window(prepared)
    driver.click(driver.window.rail.buttons[Page.ASK])
    driver.ask_question("Why do leaves look green?")
    driver.shot("answer")
    turn = driver.ask.conversation.turns[-1]
    driver.click(driver.button(f"Source 1: {turn._sources[0].title}", turn))
    panel = driver.ask.source.panel
    driver.wait(lambda: panel.page() is not None and not panel._text.mark_rect().isEmpty())
    driver.shot("citation")
    driver.press(Qt.Key.Key_Escape, panel)
    assert not panel.isVisible()
    driver.ask_question("Give me an example")
    assert len(driver.ask.conversation.turns) == 2
    conversation = driver.ask.chat.conversation
    driver.type("half a quest", driver.ask.composer.box.edit)
    driver.end()

    again = open_window(prepared)
    again.wait(lambda: again.home.shelf is not None and bool(again.home.shelf._recent.recent))
    again.window.open(Place(Page.ASK, conversation=conversation))
    again.wait(lambda: len(again.ask.conversation.turns) == 2)
    assert "green" in again.ask.conversation.turns[0].body.toPlainText()
    assert again.ask.composer.box.text() == "half a quest"


@pytest.mark.models
def test_an_answer_can_be_stopped_and_is_kept_so(open_window: Open, prepared: DataPaths) -> None:
    driver = open_window(prepared)
    driver.click(driver.window.rail.buttons[Page.ASK])
    edit = driver.ask.composer.box.edit
    driver.type("Explain photosynthesis", edit)
    driver.press(Qt.Key.Key_Return, edit)
    driver.wait(lambda: driver.ask.chat.doing is not Doing.NOTHING)
    driver.type("and then", edit)
    driver.press(Qt.Key.Key_Return, edit)
    assert driver.ask.composer.box.text() == "and then"
    driver.click(driver.ask.composer.box.send)
    driver.wait_for_answer()
    driver.shot("stopped")
    assert driver.button("Try again", driver.ask.conversation.turns[-1])


def test_what_the_packs_do_not_say_is_a_helpful_state(open_window: Open, tmp_path: Path) -> None:
    driver = open_window(DataPaths(tmp_path / "new"))
    driver.wait(lambda: driver.home.shelf is not None and bool(driver.home.shelf._library.examples))
    driver.click(driver.window.rail.buttons[Page.ASK])
    driver.ask_question("Who won the world cup in 1998?")
    driver.shot("abstained")
    assert driver.button("Add a document …", driver.ask.conversation.turns[-1])


@pytest.mark.models
def test_a_model_that_crashes_while_it_answers_costs_nothing(open_window: Open, prepared: DataPaths) -> None:
    driver = open_window(prepared)
    driver.click(driver.window.rail.buttons[Page.ASK])
    edit = driver.ask.composer.box.edit
    driver.type("Why do leaves look green?", edit)
    driver.press(Qt.Key.Key_Return, edit)
    driver.wait(lambda: driver.ask.chat.doing is Doing.WRITING)
    driver.session.context.engine.kill(Process.TUTOR)
    driver.wait_for_answer()
    driver.shot("crashed")
    turn = driver.ask.conversation.turns[-1]
    assert turn.request.question == "Why do leaves look green?"
    driver.click(driver.button("Try again", turn))
    driver.wait(lambda: len(driver.ask.conversation.turns) == 2)
    driver.wait_for_answer()
    assert "green" in driver.answer()


def test_a_document_is_imported_read_and_asked(open_window: Open, tmp_path: Path) -> None:
    notes = tmp_path / "levers.md"
    notes.write_text(
        "# Levers\n\nA lever is a rigid bar that turns about a point called the fulcrum. "
        "The effort is the force with which one pushes on the lever.\n",
        encoding="utf-8",
    )
    driver = open_window(DataPaths(tmp_path / "new"), str(notes))
    driver.wait(lambda: any(one.title == "Levers" for one in driver.library._library.holdings or ()))
    driver.shot("imported")
    pack = next(one.id for one in driver.library._library.holdings or () if one.title == "Levers")
    driver.window.open(Place(Page.READ, pack=pack))
    driver.wait(lambda: bool(driver.read.book._text.views()))
    assert "fulcrum" in driver.read.book._text.views()[0].toPlainText()
    driver.window.open(Place(Page.ASK, pack=pack))
    driver.ask_question("What is the fulcrum of a lever?")
    assert "fulcrum" in driver.answer()


def test_a_pasted_book_is_refused_with_a_sentence_and_kept(open_window: Open, tmp_path: Path) -> None:
    driver = open_window(DataPaths(tmp_path / "new"))
    driver.click(driver.window.rail.buttons[Page.ASK])
    text = "why is it so " * 8000
    driver.ask.composer.box.set_text(text)
    driver.press(Qt.Key.Key_Return, driver.ask.composer.box.edit)
    driver.wait_for_answer()
    assert driver.ask.composer.box.text() == text.strip()
    driver.shot("too-long")


def test_the_window_says_when_it_was_not_closed_properly(open_window: Open, tmp_path: Path) -> None:
    paths = DataPaths(tmp_path / "new")
    paths.root.mkdir()
    (paths.root / "window.running").touch()
    driver = open_window(paths)
    driver.wait(lambda: driver.home.shelf is not None and driver.home.shelf._news.isVisible())
    assert driver.home.shelf is not None
    assert "did not close properly" in driver.home.shelf._news.accessibleName()
