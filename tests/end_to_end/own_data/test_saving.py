"""Saving copies in the real window, stopped and in another language; and finding all that in the settings."""

from __future__ import annotations

import json
import zipfile
from typing import TYPE_CHECKING, cast

import pytest
from PySide6.QtCore import QCoreApplication, QEvent

from engine.clock import SystemClock
from engine.storage.database import open_learner_database
from tests.end_to_end.window_driver import LONG_MS
from tests.tutor_app.practice_profile import PACK
from tutor_app import i18n
from tutor_app.place import Page, Place
from tutor_app.views.data_settings import DataGroup
from tutor_app.widgets.elided_label import ElidedLabel
from tutor_app.widgets.work_card import WorkCard

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from engine.paths import DataPaths
    from tests.end_to_end.window_driver import Driver
    from tutor_app.views.settings_view import SettingsView
    from tutor_app.workers.long_work import LongWork
from tests.end_to_end.own_data.data_page import data_group, failures, notices


def test_a_file_that_is_stopped_is_not_there(
    open_window: Callable[..., Driver], paths: DataPaths, tmp_path: Path, qtbot: QtBot
) -> None:
    _fill(paths, 30_000)
    window = open_window(paths)
    heard = failures(window)
    saver = data_group(window).exporting
    running: list[LongWork] = []
    saver.began.connect(running.append)
    for form in ("jsonl", "csv", "xapi", "db"):
        folder = tmp_path / form
        saver.write(str(folder / "copy"), form)
        running[-1].cancel()
        with qtbot.waitSignal(running[-1].ended, timeout=LONG_MS):
            pass
        assert not folder.exists() or list(folder.iterdir()) == []
    assert heard == []


@pytest.fixture
def english_again() -> Iterator[None]:
    """What is spoken is the program's: other tests speak English."""
    yield
    i18n.install(i18n.load("en"))


@pytest.mark.parametrize("stopped", [True, False])
def test_what_is_being_saved_is_shown_on_in_a_window_of_another_language(
    open_window: Callable[..., Driver],
    paths: DataPaths,
    tmp_path: Path,
    qtbot: QtBot,
    english_again: None,
    *,
    stopped: bool,
) -> None:
    window = open_window(paths)
    told = notices(window)
    group = data_group(window)
    context, before = window.session.context, window.window
    context.engine.hold()
    group.exporting.write(str(tmp_path / "copy.jsonl"), "jsonl")
    context.preferences.change(language="de")
    QCoreApplication.sendPostedEvents(before, QEvent.Type.DeferredDelete)
    assert window.window is not before
    card = window.window.findChild(WorkCard)
    assert card is not None
    window.wait(card.isVisible)
    title = card.findChild(ElidedLabel)
    assert title is not None
    assert title.text().endswith("wird gespeichert")
    if stopped:
        window.click(window.button("Abbrechen"))
    with qtbot.waitSignal(card.destroyed, timeout=LONG_MS):
        context.engine.resume()
    assert context.under_way == []
    assert (tmp_path / "copy.jsonl").exists() == (not stopped)
    assert any("gespeichert" in notice for notice in told) == (not stopped)


def _fill(paths: DataPaths, events: int) -> None:
    body = json.dumps({"question": "q", "text": "x" * 200})
    rows = [
        (number.to_bytes(16, "big"), b"d" * 16, number, number, 1, "note", body)
        for number in range(1, events)
    ]
    with open_learner_database(paths, SystemClock()) as database, database.transaction() as connection:
        connection.executemany(
            "INSERT INTO events (id, dev, seq, hlc, v, kind, body) VALUES (?, ?, ?, ?, ?, ?, ?)", rows
        )


def test_a_file_that_cannot_be_written_is_one_sentence(
    open_window: Callable[..., Driver], paths: DataPaths, tmp_path: Path
) -> None:
    window = open_window(paths)
    heard = failures(window)
    (tmp_path / "taken").write_text("a file")
    data_group(window).exporting.write(str(tmp_path / "taken" / "copy.csv"), "csv")
    window.wait(lambda: bool(heard))
    assert heard[0].code.startswith("storage")


@pytest.mark.parametrize("form", ["apkg", "csv"])
def test_cards_are_exported_from_the_details_of_a_pack(
    open_window: Callable[..., Driver], paths: DataPaths, tmp_path: Path, form: str
) -> None:
    window = open_window(paths)
    told = notices(window)
    window.window.open(Place(Page.LIBRARY, pack=PACK))
    window.wait(window.library.details.isVisible)
    window.click(window.button("Export cards for Anki …"))
    saver = window.library.exporting
    assert saver is not None
    dialog = saver.dialog
    assert dialog is not None
    assert dialog.selectedFiles()[0].endswith("/Plants.apkg")
    chosen = next(it for it in dialog.nameFilters() if it.endswith(f"(*.{form})"))
    dialog.selectNameFilter(chosen)
    dialog.filterSelected.emit(chosen)
    assert dialog.selectedFiles()[0].endswith(f"/Plants.{form}")
    target = tmp_path / f"cards.{form}"
    dialog.fileSelected.emit(str(target))
    dialog.close()
    window.wait(lambda: bool(told))
    assert told[0].startswith("9 questions were saved" if form == "apkg" else "5 questions were saved")
    if form == "apkg":
        names = zipfile.ZipFile(target).read("media")
        assert "twigs.svg" in json.loads(names).values()


def test_a_search_finds_the_rows(open_window: Callable[..., Driver], paths: DataPaths) -> None:
    window = open_window(paths)
    window.window.open(Place(Page.SETTINGS, part="looks"))
    settings = cast("SettingsView", window.window.page(Page.SETTINGS))
    for wanted, button in {
        "restore": "Restore a backup …",
        "go back": "Restore a backup …",
        "erase": "Erase everything …",
        "delete": "Erase everything …",
        "backup": "Save a backup …",
        "export": "Save a copy …",
    }.items():
        settings.field.setText(wanted)
        assert window.button(button).isVisible()
        rows = cast(DataGroup, settings.group("data")).rows
        assert wanted == "backup" or len([it for it in rows if it.isVisible()]) <= 2
