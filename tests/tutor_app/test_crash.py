"""A fault in the window: a report, a sentence, and the knowledge of it at the next start."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

from engine.paths import DataPaths
from tutor_app.crash import CrashGuard
from tutor_app.workers.messages import Failure

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot


def test_an_exception_in_the_event_loop_is_a_sentence_and_a_report(qtbot: QtBot, tmp_path: Path) -> None:
    guard = CrashGuard(DataPaths(tmp_path))
    failures: list[Failure] = []
    guard.failed.connect(failures.append)
    guard.begin()
    try:
        raise ZeroDivisionError("a learner's secret")
    except ZeroDivisionError as error:
        sys.excepthook(type(error), error, error.__traceback__)
    guard.end()
    (failure,) = failures
    assert failure.code == "bug"
    report = next((tmp_path / "logs").glob("crash-*.txt"))
    assert str(report) in failure.todo
    assert "ZeroDivisionError" in report.read_text(encoding="utf-8")
    assert "secret" not in report.read_text(encoding="utf-8")


def test_a_run_that_ended_properly_leaves_no_mark(qtbot: QtBot, tmp_path: Path) -> None:
    first = CrashGuard(DataPaths(tmp_path))
    first.begin()
    first.end()
    assert not CrashGuard(DataPaths(tmp_path)).unclean


def test_a_native_crash_is_written_down_and_known_at_the_next_start(qtbot: QtBot, tmp_path: Path) -> None:
    program = (
        "import sys, faulthandler; from pathlib import Path; from engine.paths import DataPaths;"
        "from tutor_app.crash import CrashGuard; guard = CrashGuard(DataPaths(Path(sys.argv[1])));"
        "guard.begin(); faulthandler._sigabrt()"
    )
    done = subprocess.run([sys.executable, "-c", program, str(tmp_path)], check=False, capture_output=True)
    assert done.returncode != 0
    assert "Fatal Python error" in (tmp_path / "logs" / "window-crash.txt").read_text(encoding="utf-8")
    assert CrashGuard(DataPaths(tmp_path)).unclean


def test_a_profile_that_cannot_be_written_to_is_watched_all_the_same(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    guard = CrashGuard(DataPaths(tmp_path / "file" / "home"))
    guard.begin()
    guard.end()
