"""A window's surroundings, each test with its own: theme, profile, engine processes that end with the test."""

from __future__ import annotations

import os
import shutil
from functools import cache
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QEvent

from engine.content.pack_store import PackStore
from engine.content.starter_packs import changed_starters
from engine.paths import DataPaths, asset_path
from tests.conftest import MODELS_HOME
from tests.tutor_app.cli.small_profile import make_profile
from tests.tutor_app.engine_nursery import forked_engines, nursery

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tutor_app.app_context import AppContext
    from tutor_app.application import TutorApplication
    from tutor_app.preferences import PreferenceStore
    from tutor_app.theme.theme import Theme

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture(scope="session")
def qapp_cls() -> type[TutorApplication]:
    """The application of this program."""
    from tutor_app.application import TutorApplication

    return TutorApplication


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    return ["llm-tutor"]


@pytest.fixture
def preferences(qapp: TutorApplication, tmp_path: Path) -> PreferenceStore:
    """Preferences that nobody has changed."""
    from tutor_app.preferences import PreferenceStore

    return PreferenceStore(tmp_path / "preferences.json", None)


@pytest.fixture
def theme(qapp: TutorApplication, preferences: PreferenceStore) -> Iterator[Theme]:
    """The theme of those preferences."""
    from tutor_app.theme.theme import Theme

    made = Theme(qapp, preferences)
    yield made
    made.deleteLater()
    # At once: a theme that is still there styles all widgets anew, as each other one does, when the direction changes.
    QCoreApplication.sendPostedEvents(made, QEvent.Type.DeferredDelete)


def make_context(
    qapp: TutorApplication, paths: DataPaths, preferences: PreferenceStore, theme: Theme
) -> Iterator[AppContext]:
    """What a window's pages share, on a profile; its processes end with the test."""
    from tutor_app.app_context import AppContext

    with forked_engines():
        made = AppContext(paths, preferences, theme)
        yield made
        made.close()
        made.deleteLater()


@pytest.fixture(scope="session", autouse=True)
def nursery_that_ends() -> Iterator[None]:
    """The nursery that was used, if any was, ends with the tests."""
    yield
    if nursery.cache_info().currsize:
        nursery().close()


@pytest.fixture
def context(
    qapp: TutorApplication, tmp_path: Path, preferences: PreferenceStore, theme: Theme
) -> Iterator[AppContext]:
    """An empty profile."""
    yield from make_context(qapp, DataPaths(tmp_path / "home"), preferences, theme)


@pytest.fixture
def small_context(
    qapp: TutorApplication, tmp_path: Path, preferences: PreferenceStore, theme: Theme
) -> Iterator[AppContext]:
    """A profile with one tiny indexed pack and no models."""
    yield from make_context(qapp, make_profile(tmp_path / "home"), preferences, theme)


@pytest.fixture
def prepared_context(
    qapp: TutorApplication, tmp_path: Path, preferences: PreferenceStore, theme: Theme
) -> Iterator[AppContext]:
    """A profile with the default models and the indexed starter packs, and nothing asked yet."""
    yield from make_context(qapp, prepared_profile(tmp_path / "home"), preferences, theme)


def prepared_profile(root: Path) -> DataPaths:
    """A profile like ``make models`` makes one, the models linked and the packs copied."""
    if not (MODELS_HOME / "packs").is_dir() or not (MODELS_HOME / "models").is_dir():
        pytest.skip("the default models are not installed: run `make models`")
    if _changed_since():
        pytest.fail(f"changed since they were prepared: {', '.join(_changed_since())}; run `make models`")
    root.mkdir(parents=True)
    (root / "models").mkdir()
    for folder in (MODELS_HOME / "models").iterdir():
        (root / "models" / folder.name).symlink_to(folder, target_is_directory=True)
    shutil.copytree(MODELS_HOME / "packs", root / "packs")
    return DataPaths(root)


@cache
def _changed_since() -> tuple[str, ...]:
    """Starter packs that every window of a prepared profile would install and read anew, for minutes."""
    return tuple(changed_starters(asset_path("packs"), PackStore(MODELS_HOME / "packs")))
