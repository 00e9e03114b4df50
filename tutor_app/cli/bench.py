"""``llm-tutor bench SUITE``: speed and memory beside the alternatives, measured in one run."""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path

from tutor_app.cli.command import Context
from tutor_app.cli.evaluate import show
from tutor_app.display import DisplayError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``bench``."""
    parser.add_argument("suite", choices=sorted(SUITES), help="what to measure")
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(arguments: argparse.Namespace, context: Context) -> int:
    """Run the suite and show its figures."""
    report = SUITES[arguments.suite](context)
    if context.json_output:
        context.emit(report)
    else:
        show(report, context)
    return 0


def _retrieval(context: Context) -> dict[str, object]:
    from engine.evaluation.bench_retrieval import bench_retrieval
    from engine.model_loading import load_embedder
    from engine.settings import load_settings

    embedder = load_embedder(context.paths, load_settings(context.paths.settings_file))
    progress = context.progress()
    try:
        with tempfile.TemporaryDirectory(prefix="llm-tutor-bench-") as folder:
            return bench_retrieval(Path(folder), embedder, progress=progress)
    finally:
        progress.close()
        if embedder is not None:
            embedder.close()


def _reading(context: Context) -> dict[str, object]:
    from engine.evaluation.bench_reading import bench_reading
    from engine.model_loading import load_ranking
    from engine.runtime import Runtime
    from engine.settings import load_settings

    settings = load_settings(context.paths.settings_file)
    progress = context.progress()
    with Runtime(context.paths, replace(settings, llm="none", reranker="none")) as runtime:
        ranking = load_ranking(context.paths, settings)
        try:
            return bench_reading(runtime.indexes, runtime.embedder, ranking, progress=progress)
        finally:
            progress.close()
            ranking.close()


def _llm(context: Context) -> dict[str, object]:
    from engine.errors import ModelError
    from engine.evaluation.bench_llm import bench_llm
    from engine.llm.llama_cpp_llm import LlamaCppModel
    from engine.model_loading import chosen_model, threads
    from engine.settings import load_settings

    settings = load_settings(context.paths.settings_file)
    found = chosen_model(context.paths, "llm", settings.llm)
    if found is None:
        raise ModelError("No language model is installed.", todo="Run 'llm-tutor prepare' first.")
    count = threads(settings)
    model = LlamaCppModel(found.path, found.id, context_tokens=settings.context_tokens, threads=count)
    try:
        return asdict(bench_llm(model, found.path, threads=count, home=context.paths.root))
    finally:
        model.close()


def _window(context: Context) -> dict[str, object]:
    command = [sys.executable, "-m", "tutor_app.measurement.window_suite", str(context.paths.root)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        raise DisplayError(
            "The window could not be measured here.", todo="The lines above say why; see: llm-tutor doctor"
        )
    report: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return report


def _learner(context: Context) -> dict[str, object]:
    from engine.evaluation.bench_learner import bench_learner

    progress = context.progress()
    try:
        with tempfile.TemporaryDirectory(prefix="llm-tutor-bench-") as folder:
            return bench_learner(Path(folder), context.paths.packs, progress=progress)
    finally:
        progress.close()


SUITES: dict[str, Callable[[Context], dict[str, object]]] = {
    "learner": _learner,
    "llm": _llm,
    "reading": _reading,
    "retrieval": _retrieval,
    "window": _window,
}
