"""What is imported before the window is painted: Qt and what is painted, nothing of the engine's weight, ever."""

import json
import os
import subprocess
import sys
from pathlib import Path

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
loaded = []
session.window.painted.connect(lambda: (loaded.extend(sorted(sys.modules)), app.quit()))
session.start([])
app.exec()
session.end()
print(json.dumps(loaded))
"""
_QT_ALLOWED = {"QtCore", "QtGui", "QtWidgets", "QtSvg"}


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    home = tmp_path_factory.mktemp("home")
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM, str(home)],
        cwd=_ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=True,
    )
    return set(json.loads(done.stdout.splitlines()[-1]))


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
