"""A profile with one small pack and no models, and the installed command on it."""

import os
import subprocess
import sys
from pathlib import Path

from engine.cancel import CancelToken
from engine.clock import SystemClock
from engine.content.install import PackInstaller, Watch
from engine.content.pack_folder import read_pack_folder
from engine.paths import DataPaths
from engine.rag.ingest import index_words
from tests.engine.content.small_pack import write_pack

_ROOT = Path(__file__).resolve().parents[3]
QUESTION = "Why are leaves green?"
PARTLY = "Do eyes hold chlorophyll?"  # the pack says something of both, and nothing of that


def make_profile(folder: Path) -> DataPaths:
    """The data folder ``folder`` with the pack "Plants", ready to be asked by its words."""
    paths = DataPaths(folder)
    source = write_pack(folder.parent / "plants")
    watch = Watch(CancelToken(), lambda _: None)
    pack = PackInstaller(paths, SystemClock()).add_folder(source, watch)
    index_words(read_pack_folder(source), pack.index_file, cancel=CancelToken())
    return paths


def start(home: Path, *arguments: str, code: str = "", **variables: str) -> "subprocess.Popen[bytes]":
    """The command in a process of its own, after the lines of ``code``."""
    program = f"import sys\n{code}\nfrom tutor_app.__main__ import main\nsys.exit(main(sys.argv[1:]))\n"
    return subprocess.Popen(
        [sys.executable, "-c", program, *arguments],
        cwd=_ROOT,
        env={**os.environ, "LLM_TUTOR_HOME": str(home), "OMP_WAIT_POLICY": "passive", **variables},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def run(home: Path, *arguments: str, typed: bytes = b"", **variables: str) -> tuple[int, str, str]:
    """The command to its end: exit code, standard output, standard error."""
    with start(home, *arguments, **variables) as process:
        out, err = process.communicate(typed, timeout=60)
    return process.returncode, out.decode(errors="replace"), err.decode(errors="replace")


def wait_for(process: "subprocess.Popen[bytes]", text: str) -> None:
    """Read what the command prints up to ``text``, wherever its lines are wrapped."""
    assert process.stdout is not None
    shown = b""
    while text not in " ".join(shown.decode(errors="replace").split()):
        piece = os.read(process.stdout.fileno(), 4096)
        assert piece, f"it ended with {shown!r}"
        shown += piece
