"""``llm-tutor`` and ``llm-tutor FILE …``: opens the window. The only command that imports Qt."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tutor_app.display import DisplayError, check_display, has_display
from tutor_app.quick_start import hurry

if TYPE_CHECKING:
    import argparse

    from tutor_app.cli.command import Context


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("files", metavar="FILE", nargs="*", help="documents and course packs to import")


def run(arguments: argparse.Namespace, context: Context) -> int:
    """Show the window until it is closed.

    Raises:
        DisplayError: it cannot be shown here.
    """
    if not has_display():
        raise DisplayError(
            "There is no display to show a window on.",
            todo="In a terminal: llm-tutor chat, and llm-tutor packs add FILE.",
        )
    hurry()
    check_display()
    from tutor_app.application import run as run_window

    return run_window(context.paths, [str(Path(name).absolute()) for name in arguments.files])
