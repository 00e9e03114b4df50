import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.evaluation.mixed_logistic import auc, figures, fit


def test_weights_and_effects_are_found_again() -> None:
    rng = np.random.default_rng(2)
    count = 20_000
    values = np.column_stack([np.ones(count), rng.normal(size=count)])
    group = rng.integers(0, 6, count)
    effects = np.array([-1.5, -0.5, 0.0, 0.0, 0.5, 1.5])
    logits = values @ np.array([0.4, 0.8]) + effects[group]
    right = (rng.random(count) < 1 / (1 + np.exp(-logits))).astype(float)
    found = fit(values, right, [group], [7], [1.0])
    assert found.weights == pytest.approx([0.4, 0.8], abs=0.12)
    assert found.effects[0][:6] - found.effects[0][2] == pytest.approx(effects, abs=0.25)
    assert found.effects[0][6] == 0.0  # never seen


def test_a_group_seen_once_is_hardly_believed() -> None:
    values = np.ones((101, 1))
    right = np.array([1.0] * 50 + [0.0] * 51)
    group = np.array([0] * 100 + [1])
    found = fit(values, right, [group], [2], [3.0])
    assert -0.3 < found.effects[0][1] < 0.0


@given(st.lists(st.tuples(st.booleans(), st.sampled_from([0.1, 0.3, 0.5, 0.9])), min_size=1, max_size=40))
def test_auc_is_the_share_of_pairs_in_order(pairs: list[tuple[bool, float]]) -> None:
    right = np.array([float(one) for one, _ in pairs])
    chance = np.array([value for _, value in pairs])
    hits = [value for one, value in pairs if one]
    misses = [value for one, value in pairs if not one]
    if not hits or not misses:
        assert auc(right, chance) == 0.5
        return
    counted = sum((hit > miss) + 0.5 * (hit == miss) for hit in hits for miss in misses)
    assert auc(right, chance) == pytest.approx(counted / (len(hits) * len(misses)))


def test_the_figures_of_a_constant() -> None:
    found = figures(np.array([1.0, 0.0, 1.0, 0.0]), np.full(4, 0.7))
    assert found["auc"] == 0.5
    assert found["ece"] == pytest.approx(0.2)
    assert found["accuracy"] == 0.5
    assert found["log_loss"] == pytest.approx(-(np.log(0.7) + np.log(0.3)) / 2, abs=1e-4)
