"""The real window on real profiles; what a test opens is closed with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

from tests.end_to_end.window_driver import Driver
from tests.tutor_app.conftest import nursery_that_ends, prepared_profile, qapp_args, qapp_cls

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from engine.paths import DataPaths
    from tutor_app.application import TutorApplication

__all__ = ["nursery_that_ends", "qapp_args", "qapp_cls"]


@pytest.fixture
def open_window(qtbot: QtBot, qapp: TutorApplication) -> Iterator[Callable[..., Driver]]:
    """Opens windows: ``open_window(paths, "file.pdf")``; with ``ahead_s`` at another time."""
    opened: list[Driver] = []

    def make(paths: DataPaths, *files: str, ahead_s: int = 0) -> Driver:
        opened.append(Driver(qtbot, qapp, paths, files, ahead_s=ahead_s))
        return opened[-1]

    yield make
    for driver in opened:
        driver.end()


@pytest.fixture
def prepared(tmp_path: Path) -> DataPaths:
    """A profile with the default models and the starter packs."""
    return prepared_profile(tmp_path / "home")
