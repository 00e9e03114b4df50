"""Ctrl-C in the terminal, or the end of the desktop session, closes the window properly."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

_ROOT = Path(__file__).resolve().parents[2]
_PROGRAM = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from engine.paths import DataPaths
from tutor_app import application

class Told(application.WindowSession):
    def start(self, files):
        super().start(files)
        self.window.painted.connect(lambda: print("painted", flush=True))

application.WindowSession = Told
sys.exit(application.run(DataPaths(Path(sys.argv[1])), []))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals as POSIX has them")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_the_window_is_closed_and_leaves_no_mark_of_a_crash(tmp_path: Path, number: signal.Signals) -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-c", _PROGRAM, str(tmp_path / "home")]
    with subprocess.Popen(command, cwd=_ROOT, env=environment, stdout=subprocess.PIPE) as window:
        assert window.stdout is not None
        assert window.stdout.readline() == b"painted\n"
        assert (tmp_path / "home" / "window.running").exists()
        window.send_signal(number)
        assert window.wait(20) == 0
    assert not (tmp_path / "home" / "window.running").exists()
    assert "geometry" in (tmp_path / "home" / "window.ini").read_text(encoding="utf-8")
