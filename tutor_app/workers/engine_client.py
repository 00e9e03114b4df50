"""The window's end of an engine process: calls out, signals back, on the main thread and never waiting.

Two plain threads carry the pickled messages, so that neither a full pipe nor a slow start of the process is felt. A
process that ends by itself fails every call that it had, with a sentence; the next call starts another.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import queue
import subprocess
import sys
import threading
import time
from collections import deque
from itertools import count
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from tutor_app.workers.directory import SERVICES, Process
from tutor_app.workers.messages import Answer, Cancel, Emitted, Failed, Failure, Finished, Request

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

_IDLE_MS = 60_000
_LEAVE_S = 5.0
CRASHED = Failure(
    "A part of the tutor stopped unexpectedly. What was stored is safe.",
    "Try again: it is started anew.",
    "crash",
)
STOPPED = Failure("Stopped.", code="cancelled")


class Call(QObject):
    """One request on its way. Connect before control returns to the event loop: nothing arrives earlier.

    Signals:
        emitted: each value on the way to the result, such as an event of a turn or ``Progress``.
        finished: the result. Last.
        failed: a ``Failure``, also after ``cancel`` (code "cancelled"). Last.

    Attributes:
        number: what the process calls it.
    """

    emitted = Signal(object)
    finished = Signal(object)
    failed = Signal(object)

    def __init__(self, client: EngineClient, number: int) -> None:
        super().__init__(client)
        self._client = client
        self.number = number

    def cancel(self) -> None:
        """Ask it to stop; it ends with ``failed`` or, if it was faster, ``finished``."""
        self._client.send(Cancel(self.number))


class EngineClient(QObject):
    """One engine process, started at the first call.

    Args:
        process: which.
        root: the profile's data folder.
        command: the program, without its arguments.
        ahead_s: see ``AppContext``.
        parent: owns this.

    Signals:
        crashed: the process ended by itself while it had calls; a ``Failure``.
    """

    crashed = Signal(object)
    _arrived = Signal()

    def __init__(
        self,
        process: Process,
        root: Path,
        *,
        command: Sequence[str] | None = None,
        ahead_s: int = 0,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._process = process
        self._command = [*(command or _own_command()), process.value, str(root)]
        self._command += [str(ahead_s)] if ahead_s else []
        self._numbers = count(1)
        self._calls: dict[int, Call] = {}
        self._inbox: deque[tuple[_Pipe, Answer | None]] = deque()
        self._pipe: _Pipe | None = None
        self._let_go: list[_Pipe] = []
        self._closed = False
        self._held: list[Request] | None = None
        self._interrupted: list[int] = []
        self._arrived.connect(self._deliver)
        self._idle = QTimer(self, singleShot=True, interval=_IDLE_MS)
        self._idle.timeout.connect(self._rest)

    @property
    def busy(self) -> bool:
        """Whether a call is under way."""
        return bool(self._calls)

    def call(self, method: str, *arguments: Any) -> Call:
        """Run ``method`` ("service.name") in the engine; after ``close`` nothing is run, and no answer comes."""
        call = Call(self, next(self._numbers))
        if self._closed:  # a page that hears late, while the window goes, starts no process that nobody ends
            return call
        self._calls[call.number] = call
        request = Request(call.number, method, arguments)
        if self._held is None:
            self._ask(request)
        else:
            self._held.append(request)
        return call

    def hold(self) -> None:
        """Let the process go, without waiting for it: it stops what it has. What is asked meanwhile is kept."""
        if self._held is None:
            self._held, self._interrupted = [], list(self._calls)
        self._release()

    def resume(self) -> None:
        """Tell what was stopped by ``hold`` or since so, and ask what was kept."""
        kept, self._held = self._held or [], None
        stopped, self._interrupted = self._interrupted, []
        for number in stopped:
            self._end(Failed(number, STOPPED))
        for request in kept:
            self._ask(request)

    def send(self, message: Cancel) -> None:
        """Send something that has no answer of its own. What is stopped while it is kept is told so by ``resume``."""
        kept = [request for request in self._held or [] if request.number != message.number]
        if self._held is not None and kept != self._held:
            self._held = kept
            self._interrupted.append(message.number)
        elif self._pipe is not None:
            self._pipe.outgoing.put(message)

    def leave(self) -> None:
        """Tell the process to go: it finishes its current step, stores, and ends."""
        if self._pipe is not None:
            self._pipe.leave()

    def close(self) -> None:
        """End the process, and wait until it has gone, and those that were let go before; stop what takes too long."""
        self._closed = True
        self._release()
        self._calls.clear()
        give_up = time.monotonic() + _LEAVE_S
        for pipe in self._let_go:
            pipe.wait(give_up)
        self._let_go = []

    def kill(self) -> None:
        """End the process at once, as a crash would."""
        if self._pipe is not None:
            self._pipe.kill()

    def _ask(self, request: Request) -> None:
        if self._pipe is None:
            self._pipe = _Pipe(self._command, self._receive)
        self._pipe.outgoing.put(request)
        self._idle.stop()

    def _receive(self, pipe: _Pipe, answer: Answer | None) -> None:
        """Called by the reading thread; None for the end of the process."""
        self._inbox.append((pipe, answer))
        with contextlib.suppress(RuntimeError):  # the window was closed meanwhile
            self._arrived.emit()

    @Slot()
    def _deliver(self) -> None:
        while self._inbox:
            pipe, answer = self._inbox.popleft()
            if pipe is not self._pipe:
                if answer is None and pipe in self._let_go:
                    self._let_go.remove(pipe)
            elif answer is None:
                self._fail_all()
            elif isinstance(answer, Emitted):
                if call := self._calls.get(answer.number):
                    call.emitted.emit(answer.value)
            else:
                self._end(answer)

    def _end(self, answer: Finished | Failed) -> None:
        call = self._calls.pop(answer.number, None)
        if call is not None:
            if isinstance(answer, Finished):
                call.finished.emit(answer.value)
            else:
                call.failed.emit(answer.failure)
            call.deleteLater()
        if not self._calls and self._process is not Process.TUTOR:
            self._idle.start()

    def _fail_all(self) -> None:
        self._pipe = None
        calls, self._calls = list(self._calls.values()), {}
        if calls:
            self.crashed.emit(CRASHED)
        for call in calls:
            call.failed.emit(CRASHED)
            call.deleteLater()

    @Slot()
    def _rest(self) -> None:
        if not self._calls:
            self._release()

    def _release(self) -> None:
        self.leave()
        self._let_go += [self._pipe] if self._pipe is not None else []
        self._pipe = None
        self._idle.stop()


class _Pipe:
    """A running process and the two threads that talk with it."""

    def __init__(self, command: list[str], receive: Callable[[_Pipe, Answer | None], None]) -> None:
        self.outgoing: queue.SimpleQueue[Request | Cancel | None] = queue.SimpleQueue()
        self._command = command
        self._receive = receive
        self._child: subprocess.Popen[bytes] | None = None
        self._reading = threading.Thread(target=self._read, daemon=True, name="from-engine")
        self._started = threading.Event()
        threading.Thread(target=self._write, daemon=True, name="to-engine").start()

    def leave(self) -> None:
        self.outgoing.put(None)

    def kill(self) -> None:
        self._started.wait(_LEAVE_S)
        if self._child is not None:
            self._child.kill()

    def wait(self, give_up: float) -> None:
        """Until it has gone; at the time ``give_up`` of the monotonic clock it is killed."""
        self._started.wait(_LEAVE_S)
        if self._child is None:
            return
        try:
            self._child.wait(max(0.0, give_up - time.monotonic()))
        except subprocess.TimeoutExpired:
            self._child.kill()
            self._child.wait()
        self._reading.join(_LEAVE_S)  # what it hands over is for a window that is still there

    def _write(self) -> None:
        try:
            self._child = _start(self._command)
        except OSError:
            self._started.set()
            self._receive(self, None)
            return
        self._reading.start()
        self._started.set()
        stdin = self._child.stdin
        if stdin is None:
            return
        with contextlib.suppress(OSError, ValueError):  # it has gone: the reading thread tells
            while (message := self.outgoing.get()) is not None:
                pickle.dump(message, stdin, protocol=pickle.HIGHEST_PROTOCOL)
                stdin.flush()
        with contextlib.suppress(OSError):
            stdin.close()

    def _read(self) -> None:
        child = self._child
        if child is None or child.stdout is None:
            return
        with contextlib.suppress(EOFError, OSError, pickle.UnpicklingError), child.stdout:
            while True:
                self._receive(self, pickle.load(child.stdout))  # noqa: S301 - our own process
        child.wait()
        self.outgoing.put(None)
        self._receive(self, None)


def _start(command: list[str]) -> subprocess.Popen[bytes]:
    # PYTHONSAFEPATH: a file in the folder that the program was started from must not be imported.
    environment = {**os.environ, "PYTHONSAFEPATH": "1"}
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment)


def _own_command() -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable, "engine-process"]
    return [sys.executable, "-m", "tutor_app.workers.engine_process"]


def place_of(method: str) -> Process:
    """The process that runs ``method``."""
    return SERVICES[method.partition(".")[0]].process
