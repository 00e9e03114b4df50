import random
from pathlib import Path

import pytest

from engine.evaluation.mastery import evaluate_mastery
from engine.types import Progress
from tests.engine.evaluation.test_answer_logs import write_students


def quiet(progress: Progress) -> None:
    """Nobody is told."""


def made_up(folder: Path, students: int, seed: int) -> Path:
    """Students and problems of different strength."""
    rng = random.Random(seed)
    rows: list[list[list[object]]] = []
    for _ in range(students):
        able = rng.gauss(0.3, 1.2)
        row: list[list[object]] = []
        for _ in range(30):
            problem = rng.randrange(20)
            right = rng.random() < 1 / (1 + 2.718 ** (-(able + (problem % 5) - 2)))
            row.append([problem, [problem % 4], int(right)])
        rows.append(row)
    return write_students(folder, rows)


def test_difficulty_helps_and_the_contracts_keys_are_there(tmp_path: Path) -> None:
    report = evaluate_mastery(made_up(tmp_path, 120, 1), None, limit=None, progress=quiet)
    assert {"auc", "log_loss", "ece", "auc_first", "n", "cold_start", "fitted_on"} <= set(report)
    models = report["models"]
    assert isinstance(models, dict)
    assert models["predictor_with_difficulty"]["auc"] > models["predictor"]["auc"] + 0.03
    assert models["predictor_with_difficulty"]["auc"] > models["skill_mean"]["auc"]


def test_another_folder_can_be_fitted_on(tmp_path: Path) -> None:
    train, test = made_up(tmp_path / "a", 100, 1), made_up(tmp_path / "b", 40, 2)
    report = evaluate_mastery(test, train, limit=30, progress=quiet)
    assert report["students"] == 30
    assert report["fitted_on"] == str(train)


@pytest.mark.shared
@pytest.mark.timeout(600)
def test_real_students_are_predicted_better_than_by_counts(shared_data: Path) -> None:
    report = evaluate_mastery(shared_data / "assistments2009", None, limit=600, progress=quiet)
    models = report["models"]
    assert isinstance(models, dict)
    assert models["predictor_with_difficulty"]["auc"] > models["pfa_problem_student_totals"]["auc"]
    assert models["predictor_with_difficulty"]["log_loss"] < models["pfa_problem_student_totals"]["log_loss"]
