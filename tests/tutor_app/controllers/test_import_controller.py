"""Imports through the real process of the engine: one after the other, stopped, killed, gone on with."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.engine.content.importers.conftest import DATA
from tutor_app.app_context import AppContext
from tutor_app.controllers.import_controller import ImportController
from tutor_app.controllers.library_controller import LibraryController
from tutor_app.controllers.preparation_controller import PreparationController, Stage
from tutor_app.item_models.imports import ImportState
from tutor_app.services.holdings import HoldingKind, HoldingState
from tutor_app.workers.directory import Process

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from tutor_app.item_models.imports import ImportItem

WAIT_MS = 20_000


@pytest.fixture
def imports(context: AppContext) -> ImportController:
    return ImportController.of(context)


@pytest.fixture
def again(context: AppContext) -> Iterator[AppContext]:
    """The same profile at the next start of the window."""
    made = AppContext(context.paths, context.preferences, context.theme)
    yield made
    made.close()
    made.deleteLater()


@pytest.fixture
def long_file(tmp_path: Path) -> Path:
    """A document that takes some seconds."""
    path = tmp_path / "long.md"
    path.write_text(
        "\n\n".join(f"# Part {n}\n\n" + f"There are {n} sheep on hill {n}. " * 12 for n in range(9000))
    )
    return path


def states(imports: ImportController) -> list[ImportState]:
    return [item.state for item in imports.queue.items]


def wait_for(qtbot: QtBot, imports: ImportController, *expected: ImportState) -> None:
    qtbot.waitUntil(lambda: states(imports) == list(expected), timeout=WAIT_MS)


def begun(item: ImportItem) -> bool:
    return item.progress is not None


def test_there_is_one_controller_a_context(context: AppContext, imports: ImportController) -> None:
    assert ImportController.of(context) is imports


def test_files_are_added_one_after_the_other_and_a_bad_one_holds_nobody_up(
    qtbot: QtBot, context: AppContext, imports: ImportController, tmp_path: Path
) -> None:
    (tmp_path / "empty.txt").touch()
    with qtbot.waitSignal(context.packs_changed, timeout=WAIT_MS):
        imports.add([str(DATA / "levers.md"), str(tmp_path / "empty.txt"), str(DATA / "levers.epub")])
        wait_for(qtbot, imports, ImportState.DONE, ImportState.FAILED, ImportState.DONE)
    failed = imports.queue.items[1].failure
    assert failed is not None
    assert "is empty" in failed.what
    assert failed.todo
    assert context.state.text("imports") == "", "nothing is left to be remembered"


def test_one_that_failed_can_be_tried_again_and_then_be_taken_off_the_list(
    qtbot: QtBot, imports: ImportController, tmp_path: Path
) -> None:
    path = tmp_path / "notes.md"
    path.touch()
    imports.add([str(path)])
    wait_for(qtbot, imports, ImportState.FAILED)
    path.write_text("# Notes\n\nA lever is a bar on a pivot.")
    imports.retry(imports.queue.items[0].number)
    wait_for(qtbot, imports, ImportState.DONE)
    imports.dismiss(imports.queue.items[0].number)
    assert imports.queue.items == []


def test_a_stopped_import_can_be_gone_on_with(
    qtbot: QtBot, imports: ImportController, long_file: Path
) -> None:
    imports.add([str(long_file), str(DATA / "levers.md")])
    qtbot.waitUntil(lambda: bool(imports.queue.items) and begun(imports.queue.items[0]), timeout=WAIT_MS)
    imports.stop(imports.queue.items[0].number)
    wait_for(qtbot, imports, ImportState.STOPPED, ImportState.DONE)
    long_file.write_text("# Short now\n\nA lever is a bar on a pivot.")
    imports.retry_all()
    wait_for(qtbot, imports, ImportState.DONE, ImportState.DONE)


def test_all_can_be_stopped(qtbot: QtBot, imports: ImportController, long_file: Path) -> None:
    imports.add([str(long_file), str(DATA / "levers.md")])
    qtbot.waitUntil(lambda: bool(imports.queue.items) and begun(imports.queue.items[0]), timeout=WAIT_MS)
    imports.stop_all()
    wait_for(qtbot, imports, ImportState.STOPPED, ImportState.STOPPED)


def test_an_import_whose_process_was_killed_says_so_and_the_others_go_on(
    qtbot: QtBot, context: AppContext, imports: ImportController, long_file: Path
) -> None:
    imports.add([str(long_file), str(DATA / "levers.md")])
    qtbot.waitUntil(lambda: bool(imports.queue.items) and begun(imports.queue.items[0]), timeout=WAIT_MS)
    context.engine.kill(Process.WORK)
    wait_for(qtbot, imports, ImportState.FAILED, ImportState.DONE)
    failure = imports.queue.items[0].failure
    assert failure is not None
    assert failure.code == "crash"
    long_file.write_text("# Short now\n\nA lever is a bar on a pivot.")
    imports.retry(imports.queue.items[0].number)
    wait_for(qtbot, imports, ImportState.DONE, ImportState.DONE)


def test_what_the_last_run_did_not_finish_is_offered_at_the_next_start(
    qtbot: QtBot, context: AppContext, imports: ImportController, long_file: Path, again: AppContext
) -> None:
    rest = str(DATA / "levers.md")
    imports.add([str(long_file), rest])
    qtbot.waitUntil(lambda: bool(imports.queue.items) and begun(imports.queue.items[0]), timeout=WAIT_MS)
    assert json.loads(context.state.text("imports")) == [str(long_file), rest]
    assert long_file.name in (context.paths.root / "window.ini").read_text(), "a crash now loses nothing"
    context.close()
    later = ImportController.of(again)
    assert later.interrupted == [str(long_file), rest]
    long_file.write_text("# Short now\n\nA lever is a bar on a pivot.")
    later.resume()
    wait_for(qtbot, later, ImportState.DONE, ImportState.DONE)
    assert later.interrupted == []


def test_what_is_offered_can_be_refused_for_good(context: AppContext, again: AppContext) -> None:
    context.state.keep_text('["/gone.pdf"]', "imports")
    context.state.flush()
    imports = ImportController.of(again)
    imports.forget()
    assert (imports.interrupted, again.state.text("imports")) == ([], "")


@pytest.mark.parametrize("damaged", ["[", "{}", "3", "[1, null]"])
def test_a_damaged_memory_of_imports_counts_as_none(context: AppContext, damaged: str) -> None:
    context.state.keep_text(damaged, "imports")
    assert ImportController.of(context).interrupted == []


def test_a_document_is_read_for_its_meaning_by_itself_once_it_is_there(
    qtbot: QtBot, prepared_context: AppContext
) -> None:
    library = LibraryController.of(prepared_context)
    preparation = PreparationController.of(prepared_context)
    preparation.begin()
    qtbot.waitUntil(lambda: library.holdings is not None or preparation.stage is Stage.DONE, timeout=WAIT_MS)
    ImportController.of(prepared_context).add([str(DATA / "levers.md")])

    def documents() -> list[HoldingState]:
        return [it.state for it in library.holdings or () if it.kind is HoldingKind.DOCUMENT]

    qtbot.waitUntil(lambda: documents() == [HoldingState.READY], timeout=WAIT_MS)
    qtbot.waitUntil(lambda: preparation.stage is Stage.DONE, timeout=WAIT_MS)
    assert preparation.failure is None


def test_a_folder_without_anything_in_it_says_so(
    qtbot: QtBot, imports: ImportController, tmp_path: Path
) -> None:
    (tmp_path / "nothing").mkdir()
    with qtbot.waitSignal(imports.refused, timeout=WAIT_MS) as caught:
        imports.add([str(tmp_path / "nothing")])
    assert "nothing in" in caught.args[0].what
    assert not imports.looking
