"""Which colours are in force, and what a start takes for the system's wish before it can ask."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from engine.paths import DataPaths
from tutor_app.application import WindowSession
from tutor_app.preferences import PreferenceStore, ThemeChoice
from tutor_app.single_instance import SingleInstance
from tutor_app.theme.theme import Theme
from tutor_app.theme.tokens import CONTRAST, DARK, LIGHT, Colours
from tutor_app.window_state import FILE, WindowState

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from tutor_app.application import TutorApplication


@pytest.mark.parametrize("system", [LIGHT, DARK, CONTRAST])
def test_without_a_choice_it_is_what_the_system_seems_to_want(
    qapp: TutorApplication, tmp_path: Path, system: Colours
) -> None:
    preferences = PreferenceStore(tmp_path / "preferences.json", None)
    theme = Theme(qapp, preferences, system=system)
    assert theme.colours is system
    preferences.change(theme=ThemeChoice.LIGHT)
    assert theme.colours is LIGHT
    preferences.deleteLater()


@pytest.mark.parametrize(("system", "then"), [(LIGHT, LIGHT), (DARK, DARK), (CONTRAST, LIGHT)])
def test_a_system_that_tells_nothing_wants_no_contrast_and_the_desktops_colours(
    qapp: TutorApplication, tmp_path: Path, system: Colours, then: Colours
) -> None:
    preferences = PreferenceStore(tmp_path / "preferences.json", None)
    theme = Theme(qapp, preferences, system=system)
    theme.follow_system()
    assert theme.colours is then
    preferences.deleteLater()


def test_a_start_remembers_that_the_system_wanted_high_contrast(
    qtbot: QtBot, qapp: TutorApplication, tmp_path: Path
) -> None:
    state = WindowState(tmp_path / FILE)
    state.keep_contrast(wanted=True)
    state.flush()
    session = WindowSession(qapp, DataPaths(tmp_path), SingleInstance(tmp_path))
    qtbot.addWidget(session.window)
    assert session.context.theme.colours is CONTRAST
    session.window.keep_state()
    assert WindowState(tmp_path / FILE).contrast()
    session.context.close()
    session.deleteLater()
