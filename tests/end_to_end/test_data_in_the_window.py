"""A learner's data in the real window: saved, put back from a backup, erased; stopped, and with bad files."""

from __future__ import annotations

import json
import zipfile
from typing import TYPE_CHECKING, cast

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from engine.clock import SystemClock
from engine.storage.backup import write_copy
from engine.storage.database import open_learner_database
from engine.storage.sqlite import OpenMode, connect, transaction
from tests.end_to_end.window_driver import LONG_MS
from tests.engine.storage.profile import ask, questions
from tests.tutor_app.engine_nursery import forked_engines
from tests.tutor_app.practice_profile import PACK, practice_profile
from tutor_app import i18n
from tutor_app.place import Page, Place
from tutor_app.views.data_settings import DataGroup
from tutor_app.views.erase_dialog import EraseDialog
from tutor_app.views.restore_dialog import RestoreDialog
from tutor_app.widgets.elided_label import ElidedLabel
from tutor_app.widgets.work_card import WorkCard

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from engine.paths import DataPaths
    from tests.end_to_end.window_driver import Driver
    from tutor_app.views.settings_view import SettingsView
    from tutor_app.workers.long_work import LongWork
    from tutor_app.workers.messages import Failure


@pytest.fixture(autouse=True)
def _forked() -> Iterator[None]:
    with forked_engines():
        yield


@pytest.fixture
def paths(tmp_path: Path) -> DataPaths:
    """A profile with a pack, in which two questions were asked."""
    paths = practice_profile(tmp_path / "home")
    with open_learner_database(paths, SystemClock()) as database:
        ask(database, "old")
        with database.reading() as connection:
            write_copy(connection, tmp_path / "stick" / "mine.db")
        ask(database, "new")
    return paths


@pytest.fixture
def backup(paths: DataPaths, tmp_path: Path) -> Path:
    """A backup from when there was one question."""
    return tmp_path / "stick" / "mine.db"


def asked(paths: DataPaths) -> list[str]:
    with open_learner_database(paths, SystemClock()) as database:
        return questions(database)


def data_group(window: Driver) -> DataGroup:
    window.window.open(Place(Page.SETTINGS, part="data"))
    settings = cast("SettingsView", window.window.page(Page.SETTINGS))
    return cast(DataGroup, settings.group("data"))


def texts(within: QWidget) -> str:
    return "\n".join(made.text() for made in within.findChildren(QLabel) if made.isVisible())


def failures(window: Driver) -> list[Failure]:
    heard: list[Failure] = []
    window.session.context.failed.connect(heard.append)
    return heard


def notices(window: Driver) -> list[str]:
    heard: list[str] = []
    window.session.context.notice.connect(heard.append)
    return heard


def end(window: Driver) -> None:
    """Close it, once what its first page is made of is there."""
    window.wait(lambda: window.home.shelf is not None and window.home.shelf.isVisibleTo(window.home))
    QApplication.processEvents()
    window.end()


def restore_dialog(window: Driver, backup: Path) -> RestoreDialog:
    """The question about ``backup``, which was chosen in the system's dialog."""
    group = data_group(window)
    window.click(window.button("Restore a backup …"))
    chooser = group.choosing
    assert chooser is not None
    chooser.fileSelected.emit(str(backup))
    chooser.close()
    window.wait(lambda: group.asking is not None and group.asking.isVisible())
    return cast(RestoreDialog, group.asking)


def erase_dialog(window: Driver) -> EraseDialog:
    group = data_group(window)
    window.click(window.button("Erase everything …"))
    window.wait(lambda: group.asking is not None and group.asking.isVisible())
    return cast(EraseDialog, group.asking)


def test_a_backup_is_restored_and_the_window_begins_anew(
    open_window: Callable[..., Driver], paths: DataPaths, backup: Path
) -> None:
    window = open_window(paths)
    dialog = restore_dialog(window, backup)
    assert "1 conversation, 1 question asked, 0 answers in practice" in texts(dialog)
    assert "put aside as a backup first" in texts(dialog)
    assert dialog.cancel_button.isDefault()
    assert dialog.cancel_button.hasFocus()
    before = window.window
    window.click(dialog.accept_button)
    window.wait(lambda: window.window is not before)
    assert window.window.place() == Place(Page.HOME)
    window.wait(lambda: "What was there before is kept as replaced-" in texts(window.window))
    end(window)
    assert asked(paths) == ["old"]
    kept = next(paths.backups.glob("replaced-*.db"))
    again = open_window(paths)
    window = again
    dialog = restore_dialog(window, kept)
    assert "2 questions asked" in texts(dialog)
    before = window.window
    window.click(dialog.accept_button)
    window.wait(lambda: window.window is not before)
    end(window)
    assert asked(paths) == ["old", "new"]


def test_cancel_leaves_everything_as_it_was(
    open_window: Callable[..., Driver], paths: DataPaths, backup: Path
) -> None:
    window = open_window(paths)
    dialog = restore_dialog(window, backup)
    before = window.window
    QTest.keyClick(dialog, Qt.Key.Key_Return)  # the default is Cancel
    window.wait(lambda: data_group(window).isVisible())
    assert window.window is before
    end(window)
    assert asked(paths) == ["old", "new"]
    assert list(paths.backups.glob("replaced-*")) == []


def _garbage(file: Path) -> None:
    file.write_bytes(bytes(range(256)) * 400)


