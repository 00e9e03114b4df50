"""Cross-validation: three trainings, each tested on the articles and the pack that it did not see."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from torch import autocast, bfloat16

from models_manifest.evidence.calibration import WITHOUT_VECTORS, cross_fitted, fit
from models_manifest.evidence.candidates import Found
from models_manifest.evidence.corpus import Asked, Corpus
from models_manifest.evidence.export import as_written
from models_manifest.evidence.figures import (
    Judged,
    curve,
    intervals,
    public_figures,
    rounded,
    school_figures,
)
from models_manifest.evidence.folds import folds
from models_manifest.evidence.lists import draw, examples
from models_manifest.evidence.outcomes import Outcome, as_read, chosen_to_read, outcome
from models_manifest.evidence.pairs import Pairs, Tokens
from models_manifest.evidence.recipe import Recipe
from models_manifest.evidence.remembered_logits import RememberedLogits
from models_manifest.evidence.scoring import Scorer
from models_manifest.evidence.store import LookedUp
from models_manifest.evidence.training import Training, shape_of, train
from models_manifest.evidence.weights import Encoder

Log = Callable[[str], None]
Scores = Callable[[Sequence[Tokens]], NDArray[np.float32]]


@dataclass(frozen=True, slots=True)
class Validation:
    """What is validated.

    Attributes:
        looked_up: the corpora with what was found.
        recipe: how to train.
        encoder: the network to start from.
        pairs: makes the sequences.
        folder: keeps the trainings' states, so that it can go on.
        most_steps: of each training; None for all.
    """

    looked_up: Sequence[LookedUp]
    recipe: Recipe
    encoder: Encoder
    pairs: Pairs
    folder: Path
    most_steps: int | None = None


def validate(validation: Validation, held: Sequence[int], log: Log) -> dict[str, object]:
    """Train and test the folds ``held``; the figures, and the regression that the product gets."""
    placed = folds([one.corpus for one in validation.looked_up])
    outcomes: list[Outcome] = []
    for fold in held:
        own = frozenset(group for group, at in placed.items() if at == fold)
        log(f"fold {fold}: without {', '.join(sorted(own))}")
        outcomes += _tested(validation, fold, own, log)
    probabilities = cross_fitted(outcomes, [placed[one.group] for one in outcomes])
    judged = Judged(outcomes, probabilities)
    figures = public_figures(judged)
    bounds = intervals(judged)
    learnable = [one for one in outcomes if not one.golden]
    return {
        "folds": list(held),
        "recipe": validation.recipe.digest,
        "questions": len(outcomes),
        "public": rounded(figures),
        "intervals": {name: [round(low, 4), round(high, 4)] for name, (low, high) in bounds.items()},
        "school": rounded(school_figures(judged, golden=False)),
        "golden": rounded(school_figures(judged, golden=True)),
        "curve": [rounded(point) for point in curve(judged)],
        "regression": fit(learnable).named(),
        "regression_by_words": fit(learnable, WITHOUT_VECTORS).named(),
    }


def _tested(validation: Validation, fold: int, own: frozenset[str], log: Log) -> list[Outcome]:
    recipe = validation.recipe
    chosen = examples([(one.corpus, one.found) for one in validation.looked_up], without=own)
    training = Training(
        recipe,
        validation.encoder,
        validation.pairs,
        draw(chosen, recipe),
        validation.folder / f"fold-{fold}.npz",
        validation.most_steps,
    )
    arrays = train(training, lambda line: log(f"fold {fold}: {line}"))
    written = as_written(arrays)
    scorer = RememberedLogits(
        Scorer(written, shape_of(validation.encoder)), written, validation.folder / f"fold-{fold}-logits.npz"
    )
    asked = [one for looked in validation.looked_up for one in _asked(looked, own)]
    with autocast("cpu", bfloat16, enabled=recipe.products == "bfloat16"):
        return read(asked, scorer, validation.pairs)


@dataclass(frozen=True, slots=True)
class Reading:
    """A question to be read: with its article left out or not."""

    corpus: Corpus
    asked: Asked
    found: Found
    left_out: bool


def read(asked: Sequence[Reading], scorer: Scores, pairs: Pairs) -> list[Outcome]:
    """What becomes of the questions ``asked``; those for which nothing was found are left away."""
    sequences, counts = [], []
    for one in asked:
        numbers = one.found.sentences[chosen_to_read(one.corpus, one.found)]
        sequences += [pairs(one.found.question, as_read(one.corpus.sentences[at])) for at in numbers]
        counts.append(len(numbers))
    logits = np.split(scorer(sequences), np.cumsum(counts)[:-1])
    outcomes = [
        outcome(one.corpus, one.asked, one.found, given.tolist(), left_out=one.left_out)
        for one, given in zip(asked, logits, strict=True)
    ]
    return [one for one in outcomes if one is not None]


def _asked(looked: LookedUp, own: frozenset[str]) -> list[Reading]:
    corpus = looked.corpus
    chosen = [at for at, one in enumerate(corpus.questions) if one.group in own]
    full = [Reading(corpus, corpus.questions[at], looked.found[at], left_out=False) for at in chosen]
    left_out = [
        Reading(corpus, corpus.questions[at], looked.left_out[at], left_out=True)
        for at in chosen
        if at in looked.left_out
    ]
    return full + left_out


def write_figures(path: Path, figures: dict[str, object]) -> None:
    """Keep the figures beside the package, for the model card and the product's weights."""
    path.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8", newline="\n")
