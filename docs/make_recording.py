"""Records docs/terminal.svg: the README's commands, really run in a terminal, and what they really printed.

Run it with the environment's Python from the repository's root, on a prepared profile:
``LLM_TUTOR_HOME=DIR .venv/bin/python docs/make_recording.py``. Nothing is edited: a run that fails is not drawn. POSIX
only, since it needs a pseudo-terminal.
"""

import io
import os
import pty
import re
import select
import shlex
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs" / "terminal.svg"
COLUMNS = 98
WAIT_S = 300.0
PROMPT = b"You: "
COMMANDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ('make run ASK="Why do leaves look green?"', ()),
    ("make run", ("What is friction?", "Does it depend on the surface?", "1", "/quit")),
)


def main() -> int:
    """Run the commands and write the picture; returns the exit code."""
    from rich._export_format import CONSOLE_SVG_FORMAT
    from rich.console import Console
    from rich.text import Text

    console = Console(record=True, width=COLUMNS, file=io.StringIO())
    for command, typed in COMMANDS:
        code, shown = run_in_terminal(command, typed)
        if code:
            sys.stderr.write(f"{shown}\n{command} ended with {code}: nothing was recorded.\n")
            return 1
        console.print(Text(f"$ {command}", style="bold"))
        console.print(Text.from_ansi(shown.replace("\r\n", "\n").rstrip()))
        console.print()
    # The usual format loads a font from the network; a picture of an offline program must not.
    without_fonts = re.sub(r"@font-face \{\{.*?\}\}", "", CONSOLE_SVG_FORMAT, flags=re.DOTALL)
    picture = console.export_svg(title="LLM Tutor", code_format=without_fonts, unique_id="llm-tutor")
    TARGET.write_text("\n".join(line.rstrip() for line in picture.splitlines()) + "\n", encoding="utf-8")
    return 0


def run_in_terminal(command: str, typed: tuple[str, ...]) -> tuple[int, str]:
    """Run ``command`` in a pseudo-terminal, typing a line of ``typed`` at each prompt; its exit code and screen."""
    ours, theirs = pty.openpty()
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": str(COLUMNS)}
    process = subprocess.Popen(
        shlex.split(command), cwd=ROOT, env=environment, stdin=theirs, stdout=theirs, stderr=theirs
    )
    os.close(theirs)
    lines, screen, give_up = list(typed), b"", time.monotonic() + WAIT_S
    while time.monotonic() < give_up:
        if not select.select([ours], [], [], 0.2)[0]:
            if lines and screen.endswith(PROMPT):
                os.write(ours, lines.pop(0).encode() + b"\n")
            continue
        try:
            piece = os.read(ours, 65536)
        except OSError:  # how Linux says that the other end is closed
            break
        if not piece:
            break
        screen += piece
    os.close(ours)
    return process.wait(timeout=30), screen.decode("utf-8", "replace")


if __name__ == "__main__":
    sys.exit(main())
