"""Checks answers within a limit of time: in a child process that is killed when a check takes too long.

Sympy and pint can run for ever on what a learner types, and Python cannot stop a thread. The parent (``Checker``) sends
an answer and a response and waits; the child (``python -m engine.answers.checker_process``, or ``checker-process`` of a
frozen app) runs ``check``. Families that are bounded by themselves are checked without it.
"""

import contextlib
import os
import pickle
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, BinaryIO, Self

from engine.answers.answer import (
    Answer,
    EquationAnswer,
    ExpressionAnswer,
    ExpressionForm,
    IntervalAnswer,
    MistakeRule,
    QuantityAnswer,
    Response,
    SetAnswer,
    TupleAnswer,
)
from engine.answers.check import check
from engine.answers.tokens import MAX_LENGTH
from engine.answers.verdict import Outcome, Verdict
from engine.errors import ExpressionError

_MAY_TAKE_LONG = (ExpressionAnswer, EquationAnswer, QuantityAnswer, SetAnswer, TupleAnswer, IntervalAnswer)
_UNSURE = Verdict(Outcome.UNSURE)
_TOO_LONG = Verdict(Outcome.UNREADABLE, message=f"That is longer than {MAX_LENGTH} characters.")
_MEMORY = 2 << 30
_LEAVE_S = 5.0


@dataclass(frozen=True, slots=True)
class _Refused:
    """The author's own answer has no value: what the error said."""

    what: str
    todo: str


_Reply = Verdict | _Refused | None
"""What the child sends. None: it is ready."""


class Checker:
    """Checks answers, one at a time. The child is started at the first check that needs it, or by ``warm``.

    Args:
        limit_s: seconds that one check may take; then the verdict is ``UNSURE`` and the child is replaced.
        start_limit_s: seconds that a child may take to start.
        command: the child's command.
    """

    def __init__(
        self, *, limit_s: float = 0.25, start_limit_s: float = 20.0, command: Sequence[str] | None = None
    ) -> None:
        self._limit_s = limit_s
        self._start_limit_s = start_limit_s
        self._command = command or _own_command()
        self._child: _Child | None = None
        self._lock = threading.Lock()

    def warm(self) -> None:
        """Start the child now, without waiting for it."""
        with self._lock:
            self._started()

    def check(self, answer: Answer, response: Response, mistakes: Sequence[MistakeRule] = ()) -> Verdict:
        """The verdict on ``response``; ``UNSURE`` where it took too long.

        Raises:
            ExpressionError: the answer itself, which an author wrote, cannot be read or has no value.
        """
        if not isinstance(answer, _MAY_TAKE_LONG):
            return check(answer, response, mistakes)
        if isinstance(response, str) and len(response) > MAX_LENGTH:
            return _TOO_LONG
        with self._lock:
            reply = self._asked((answer, response, tuple(mistakes)))
        if isinstance(reply, _Refused):
            raise ExpressionError(reply.what, todo=reply.todo)
        return _UNSURE if reply is None else reply

    def close(self) -> None:
        """End the child."""
        with self._lock:
            self._drop()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _asked(self, job: tuple[Answer, Response, tuple[MistakeRule, ...]]) -> _Reply:
        """The child's reply; None if there is none in time. A child that is gone is replaced once."""
        for _ in range(2):
            child = self._started()
            try:
                child.wait_until_ready(self._start_limit_s)
                return child.ask(job, self._limit_s)
            except EOFError:
                self._drop()
            except queue.Empty:
                self._drop()
                self._started()  # ready by the time of the next answer
                return None
        return None

    def _started(self) -> "_Child":
        if self._child is None:
            self._child = _Child(self._command)
        return self._child

    def _drop(self) -> None:
        child, self._child = self._child, None
        if child is not None:
            child.end()


