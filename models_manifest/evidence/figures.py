"""The figures of a validation: how good, how sure, and within which bounds, for the log and the model card."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.evaluation.fit_reranker import auroc
from models_manifest.evidence.calibration import Floats, calibration_error
from models_manifest.evidence.corpus import PUBLIC, SCHOOL
from models_manifest.evidence.outcomes import Outcome

_DRAWS = 400
_COVERAGE = 0.8
_CURVE = (1.0, 0.95, 0.9, 0.85, 0.8, 0.75, 0.7, 0.6, 0.5)


@dataclass(frozen=True, slots=True)
class Judged:
    """Outcomes with their probabilities."""

    outcomes: Sequence[Outcome]
    probabilities: Floats

    def where(self, chosen: Callable[[Outcome], bool]) -> "Judged":
        """Those that are ``chosen``."""
        kept = [at for at, one in enumerate(self.outcomes) if chosen(one)]
        return Judged([self.outcomes[at] for at in kept], self.probabilities[kept])


def public_figures(judged: Judged) -> dict[str, float]:
    """The figures of docs/decisions/0015 on the public sets."""
    public = judged.where(lambda one: one.corpus in PUBLIC)
    answerable = public.where(lambda one: one.answerable)
    left_out = public.where(lambda one: one.left_out)
    impossible = public.where(lambda one: not one.answerable and not one.left_out)
    same_set = answerable.where(lambda one: one.corpus == PUBLIC[0])
    threshold = _threshold(answerable.probabilities, _COVERAGE)
    given = answerable.probabilities >= threshold
    right = np.array([one.sentence_in_two for one in answerable.outcomes], dtype=bool)
    return {
        **_hits(answerable),
        "auroc_left_out": _auroc(answerable.probabilities, left_out.probabilities),
        "auroc_impossible": _auroc(same_set.probabilities, impossible.probabilities),
        "auroc_impossible_logit": _auroc(_logits(same_set), _logits(impossible)),
        "grounded_at_80": _mean(right[given]),
        "left_out_at_80": _mean(left_out.probabilities >= threshold),
        "impossible_at_80": _mean(impossible.probabilities >= threshold),
        "calibration_error": calibration_error(
            public.probabilities, [one.sentence_in_two for one in public.outcomes]
        ),
    }


def school_figures(judged: Judged, *, golden: bool) -> dict[str, float]:
    """The same for questions over packs that were left out of training, as far as they can be had."""
    school = judged.where(lambda one: one.corpus in SCHOOL and one.golden == golden)
    answerable = school.where(lambda one: one.answerable)
    other = school.where(lambda one: not one.answerable)
    told = _hits(answerable)
    if golden:  # they name passages, not sentences
        told = {name: value for name, value in told.items() if name.startswith("passage")}
    for coverage in (0.8, 0.9):
        threshold = _threshold(answerable.probabilities, coverage)
        told[f"unanswerable_at_{100 * coverage:.0f}"] = _mean(other.probabilities >= threshold)
    return {
        "questions": float(len(school.outcomes)),
        **told,
        "auroc": _auroc(answerable.probabilities, other.probabilities),
    }


def curve(judged: Judged) -> list[dict[str, float]]:
    """What each threshold would give: coverage of the answerable, right among them, wrongly answered others."""
    public = judged.where(lambda one: one.corpus in PUBLIC)
    answerable = public.where(lambda one: one.answerable)
    left_out = public.where(lambda one: one.left_out)
    impossible = public.where(lambda one: not one.answerable and not one.left_out)
    school = judged.where(lambda one: one.corpus in SCHOOL and not one.golden and not one.answerable)
    points = []
    for coverage in _CURVE:
        threshold = _threshold(answerable.probabilities, coverage)
        given = answerable.probabilities >= threshold
        right = np.array([one.sentence_in_two for one in answerable.outcomes], dtype=bool)
        points.append(
            {
                "coverage": coverage,
                "threshold": threshold,
                "grounded": _mean(right[given]),
                "left_out": _mean(left_out.probabilities >= threshold),
                "impossible": _mean(impossible.probabilities >= threshold),
                "school_unanswerable": _mean(school.probabilities >= threshold),
            }
        )
    return points


def intervals(judged: Judged, seed: int = 0) -> dict[str, tuple[float, float]]:
    """95 % bounds of the public figures: whole articles drawn with replacement."""
    public = judged.where(lambda one: one.corpus in PUBLIC)
    groups = sorted({one.group for one in public.outcomes})
    rows = {
        group: np.array([at for at, one in enumerate(public.outcomes) if one.group == group])
        for group in groups
    }
    rng = np.random.default_rng(seed)
    drawn = []
    for _ in range(_DRAWS):
        chosen = np.concatenate([rows[groups[at]] for at in rng.integers(len(groups), size=len(groups))])
        again = Judged([public.outcomes[at] for at in chosen], public.probabilities[chosen])
        drawn.append(public_figures(again))
    return {
        name: (
            float(np.nanpercentile([one[name] for one in drawn], 2.5)),
            float(np.nanpercentile([one[name] for one in drawn], 97.5)),
        )
        for name in drawn[0]
    }


def rounded(figures: Mapping[str, float]) -> dict[str, float]:
    """To four places."""
    return {name: round(value, 4) for name, value in figures.items()}


def _hits(answerable: Judged) -> dict[str, float]:
    names = ("passage_first", "passage_in_five", "sentence_first", "sentence_in_two")
    return {
        name: _mean(np.array([getattr(one, name) for one in answerable.outcomes], dtype=bool))
        for name in names
    }


def _logits(judged: Judged) -> Floats:
    return np.array([one.figures[0] for one in judged.outcomes])


def _threshold(probabilities: Floats, coverage: float) -> float:
    return float(np.quantile(probabilities, 1 - coverage)) if len(probabilities) else float("nan")


def _auroc(positive: Floats, negative: Floats) -> float:
    if not len(positive) or not len(negative):
        return float("nan")
    truth = [True] * len(positive) + [False] * len(negative)
    return auroc([*positive, *negative], truth)


def _mean(values: NDArray[np.bool_]) -> float:
    return float(values.mean()) if len(values) else float("nan")
