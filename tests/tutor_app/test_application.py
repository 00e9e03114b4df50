"""One run of the window: what it puts off until the first paint is done, painted or not."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

from engine.paths import DataPaths
from tutor_app import application
from tutor_app.application import WindowSession
from tutor_app.single_instance import SingleInstance
from tutor_app.views.main_window import MainWindow

if TYPE_CHECKING:
    from pathlib import Path

    import pytest
    from pytestqt.qtbot import QtBot

    from tutor_app.application import TutorApplication


def test_a_window_that_is_not_painted_collects_again_and_hears_of_later_starts(
    qtbot: QtBot, qapp: TutorApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(application, "_LATEST_MS", 1)
    monkeypatch.setattr(MainWindow, "show", lambda _: None)
    session = WindowSession(qapp, DataPaths(tmp_path), SingleInstance(tmp_path))
    qtbot.addWidget(session.window)
    gc.disable()
    try:
        session.start([])
        qtbot.waitUntil(gc.isenabled)
    finally:
        gc.enable()
        gc.unfreeze()
    later = SingleInstance(tmp_path)
    qtbot.waitUntil(lambda: later.hand_over([]))
    session.end()
    session.deleteLater()
