"""The suite ``eval mastery``: is the next answer predicted, on real students that the model has never seen.

The product's predictor, its weights fitted and difficulties of skills and problems added where they are known, beside
simpler models on the same rows. Without a folder to fit on, five parts of the students take turns: four are fitted on,
the fifth is predicted. The cold start is the harder half: skills are split too, and what is predicted is answers of
unseen students on unseen skills, where no difficulty is known.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from engine.evaluation.answer_logs import AnswerRows, Numbering, read_rows
from engine.evaluation.mixed_logistic import auc, figures, fit
from engine.learner.predictor import FEATURES, SHIPPED_WEIGHTS
from engine.types import Progress

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from engine.protocols import ProgressCallback

    Array = NDArray[np.float64]
    Mask = NDArray[np.bool_]

_FOLDS = 5
_SKILL_RIDGE = 1.0
_PROBLEM_RIDGE = 3.0
_ROW_TO_BEAT = ("one", "learner_right", "learner_wrong", "skill_right", "skill_wrong")


@dataclass(frozen=True, slots=True)
class Model:
    """What is fitted: which of the predictor's features, and which difficulties."""

    name: str
    features: tuple[str, ...]
    skills: bool = False
    problems: bool = False


MODELS = (
    Model("predictor_with_difficulty", FEATURES, skills=True, problems=True),
    Model("pfa_problem_student_totals", _ROW_TO_BEAT, skills=True, problems=True),
    Model("predictor_with_skill_difficulty", FEATURES, skills=True),
    Model("predictor", FEATURES),
    Model("skill_mean", ("one",), skills=True),
)


def evaluate_mastery(
    folder: Path, train: Path | None, *, limit: int | None, progress: "ProgressCallback"
) -> dict[str, object]:
    """Predict the answers in ``folder``.

    Args:
        folder: with the answers to predict.
        train: folder with the answers to fit on; None to split the students of ``folder``.
        limit: only the first so many students.
        progress: told after each model.
    """
    import numpy as np

    numbering = Numbering({}, {})
    fitted_on = read_rows(train, numbering) if train is not None else None
    rows = read_rows(folder, numbering, limit=limit)
    sizes = (len(numbering.skills), len(numbering.problems))
    chances: dict[str, Array] = {}
    for number, model in enumerate(MODELS, start=1):
        chances[model.name] = _predicted(model, rows, fitted_on, sizes)
        progress(Progress("Fitting", number, len(MODELS), "models"))
    chances["shipped_weights"] = 1.0 / (1.0 + np.exp(-rows.values @ np.array(SHIPPED_WEIGHTS)))
    chances["bkt_generic"] = rows.bkt
    best = chances[MODELS[0].name]
    return {
        **figures(rows.right, best),
        "auc_first": round(auc(rows.right[rows.first], best[rows.first]), 4),
        "students": int(rows.student[-1]) + 1,
        "fitted_on": str(train) if train is not None else "four fifths of the students, in turn",
        "models": {name: figures(rows.right, chance) for name, chance in chances.items()},
        "cold_start": _cold_start(rows, fitted_on, sizes),
    }


def _predicted(model: Model, rows: AnswerRows, train: AnswerRows | None, sizes: tuple[int, int]) -> "Array":
    """Each row's chance by a model that has not seen its student."""
    import numpy as np

    everything = np.ones(len(rows.right), dtype=bool)
    if train is not None:
        return _fit_predict(model, (train, np.ones(len(train.right), dtype=bool)), (rows, everything), sizes)
    chance = np.zeros(len(rows.right))
    for number in range(_FOLDS):
        held = rows.fold == number
        if held.any() and not held.all():
            chance[held] = _fit_predict(model, (rows, ~held), (rows, held), sizes)
    return chance


def _fit_predict(
    model: Model,
    train: "tuple[AnswerRows, Mask]",
    test: "tuple[AnswerRows, Mask]",
    sizes: tuple[int, int],
) -> "Array":
    columns = [FEATURES.index(name) for name in model.features]
    used = [place for place, wanted in enumerate((model.skills, model.problems)) if wanted]
    rows, chosen = train
    fitted = fit(
        rows.values[chosen][:, columns],
        rows.right[chosen],
        [(rows.skill, rows.problem)[place][chosen] for place in used],
        [sizes[place] for place in used],
        [(_SKILL_RIDGE, _PROBLEM_RIDGE)[place] for place in used],
    )
    rows, chosen = test
    groups = [(rows.skill, rows.problem)[place][chosen] for place in used]
    return fitted.predict(rows.values[chosen][:, columns], groups)


def _cold_start(rows: AnswerRows, train: AnswerRows | None, sizes: tuple[int, int]) -> dict[str, object]:
    """Unseen students on unseen skills: fitted on one half of the skills, measured on the other, and the reverse."""
    import numpy as np

    fitted = Model("predictor", FEATURES)
    chance = np.zeros(len(rows.right))
    for half in (0, 1):
        other = rows.half == 1 - half
        for number in range(_FOLDS):
            held = other & (rows.fold == number) if train is None else other
            source = rows if train is None else train
            chosen = (source.half == half) & (rows.fold != number) if train is None else source.half == half
            if held.any() and chosen.any():
                chance[held] = _fit_predict(fitted, (source, chosen), (rows, held), sizes)
            if train is not None:
                break
    shipped = 1.0 / (1.0 + np.exp(-rows.values @ np.array(SHIPPED_WEIGHTS)))
    return {
        "predictor": figures(rows.right, chance),
        "shipped_weights": figures(rows.right, shipped),
        "bkt_generic": figures(rows.right, rows.bkt),
        "auc_by_opportunity": _by_opportunity(rows, chance),
    }


def _by_opportunity(rows: AnswerRows, chance: "Array") -> list[float]:
    """AUC at the first to fifth answer on a skill."""
    import numpy as np

    right, wrong = FEATURES.index("skill_right"), FEATURES.index("skill_wrong")
    seen = np.rint(np.exp(rows.values[:, right]) + np.exp(rows.values[:, wrong]) - 2.0)
    picked: Sequence[Mask] = [seen == count for count in range(5)]
    return [round(auc(rows.right[mask], chance[mask]), 4) for mask in picked]
