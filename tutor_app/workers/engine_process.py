"""The program of an engine process: requests in on standard input, answers out on what was standard output.

A native crash of a model, or a document that brings its parser down, ends this process and not the window. When the
window goes, its end of the pipe closes, and this process leaves too.
"""

from __future__ import annotations

import contextlib
import logging
import os
import pickle
import signal
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, NoReturn

from engine.cancel import CancelToken
from engine.clock import ShiftedClock, SystemClock
from engine.errors import Cancelled, UserFacingError
from engine.paths import DataPaths
from tutor_app.crash_report import write_crash_report
from tutor_app.workers.directory import SERVICES, Process
from tutor_app.workers.messages import Answer, Cancel, Emitted, Failed, Failure, Finished, Request
from tutor_app.workers.window_words import in_the_window
from tutor_app.workers.workbench import Job, Workbench

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.clock import Clock

_LOG = logging.getLogger(__name__)
_LOW_PRIORITY = 10
_CANCELLED = Failure("Stopped.", code="cancelled")


class EngineProcess:
    """Reads requests until the pipe closes, and runs each in its lane.

    Args:
        paths: the profile's data folder.
        out: where answers go.
        clock: the time.
    """

    def __init__(self, paths: DataPaths, out: BinaryIO, clock: Clock) -> None:
        self._paths = paths
        self._out = out
        self._clock = clock
        self._writing = threading.Lock()
        self._lanes: dict[str, _Lane] = {}
        self._running: dict[int, CancelToken] = {}

    def serve(self, requests: BinaryIO) -> None:
        """Work until ``requests`` ends; then cancel what still runs, and close everything."""
        with contextlib.suppress(EOFError):
            while True:
                message = pickle.load(requests)  # noqa: S301 - the window's own words
                if isinstance(message, Cancel):
                    if token := self._running.get(message.number):
                        token.cancel()
                else:
                    self._start(message)
        for token in list(self._running.values()):
            token.cancel()
        for lane in self._lanes.values():
            lane.leave()
        for lane in self._lanes.values():
            lane.wait()

    def _start(self, request: Request) -> None:
        token = self._running[request.number] = CancelToken()
        place = SERVICES[request.method.partition(".")[0]]
        lane = self._lanes.get(place.lane)
        if lane is None:
            workbench = Workbench(self._paths, models=place.models, clock=self._clock)
            lane = self._lanes[place.lane] = _Lane(workbench)
        lane.threads.submit(self._run, lane, request, token)

    def _run(self, lane: _Lane, request: Request, token: CancelToken) -> None:
        try:
            token.check()
            work = lane.method(request.method)
            job = Job(token, lambda value: self._send(Emitted(request.number, value)))
            answer: Answer = Finished(request.number, work(job, *request.arguments))
        except Cancelled:
            answer = Failed(request.number, _CANCELLED)
        except UserFacingError as error:
            answer = Failed(request.number, Failure(error.what, in_the_window(error.todo), error.code))
        except BaseException as error:  # noqa: BLE001 - whatever it is, the window must hear of it
            answer = Failed(request.number, self._bug(error, request))
        self._running.pop(request.number, None)
        self._send(answer)

    def _send(self, answer: Answer) -> None:
        data = pickle.dumps(answer, protocol=pickle.HIGHEST_PROTOCOL)
        with self._writing, contextlib.suppress(OSError):  # the window may be gone
            self._out.write(data)
            self._out.flush()

    def _bug(self, error: BaseException, request: Request) -> Failure:
        _LOG.error("%s: %s", request.method, type(error).__name__)
        report = write_crash_report(error, request.method, self._paths)
        where = f"A report without your words lies in {report}." if report else "No report could be written."
        return Failure("Something went wrong inside the tutor. What was stored is safe.", where, "bug")


class _Lane:
    """One thread, its workbench, and the services that work at it."""

    def __init__(self, workbench: Workbench) -> None:
        self.threads = ThreadPoolExecutor(1)
        self._workbench = workbench
        self._services: dict[str, Any] = {}

    def method(self, name: str) -> Callable[..., Any]:
        service, _, method = name.partition(".")
        if service not in self._services:
            module, _, found = SERVICES[service].target.partition(":")
            self._services[service] = getattr(import_module(module), found)(self._workbench)
        work: Callable[..., Any] = getattr(self._services[service], method)
        return work

    def leave(self) -> None:
        """Close what it works with once its work is over, however long another lane's takes."""
        self.threads.submit(self._workbench.close)

    def wait(self) -> None:
        self.threads.shutdown()


def main(arguments: list[str]) -> int:
    """Serve one window.

    Args:
        arguments: the process' name, the profile's folder, and, from tests alone, by how many seconds its clock is
            ahead of the computer's.
    """
    name, root, *ahead_s = arguments
    clock = ShiftedClock(timedelta(seconds=int(ahead_s[0]))) if ahead_s else SystemClock()
    out = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    # Whatever a library prints must not get between the answers.
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C in the terminal is for the window
    if name == Process.WORK and hasattr(os, "nice"):
        os.nice(_LOW_PRIORITY)
    sys.setswitchinterval(0.001)
    EngineProcess(DataPaths(Path(root)), out, clock).serve(sys.stdin.buffer)
    return 0


def leave(code: int) -> NoReturn:
    """End at once: all is stored and closed by now, and taking apart what was imported would only take time."""
    sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    leave(main(sys.argv[1:]))
