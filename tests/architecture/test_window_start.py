"""What is imported before the window is painted: Qt and what is painted, nothing of the engine's weight, ever."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.architecture.test_start_up import _heavy

_ROOT = Path(__file__).resolve().parents[2]
_PROGRAM = """
import json, sys
from pathlib import Path
from engine.paths import DataPaths
from tutor_app.application import SingleInstance, TutorApplication, WindowSession
root = Path(sys.argv[1])
app = TutorApplication([])
session = WindowSession(app, DataPaths(root), SingleInstance(root))
found = {}
def look():
    box = session.window.page("home").box.edit
    found["loaded"] = sorted(sys.modules)
    found["names"] = sorted(vars(sys.modules["PySide6.QtCore"]))
    found["widgets"] = sorted(vars(sys.modules["PySide6.QtWidgets"]))
    found["ready"] = app.focusWidget() is box
    app.quit()
session.window.painted.connect(look)
session.start([])
app.exec()
session.end()
print(json.dumps(found))
"""
_QT_ALLOWED = {"QtCore", "QtGui", "QtWidgets", "QtSvg"}


@pytest.fixture(scope="module")
def painted(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What a start has when its window was painted."""
    home = tmp_path_factory.mktemp("home")
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM, str(home)],
        cwd=_ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


@pytest.fixture(scope="module")
def loaded(painted: dict[str, Any]) -> set[str]:
    return set(painted["loaded"])


def test_no_heavy_library_is_imported_before_the_first_paint(loaded: set[str]) -> None:
    heavy = _heavy() - {"email", "http"}  # importlib.metadata, which Qt's loader uses, may read a mail header
    assert not {name for name in loaded if name in heavy or name.split(".")[0] in heavy}


def test_only_the_parts_of_qt_that_paint_are_imported(loaded: set[str]) -> None:
    parts = {name.removeprefix("PySide6.") for name in loaded if name.startswith("PySide6.Qt")}
    assert parts <= _QT_ALLOWED


def test_of_the_engine_only_its_vocabulary_is_imported(loaded: set[str]) -> None:
    ours = {name for name in loaded if name.startswith("engine.")}
    vocabulary = {"atomic", "cancel", "clock", "errors", "events", "paths", "settings", "types", "sentences"}
    assert ours <= {f"engine.{name}" for name in vocabulary}


def test_qt_s_own_names_are_not_made_before_the_first_paint(painted: dict[str, Any]) -> None:
    # Which takes a quarter of what this window adds to an empty one's start: see tutor_app/qt_numbers.py.
    assert "QTimer" in painted["names"]
    assert "Qt" not in painted["names"]


def test_no_classes_of_widgets_are_made_that_are_not_painted(painted: dict[str, Any]) -> None:
    # As the first call does that returns a widget of Qt's own whose class Python does not know yet.
    assert "QLabel" in painted["widgets"]
    assert not {"QWizard", "QFileDialog", "QTableView"} & set(painted["widgets"])


def test_what_is_painted_first_can_be_typed_into(painted: dict[str, Any]) -> None:
    assert painted["ready"]
