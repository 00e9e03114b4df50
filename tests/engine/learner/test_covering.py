from hypothesis import given
from hypothesis import strategies as st

from engine.learner.covering import comes_early, lost, mended
from engine.learner.fsrs6 import DAY_MS, Memory, fsrs6

NOW = 1_780_315_200_000
MODEL = fsrs6()


def memory(days: float, stability: float = 10.0) -> Memory:
    last = NOW - round(days * DAY_MS)
    return Memory(stability, 5.0, last, last)


def test_a_tenth_is_lost_after_as_many_days_as_the_stability() -> None:
    assert abs(lost(memory(10), MODEL, NOW) - 0.1) < 1e-9


def test_a_review_mends_its_own_loss_and_a_share_of_what_it_exercises() -> None:
    assert abs(mended(0.1, [(0.2, 0.5), (0.4, 0.25)]) - 0.3) < 1e-12


def test_one_that_mends_much_comes_early_but_not_twice_within_a_day() -> None:
    assert comes_early(memory(3), 0.105, retention=0.9, now=NOW)
    assert not comes_early(memory(3), 0.095, retention=0.9, now=NOW)
    assert not comes_early(memory(0.1), 0.5, retention=0.9, now=NOW)


@given(st.floats(0, 1), st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), max_size=5))
def test_what_is_exercised_never_makes_a_review_worth_less(
    own: float, exercised: list[tuple[float, float]]
) -> None:
    assert mended(own, exercised) >= own
