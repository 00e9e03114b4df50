"""Folders on disks of their own: small ones, read-only ones."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.paths import DataPaths


@pytest.fixture
def paths(tmp_path: Path) -> DataPaths:
    return DataPaths(tmp_path / "profile")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 4 MiB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if (
        os.name != "posix"
        or os.geteuid() != 0
        or not _mounts("-t", "tmpfs", "-o", "size=4m", "tmpfs", str(folder))
    ):
        pytest.skip("needs the right to mount a small disk")
    yield folder
    subprocess.run(["umount", "-l", folder], check=True)


def make_read_only(folder: Path) -> None:
    if not _mounts("-o", "remount,ro", str(folder)):
        pytest.skip("the disk cannot be made read-only")


def _mounts(*arguments: str) -> bool:
    try:
        return subprocess.run(["mount", *arguments], capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        return False
