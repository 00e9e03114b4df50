import gzip
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engine.errors import UsageError
from engine.evaluation.memory import evaluate_memory, load_logs, measures, pooled
from engine.learner.fsrs6 import Rating, fsrs6

ROWS: list[dict[str, Any]] = [
    {
        "user": "u1",
        "item": 2,
        "reviews": [[0, 4, 3, 1, 0.9], [3, 4, 3, 1, 0.8], [9, 1, 1, 0, 0.7], [2, 4, 3, 1, 0.6]],
    },
    {"user": "u1", "item": 1, "reviews": [[0, 1, 1, 0, 0.5], [1, 4, 3, 1, 0.4]]},
    {"user": "u2", "item": 1, "reviews": [[0, 4, 3, 1, 0.9], [5, 4, 3, 1, 0.8]]},
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    text = "".join(json.dumps(row) + "\n" for row in ROWS).encode()
    (tmp_path / "reviews.jsonl.gz").write_bytes(gzip.compress(text))
    return tmp_path


def test_reviews_are_gone_through_by_days_since_the_first_one(folder: Path) -> None:
    first, second = load_logs(folder)
    assert [(step.card.id, step.days) for step in first.steps] == [
        ("1", 0), ("2", 0), ("1", 1), ("2", 3), ("2", 9), ("2", 2),
    ]  # fmt: skip
    assert [step.rating for step in second.steps] == [Rating.GOOD, Rating.GOOD]


def test_few_reviews_are_predicted_with_the_defaults(folder: Path) -> None:
    report: Any = evaluate_memory(folder, limit=None, progress=lambda _: None)
    ours = report["users"]["u2"]
    chance = fsrs6().recall(fsrs6().first(Rating.GOOD)[0], 5)
    assert ours["log_loss"] == round(-float(np.log(chance)), 4)
    assert ours["defaults"]["log_loss"] == ours["log_loss"]
    assert report["package"] == report["defaults"]
    assert ours["recorded"]["log_loss"] == round(-float(np.log(0.8)), 4)
    assert report["n"] == 5
    assert ours["auc"] is None


def test_figures_of_users_are_weighted_by_reviews() -> None:
    def user(n: int, loss: float, auc: float | None) -> dict[str, object]:
        figures: dict[str, object] = {"log_loss": loss, "rmse_bins": 0.1, "auc": auc}
        return {"n": n, **figures, "defaults": figures, "package": figures, "recorded": figures}

    report = pooled([user(30, 0.2, 0.7), user(10, 0.6, None)])
    assert (report["n"], report["log_loss"], report["auc"]) == (40, 0.3, 0.7)


def test_measures_are_those_of_the_definitions() -> None:
    chances, recalled = np.array([0.9, 0.6, 0.6, 0.3]), np.array([1.0, 1.0, 0.0, 0.0])
    bins = [(1.0, 1.0, 0.0)] * 2 + [(2.0, 1.0, 0.0)] * 2
    found = measures(chances, recalled, bins)
    assert found["auc"] == 0.875
    assert found["log_loss"] == round(float(-np.log([0.9, 0.6, 0.4, 0.7]).mean()), 4)
    assert found["rmse_bins"] == round(float(np.sqrt((2 * 0.25**2 + 2 * 0.45**2) / 4)), 4)


def test_a_limit_takes_the_first_items_of_each_user(folder: Path) -> None:
    assert [len(log.steps) for log in load_logs(folder, limit=1)] == [4, 2]


@pytest.mark.parametrize("content", [None, b"no gzip", gzip.compress(b"{"), gzip.compress(b'{"user": 1}\n')])
def test_a_folder_without_a_log_is_refused(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / "reviews.jsonl.gz").write_bytes(content)
    with pytest.raises(UsageError, match="log of reviews"):
        load_logs(tmp_path)


@pytest.mark.shared
def test_defaults_score_as_the_data_set_says(shared_data: Path) -> None:
    report: Any = evaluate_memory(shared_data / "supermemo_revlogs", limit=80, progress=lambda _: None)
    assert report["log_loss"] <= report["defaults"]["log_loss"]
    assert set(report["users"]) >= {"u08"}
    assert report["package"] == report["defaults"]
