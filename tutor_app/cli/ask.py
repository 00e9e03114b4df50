"""``llm-tutor ask``: one question, one streamed and cited answer."""

import argparse
from dataclasses import asdict, replace
from typing import TYPE_CHECKING

from engine.cancel import CancelToken
from engine.errors import PackError
from engine.events import AnswerChecked, AnswerStored
from engine.settings import load_settings
from engine.types import Act, AnswerMode
from tutor_app.cli.answer_view import AnswerView
from tutor_app.cli.command import Context

if TYPE_CHECKING:
    from engine.runtime import Runtime

REFUSED = 3


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("question", help="the question, in quotes")
    parser.add_argument(
        "--pack", action="append", metavar="ID", help="look only in this pack (may be repeated)"
    )
    parser.add_argument(
        "--mode", choices=[mode.value for mode in AnswerMode], default="explain", help="kind of answer"
    )
    parser.add_argument(
        "--no-llm", action="store_true", help="answer by quoting alone, without a language model"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(arguments: argparse.Namespace, context: Context) -> int:
    """Ask and print; 3 when the packs carry no answer."""
    from engine.runtime import Runtime
    from engine.tutor.session import Ask

    settings = load_settings(context.paths.settings_file)
    if arguments.no_llm:
        settings = replace(settings, llm="none", server_url="")
    with Runtime(context.paths, settings) as runtime:
        packs = runtime.known_packs(arguments.pack) if arguments.pack else None
        view = AnswerView(context, _titles(runtime))
        session = runtime.session()
        context.notify(runtime.notices)
        checked: AnswerChecked | None = None
        stored: AnswerStored | None = None
        for event in session.ask(
            Ask(arguments.question, mode=AnswerMode(arguments.mode), packs=packs), CancelToken()
        ):
            if not arguments.json:
                view.show(event)
            checked = event if isinstance(event, AnswerChecked) else checked
            stored = event if isinstance(event, AnswerStored) else stored
        context.notify(runtime.notices)
    if checked is None or stored is None:
        context.notify(["That took longer than 'answer_limit_s' in the settings allows."])
        return 1
    if arguments.json:
        context.emit(_report(checked, stored))
    return 0 if checked.answered else REFUSED


def _titles(runtime: "Runtime") -> dict[str, str]:
    titles = runtime.pack_titles()
    if not titles:
        raise PackError(
            "There is nothing to answer from: no course pack is installed.",
            todo="Install the starter packs with: llm-tutor prepare",
        )
    return titles


def _report(checked: AnswerChecked, stored: AnswerStored) -> dict[str, object]:
    return {
        "answer": checked.text,
        "answered": checked.answered,
        "blocked_at": None,
        "citations": [asdict(citation) for citation in checked.citations]
        if checked.act is not Act.QUIZ
        else [],
        "act": checked.act.value,
        "timings_ms": {name: round(value, 1) for name, value in asdict(stored.timings).items()},
        "model": stored.model or None,
    }
