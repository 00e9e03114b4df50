"""Packs whose vectors are missing are finished by a second process while the learner already asks.

It is killed without harm when the conversation ends: each batch is committed, and the next start goes on there.
"""

import contextlib
import subprocess
import sys
from collections.abc import Iterator

from engine.settings import Settings
from tutor_app.cli.command import Context


@contextlib.contextmanager
def finishing_packs(context: Context, settings: Settings) -> Iterator[None]:
    """For the time of the block, finish what can be asked by its words only; says so if there is something."""
    from engine.preparation import unfinished_packs

    unfinished = unfinished_packs(context.paths, settings)
    if not unfinished:
        yield
        return
    titles = ", ".join(pack.info.title for pack in unfinished)
    context.say(f"Still being read for meaning, in the background: {titles}. They can be asked already.")
    command = [sys.executable, "-m", "tutor_app", "--profile", str(context.paths.root), "prepare"]
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet) as worker:
        try:
            yield
        finally:
            worker.terminate()
