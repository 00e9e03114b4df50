"""The same journeys in real windows of an X server, with pictures; and what happens when the screen goes away."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from engine.paths import DataPaths
from engine.storage.sqlite import OpenMode, connect
from tests.end_to_end.virtual_screen import virtual_screen
from tests.tutor_app.cli.small_profile import QUESTION, make_profile

_ROOT = Path(__file__).resolve().parents[2]
_ASKING = f"""
import sys
from PySide6.QtCore import QTimer
from engine.paths import DataPaths
from pathlib import Path
from tutor_app.application import SingleInstance, TutorApplication, WindowSession
from tutor_app.place import Page, Place
root = Path(sys.argv[1])
app = TutorApplication([])
instance = SingleInstance(root); instance.take()
session = WindowSession(app, DataPaths(root), instance)
session.start([])
page = session.window.page(Page.ASK)
page.chat.ended.connect(lambda _: print("answered", flush=True))
QTimer.singleShot(0, lambda: session.window.open(Place(Page.ASK, question={QUESTION!r}, send=True)))
app.exec()
"""


@pytest.mark.timeout(400)
@pytest.mark.parametrize("scale", ["1", "2"])
def test_the_journeys_work_in_real_windows(tmp_path: Path, scale: str) -> None:
    shots = tmp_path / "shots"
    shots.mkdir()
    which = "newcomer or restart" if scale == "1" else "newcomer"
    with virtual_screen("1280x800" if scale == "1" else "2560x1600") as screen:
        done = subprocess.run(
            [
                sys.executable,
                "-m",
                "pytest",
                "-q",
                "-p",
                "no:cacheprovider",
                "-k",
                which,
                "tests/end_to_end/test_journeys.py",
            ],
            cwd=_ROOT,
            env={**screen.environment, "LLM_TUTOR_SHOTS": str(shots), "QT_SCALE_FACTOR": scale},
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 0, done.stdout[-3000:]
    pictures = sorted(shots.glob("*.png"))
    assert len(pictures) >= 2
    for picture in pictures:
        assert len(_colours(QImage(str(picture)))) > 20, picture.name


def _colours(image: QImage) -> set[int]:
    return {image.pixel(x, y) for x in range(0, image.width(), 7) for y in range(0, image.height(), 7)}


def test_a_screen_that_goes_away_loses_nothing(tmp_path: Path) -> None:
    paths: DataPaths = make_profile(tmp_path / "home")
    with virtual_screen() as screen:
        window = subprocess.Popen(
            [sys.executable, "-c", _ASKING, str(paths.root)],
            cwd=_ROOT,
            env={**screen.environment, "OMP_WAIT_POLICY": "passive"},
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        with window:
            assert window.stdout is not None
            assert window.stdout.readline() == b"answered\n"
            screen.take_away()
            window.wait(30)
    connection = connect(paths.learner_db, mode=OpenMode.READ_ONLY)
    try:
        assert connection.execute("SELECT question, status FROM turns").fetchall() == [(QUESTION, "answered")]
    finally:
        connection.close()
    assert (paths.root / "window.running").exists()
    assert any((paths.root / "packs").iterdir())
