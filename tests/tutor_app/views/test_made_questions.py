"""The questions that were made about a document are looked over in its details: kept, dropped, taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from engine.clock import SystemClock
from engine.content.auto_item_file import write_auto_items
from engine.content.install import PackInstaller
from engine.paths import DataPaths
from tests.engine.content.lake import lake
from tests.engine.content.test_auto_items import made
from tests.tutor_app.conftest import make_context
from tutor_app.place import Page, Place
from tutor_app.views.library_view import LibraryView

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from tutor_app.app_context import AppContext
    from tutor_app.application import TutorApplication
    from tutor_app.preferences import PreferenceStore
    from tutor_app.theme.theme import Theme
    from tutor_app.widgets.made_questions import MadeQuestionLine

WAIT_MS = 20_000
LAKE = "local.lake"


@pytest.fixture
def lake_context(
    qapp: TutorApplication, tmp_path: Path, preferences: PreferenceStore, theme: Theme
) -> Iterator[AppContext]:
    """A profile with one document, and questions about it."""
    paths = DataPaths(tmp_path / "home")
    document = PackInstaller(paths, SystemClock()).add_document(lake())
    write_auto_items(document.folder, lake(), "v1", made(lake()))
    yield from make_context(qapp, paths, preferences, theme)


@pytest.fixture
def view(qtbot: QtBot, lake_context: AppContext) -> LibraryView:
    """Its library, the details of the document open."""
    shown = LibraryView(lake_context)
    qtbot.addWidget(shown)
    shown.resize(1280, 800)
    shown.show()
    shown.open(Place(Page.LIBRARY, pack=LAKE))
    qtbot.waitUntil(lambda: bool(shown.details.questions.lines), timeout=WAIT_MS)
    return shown


def first(view: LibraryView) -> MadeQuestionLine:
    return next(iter(view.details.questions.lines.values()))


def judged(view: LibraryView) -> Callable[[], bool]:
    def is_judged() -> bool:
        lines = list(view.details.questions.lines.values())  # they are made anew
        return bool(lines) and lines[0].take_back.isVisible()

    return is_judged


def test_each_question_is_listed_with_its_answer_and_its_passage(
    qtbot: QtBot, lake_context: AppContext, view: LibraryView
) -> None:
    lines = view.details.questions.lines
    assert len(lines) == len(made(lake()))
    assert all("[gap" not in line._text.text() for line in lines.values())
    assert all(line._answer.text() != "Answer: " for line in lines.values())
    with qtbot.waitSignal(lake_context.go) as went:
        first(view).read.click()
    assert went.args[0].page == Page.READ
    assert (went.args[0].pack, went.args[0].passage in {"p1", "p2", "p3"}) == (LAKE, True)


def test_one_is_kept_and_stays_so(qtbot: QtBot, view: LibraryView) -> None:
    assert not first(view).take_back.isVisible()
    first(view).keep.click()
    qtbot.waitUntil(judged(view), timeout=WAIT_MS)
    assert first(view)._state.text() == "Kept: it counts"
    view.details.leave()
    view.open(Place(Page.LIBRARY, pack=LAKE))
    qtbot.waitUntil(lambda: view.details.shown_id() == LAKE, timeout=WAIT_MS)
    qtbot.waitUntil(judged(view), timeout=WAIT_MS)
    first(view).take_back.click()
    qtbot.waitUntil(lambda: first(view).keep.isVisible(), timeout=WAIT_MS)


def test_one_is_dropped_with_a_way_back(qtbot: QtBot, lake_context: AppContext, view: LibraryView) -> None:
    with qtbot.waitSignal(lake_context.undoable, timeout=WAIT_MS) as told:
        first(view).drop.click()
    qtbot.waitUntil(judged(view), timeout=WAIT_MS)
    assert first(view)._state.text() == "Is not asked any more"
    told.args[1]()
    qtbot.waitUntil(lambda: first(view).drop.isVisible(), timeout=WAIT_MS)
