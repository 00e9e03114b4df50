"""One file on its way, in each of its states."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from engine.types import Progress
from tutor_app.item_models.imports import ImportItem, ImportState
from tutor_app.services.holdings import Added, HoldingKind, UnknownAuthor
from tutor_app.widgets.import_row import ImportRow
from tutor_app.workers.messages import Failure

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tutor_app.theme.theme import Theme


@pytest.fixture
def item() -> ImportItem:
    return ImportItem(7, "/home/ada/levers.pdf")


@pytest.fixture
def row(qtbot: QtBot, theme: Theme, item: ImportItem) -> ImportRow:
    made = ImportRow(theme, item)
    qtbot.addWidget(made)
    made.resize(600, 100)
    made.show()
    return made


def buttons(row: ImportRow) -> list[str]:
    return [made.text() for made in row.findChildren(QPushButton) if made.isVisible()]


def change(row: ImportRow, state: ImportState) -> None:
    row.item.state = state
    row.show_item()


def test_while_it_is_read_it_says_how_far(row: ImportRow, item: ImportItem) -> None:
    item.progress = Progress("Reading", 112, 480, "pages")
    change(row, ImportState.RUNNING)
    assert row._amount.text() == "112 of 480 pages"
    assert buttons(row) == []


def test_what_failed_says_why_and_can_be_tried_again(qtbot: QtBot, row: ImportRow, item: ImportItem) -> None:
    item.failure = Failure("“levers.pdf” is empty.", "Choose another.", "document")
    change(row, ImportState.FAILED)
    assert row._detail.text() == "“levers.pdf” is empty. Choose another."
    assert buttons(row) == ["Try again"]
    with qtbot.waitSignal(row.dismissed) as caught:
        QTest.mouseClick(row.close_button, Qt.MouseButton.LeftButton)
    assert caught.args == [7]


def test_what_runs_is_stopped_by_the_same_button(qtbot: QtBot, row: ImportRow) -> None:
    change(row, ImportState.RUNNING)
    with qtbot.waitSignal(row.stopped) as caught:
        QTest.mouseClick(row.close_button, Qt.MouseButton.LeftButton)
    assert caught.args == [7]
    assert row.close_button.accessibleName() == "Stop levers.pdf"


def test_what_is_done_leads_on(qtbot: QtBot, row: ImportRow, item: ImportItem) -> None:
    item.added = Added("local.1", "Levers", HoldingKind.DOCUMENT, 42)
    change(row, ImportState.DONE)
    assert row._detail.text() == "“Levers” is ready: 42 passages."
    assert buttons(row) == ["Ask about it", "Read"]
    with qtbot.waitSignal(row.asked) as caught:
        row._buttons["ask"].click()
    assert caught.args == ["local.1"]


def test_what_was_there_already_says_so(row: ImportRow, item: ImportItem) -> None:
    item.added = Added("local.1", "Levers", HoldingKind.DOCUMENT, 42, present=True)
    change(row, ImportState.DONE)
    assert "already" in row._detail.text()


def test_an_unknown_author_is_shown_with_the_key(row: ImportRow, item: ImportItem) -> None:
    item.author = UnknownAuthor("Plants", (), "5647-5aa7")
    change(row, ImportState.ASKING)
    assert "5647-5aa7" in row._detail.text()
    assert "no name given" in row._detail.text()
    assert buttons(row) == ["Trust this author", "Do not add it"]


def test_questions_that_were_left_out_are_named_with_the_reason(row: ImportRow, item: ImportItem) -> None:
    left_out = tuple((f"card {n}", "Its answer is a sound.") for n in range(7))
    item.added = Added("imported.q1", "Birds", HoldingKind.PACK, 0, questions=30, left_out=left_out)
    change(row, ImportState.DONE)
    lines = row._detail.text().split("\n")
    assert lines[:3] == [
        "“Birds” is ready: 30 questions to practise.",
        "Left out: 7",
        "card 0: Its answer is a sound.",
    ]
    assert lines[-1] == "and 2 more"
    assert buttons(row) == []