class _Child:
    """A running child and the thread that reads what it sends."""

    def __init__(self, command: Sequence[str]) -> None:
        # PYTHONSAFEPATH: a file in the folder that the program was started from must not be imported.
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONSAFEPATH": "1", "PYTHONPATH": _source_folder()},
        )
        self._replies: queue.SimpleQueue[_Reply | EOFError] = queue.SimpleQueue()
        self._ready = False
        self._reader = threading.Thread(target=self._read, name="checker", daemon=True)
        self._reader.start()

    def wait_until_ready(self, limit_s: float) -> None:
        """Wait for its first sign of life.

        Raises:
            queue.Empty: it took too long.
            EOFError: it is gone.
        """
        if not self._ready:
            self._next(limit_s)
            self._ready = True

    def ask(self, job: object, limit_s: float) -> _Reply:
        """The reply to one job. Raises as ``wait_until_ready`` does."""
        try:
            pickle.dump(job, self._pipe, protocol=pickle.HIGHEST_PROTOCOL)
            self._pipe.flush()
        except OSError as error:
            raise EOFError from error
        return self._next(limit_s)

    def end(self) -> None:
        """Kill it, and leave nothing behind."""
        self._process.kill()
        self._process.wait(_LEAVE_S)
        self._reader.join(_LEAVE_S)
        with contextlib.suppress(OSError):  # what was not sent any more
            self._pipe.close()

    @property
    def _pipe(self) -> IO[bytes]:
        if self._process.stdin is None:
            raise EOFError
        return self._process.stdin

    def _next(self, limit_s: float) -> _Reply:
        reply = self._replies.get(timeout=limit_s)
        if isinstance(reply, EOFError):
            raise reply
        return reply

    def _read(self) -> None:
        if self._process.stdout is None:
            return
        with self._process.stdout as replies, contextlib.suppress(EOFError, OSError, pickle.UnpicklingError):
            while True:
                self._replies.put(pickle.load(replies))  # noqa: S301 - our own process
        self._replies.put(EOFError())


def _own_command() -> Sequence[str]:
    if getattr(sys, "frozen", False):
        return (sys.executable, "checker-process")
    return (sys.executable, "-m", "engine.answers.checker_process")


def _source_folder() -> str:
    """Where the child finds this package, whatever the current folder is."""
    known = os.environ.get("PYTHONPATH")
    own = str(Path(__file__).resolve().parents[2])
    return os.pathsep.join((own, known)) if known else own


def serve(jobs: BinaryIO, replies: BinaryIO) -> None:
    """The child's whole work: answer until ``jobs`` ends."""
    _send(None, replies)
    with contextlib.suppress(EOFError):
        while True:
            job = pickle.load(jobs)  # noqa: S301 - the parent's own words
            _send(_reply(*job), replies)


def _reply(answer: Answer, response: Response, mistakes: Sequence[MistakeRule]) -> _Reply:
    try:
        return check(answer, response, mistakes)
    except ExpressionError as error:
        return _Refused(error.what, error.todo)
    except Exception:  # noqa: BLE001 - a learner's text must not bring the tutor down, whatever sympy makes of it
        return _UNSURE


def _send(reply: _Reply, replies: BinaryIO) -> None:
    pickle.dump(reply, replies, protocol=pickle.HIGHEST_PROTOCOL)
    replies.flush()


def _import_what_checks_need() -> None:
    """The libraries load what they need at their first call: that is no part of a check's time."""
    from engine.answers.equality import equal
    from engine.answers.expression import parse_authored
    from engine.answers.sympy_nodes import equal_by_sympy

    check(QuantityAnswer("1", "km/h"), "1 m/s")
    check(ExpressionAnswer("x^2 - 4", ExpressionForm.FACTORED), "(x-2)(x+2)")
    check(ExpressionAnswer("x + 1", ExpressionForm.SIMPLIFIED), "(x^2-1)/(x-1)")
    check(EquationAnswer("x^2 = 9"), "(x-3)^2*(x+3) = 0")
    equal(parse_authored("sin(x)"), parse_authored("sin(x)"))
    equal_by_sympy(parse_authored("sin(x)^2"), parse_authored("1 - cos(x)^2"), {})


def _limit_memory() -> None:
    """Not possible on Windows."""
    if sys.platform == "win32":
        return
    import resource

    with contextlib.suppress(ValueError, OSError):
        _, most = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY if most < 0 else min(_MEMORY, most), most))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def child_main() -> int:
    """Serve the parent that started this process, until it closes the pipe."""
    replies = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    # Whatever a library prints must not get between the replies.
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C in the terminal is for the window
    _limit_memory()
    _import_what_checks_need()
    serve(sys.stdin.buffer, replies)
    return 0


if __name__ == "__main__":
    from engine.answers.checker_process import (
        child_main as main,
    )  # so that pickled classes have their real names

    sys.exit(main())
