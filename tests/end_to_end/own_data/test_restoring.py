"""Going back to a backup in the real window: told what is in it, stopped, and with bad files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from engine.clock import SystemClock
from engine.storage.database import open_learner_database
from engine.storage.sqlite import OpenMode, connect, transaction
from tutor_app.place import Page, Place

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from engine.paths import DataPaths
    from tests.end_to_end.window_driver import Driver
from tests.end_to_end.own_data.data_page import (
    asked,
    data_group,
    end,
    failures,
    notices,
    restore_dialog,
    texts,
)


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
