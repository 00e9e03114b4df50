from hypothesis import given
from hypothesis import strategies as st

from engine.learner.fsrs6 import DAY_MS, Rating, fsrs6
from engine.learner.imported_memory import memory_from_interval, memory_from_reviews

MODEL = fsrs6()
NOW = 1_780_000_000_000


def test_a_log_of_reviews_gives_the_memory_that_it_would_have_here() -> None:
    reviews = [(NOW + 3 * DAY_MS, Rating.GOOD), (NOW, Rating.GOOD), (NOW + 12 * DAY_MS, Rating.AGAIN)]
    memory = memory_from_reviews(reviews, MODEL)
    assert memory is not None
    assert (memory.reps, memory.lapses, memory.last) == (3, 1, NOW + 12 * DAY_MS)
    assert memory_from_reviews([*reviews, reviews[0]], MODEL) == memory
    assert memory_from_reviews([], MODEL) is None


@given(st.floats(1, 400), st.floats(1.3, 3.5))
def test_a_card_without_a_log_is_recalled_at_nine_tenths_when_its_interval_ends(
    days: float, ease: float
) -> None:
    memory = memory_from_interval(days, ease, MODEL, last=NOW)
    assert abs(MODEL.recall(memory.stability, days) - 0.9) < 1e-9
    assert 1 <= memory.difficulty <= 10


def test_an_easier_card_gets_a_lower_difficulty_and_grows_by_its_ease() -> None:
    hard, usual = (memory_from_interval(10, ease, MODEL, last=NOW) for ease in (1.3, 2.5))
    grown = MODEL.review(usual, Rating.GOOD, at=NOW + 10 * DAY_MS, seen=NOW + 10 * DAY_MS)
    assert usual.difficulty < hard.difficulty
    assert abs(grown.stability / usual.stability - 2.5) < 0.01
