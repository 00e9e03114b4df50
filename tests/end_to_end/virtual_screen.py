"""A real X server without a monitor, for windows as a person would see them."""

from __future__ import annotations

import os
import shutil
import subprocess
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator


class Screen:
    """A running X server. ``name`` is what DISPLAY is to be set to."""

    def __init__(self, process: subprocess.Popen[bytes], name: str) -> None:
        self.name = name
        self._process = process

    @property
    def environment(self) -> dict[str, str]:
        """The environment of a program that is to be seen on it."""
        kept = {name: value for name, value in os.environ.items() if name != "WAYLAND_DISPLAY"}
        return {**kept, "DISPLAY": self.name, "QT_QPA_PLATFORM": "xcb"}

    def take_away(self) -> None:
        """What happens when somebody pulls the plug."""
        self._process.kill()
        self._process.wait()


@contextmanager
def virtual_screen(size: str = "1280x800") -> Iterator[Screen]:
    """An X server of ``size`` pixels for the time of the block."""
    if not shutil.which("Xvfb"):
        pytest.skip("Xvfb is not installed: apt-get install xvfb")
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", f"{size}x24", "-nolisten", "tcp"]
    with subprocess.Popen(command, pass_fds=(writing,), stderr=subprocess.DEVNULL) as process:
        os.close(writing)
        try:
            with os.fdopen(reading) as number:
                yield Screen(process, f":{number.readline().strip()}")
        finally:
            process.kill()
