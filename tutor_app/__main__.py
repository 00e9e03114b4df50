"""The command ``llm-tutor``.

Reads the command line, imports the one command that is asked for, and turns every error into one plain
sentence and an exit code. Without a command it opens the window, and imports Qt only then; without a display, the
terminal chat. Files instead of a command are imported.
"""

import argparse
import io
import os
import sys
from collections.abc import Iterable
from importlib import import_module
from pathlib import Path
from types import ModuleType

COMMANDS = {
    "window": "open the window; with files: import them",
    "ask": "ask one question",
    "chat": "talk with the tutor in the terminal",
    "practice": "questions to practise, with help, in the terminal",
    "review": "what is due today, in the terminal",
    "progress": "what was learned so far",
    "packs": "course packs and imported documents",
    "models": "model files: list, add, remove, check, advise",
    "prepare": "make the default models and the starter packs ready, once",
    "data": "back up, restore or export one learner's data",
    "eval": "run an evaluation suite on a folder of data",
    "bench": "measure speed and memory beside the alternatives",
    "doctor": "what works on this machine, and how to mend what does not",
}
_MODULES = {"eval": "tutor_app.cli.evaluate", "window": "tutor_app.window_command"}
_ENGINE_PROCESS = "engine-process"
_CHECKER_PROCESS = "checker-process"
_INTERRUPTED = 130


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; returns the exit code: 0 done, 1 failed, 2 wrong usage, 3 refused or abstained."""
    given = sys.argv[1:] if arguments is None else arguments
    if given == ["--version"]:
        from engine import __version__

        print(f"llm-tutor {__version__}")  # noqa: T201 - the command line prints
        return 0
    if given[:1] == [_ENGINE_PROCESS]:  # what a frozen app starts: see workers/engine_client.py
        from tutor_app.workers import engine_process

        engine_process.leave(engine_process.main(given[1:]))
    if given[:1] == [_CHECKER_PROCESS]:  # and this: see engine/answers/checker_process.py
        from engine.answers.checker_process import child_main

        return child_main()
    return _run(given)


def _run(given: list[str]) -> int:
    from engine.errors import Cancelled, UserFacingError

    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(
                errors="replace"
            )  # a formula must not break an answer on a terminal without Unicode
    try:
        return _dispatch(given)
    except UserFacingError as error:
        _complain(f"{error.what}\n{error.todo}")
        return error.exit_code
    except (KeyboardInterrupt, Cancelled):
        _complain("Stopped.")
        return _INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has left; Python must not complain while it closes it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except Exception as error:  # noqa: BLE001 - the last line of defence: a sentence, not a traceback
        return _report_bug(error, given)


def _dispatch(given: list[str]) -> int:
    from engine.log import configure_logging
    from engine.paths import data_paths
    from tutor_app.cli.command import Context

    given = _with_command(given)
    arguments = _plain(given) or _parsed(given)
    name = arguments.command
    configure_logging(verbose=arguments.verbose)
    context = Context(data_paths(arguments.profile), json_output=getattr(arguments, "json", False))
    return int(_module(name).run(arguments, context))


def _plain(given: list[str]) -> argparse.Namespace | None:
    """What a parser would make of the start of a window without files, which is there sooner without one; else None."""
    match given:
        case ["window"]:
            profile = None
        case ["--profile", folder, "window"] if not folder.startswith("-"):
            profile = Path(folder)
        case _:
            return None
    return argparse.Namespace(command="window", files=[], profile=profile, verbose=False)


def _parsed(given: list[str]) -> argparse.Namespace:
    chosen = _command(given)
    # The other commands need only be listed where help is asked for: making them takes as long as a window's painting.
    alone = chosen and not {"-h", "--help"} & set(given)
    return _parser(chosen, (chosen,) if alone else COMMANDS).parse_args(given)


def _with_command(given: list[str]) -> list[str]:
    """``given`` with the command that it stands for: the window, or without a display the chat."""
    at = _first_word(given)
    if at is None:
        if {"-h", "--help", "--version"} & set(given):
            return given
        from tutor_app.display import has_display

        return [*given, "window" if has_display() else "chat"]
    if given[at] not in COMMANDS and Path(given[at]).exists():
        return [*given[:at], "window", *given[at:]]
    return given


def _first_word(given: list[str]) -> int | None:
    """Where the first word is that is no option, nor the value of one."""
    skip = False
    for at, word in enumerate(given):
        if not skip and not word.startswith("-"):
            return at
        skip = word == "--profile"
    return None


def _command(given: list[str]) -> str:
    """The command in ``given``, found without a parser, so that only its own module is imported."""
    at = _first_word(given)
    return given[at] if at is not None and given[at] in COMMANDS else ""


def _profile(given: list[str]) -> Path | None:
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    parser.add_argument("--profile", type=Path)
    found: Path | None = parser.parse_known_args(given)[0].profile
    return found


def _parser(chosen: str, listed: Iterable[str] = COMMANDS) -> argparse.ArgumentParser:
    from engine import __version__

    parser = argparse.ArgumentParser(
        prog="llm-tutor",
        description="An offline tutor that answers from course packs. Without a command: the window.",
    )
    parser.add_argument("--version", action="version", version=f"llm-tutor {__version__}")
    parser.add_argument("--profile", type=Path, metavar="DIR", help="the folder that holds all data")
    parser.add_argument("--verbose", action="store_true", help="log what happens to standard error")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    for name in listed:
        summary = COMMANDS[name]
        command = commands.add_parser(name, help=summary, description=f"{summary[0].upper()}{summary[1:]}.")
        if name == chosen:
            _module(name).add_arguments(command)
    return parser


def _module(name: str) -> ModuleType:
    return import_module(_MODULES.get(name, f"tutor_app.cli.{name}"))


def _complain(text: str) -> None:
    print(text, file=sys.stderr)  # noqa: T201 - the command line prints


def _report_bug(error: Exception, given: list[str]) -> int:
    from engine.paths import data_paths
    from tutor_app.crash_report import write_crash_report

    path = write_crash_report(error, _command(given), data_paths(_profile(given)))
    where = f"A report without your words lies in {path}." if path else "No report could be written."
    _complain(
        f"Something went wrong inside the tutor ({type(error).__name__}). What was stored is safe.\n{where}"
    )
    return 1


if __name__ == "__main__":
    sys.exit(main())
