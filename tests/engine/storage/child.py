"""Another process on the same profile, for tests of crashes and of working at once."""

import subprocess
import sys
import textwrap
from pathlib import Path

_BEGINNING = """
import sys
from pathlib import Path
from engine.paths import DataPaths
from engine.storage.database import open_learner_database
from engine.types import AnswerMode
from tests.engine.storage.profile import ANSWERED, SteppingClock, ask, recorder
paths = DataPaths(Path(sys.argv[1]))
clock = SteppingClock()
database = open_learner_database(paths, clock)
def ready():
    print("ready", flush=True)
    sys.stdin.readline()
"""


def start(root: Path, code: str) -> "subprocess.Popen[str]":
    """Run ``code`` with ``database`` open. Returns at its first ``ready()``; it goes on when told so."""
    [process] = start_unwaited(root, code)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def start_unwaited(root: Path, code: str, *, count: int = 1) -> "list[subprocess.Popen[str]]":
    """Run ``code`` with ``database`` open, ``count`` times at once."""
    return [
        subprocess.Popen(
            [sys.executable, "-c", _BEGINNING + textwrap.dedent(code), str(root)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).resolve().parents[3],
        )
        for _ in range(count)
    ]


def go_on(process: "subprocess.Popen[str]") -> None:
    """Let it run to its end."""
    process.communicate("\n", timeout=60)
    assert process.returncode == 0


def kill(process: "subprocess.Popen[str]") -> None:
    """kill -9."""
    process.kill()
    process.communicate(timeout=60)
