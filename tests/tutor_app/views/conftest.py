"""Surroundings of pages."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.conftest import MODELS_HOME
from tests.tutor_app.conftest import make_context
from tests.tutor_app.practice_profile import practice_profile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tutor_app.app_context import AppContext
    from tutor_app.application import TutorApplication
    from tutor_app.preferences import PreferenceStore
    from tutor_app.theme.theme import Theme


@pytest.fixture
def practice_context(
    qapp: TutorApplication, tmp_path: Path, preferences: PreferenceStore, theme: Theme
) -> Iterator[AppContext]:
    yield from make_context(qapp, practice_profile(tmp_path / "home"), preferences, theme)


def link_model(source: str, target: str) -> None:
    """Copy records, which the engine rewrites, and only point at the weights."""
    if source.endswith(".json"):
        shutil.copy(source, target)
    else:
        Path(target).symlink_to(source)


@pytest.fixture
def own_context(context: AppContext) -> AppContext:
    """A profile with the default models and the starter packs, whose files a test may move and rewrite."""
    if not (MODELS_HOME / "packs").is_dir() or not (MODELS_HOME / "models").is_dir():
        pytest.skip("the default models are not installed: run `make models`")
    shutil.copytree(MODELS_HOME / "models", context.paths.models, copy_function=link_model)
    shutil.copytree(MODELS_HOME / "packs", context.paths.packs)
    return context
