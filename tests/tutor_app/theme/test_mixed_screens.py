"""Screens of different fineness: what is moved from one to another looks as if it had been made there."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

_PROGRAM = r"""
import sys
from pathlib import Path
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from engine.learner.mastery import Level
from tutor_app.application import TutorApplication
from tutor_app.preferences import PreferenceStore
from tutor_app.richtext.parser import parse
from tutor_app.theme.theme import Theme
from tutor_app.widgets.basics import IconButton
from tutor_app.widgets.icon_mark import IconMark
from tutor_app.widgets.level_mark import LevelMark
from tutor_app.widgets.plot import Plot
from tutor_app.widgets.rich_text_view import RichTextView

app = TutorApplication([])
theme = Theme(app, PreferenceStore(Path(sys.argv[1]) / "preferences.json", None))
screens = {screen.name(): screen for screen in app.screens()}
plain, fine = screens["plain"], screens["fine"]

def made(screen):
    whole = QWidget()
    text = RichTextView(theme)
    text.set_rich_text(parse("Half of it: $\\frac{1}{2}$ [1]"))
    plot = Plot(theme, "Plot")
    plot.set_axes([(0.0, "0"), (1.0, "1")], [(0.0, "a"), (1.0, "b")])
    box = QVBoxLayout(whole)
    marks = (IconButton(theme, "copy", "Copy"), IconMark(theme, "check"), LevelMark(theme, Level.MASTERED))
    whole.marks, whole.text = marks, text
    for part in (*marks, text, plot):
        part.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # only one window has the keyboard
        box.addWidget(part)
    whole.resize(400, 500)
    whole.move(screen.geometry().topLeft() + QPoint(20, 20))
    whole.show()
    QTest.qWait(50)
    return whole

moved = made(plain)
assert moved.devicePixelRatioF() == 1.0
size = moved.size()
moved.move(fine.geometry().topLeft() + QPoint(20, 20))
QTest.qWait(50)
there = made(fine)
assert moved.devicePixelRatioF() == there.devicePixelRatioF() == float(sys.argv[2])
assert moved.size() == size
assert moved.grab().toImage() == there.grab().toImage()
ratio = there.devicePixelRatioF()
assert moved.marks[0].icon().pixmap(QSize(20, 20), ratio).width() == round(20 * ratio)
assert moved.marks[1].pixmap().devicePixelRatio() >= ratio
before = moved.grab().toImage()
moved.activateWindow()
moved.text.setFocus(Qt.FocusReason.OtherFocusReason)
QTest.qWait(50)
assert moved.text.hasFocus()
assert moved.grab().toImage() == before, "a cursor in a text that cannot be changed"
print("alike")
"""


@pytest.mark.parametrize("ratio", [1.5, 2.0])
def test_what_moves_to_a_finer_screen_looks_as_if_made_there(tmp_path: Path, ratio: float) -> None:
    def screen(name: str, left: int, ratio: float) -> dict[str, object]:
        # By the resolution: windows of the offscreen platform do not take over the "dpr" of their screen.
        width, height = round(1000 * ratio), round(800 * ratio)
        place = {"name": name, "x": left, "y": 0, "width": width, "height": height}
        return {**place, "logicalDpi": round(96 * ratio), "logicalBaseDpi": 96, "dpr": 1}

    screens = {"screens": [screen("plain", 0, 1.0), screen("fine", 4000, ratio)]}
    (tmp_path / "screens.json").write_text(json.dumps(screens))
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM, str(tmp_path), str(ratio)],
        cwd=ROOT,
        env={"QT_QPA_PLATFORM": f"offscreen:configfile={tmp_path / 'screens.json'}", "LANG": "C.UTF-8"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == "alike\n", done.stderr