def _newer(file: Path) -> None:
    connection = connect(file, mode=OpenMode.REBUILDABLE)
    with transaction(connection):
        connection.execute("PRAGMA user_version = 99")
    connection.close()


def _foreign(file: Path) -> None:
    file.unlink()
    connection = connect(file, mode=OpenMode.REBUILDABLE)
    with transaction(connection):
        connection.execute("CREATE TABLE recipes (name)")
    connection.close()


def _half(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:20_000])


_BAD = {
    _garbage: "damaged, encrypted or no backup",
    _half: "damaged, encrypted or no backup",
    _newer: "newer version",
    _foreign: "not a learner's database",
}


def test_a_bad_file_is_one_sentence_and_nothing_changes(
    open_window: Callable[..., Driver], paths: DataPaths, backup: Path
) -> None:
    window = open_window(paths)
    heard = failures(window)
    group = data_group(window)
    for spoil, said in _BAD.items():
        file = backup.with_name(f"{spoil.__name__}.db")
        file.write_bytes(backup.read_bytes())
        spoil(file)
        heard.clear()
        group.look_into(str(file))
        window.wait(lambda: bool(heard))
        assert said in heard[0].what
        assert heard[0].todo
        assert "llm-tutor" not in heard[0].todo
        assert group.asking is None
    end(window)
    assert asked(paths) == ["old", "new"]


def test_a_backup_that_goes_bad_meanwhile_changes_nothing_and_the_engine_goes_on(
    open_window: Callable[..., Driver], paths: DataPaths, backup: Path
) -> None:
    window = open_window(paths)
    heard = failures(window)
    dialog = restore_dialog(window, backup)
    backup.unlink()
    before = window.window
    window.click(dialog.accept_button)
    window.wait(lambda: bool(heard))
    assert "does not exist" in heard[0].what
    assert window.window is before
    told = notices(window)
    window.click(window.button("Back up now"))
    window.wait(lambda: told == ["A backup was made."])
    end(window)
    assert asked(paths) == ["old", "new"]


def test_going_back_is_stopped_while_it_waits(
    open_window: Callable[..., Driver], paths: DataPaths, backup: Path
) -> None:
    window = open_window(paths)
    dialog = restore_dialog(window, backup)
    told = notices(window)
    before = window.window
    with open_learner_database(paths, SystemClock()):  # somebody else has it open, so it has to wait
        window.click(dialog.accept_button)
        assert "Waiting until" in texts(dialog)
        window.click(dialog.cancel_button)
        window.wait(lambda: told == ["Stopped. Nothing has changed."])
    assert window.window is before
    window.click(window.button("Back up now"))
    window.wait(lambda: "A backup was made." in told)
    end(window)
    assert asked(paths) == ["old", "new"]


def test_everything_is_erased_after_the_word_was_typed(
    open_window: Callable[..., Driver], paths: DataPaths
) -> None:
    window = open_window(paths)
    preferences = window.session.context.preferences
    preferences.change(name="Ada", text_scale=110)
    window.session.context.state.keep_text("my unsent secret", "draft/new")
    dialog = erase_dialog(window)
    assert not dialog.accept_button.isEnabled()
    assert dialog.cancel_button.isDefault()
    assert "This goes for good" in texts(dialog)
    assert "Packs, documents and models" in texts(dialog)
    QTest.keyClicks(dialog.field, "eras")
    assert not dialog.accept_button.isEnabled()
    QTest.keyClicks(dialog.field, "e")
    before = window.window
    window.click(dialog.accept_button)
    window.wait(lambda: window.window is not before)
    assert window.window.place() == Place(Page.HOME)
    assert (preferences.now.name, preferences.now.text_scale) == ("", 110)
    end(window)
    assert asked(paths) == []
    assert not list(paths.backups.glob("replaced-*"))
    assert (paths.packs / PACK).is_dir()
    kept = "".join(
        file.read_text(encoding="utf-8", errors="replace") for file in paths.root.iterdir() if file.is_file()
    )
    assert "secret" not in kept
    assert "Ada" not in kept


def test_enter_erases_nothing(open_window: Callable[..., Driver], paths: DataPaths) -> None:
    window = open_window(paths)
    dialog = erase_dialog(window)
    QTest.keyClicks(dialog.field, "erase")
    QTest.keyClick(dialog.field, Qt.Key.Key_Return)
    end(window)
    assert asked(paths) == ["old", "new"]


def test_a_backup_is_saved_first_where_it_is_not_erased(
    open_window: Callable[..., Driver], paths: DataPaths, tmp_path: Path
) -> None:
    window = open_window(paths)
    dialog = erase_dialog(window)
    dialog.saving.write(str(paths.backups / "mine.db"), "db")
    assert "That is in the folder that is erased." in texts(dialog)
    target = tmp_path / "elsewhere" / "mine.db"
    dialog.saving.write(str(target), "db")
    window.wait(lambda: "Your data was saved to" in texts(dialog).replace("\u200b", ""))
    QTest.keyClicks(dialog.field, "erase")
    before = window.window
    window.click(dialog.accept_button)
    window.wait(lambda: window.window is not before)
    dialog_again = restore_dialog(window, target)
    before = window.window
    window.click(dialog_again.accept_button)
    window.wait(lambda: window.window is not before)
    end(window)
    assert asked(paths) == ["old", "new"]


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
        assert wanted == "backup" or len([it for it in settings.group("data").rows if it.isVisible()]) <= 2  # type: ignore[attr-defined]
