"""The style sheet: Qt understands all of it, nothing moves under the focus, and nobody else has colours or sizes."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QListWidget, QMenu, QRadioButton, QWidget

from tests.conftest import ROOT
from tutor_app.preferences import Motion, PreferenceStore, ThemeChoice
from tutor_app.theme.marks import Marks
from tutor_app.theme.sheet import style_sheet
from tutor_app.theme.tokens import CONTRAST, DARK, LIGHT, MOTION_MS, Colours
from tutor_app.widgets.basics import card, column
from tutor_app.widgets.number_table import NumberTable

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tutor_app.application import TutorApplication
    from tutor_app.theme.theme import Theme

THEMES = {"light": LIGHT, "dark": DARK, "contrast": CONTRAST}
LITERAL = re.compile(r"""["'][^"']*#[0-9a-fA-F]{6}([0-9a-fA-F]{2})?\b""")
PIXELS = re.compile(r"setPixelSize\(\d|font-size:\s*\d|setPointSize|QFont\([^)]*\d")


@pytest.mark.parametrize("colours", THEMES.values(), ids=THEMES)
@pytest.mark.parametrize("scale", [0.8, 1.0, 2.0])
@pytest.mark.parametrize("right_to_left", [False, True])
def test_qt_understands_the_sheet(
    qtbot: QtBot, qtlog: Any, colours: Colours, scale: float, right_to_left: bool
) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.setStyleSheet(style_sheet(colours, scale, Marks(), right_to_left=right_to_left))
    widget.show()
    said = [record.message for record in qtlog.records if "propagateSizeHints" not in record.message]
    assert said == []


@pytest.mark.qt_log_ignore("parse")
def test_qt_tells_of_a_sheet_it_does_not_understand(qtbot: QtBot, qtlog: Any) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.setStyleSheet("QWidget { color: ")
    widget.show()
    assert any("parse" in record.message for record in qtlog.records)


@pytest.mark.parametrize("choice", [ThemeChoice.LIGHT, ThemeChoice.DARK, ThemeChoice.CONTRAST])
def test_what_is_ticked_has_a_mark_in_its_box(
    qtbot: QtBot, theme: Theme, preferences: PreferenceStore, choice: ThemeChoice
) -> None:
    preferences.change(theme=choice)
    box = QCheckBox("On")
    qtbot.addWidget(box)
    box.setChecked(True)
    box.show()
    drawn = box.grab().toImage()
    colours = {drawn.pixelColor(x, y).name() for x in range(4, 24) for y in range(box.height())}
    assert theme.colours.accent in colours
    assert theme.colours.on_accent in colours


def test_a_chosen_dot_differs_from_one_that_is_not(qtbot: QtBot, theme: Theme) -> None:
    dots = [QRadioButton("A"), QRadioButton("A")]
    dots[1].setChecked(True)
    for dot in dots:
        qtbot.addWidget(dot)
        dot.show()
    assert dots[0].sizeHint() == dots[1].sizeHint()
    assert dots[0].grab().toImage() != dots[1].grab().toImage()


def test_everything_takes_the_colours_of_a_theme_at_once(
    qtbot: QtBot, theme: Theme, preferences: PreferenceStore
) -> None:
    parts = [QLabel("x"), QComboBox(), QMenu()]
    for part in parts:
        qtbot.addWidget(part)
        part.ensurePolished()
    with qtbot.waitSignal(theme.changed):
        preferences.change(theme=ThemeChoice.CONTRAST)
    assert theme.colours is CONTRAST
    for part in parts:
        assert part.palette().color(part.foregroundRole()).name() == CONTRAST.ink


def test_text_grows_with_the_scale(qtbot: QtBot, theme: Theme, preferences: PreferenceStore) -> None:
    line = QLabel("x")
    qtbot.addWidget(line)
    line.ensurePolished()
    before = line.fontInfo().pixelSize()
    preferences.change(text_scale=200)
    assert line.fontInfo().pixelSize() == 2 * before == theme.pixels("body")


def test_nothing_moves_where_motion_is_off(
    theme: Theme, preferences: PreferenceStore, qapp: TutorApplication
) -> None:
    was = qapp.isEffectEnabled(Qt.UIEffect.UI_General)
    qapp.setEffectEnabled(Qt.UIEffect.UI_General, True)
    try:
        assert theme.motion_ms("short") == MOTION_MS["short"]
        preferences.change(motion=Motion.OFF)
        assert theme.motion_ms("short") == 0
    finally:
        qapp.setEffectEnabled(Qt.UIEffect.UI_General, was)


def test_only_the_tokens_have_colours_and_sizes_of_text() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in sorted((ROOT / "tutor_app").rglob("*.py"))
        if path.name != "tokens.py" and "cli" not in path.parts
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if LITERAL.search(line) or PIXELS.search(line)
    ]
    assert found == []


def test_the_marks_go_with_the_program() -> None:
    script = (
        "from tutor_app.theme.marks import Marks\n"
        "marks = Marks()\n"
        "marks.image('check', '#123456')\n"
        "print(marks._folder)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT
    )
    folder = Path(done.stdout.strip())
    assert folder.name.startswith("llm-tutor-marks-")
    assert not folder.exists()


def test_a_folder_that_cannot_be_written_leaves_the_marks_out(monkeypatch: pytest.MonkeyPatch) -> None:
    marks = Marks()
    assert marks._folder is not None
    shutil.rmtree(marks._folder)
    assert marks.image("check", LIGHT.ink) == "none"


def test_the_chosen_line_of_a_list_has_a_ring_of_two_pixels(
    qtbot: QtBot, theme: Theme, preferences: PreferenceStore
) -> None:
    preferences.change(theme=ThemeChoice.CONTRAST)
    shown = QListWidget()
    shown.addItems(["One", "Two"])
    qtbot.addWidget(shown)
    shown.show()
    shown.activateWindow()
    shown.setCurrentRow(0)
    shown.setFocus()
    qtbot.waitUntil(shown.hasFocus)
    row = shown.visualItemRect(shown.item(0))
    drawn = shown.viewport().grab().toImage()
    down = [drawn.pixelColor(row.center().x(), row.top() + y).name() for y in range(3)]
    assert down == [CONTRAST.focus, CONTRAST.focus, CONTRAST.chosen]


def test_the_head_of_a_table_has_no_edge_of_another_colour_in_a_mirrored_window(
    qtbot: QtBot, qapp: TutorApplication, theme: Theme
) -> None:
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        page = card()
        table = NumberTable("Days")
        table.set_rows(("Day", "Questions"), (("Monday", "3"),))
        page.setLayout(column(table, margin="l"))
        qtbot.addWidget(page)
        page.show()
        head = table.header()
        start = head.mapTo(page, QPoint(0, 4))
        drawn = page.grab().toImage()
        seen = {drawn.pixelColor(start + QPoint(x, 0)).name() for x in range(head.width())}
        assert seen == {theme.colours.card}
    finally:
        qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


@pytest.mark.parametrize("scale", [100, 200])
def test_a_list_that_opens_shows_all_its_rows(
    qtbot: QtBot, theme: Theme, preferences: PreferenceStore, scale: int
) -> None:
    preferences.change(text_scale=scale)
    box = QComboBox()
    box.addItems(["One", "Two", "Three"])
    qtbot.addWidget(box)
    box.show()
    box.showPopup()
    rows = box.view()
    last = rows.visualRect(rows.model().index(2, 0))
    assert rows.viewport().rect().contains(last)
    box.hidePopup()
