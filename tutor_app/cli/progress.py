"""``llm-tutor progress``: the map of each pack that was practised, in the terminal."""

import argparse
from dataclasses import asdict

from engine.clock import SystemClock, milliseconds
from engine.learner.mastery import Level, MissingKind
from engine.runtime import Runtime
from engine.settings import load_settings
from engine.tutor.practice.progress import SkillStanding, skill_map
from tutor_app.cli.command import Context

_LEVELS = {
    Level.NOT_STARTED: "·  not started",
    Level.ATTEMPTED: "○  attempted",
    Level.FAMILIAR: "◐  familiar",
    Level.PROFICIENT: "●  proficient",
    Level.MASTERED: "★  mastered",
}
_MISSING = {
    MissingKind.UNAIDED: "{} right without help",
    MissingKind.HARDER: "{} harder",
    MissingKind.MIXED_LATER: "{} in a mixed set on another day",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("--pack", metavar="ID", help="only this pack")
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(arguments: argparse.Namespace, context: Context) -> int:
    """Show what was learned."""
    now = milliseconds(SystemClock().now())
    with Runtime(context.paths, load_settings(context.paths.settings_file)) as runtime:
        wanted = runtime.known_packs([arguments.pack]) if arguments.pack else None
        agenda = runtime.agenda
        known, schedule, graphs = agenda.knowledge(), agenda.schedule(), agenda.curricula
        maps = {
            pack.pack.info: skill_map(pack, graphs[pack.pack.info.id], known, schedule, now=now)
            for pack in runtime.items.packs()
            if wanted is None or pack.pack.info.id in wanted
        }
    if arguments.json:
        context.emit({info.id: [asdict(one) for one in skills] for info, skills in maps.items()})
        return 0
    if not maps:
        context.say("There is nothing to practise yet: llm-tutor prepare installs the starter packs.")
    for info, skills in maps.items():
        begun = sum(one.level is not Level.NOT_STARTED for one in skills)
        context.say(f"\n{info.title}: {begun} of {len(skills)} skills begun")
        for one in skills:
            if one.level is not Level.NOT_STARTED or arguments.pack:
                context.say(_line(one))
    return 0


def _line(one: SkillStanding) -> str:
    missing = ", ".join(_MISSING[it.kind].format(it.count) for it in one.missing)
    tail = f"   still: {missing}" if missing and one.level is not Level.NOT_STARTED else ""
    return f"  {_LEVELS[one.level]:16} {one.name}{tail}"
