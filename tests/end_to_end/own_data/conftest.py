"""A profile in which something was asked, and a backup of it from before."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from engine.clock import SystemClock
from engine.storage.backup import write_copy
from engine.storage.database import open_learner_database
from tests.engine.storage.profile import ask
from tests.tutor_app.engine_nursery import forked_engines
from tests.tutor_app.practice_profile import practice_profile

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from engine.paths import DataPaths


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
