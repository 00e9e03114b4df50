"""Erasing everything in the real window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.tutor_app.practice_profile import PACK
from tutor_app.place import Page, Place

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from engine.paths import DataPaths
    from tests.end_to_end.window_driver import Driver
from tests.end_to_end.own_data.data_page import asked, end, erase_dialog, restore_dialog, texts


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
