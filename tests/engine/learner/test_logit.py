import math

from hypothesis import given
from hypothesis import strategies as st

from engine.learner.logit import clipped_logit, sigmoid


@given(st.floats(-1000, 1000))
def test_any_logit_is_a_probability(logit: float) -> None:
    assert 0.0 <= sigmoid(logit) <= 1.0
    assert math.isclose(sigmoid(logit) + sigmoid(-logit), 1.0)


@given(st.floats(-3.9, 3.9))
def test_the_logit_undoes_the_sigmoid(logit: float) -> None:
    assert math.isclose(clipped_logit(sigmoid(logit)), logit, abs_tol=1e-9)


def test_certainty_is_clipped() -> None:
    assert clipped_logit(0.0) == -4.0
    assert clipped_logit(1.0) == 4.0
