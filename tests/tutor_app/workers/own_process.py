"""An engine process with services of the tests' own: run as a program, as the real one is."""

import os
import signal
import sys
import time
from datetime import datetime
from pathlib import Path
from typing import NoReturn

from engine.errors import StorageFullError
from engine.types import Progress
from tutor_app.workers import engine_process
from tutor_app.workers.directory import SERVICES, Process, ServicePlace
from tutor_app.workers.workbench import Job, Workbench

COMMAND = [sys.executable, "-m", "tests.tutor_app.workers.own_process"]


class OwnService:
    """Does one thing a method."""

    def __init__(self, workbench: Workbench) -> None:
        self._root = workbench.paths.root
        self._clock = workbench.clock

    def add(self, _: Job, left: int, right: int) -> int:
        return left + right

    def count(self, job: Job, up_to: int) -> str:
        for number in range(up_to):
            job.emit(Progress("Counting", number, up_to, "numbers"))
        return "counted"

    def fill(self, _: Job) -> NoReturn:
        raise StorageFullError("The disk is full.", todo="Free some space.")

    def err(self, _: Job) -> NoReturn:
        raise ZeroDivisionError("a learner's secret")

    def wait(self, job: Job) -> None:
        """Until it is cancelled."""
        job.emit("waiting")
        while True:
            job.cancel.check()
            time.sleep(0.005)

    def ignore(self, job: Job) -> None:
        """Whatever it is told."""
        job.emit(os.getpid())
        while True:
            time.sleep(0.005)

    def crash(self, _: Job) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    def shout(self, _: Job) -> str:
        """What a native library may do to our pipe."""
        os.write(1, b"llama_model_loader: loaded\n")
        return "still understood"

    def process(self, _: Job) -> int:
        return os.getpid()

    def root(self, _: Job) -> Path:
        return self._root

    def now(self, _: Job) -> datetime:
        return self._clock.now()


class OtherService(OwnService):
    """The same in another lane."""


_HERE = "tests.tutor_app.workers.own_process"
SERVICES["own"] = ServicePlace(f"{_HERE}:OwnService", Process.TUTOR, "own")
SERVICES["other"] = ServicePlace(f"{_HERE}:OtherService", Process.TUTOR, "other")

if __name__ == "__main__":
    sys.exit(engine_process.main(sys.argv[1:]))
