"""Surroundings of pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.tutor_app.conftest import make_context
from tests.tutor_app.practice_profile import practice_profile

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tutor_app.app_context import AppContext
    from tutor_app.application import TutorApplication
    from tutor_app.preferences import PreferenceStore
    from tutor_app.theme.theme import Theme


@pytest.fixture
def practice_context(
    qapp: TutorApplication, tmp_path: Path, preferences: PreferenceStore, theme: Theme
) -> Iterator[AppContext]:
    yield from make_context(qapp, practice_profile(tmp_path / "home"), preferences, theme)
