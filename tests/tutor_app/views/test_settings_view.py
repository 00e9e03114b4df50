"""The settings as a person changes them: at once, with a way back, and with a sentence where a value cannot be."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QProcess, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton

from engine.settings import Settings, load_settings, save_settings
from tutor_app.place import Page, Place
from tutor_app.preferences import Preferences, ThemeChoice
from tutor_app.services.profiles import list_file
from tutor_app.shortcuts import shortcuts
from tutor_app.theme.tokens import CONTRAST
from tutor_app.views.answers_settings import AnswersGroup
from tutor_app.views.data_settings import DataGroup
from tutor_app.views.looks_settings import LooksGroup
from tutor_app.views.profiles_panel import ProfilesPanel
from tutor_app.views.settings_view import SettingsView
from tutor_app.views.shortcuts_sheet import ShortcutsSheet

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from tutor_app.app_context import AppContext
    from tutor_app.workers.messages import Failure

WAIT_MS = 20_000


def shown(qtbot: QtBot, context: AppContext, part: str) -> SettingsView:
    view = SettingsView(context)
    qtbot.addWidget(view)
    view.resize(1000, 700)
    view.open(Place(Page.SETTINGS, part=part))
    view.show()
    return view


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


def press(inside: QWidget, name: str) -> None:
    for made in inside.findChildren(QPushButton):
        if name in (made.text(), made.accessibleName()) and made.isVisible():
            QTest.mouseClick(made, Qt.MouseButton.LeftButton)
            return
    pytest.fail(f"there is no button {name!r}")


def visible_texts(inside: QWidget) -> list[str]:
    return [line.text() for line in inside.findChildren(QLabel) if line.isVisible()]


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


def starts(monkeypatch: pytest.MonkeyPatch, *, work: bool) -> list[list[str]]:
    """Programs that were started, none of which is."""
    begun: list[list[str]] = []

    def start(program: str, arguments: Sequence[str]) -> tuple[bool, int]:
        begun.append([program, *arguments])
        return work, 0

    monkeypatch.setattr(QProcess, "startDetached", start)
    return begun


def test_a_new_profile_opens_in_a_window_of_its_own(
    qtbot: QtBot, context: AppContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = starts(monkeypatch, work=True)
    view = shown(qtbot, context, "profiles")
    panel = view.group("profiles")
    assert isinstance(panel, ProfilesPanel)
    panel.name.setText("Ada")
    press(view, "Make a profile")
    folder = context.paths.root.parent / "llm-tutor-Ada"
    assert [line[-2:] for line in begun] == [["--profile", str(folder)]]
    assert not view.isVisible()
    qtbot.waitUntil(lambda: _listed() == [str(context.paths.root), str(folder)], timeout=WAIT_MS)


def _listed() -> list[str]:
    found: list[str] = json.loads(list_file().read_text(encoding="utf-8")) if list_file().exists() else []
    return found


def test_profiles_are_not_cut_after_the_text_was_larger(qtbot: QtBot, context: AppContext) -> None:
    context.preferences.change(text_scale=200)
    view = shown(qtbot, context, "profiles")
    context.preferences.change(text_scale=100)
    view.resize(900, 600)
    panel = view.group("profiles")
    qtbot.waitUntil(lambda: panel.mapTo(view, panel.rect().topRight()).x() < view.width())


def test_a_profile_is_renamed_by_the_name_of_its_learner(qtbot: QtBot, context: AppContext) -> None:
    view = shown(qtbot, context, "profiles")
    context.go.connect(view.open)
    qtbot.waitUntil(
        lambda: any(made.text() == "Rename" and made.isVisible() for made in view.findChildren(QPushButton))
    )
    press(view, "Rename")
    name = view.group("learner").findChild(QLineEdit)
    assert name is not None
    assert name.isVisible()
    QTest.keyClicks(name, "Mia")
    assert context.preferences.now.name == "Mia"
    context.paths.root.mkdir(exist_ok=True)
    (context.paths.root / "preferences.json").write_text('{"name": "Mia"}')  # the fixture keeps it elsewhere
    view.open(Place(Page.SETTINGS, part="profiles"))
    qtbot.waitUntil(lambda: "Mia" in visible_texts(view))


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


def test_where_the_other_profile_cannot_be_opened_this_window_stays(
    qtbot: QtBot, context: AppContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    starts(monkeypatch, work=False)
    view = shown(qtbot, context, "profiles")
    panel = view.group("profiles")
    assert isinstance(panel, ProfilesPanel)
    with qtbot.waitSignal(context.notice) as told:
        panel.switch_to(context.paths.root.parent / "other")
    assert told.args == ["The other profile could not be opened."]
    assert view.isVisible()


def test_the_profile_that_is_open_is_not_opened_again(
    qtbot: QtBot, context: AppContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = starts(monkeypatch, work=True)
    view = shown(qtbot, context, "profiles")
    panel = view.group("profiles")
    assert isinstance(panel, ProfilesPanel)
    panel.switch_to(context.paths.root)
    assert begun == []
    assert view.isVisible()


def test_a_profile_may_lie_in_any_folder_that_holds_nothing_else(
    qtbot: QtBot, context: AppContext, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = starts(monkeypatch, work=True)
    photos, stick = tmp_path / "photos", tmp_path / "stick"
    photos.mkdir()
    stick.mkdir()
    (photos / "a.jpg").touch()
    panel = shown(qtbot, context, "profiles").group("profiles")
    assert isinstance(panel, ProfilesPanel)
    with qtbot.waitSignal(context.failed, timeout=WAIT_MS) as told:
        panel._choose(str(photos))
    assert told.args[0].what == f"Something else lies in {photos}."
    panel._choose(str(stick))
    qtbot.waitUntil(lambda: [line[-1] for line in begun] == [str(stick)], timeout=WAIT_MS)


def test_a_profile_whose_folder_has_gone_is_not_offered(
    qtbot: QtBot, context: AppContext, tmp_path: Path
) -> None:
    (tmp_path / "there").mkdir()
    list_file().write_text(json.dumps([str(tmp_path / name) for name in ("there", "gone")]))
    view = shown(qtbot, context, "profiles")
    qtbot.waitUntil(lambda: str(tmp_path / "there") in visible_texts(view), timeout=WAIT_MS)
    assert str(tmp_path / "gone") not in visible_texts(view)


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
