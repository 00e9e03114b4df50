"""``llm-tutor review``: what is due today, in the terminal."""

import argparse

from engine.runtime import Runtime
from engine.settings import load_settings
from engine.tutor.practice.agenda import Aim, Wanted
from tutor_app.cli.command import Context
from tutor_app.cli.sitting import Sitting


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("--list", action="store_true", help="only say how much is due")
    parser.add_argument("--json", action="store_true", help="with --list: print one JSON object")


def run(arguments: argparse.Namespace, context: Context) -> int:
    """Review until nothing more is due, or the learner leaves."""
    with Runtime(context.paths, load_settings(context.paths.settings_file)) as runtime:
        today = runtime.agenda.today()
        if arguments.json:
            context.emit(
                {
                    "due": len(today.reviews),
                    "minutes": round(today.minutes, 1),
                    "waiting": today.waiting,
                    "cards": [
                        {"kind": one.card.kind, "pack": one.card.pack, "id": one.card.id}
                        for one in today.reviews
                    ],
                }
            )
            return 0
        context.say(
            f"Today: {len(today.reviews)} due, about {max(1, round(today.minutes))} min."
            if today.reviews
            else "Nothing is due today."
        )
        if today.reviews and not arguments.list:
            Sitting(context, runtime, Wanted(Aim.REVIEW)).run()
    return 0
