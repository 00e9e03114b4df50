"""``llm-tutor doctor``: what works on this machine, and how to mend what does not.

What the tutor itself needs is looked at in ``engine.diagnosis``; here are the window and the terminal. Exit code 0 when
the tutor can work, be it with less comfort; 1 when something is broken.
"""

import argparse
import os
import shutil
import sys
from importlib.metadata import version

from engine.diagnosis import Finding, look, look_at
from engine.paths import DataPaths
from tutor_app.cli.command import Context
from tutor_app.display import DisplayError, check_display, has_display


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(_: argparse.Namespace, context: Context) -> int:
    """Look at every part."""
    findings = [
        *look(context.paths),
        look_at("Window", _window, context.paths),
        look_at("Terminal", _terminal, context.paths),
    ]
    works = all(finding.state != "broken" for finding in findings)
    if context.json_output:
        parts = [_as_json(finding) for finding in findings]
        context.emit({"works": works, "version": version("llm-tutor"), "parts": parts})
        return 0 if works else 1
    for finding in findings:
        context.say(f"{finding.state:9} {finding.part}: {finding.message}")
        if mend := _mend(finding):
            context.say(f"{'':9}   {mend}")
    context.say(
        "The tutor can work." if works else "The tutor cannot work like this: see what is broken above."
    )
    return 0 if works else 1


def _mend(finding: Finding) -> str:
    return f"{finding.mend} Run: {finding.command}" if finding.command else finding.mend


def _as_json(finding: Finding) -> dict[str, str]:
    return {
        "part": finding.part,
        "state": finding.state,
        "message": finding.message,
        "mend": _mend(finding),
    }


def _window(_: DataPaths) -> Finding:
    # Without a window the terminal still does everything, so nothing here is more than a loss of comfort.
    if not has_display():
        return Finding(
            "Window", "attention", "there is no display to show it on", "Use the terminal: llm-tutor chat"
        )
    try:
        check_display()
    except DisplayError as error:
        return Finding("Window", "attention", error.what, error.todo)
    return Finding("Window", "ok", f"PySide6 {version('PySide6-Essentials')}, its system libraries are here")


def _terminal(_: DataPaths) -> Finding:
    encoding = (sys.stdout.encoding or "unknown").lower()
    columns = shutil.get_terminal_size().columns
    about = f"{os.environ.get('TERM', 'no TERM')}, {columns} columns, {encoding}"
    if "utf" not in encoding:
        return Finding(
            "Terminal", "attention", about, "Formulas need UTF-8: set PYTHONUTF8=1 or a UTF-8 locale."
        )
    return Finding("Terminal", "ok", about)
