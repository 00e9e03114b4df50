"""``llm-tutor practice``: questions in the terminal, what is due first, then what comes next."""

import argparse

from engine.runtime import Runtime
from engine.settings import load_settings
from engine.sync.practice_events import PracticeMode
from engine.tutor.practice.agenda import Aim, Wanted
from tutor_app.cli.command import Context
from tutor_app.cli.sitting import Sitting


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument(
        "--pack", metavar="ID", help="practise this pack (default: what is due, then the last one)"
    )
    parser.add_argument("--skill", metavar="ID", help="practise this skill of the pack")
    parser.add_argument(
        "--placement", action="store_true", help="at most 12 questions to find out what is known"
    )
    parser.add_argument(
        "--mode",
        choices=[mode.value for mode in PracticeMode],
        default=PracticeMode.PRACTICE.value,
        help="how much help there is (default: practice)",
    )
    parser.add_argument("--count", type=int, default=0, metavar="N", help="stop after N questions")


def run(arguments: argparse.Namespace, context: Context) -> int:
    """Practise until the learner leaves, or nothing more is to do."""
    with Runtime(context.paths, load_settings(context.paths.settings_file)) as runtime:
        pack = next(iter(runtime.known_packs([arguments.pack]))) if arguments.pack else ""
        aim = Aim.LEARN if pack else Aim.TODAY
        if arguments.skill:
            aim = Aim.SKILL
        elif arguments.placement:
            aim = Aim.PLACEMENT
        wanted = Wanted(aim, pack, arguments.skill or "", PracticeMode(arguments.mode))
        Sitting(context, runtime, wanted, most=max(0, arguments.count)).run()
    return 0
