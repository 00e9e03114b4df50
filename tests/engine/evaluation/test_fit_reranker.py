import numpy as np
import pytest

from engine.evaluation.fit_reranker import Lists, auroc, folds, logistic


def test_the_feature_that_tells_gets_the_weight() -> None:
    rng = np.random.default_rng(1)
    lists = Lists()
    for _ in range(200):
        right = np.zeros(6, dtype=bool)
        right[rng.integers(6)] = True
        rows = rng.standard_normal((6, 2))
        rows[right, 0] += 2
        lists.add(rows, right)
    weights = lists.fit()
    assert weights[0] > 1
    assert abs(weights[1]) < 0.3


def test_a_list_with_nothing_right_teaches_nothing() -> None:
    lists = Lists()
    lists.add(np.zeros((3, 2)), np.zeros(3, dtype=bool))
    assert lists.rows == []


def test_probabilities_are_calibrated() -> None:
    rng = np.random.default_rng(2)
    rows = rng.standard_normal((4000, 1)) * 5 + 20
    labels = (rng.random(4000) < 1 / (1 + np.exp(-(rows[:, 0] - 20)))).astype(float)
    weight, constant = logistic(rows, labels)
    assert weight == pytest.approx(1, abs=0.15)
    assert constant / weight == pytest.approx(-20, abs=0.5)


def test_auroc() -> None:
    assert auroc([0.1, 0.2, 0.8, 0.9], [False, False, True, True]) == 1
    assert auroc([0.9, 0.2, 0.8, 0.1], [False, True, False, True]) == 0
    assert auroc([0.5, 0.5, 0.5], [False, True, True]) == 0.5


def test_an_article_falls_into_one_fold() -> None:
    groups = [f"article-{number % 7}" for number in range(50)]
    found = folds(groups)
    assert all(
        len({fold for fold, own in zip(found, groups, strict=True) if own == group}) == 1 for group in groups
    )
