"""The settings as a person changes them: at once, with a way back, and with a sentence where a value cannot be."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from engine.settings import Settings, load_settings, save_settings
from tests.tutor_app.views.settings_page import WAIT_MS, press, shown, visible_texts
from tutor_app.place import Page, Place
from tutor_app.preferences import Preferences, ThemeChoice
from tutor_app.shortcuts import shortcuts
from tutor_app.theme.tokens import CONTRAST
from tutor_app.views.answers_settings import AnswersGroup
from tutor_app.views.data_settings import DataGroup
from tutor_app.views.looks_settings import LooksGroup
from tutor_app.views.settings_view import SettingsView
from tutor_app.views.shortcuts_sheet import ShortcutsSheet

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from tutor_app.app_context import AppContext
    from tutor_app.workers.messages import Failure


def looks(view: SettingsView) -> LooksGroup:
    group = view.group("looks")
    assert isinstance(group, LooksGroup)
    return group


def answers(qtbot: QtBot, context: AppContext) -> AnswersGroup:
    """The group "answers", with the settings read."""
    group = shown(qtbot, context, "answers").group("answers")
    assert isinstance(group, AnswersGroup)
    qtbot.waitUntil(lambda: group._settings is not None, timeout=WAIT_MS)
    return group


def test_a_place_opens_its_group(qtbot: QtBot, context: AppContext) -> None:
    view = shown(qtbot, context, "keyboard")
    assert view.place() == Place(Page.SETTINGS, part="keyboard")
    assert view.buttons["keyboard"].isChecked()
    assert view.group("keyboard").isVisible()


def test_the_looks_are_applied_at_once(qtbot: QtBot, context: AppContext) -> None:
    group = looks(shown(qtbot, context, "looks"))
    group.theme.chip(ThemeChoice.CONTRAST).click()
    assert context.theme.colours == CONTRAST
    group.scale.setValue(group.scale.maximum())
    assert context.theme.scale == 2.0
    group.language.setCurrentIndex(group.language.findData("de"))
    group.language.activated.emit(group.language.currentIndex())
    assert context.preferences.now.language == "de"


def test_a_reset_can_be_undone(qtbot: QtBot, context: AppContext) -> None:
    view = shown(qtbot, context, "looks")
    context.preferences.change(theme=ThemeChoice.DARK, text_scale=150, name="Ada")
    with qtbot.waitSignal(context.undoable) as told:
        press(view, "Reset how it looks")
    assert context.preferences.now == Preferences(name="Ada")
    told.args[1]()
    assert context.preferences.now == Preferences(theme=ThemeChoice.DARK, text_scale=150, name="Ada")
    assert looks(view).scale.value() == 5


def test_a_search_shows_what_fits_from_every_group_and_says_so_when_nothing_does(
    qtbot: QtBot, context: AppContext
) -> None:
    view = shown(qtbot, context, "looks")
    view.field.setText("server")
    qtbot.waitUntil(lambda: "Model server" in visible_texts(view))
    assert "Theme" not in visible_texts(view)
    view.field.setText("xyzzy")
    qtbot.waitUntil(lambda: "No setting is about “xyzzy”." in visible_texts(view))
    view.stop()
    qtbot.waitUntil(lambda: "Theme" in visible_texts(view))


def test_a_search_finds_a_group_by_its_name(qtbot: QtBot, context: AppContext) -> None:
    view = shown(qtbot, context, "looks")
    view.field.setText("profile")
    qtbot.waitUntil(
        lambda: (
            "Make a profile" in [made.text() for made in view.findChildren(QPushButton) if made.isVisible()]
        )
    )
    assert "Theme" not in visible_texts(view)


def test_a_setting_is_kept_when_its_field_is_left_and_leaves_the_others(
    qtbot: QtBot, context: AppContext
) -> None:
    save_settings(context.paths.settings_file, Settings(llm="none", context_tokens=2048))
    group = answers(qtbot, context)
    group.limit.setValue(90)
    with qtbot.waitSignal(context.settings_changed, timeout=WAIT_MS):
        group.limit.editingFinished.emit()
    kept = load_settings(context.paths.settings_file)
    assert kept == Settings(llm="none", context_tokens=2048, answer_limit_s=90.0)


def test_fields_that_nobody_has_filled_yet_replace_no_settings(qtbot: QtBot, context: AppContext) -> None:
    save_settings(context.paths.settings_file, Settings(llm="none"))
    group = shown(qtbot, context, "answers").group("answers")
    assert isinstance(group, AnswersGroup)
    group.limit.editingFinished.emit()  # Tab, before the engine has answered
    qtbot.waitUntil(lambda: group._settings is not None, timeout=WAIT_MS)
    assert group._settings == Settings(llm="none")
    assert load_settings(context.paths.settings_file) == Settings(llm="none")


def test_an_address_that_is_none_is_explained_and_not_kept(qtbot: QtBot, context: AppContext) -> None:
    group = answers(qtbot, context)
    group.server.setText("localhost")
    group.server.editingFinished.emit()
    assert "An address begins with http:// or https://." in visible_texts(group)
    assert not context.paths.settings_file.exists()
    group.server.setText("http://localhost:8000/v1")
    with qtbot.waitSignal(context.settings_changed, timeout=WAIT_MS):
        group.server.editingFinished.emit()
    assert load_settings(context.paths.settings_file).server_url == "http://localhost:8000/v1"
    assert "An address begins with http:// or https://." not in visible_texts(group)


def test_the_context_size_and_the_variable_of_a_key_are_found_and_kept(
    qtbot: QtBot, context: AppContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SCHOOL_KEY", "x")
    group = answers(qtbot, context)
    group.context_size.setValue(8192)
    group.key.setText(" SCHOOL_KEY ")
    with qtbot.waitSignal(context.settings_changed, timeout=WAIT_MS):
        group.key.editingFinished.emit()
    kept = load_settings(context.paths.settings_file)
    assert kept == Settings(context_tokens=8192, server_key_variable="SCHOOL_KEY")
    assert [row.isAncestorOf(group.key) for row in group.rows if row.matches("api key")] == [True]
    assert [row.isAncestorOf(group.context_size) for row in group.rows if row.matches("n_ctx")] == [True]


def test_a_key_itself_is_not_kept_where_its_variable_is_asked_for(qtbot: QtBot, context: AppContext) -> None:
    group = answers(qtbot, context)
    group.key.setText("sk-abc-123")
    group.key.editingFinished.emit()
    assert any("not the key" in text for text in visible_texts(group))
    assert not context.paths.settings_file.exists()


def test_a_variable_that_nobody_has_set_is_kept_and_said(qtbot: QtBot, context: AppContext) -> None:
    group = answers(qtbot, context)
    group.key.setText("NOBODY_SET_THIS")
    with qtbot.waitSignal(context.settings_changed, timeout=WAIT_MS):
        group.key.editingFinished.emit()
    assert any("no such variable yet" in text for text in visible_texts(group))
    assert load_settings(context.paths.settings_file).server_key_variable == "NOBODY_SET_THIS"


def test_how_it_answers_is_reset_but_for_the_models_and_that_can_be_undone(
    qtbot: QtBot, context: AppContext
) -> None:
    chosen = Settings(llm="none", threads=1, context_tokens=2048, server_url="http://localhost:8000/v1")
    save_settings(context.paths.settings_file, chosen)
    group = answers(qtbot, context)
    undos: list[Callable[[], object]] = []
    context.undoable.connect(lambda _, undo: undos.append(undo))
    with qtbot.waitSignal(context.settings_changed, timeout=WAIT_MS):
        press(group, "Reset how it answers")
    assert load_settings(context.paths.settings_file) == Settings(llm="none")
    assert group.server.text() == ""
    with qtbot.waitSignal(context.settings_changed, timeout=WAIT_MS):
        undos[0]()
    assert load_settings(context.paths.settings_file) == chosen
    assert group.server.text() == "http://localhost:8000/v1"


def test_the_way_back_to_the_defaults_is_found_by_a_search(qtbot: QtBot, context: AppContext) -> None:
    view = shown(qtbot, context, "looks")
    view.field.setText("defaults")
    offered = ["Reset how it looks", "Reset how it answers"]
    qtbot.waitUntil(
        lambda: (
            [
                made.text()
                for made in view.findChildren(QPushButton)
                if made.isVisible() and made.text() in offered
            ]
            == offered
        )
    )
    assert "Theme" not in visible_texts(view)


def test_a_damaged_settings_file_is_said_and_left_alone_until_it_is_reset(
    qtbot: QtBot, context: AppContext
) -> None:
    context.paths.root.mkdir(parents=True, exist_ok=True)
    context.paths.settings_file.write_text("{")
    group = shown(qtbot, context, "answers").group("answers")
    qtbot.waitUntil(lambda: any("cannot be read" in text for text in visible_texts(group)), timeout=WAIT_MS)
    assert isinstance(group, AnswersGroup)
    group.limit.editingFinished.emit()
    assert context.paths.settings_file.read_text() == "{"
    assert not group.limit.isEnabled()
    with qtbot.waitSignal(context.settings_changed, timeout=WAIT_MS):
        press(group, "Reset how it answers")
    assert load_settings(context.paths.settings_file) == Settings()
    assert group.limit.isEnabled()
    assert not any("cannot be read" in text for text in visible_texts(group))


def test_a_backup_is_made_now_and_listed(qtbot: QtBot, small_context: AppContext) -> None:
    failures: list[Failure] = []
    small_context.failed.connect(failures.append)
    view = shown(qtbot, small_context, "data")
    group = view.group("data")
    assert isinstance(group, DataGroup)
    qtbot.waitUntil(lambda: "There is none yet." in visible_texts(group), timeout=WAIT_MS)
    with qtbot.waitSignal(small_context.notice, timeout=WAIT_MS):
        press(view, "Back up now")
    qtbot.waitUntil(lambda: "There is none yet." not in visible_texts(group), timeout=WAIT_MS)
    assert len(list(small_context.paths.backups.glob("learner-*.db"))) == 1
    assert failures == []


@pytest.mark.parametrize(
    ("words", "group"),
    [("rename", "profiles"), ("Licence", "about"), ("doctor", "doctor"), ("switch person", "profiles")],
)
def test_groups_are_found_by_what_one_does_there(
    qtbot: QtBot, context: AppContext, words: str, group: str
) -> None:
    view = shown(qtbot, context, "looks")
    view.field.setText(words)
    qtbot.waitUntil(view.group(group).isVisible)
    assert not view.group("looks").isVisible()


def test_the_sheet_has_every_shortcut_and_finds_them(qtbot: QtBot, context: AppContext) -> None:
    view = shown(qtbot, context, "keyboard")
    sheet = ShortcutsSheet(view, context.theme)
    sheet.open()
    assert len(sheet.texts()) == len(shortcuts())
    sheet._filter("full screen")
    assert [text.startswith("Full screen") for text in sheet.texts()] == [True]
    assert "Asking" not in visible_texts(sheet)
    sheet._filter("xyzzy")
    assert "No shortcut is about “xyzzy”." in visible_texts(sheet)
    sheet._filter("full screen")
    assert "Looks" in visible_texts(sheet)
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    assert not sheet.isVisible()
