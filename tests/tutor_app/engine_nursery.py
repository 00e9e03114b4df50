"""Engine processes for the pages in tests, forked off one that has imported everything: half a second less for each.

Each is a process of its own, with its own pipes, as the real one is, and runs the same program. How the real one is
started and what it needs for that is seen in ``workers/test_engine_client.py`` and in ``tests/end_to_end``. Linux only;
elsewhere the real one is started here, too.
"""

from __future__ import annotations

import contextlib
import functools
import gc
import os
import pickle
import select
import signal
import socket
import subprocess
import sys
import threading
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from tutor_app.workers.directory import SERVICES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_ROOT = Path(__file__).resolve().parents[2]
_MOST_BYTES = 1 << 17
# What services import only when they are first asked for something.
_LATE = (
    "sqlite_utils.migrations",
    "engine.storage.database",
    "engine.tutor.conversation_store",
    "engine.tutor.practice.agenda",
    "engine.tutor.practice.practice",
    "engine.tutor.recorder",
    "engine.tutor.session",
    "httpx",
    "numpy",
    "pypi_simple",
)
_PROGRAM = [sys.executable, "-m", "tutor_app.workers.engine_process"]


class Forked:
    """What ``EngineClient`` uses of a ``subprocess.Popen``."""

    def __init__(self, command: list[str], pid: int, stdin: int, stdout: int) -> None:
        self.pid = pid
        self.stdin = os.fdopen(stdin, "wb")
        self.stdout = os.fdopen(stdout, "rb")
        self._command = command
        try:
            self._handle = os.pidfd_open(pid)
        except ProcessLookupError:  # it has gone already
            self._handle = -1
        self._waiting = threading.Lock()

    def kill(self) -> None:
        with self._waiting:
            if self._handle >= 0:
                with contextlib.suppress(ProcessLookupError):
                    signal.pidfd_send_signal(self._handle, signal.SIGKILL)

    def wait(self, timeout: float | None = None) -> None:
        if self._handle < 0:
            return
        if not select.select([self._handle], [], [], timeout)[0]:
            raise subprocess.TimeoutExpired(self._command, timeout or 0.0)

    def close(self) -> None:
        with self._waiting:
            handle, self._handle = self._handle, -1
        if handle >= 0:
            os.close(handle)


class Nursery:
    """The process that others are forked off."""

    def __init__(self) -> None:
        self._door, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.tutor_app.engine_nursery", str(theirs.fileno())],
                pass_fds=(theirs.fileno(),),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                cwd=_ROOT,
            )
        self._asking = threading.Lock()
        self._made: list[Forked] = []

    def start(self, command: list[str]) -> subprocess.Popen[bytes]:
        """A process of the engine for a client that gives this command."""
        (their_in, our_in), (our_out, their_out) = os.pipe(), os.pipe()
        wanted = pickle.dumps((command[len(_PROGRAM) :], dict(os.environ), str(Path.cwd())))
        with self._asking:
            socket.send_fds(self._door, [wanted], [their_in, their_out, 2])
            pid = int(self._door.recv(20))
        os.close(their_in)
        os.close(their_out)
        made = Forked(command, pid, our_in, our_out)
        self._made.append(made)
        return cast("subprocess.Popen[bytes]", made)

    def forget(self) -> None:
        """Let go of those that were started."""
        for made in self._made:
            made.close()
        self._made = []

    def close(self) -> None:
        self.forget()
        self._door.close()
        self._process.wait()


@functools.cache
def nursery() -> Nursery:
    """The one of this run; it is closed by the session's fixture."""
    return Nursery()


@contextlib.contextmanager
def forked_engines() -> Iterator[None]:
    """For this time, engines are not started, but forked."""
    if sys.platform != "linux":
        yield
        return
    from tutor_app.workers import engine_client

    started, forking = engine_client._start, nursery()  # here, not in the threads of two processes at once

    def start(command: list[str]) -> subprocess.Popen[bytes]:
        return forking.start(command) if command[: len(_PROGRAM)] == _PROGRAM else started(command)

    engine_client._start = start
    try:
        yield
    finally:
        engine_client._start = started
        forking.forget()


def _serve(door: socket.socket) -> None:
    run = _imported()
    gc.freeze()
    while True:
        wanted, handles, _, _ = socket.recv_fds(door, _MOST_BYTES, 3)
        with contextlib.suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG)[0]:  # those that have ended by now
                pass
        if not wanted:
            return
        pid = os.fork()
        if not pid:
            door.close()
            os._exit(_be_engine(run, pickle.loads(wanted), handles))
        for handle in handles:
            os.close(handle)
        door.send(str(pid).encode())


def _imported() -> Callable[[list[str]], int]:
    for place in SERVICES.values():
        import_module(place.target.partition(":")[0])
    import_module("engine.storage.sqlite")._driver()  # before sqlite-utils
    for name in _LATE:
        import_module(name)
    import_module("tutor_app.richtext.formula").warm_up()
    run: Callable[[list[str]], int] = import_module("tutor_app.workers.engine_process").main
    return run


def _be_engine(run: Callable[[list[str]], int], wanted: tuple[Any, ...], handles: list[int]) -> int:
    arguments, environment, folder = wanted
    for number, handle in enumerate(handles):
        os.dup2(handle, number)
        os.close(handle)
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    return run(arguments)


if __name__ == "__main__":
    _serve(socket.socket(fileno=int(sys.argv[1])))
