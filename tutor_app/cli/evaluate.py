"""``llm-tutor eval SUITE --data DIR``: measures the product on a folder of data; one JSON object on demand."""

import argparse
import contextlib
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from engine.errors import UsageError
from tutor_app.cli.command import Context, ProgressLine

if TYPE_CHECKING:
    from engine.evaluation.dataset import QuestionSet
    from engine.model_loading import Ranking
    from engine.protocols import Embedder


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``eval``."""
    parser.add_argument("suite", choices=sorted(SUITES), help="what to measure")
    parser.add_argument(
        "--data",
        type=Path,
        metavar="DIR",
        help="a folder in the format of the suite; adaptation and memory: may be left out",
    )
    parser.add_argument(
        "--train",
        type=Path,
        metavar="DIR",
        help="mastery: fit on this folder instead of on parts of the data",
    )
    parser.add_argument("--limit", type=int, metavar="N", help="only the first N questions (or learners)")
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(arguments: argparse.Namespace, context: Context) -> int:
    """Run the suite and show its figures."""
    if arguments.data is None and arguments.suite not in _SIMULATED:
        raise UsageError("This suite needs data.", todo="Name a folder: --data DIR.")
    report = SUITES[arguments.suite](arguments, context)
    if context.json_output:
        context.emit(report)
    else:
        show(report, context)
    return 0


def show(report: dict[str, object], context: Context, indent: str = "") -> None:
    """The figures, one a line."""
    for name, value in report.items():
        if isinstance(value, dict):
            context.say(f"{indent}{name}")
            show(value, context, indent + "  ")
        else:
            context.say(f"{indent}{name:<24} {value}")


def _retrieval(arguments: argparse.Namespace, context: Context) -> dict[str, object]:
    from engine.evaluation.retrieval import evaluate_retrieval

    with _bench(context) as (folder, embedder, ranking, progress):
        questions = _questions(arguments)
        return evaluate_retrieval(
            questions, folder, embedder, ranking, limit=arguments.limit, progress=progress
        )


def _qa(arguments: argparse.Namespace, context: Context) -> dict[str, object]:
    from engine.evaluation.qa import evaluate_qa

    with _bench(context) as (folder, embedder, ranking, progress):
        questions = _questions(arguments)
        return evaluate_qa(questions, folder, embedder, ranking, limit=arguments.limit, progress=progress)


def _answers(arguments: argparse.Namespace, context: Context) -> dict[str, object]:
    from engine.evaluation.answers import evaluate_answers

    progress = context.progress()
    try:
        return evaluate_answers(arguments.data, limit=arguments.limit, progress=progress)
    finally:
        progress.close()


def _hints(arguments: argparse.Namespace, context: Context) -> dict[str, object]:
    from engine.evaluation.hints import evaluate_hints
    from engine.paths import asset_path
    from engine.runtime import Runtime
    from engine.settings import load_settings

    progress = context.progress()
    try:
        with Runtime(context.paths, load_settings(context.paths.settings_file)) as runtime:
            return evaluate_hints(
                arguments.data,
                asset_path("packs"),
                load=runtime.language_model,
                limit=arguments.limit,
                progress=progress,
            )
    finally:
        progress.close()


def _memory(arguments: argparse.Namespace, context: Context) -> dict[str, object]:
    from engine.evaluation.memory import evaluate_memory
    from engine.evaluation.memory_simulation import simulate_memory

    progress = context.progress()
    try:
        if arguments.data is None:
            return simulate_memory(progress=progress)
        return evaluate_memory(arguments.data, limit=arguments.limit, progress=progress)
    finally:
        progress.close()


def _mastery(arguments: argparse.Namespace, context: Context) -> dict[str, object]:
    from engine.evaluation.mastery import evaluate_mastery

    progress = context.progress()
    try:
        return evaluate_mastery(arguments.data, arguments.train, limit=arguments.limit, progress=progress)
    finally:
        progress.close()


def _adaptation(arguments: argparse.Namespace, context: Context) -> dict[str, object]:
    from engine.evaluation.adaptation import evaluate_adaptation

    progress = context.progress()
    try:
        return evaluate_adaptation(limit=arguments.limit, progress=progress)
    finally:
        progress.close()


def _questions(arguments: argparse.Namespace) -> "QuestionSet":
    from engine.evaluation.dataset import load_question_set

    return load_question_set(arguments.data)


@contextlib.contextmanager
def _bench(context: Context) -> "Iterator[tuple[Path, Embedder | None, Ranking, ProgressLine]]":
    """An empty folder, the profile's models for searching and a progress line, for the time of one suite."""
    from engine.model_loading import load_embedder, load_ranking
    from engine.settings import load_settings

    settings = load_settings(context.paths.settings_file)
    with contextlib.ExitStack() as opened:
        embedder = load_embedder(context.paths, settings)
        if embedder is not None:
            opened.callback(embedder.close)
        ranking = load_ranking(context.paths, settings)
        opened.callback(ranking.close)
        progress = context.progress()
        opened.callback(progress.close)
        folder = opened.enter_context(tempfile.TemporaryDirectory(prefix="llm-tutor-eval-"))
        yield Path(folder), embedder, ranking, progress


SUITES: dict[str, Callable[[argparse.Namespace, Context], dict[str, object]]] = {
    "adaptation": _adaptation,
    "answers": _answers,
    "mastery": _mastery,
    "hints": _hints,
    "memory": _memory,
    "qa": _qa,
    "retrieval": _retrieval,
}
_SIMULATED = {"adaptation", "memory"}
"""Suites that can do without data: they simulate learners then."""
