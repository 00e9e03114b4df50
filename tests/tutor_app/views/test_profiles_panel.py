"""Profiles: one window each, named after their learners, in any folder that holds nothing else."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QProcess
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton

from tests.tutor_app.views.settings_page import WAIT_MS, press, shown, visible_texts
from tutor_app.place import Page, Place
from tutor_app.services.profiles import list_file
from tutor_app.views.profiles_panel import ProfilesPanel

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from tutor_app.app_context import AppContext
    from tutor_app.views.settings_view import SettingsView


def profiles(qtbot: QtBot, context: AppContext) -> tuple[SettingsView, ProfilesPanel]:
    view = shown(qtbot, context, "profiles")
    panel = view.group("profiles")
    assert isinstance(panel, ProfilesPanel)
    return view, panel


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
    view, panel = profiles(qtbot, context)
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


def test_where_the_other_profile_cannot_be_opened_this_window_stays(
    qtbot: QtBot, context: AppContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    starts(monkeypatch, work=False)
    view, panel = profiles(qtbot, context)
    with qtbot.waitSignal(context.notice) as told:
        panel.switch_to(context.paths.root.parent / "other")
    assert told.args == ["The other profile could not be opened."]
    assert view.isVisible()


def test_the_profile_that_is_open_is_not_opened_again(
    qtbot: QtBot, context: AppContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = starts(monkeypatch, work=True)
    view, panel = profiles(qtbot, context)
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
    _, panel = profiles(qtbot, context)
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
