"""Command line of the evidence model: ``python -m models_manifest.evidence COMMAND``.

``prepare`` looks up candidates, ``train`` makes the shipped file, ``validate`` measures on unseen articles, ``publish``
writes manifest, weights and model card from both. Training goes on where it was stopped. ``train`` and ``validate``
need PyTorch.
"""

import argparse
import importlib.util
import json
import os
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.evaluation.memo_embedder import MemoEmbedder
from engine.models.manifest import ModelKind, read_manifest
from engine.paths import DataPaths, asset_path, manifest_path
from engine.rag.llama_cpp_embedder import LlamaCppEmbedder
from engine.rag.weights import WEIGHTS_FILE
from models_manifest.evidence.corpus import PUBLIC, read_public, read_school
from models_manifest.evidence.folds import FOLDS
from models_manifest.evidence.lists import draw, examples
from models_manifest.evidence.pairs import Pairs, read_tokenizer
from models_manifest.evidence.publishing import MODEL_ID, Published, publish
from models_manifest.evidence.recipe import Recipe
from models_manifest.evidence.store import LookedUp, looked_up
from models_manifest.evidence.weights import read_encoder

FIGURES_FILE = Path(__file__).with_name("figures.json")
CARD_FILE = Path(__file__).with_name("MODEL_CARD.md")
MODEL_NAME = "llm-tutor-evidence.Q8_0.gguf"
_COMPARED = 64
_CLOSE, _CLOSE_IN_EIGHT_BITS = 0.01, 0.1


@dataclass(frozen=True, slots=True)
class Places:
    """Where things lie.

    Attributes:
        data: the folder with the public sets.
        embedder: the embedder's GGUF file.
        work: keeps candidates and states.
        model: the file to make.
    """

    data: Path
    embedder: Path
    work: Path
    model: Path


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    told = _parser().parse_args(arguments)
    places = Places(told.data, _embedder(told.models), told.work, told.model)
    if told.command in ("train", "validate") and importlib.util.find_spec("torch") is None:
        _log("PyTorch is not installed here. `make train-evidence` installs it.")
        return 1
    if told.command == "publish":
        return _publish(told.model)
    found = _looked_up(places)
    if told.command == "train":
        return _train(places, found, told.steps)
    if told.command == "validate":
        _validate(places, found, told.folds, told.steps)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m models_manifest.evidence", description=(__doc__ or "").splitlines()[0]
    )
    parser.add_argument("command", choices=("prepare", "train", "validate", "publish"))
    parser.add_argument(
        "--data", type=Path, default=Path("../shared/data"), help="folder with the public sets"
    )
    parser.add_argument("--models", type=Path, default=Path(".models"), help="data folder with the embedder")
    parser.add_argument("--work", type=Path, default=Path("build/evidence"), help="candidates and states")
    parser.add_argument("--model", type=Path, default=asset_path("models") / MODEL_NAME, help="file to make")
    parser.add_argument("--folds", type=int, nargs="+", default=list(range(FOLDS)), help="folds to validate")
    parser.add_argument("--steps", type=int, help="stop a training after so many steps, to go on later")
    return parser


def _embedder(home: Path) -> Path:
    entry = next(one for one in read_manifest(manifest_path()).defaults() if one.kind is ModelKind.EMBEDDER)
    return DataPaths(home).models / entry.id / entry.files[0].name


def _looked_up(places: Places) -> list[LookedUp]:
    corpora = [read_public(places.data / name) for name in PUBLIC] + read_school(asset_path("packs"))
    threads = os.cpu_count() or 1
    embedder = LlamaCppEmbedder(places.embedder, name=places.embedder.name, threads=threads)
    try:
        return looked_up(corpora, places.work, MemoEmbedder(embedder), _log)
    finally:
        embedder.close()


def _train(places: Places, found: Sequence[LookedUp], steps: int | None) -> int:
    from models_manifest.evidence.equality import largest_difference
    from models_manifest.evidence.export import as_written, export
    from models_manifest.evidence.scoring import Scorer
    from models_manifest.evidence.training import Training, shape_of, train

    recipe = Recipe()
    pairs = Pairs(read_tokenizer(places.embedder), recipe)
    lists = draw(examples([(one.corpus, one.found) for one in found], without=frozenset()), recipe)
    _log(f"{len(lists)} lists")
    training = Training(recipe, read_encoder(places.embedder), pairs, lists, places.work / "whole.npz", steps)
    arrays = train(training, _log)
    places.model.parent.mkdir(parents=True, exist_ok=True)
    whole = places.work / "whole-f32.gguf"
    export(arrays, recipe, places.embedder, whole, quantised=False)
    export(arrays, recipe, places.embedder, places.model)
    _log(f"{places.model}: {places.model.stat().st_size} bytes")
    asked = [(one.question, one.sentences[0]) for one in lists[:_COMPARED]]
    differences = [
        largest_difference(file, Scorer(own, shape_of(training.encoder)), pairs, asked)
        for file, own in ((whole, arrays), (places.model, as_written(arrays)))
    ]
    _log(
        f"file and training code differ by up to {differences[0]:.4f} in probability in 32 bits, "
        f"{differences[1]:.4f} in eight, where llama.cpp rounds what lies between the layers as well"
    )
    return 0 if differences[0] <= _CLOSE and differences[1] <= _CLOSE_IN_EIGHT_BITS else 1


def _validate(places: Places, found: Sequence[LookedUp], held: Sequence[int], steps: int | None) -> None:
    from models_manifest.evidence.validation import Validation, validate, write_figures

    recipe = Recipe()
    pairs = Pairs(read_tokenizer(places.embedder), recipe)
    validation = Validation(found, recipe, read_encoder(places.embedder), pairs, places.work, steps)
    figures = validate(validation, held, _log)
    complete = len(held) == FOLDS and steps is None
    write_figures(FIGURES_FILE if complete else places.work / "figures.json", figures)
    sys.stdout.write(json.dumps(figures, indent=2) + "\n")


def _publish(model: Path) -> int:
    missing = [path for path in (model, FIGURES_FILE) if not path.exists()]
    if missing:
        _log(f"{missing[0]} is not there yet. `make train-evidence` and `make validate-evidence` make it.")
        return 1
    figures = json.loads(FIGURES_FILE.read_text(encoding="utf-8"))
    try:
        publish(model, figures, Published(manifest_path(), WEIGHTS_FILE, CARD_FILE))
    except LookupError:
        _log(f"The manifest of rerankers has no entry {MODEL_ID} yet. Write it first.")
        return 1
    return 0


def _log(line: str) -> None:
    sys.stderr.write(f"{time.strftime('%H:%M:%S')} {line}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    raise SystemExit(main())
