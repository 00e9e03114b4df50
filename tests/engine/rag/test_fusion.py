import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.rag.fusion import fuse, z_scores

numbers = st.lists(st.floats(-1000, 1000, width=32), min_size=1, max_size=40)


@given(numbers, st.floats(0.125, 8, width=32), st.floats(-100, 100, width=32))
def test_the_scale_of_a_feature_does_not_matter(values: list[float], scale: float, shift: float) -> None:
    raw = np.array(values, dtype=np.float32)
    if raw.std() < 0.1:
        return
    assert np.allclose(z_scores(raw), z_scores(raw * np.float32(scale) + np.float32(shift)), atol=0.02)


@given(numbers)
def test_one_feature_alone_keeps_its_order(values: list[float]) -> None:
    raw = np.array(values, dtype=np.float32)
    fused = fuse({"words": raw}, {"words": 2.0})
    order = np.argsort(raw, kind="stable")
    assert np.all(np.diff(fused[order]) >= -1e-5)


def test_features_that_are_all_alike_decide_nothing() -> None:
    same = np.full(3, 7, dtype=np.float32)
    other = np.array([1, 3, 2], dtype=np.float32)
    assert fuse({"a": same, "b": other}, {"a": 5.0, "b": 1.0}) == pytest.approx(z_scores(other))


def test_a_feature_without_a_weight_does_not_count() -> None:
    values = np.array([1, 2], dtype=np.float32)
    assert fuse({"a": values}, {}).tolist() == [0, 0]
