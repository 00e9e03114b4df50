"""How long a start takes until something is seen: this window beside an empty one, in turns, in fresh processes.

``python -m tutor_app.measurement.first_paint empty|window PROFILE`` shows a window, prints the monotonic time of its
first paint, and ends. Time counts from before the process was started.
"""

from __future__ import annotations

import os
import sys
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QPaintEvent

ROUNDS = 9
_SIZE = (1280, 800)


def first_paint_ms(profile: Path, *, rounds: int = ROUNDS) -> tuple[float, float]:
    """Medians of an empty window of the same size and of this one, in milliseconds."""
    import statistics  # not in the processes that are measured: they would take longer, and look more alike
    import subprocess

    times: dict[str, list[float]] = {"empty": [], "window": []}
    for _ in range(rounds):
        for kind, found in times.items():
            command = [sys.executable, "-m", "tutor_app.measurement.first_paint", kind, str(profile)]
            began = time.monotonic()
            done = subprocess.run(command, capture_output=True, text=True, check=True)
            found.append((float(done.stdout.split()[-1]) - began) * 1000)
    return statistics.median(times["empty"]), statistics.median(times["window"])


def _empty() -> None:
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication, QWidget

    class Empty(QWidget):
        def paintEvent(self, event: QPaintEvent) -> None:
            super().paintEvent(event)
            QTimer.singleShot(0, _report)

    app = QApplication([])
    window = Empty()
    window.resize(*_SIZE)
    window.show()
    app.exec()


def _window(profile: str) -> None:
    from tutor_app.quick_start import hurry

    hurry()  # as the command does before it imports the window
    from tutor_app import application
    from tutor_app.__main__ import main

    class Measured(application.WindowSession):
        def start(self, files: list[str]) -> None:
            self.window.painted.connect(_report)
            self.window.resize(*_SIZE)  # also where the screen is smaller, as offscreen
            super().start(files)

    application.WindowSession = Measured  # type: ignore[misc]
    main(["--profile", profile])


def _report() -> None:
    sys.stdout.write(f"{time.monotonic()}\n")
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    if sys.argv[1] == "empty":
        _empty()
    else:
        _window(sys.argv[2])
