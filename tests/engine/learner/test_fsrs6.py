import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import fsrs
import pytest
from fsrs.scheduler import DEFAULT_PARAMETERS, LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import UsageError
from engine.learner.fsrs6 import DAY_MS, DEFAULTS, Fsrs6, Memory, Rating, elapsed_days, fsrs6
from tests.engine.learner.reference_fsrs6 import reference, retrievability

START = datetime(2026, 1, 5, 9, tzinfo=UTC)
START_MS = round(START.timestamp() * 1000)
HOUR_MS = DAY_MS // 24

ratings = st.sampled_from(list(Rating))
parameter_sets = st.tuples(
    *(
        st.floats(low, high)
        for low, high in zip(LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS, strict=True)
    )
)


def close(ours: float, theirs: float) -> bool:
    return ours == pytest.approx(theirs, rel=1e-9, abs=1e-12)


def random_parameters(rng: random.Random) -> tuple[float, ...]:
    return tuple(
        min(max(value * rng.uniform(0.7, 1.3), low), high)
        for value, low, high in zip(DEFAULTS, LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS, strict=True)
    )


def test_the_defaults_are_the_packages() -> None:
    assert DEFAULTS == DEFAULT_PARAMETERS


def test_ours_the_package_and_the_reference_agree_over_4000_random_reviews() -> None:
    rng = random.Random(20260105)
    reviews = 0
    for card in range(400):
        w = DEFAULTS if card % 2 else random_parameters(rng)
        scheduler = fsrs.Scheduler(w, learning_steps=(), relearning_steps=(), enable_fuzzing=False)
        theirs = fsrs.Card(card_id=card)
        ours: Memory | None = None
        at, history = START, list[tuple[int, int]]()
        for number in range(10):
            days = rng.choice((0, 0, 1, 2, 5, 20, 300)) if number else 0
            at += timedelta(days=days, minutes=rng.randint(0, 90))
            grade = rng.randint(1, 4)
            history.append((days, grade))
            theirs, _ = scheduler.review_card(theirs, fsrs.Rating(grade), at)
            now = round(at.timestamp() * 1000)
            ours = fsrs6(w).review(ours, Rating(grade), at=now, seen=now)
            assert theirs.stability is not None
            assert theirs.difficulty is not None
            stability, difficulty = reference(w, history)
            assert close(ours.stability, theirs.stability)
            assert close(ours.stability, stability)
            assert close(ours.difficulty, theirs.difficulty)
            assert close(ours.difficulty, difficulty)
            later = rng.randint(0, 400)
            expected = scheduler.get_card_retrievability(theirs, at + timedelta(days=later))
            assert close(fsrs6(w).recall_at(ours, now + later * DAY_MS), expected)
            assert close(retrievability(w, later, stability), expected)
            reviews += 1
    assert reviews == 4000


@given(parameter_sets, st.lists(st.tuples(st.integers(0, 4000), ratings), min_size=1, max_size=12))
def test_any_allowed_parameters_give_the_packages_numbers(
    w: tuple[float, ...], history: list[tuple[int, Rating]]
) -> None:
    scheduler = fsrs.Scheduler(w, learning_steps=(), relearning_steps=(), enable_fuzzing=False)
    card, at = fsrs.Card(card_id=1), START
    memory: Memory | None = None
    for days, grade in history:
        at += timedelta(days=days)
        card, _ = scheduler.review_card(card, fsrs.Rating(grade), at)
        now = round(at.timestamp() * 1000)
        memory = Fsrs6(w).review(memory, grade, at=now, seen=now)
        assert memory.stability == pytest.approx(card.stability, rel=1e-9)
        assert memory.difficulty == pytest.approx(card.difficulty, rel=1e-9)


@pytest.mark.parametrize(("retention", "days"), [(0.80, 33), (0.85, 19), (0.90, 10), (0.95, 4)])
def test_ten_days_of_stability_give_the_published_intervals(retention: float, days: int) -> None:
    assert round(fsrs6().days_until(10.0, retention)) == days


def test_parameters_that_the_package_refuses_are_refused() -> None:
    with pytest.raises(UsageError):
        fsrs6((*DEFAULTS[:-1], 5.0))
    with pytest.raises(UsageError):
        fsrs6(DEFAULTS[:-1])


def test_a_night_between_counts_as_a_day_and_two_sessions_on_one_day_do_not() -> None:
    memory = Memory(3.0, 5.0, START_MS, START_MS)
    assert elapsed_days(memory, START_MS + 10 * HOUR_MS) == 0
    assert elapsed_days(memory, START_MS + 16 * HOUR_MS) == 1
    assert elapsed_days(memory, START_MS + 39 * HOUR_MS) == 1


@given(st.integers(-4000, 0))
def test_a_clock_set_back_counts_as_no_time(days: int) -> None:
    memory = Memory(3.0, 5.0, START_MS, START_MS)
    assert elapsed_days(memory, START_MS + days * DAY_MS) == 0


def test_time_after_a_wrong_past_is_counted_from_the_latest_time_known() -> None:
    reviewed_in_1970 = Memory(3.0, 5.0, last=0, seen=START_MS)
    assert elapsed_days(reviewed_in_1970, 2 * DAY_MS) == 2
    assert elapsed_days(reviewed_in_1970, START_MS + 3 * DAY_MS) == 3


@given(st.floats(0.1, 500), st.floats(1, 10), st.integers(1, 1000), st.floats(0, 1), st.floats(0, 1))
def test_partial_practice_lies_between_nothing_and_a_good_review(
    stability: float, difficulty: float, days: int, one: float, other: float
) -> None:
    model, memory = fsrs6(), Memory(stability, difficulty, START_MS, START_MS, 3, 1)
    at = START_MS + days * DAY_MS
    less, more = (model.practise(memory, share, at=at) for share in sorted((one, other)))
    good = model.review(memory, Rating.GOOD, at=at, seen=at)
    assert memory.stability <= less.stability <= more.stability <= good.stability * (1 + 1e-12)
    assert memory.last <= less.last <= more.last <= at
    assert (more.reps, more.lapses, more.difficulty) == (3, 1, difficulty)


def test_full_practice_is_a_good_review_that_leaves_difficulty_and_counts() -> None:
    model, memory = fsrs6(), Memory(8.0, 6.0, START_MS, START_MS)
    at = START_MS + 9 * DAY_MS
    good = model.review(memory, Rating.GOOD, at=at, seen=at)
    full = model.practise(memory, 1.0, at=at)
    assert full == replace(memory, stability=full.stability, last=at, seen=at)
    assert full.stability == pytest.approx(good.stability, rel=1e-12)


def test_practice_on_the_same_day_changes_nothing() -> None:
    memory = Memory(8.0, 6.0, START_MS, START_MS)
    assert fsrs6().practise(memory, 1.0, at=START_MS + HOUR_MS) == memory
