"""What the tests of course packs share: a data folder, a clock, somebody who watches."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from engine.cancel import CancelToken
from engine.content.install import PackInstaller, Watch
from engine.content.pack_store import PackStore
from engine.paths import DataPaths
from tests.engine.content.small_pack import write_pack


class SetClock:
    """A clock that goes only when told to."""

    def __init__(self) -> None:
        self.time = datetime(2026, 5, 1, tzinfo=UTC)

    def now(self) -> datetime:
        return self.time

    def forward(self, delta: timedelta) -> None:
        self.time += delta


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
def paths(tmp_path: Path) -> DataPaths:
    return DataPaths(tmp_path / "data")


@pytest.fixture
def store(paths: DataPaths) -> PackStore:
    return PackStore(paths.packs)


@pytest.fixture
def installer(paths: DataPaths, clock: SetClock) -> PackInstaller:
    return PackInstaller(paths, clock)


@pytest.fixture
def watch() -> Watch:
    return Watch(CancelToken(), lambda _: None)


@pytest.fixture
def small_pack(tmp_path: Path) -> Path:
    return write_pack(tmp_path / "plants")


@pytest.fixture
def add_version(tmp_path: Path, installer: PackInstaller, watch: Watch) -> Callable[[str], Path]:
    """Installs the small pack with another version number; returns its folder."""
    from tests.engine.content.small_pack import changed

    def add(version: str) -> Path:
        log = {"CHANGELOG.md": f"# Changelog\n\n## {version}\n"}
        folder = write_pack(
            tmp_path / f"plants-{version}", {**changed("manifest.json", version=version), **log}
        )
        return installer.add_folder(folder, watch).folder

    return add
