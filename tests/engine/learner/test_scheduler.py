from hypothesis import given
from hypothesis import strategies as st

from engine.learner.fsrs6 import DAY_MS, NIGHT_MS, Memory, elapsed_days, fsrs6
from engine.learner.scheduler import Card, CardKind, ReviewPlan, due_at, interval_days

NOW = 1_780_000_000_000
MODEL = fsrs6()

cards = st.integers(0, 10_000).map(lambda number: Card(CardKind.ITEM, "pack", f"item{number}"))
stabilities = st.floats(0.001, 5000)
times = st.integers(NOW - 400 * DAY_MS, NOW)


def remembered(stability: float, last: int) -> Memory:
    return Memory(stability, 5.0, last, last)


@given(cards, stabilities, times)
def test_a_due_review_counts_as_at_least_one_day_later(card: Card, stability: float, last: int) -> None:
    memory = remembered(stability, last)
    due = due_at(card, memory, ReviewPlan(), model=MODEL, now=NOW)
    assert elapsed_days(memory, due) >= 1


@given(cards, stabilities, times)
def test_fuzz_stays_near_the_interval(card: Card, stability: float, last: int) -> None:
    days = interval_days(stability, 0.9, MODEL)
    due = due_at(card, remembered(stability, last), ReviewPlan(), model=MODEL, now=NOW)
    moved = (due + NIGHT_MS - last) // DAY_MS - days
    assert abs(moved) <= (0 if days < 2.5 else 1 + 0.15 * 4.5 + 0.1 * 13 + 0.05 * days + 1)


def test_fuzz_spreads_cards_that_were_learned_together() -> None:
    plan = ReviewPlan()
    dues = {
        due_at(Card(CardKind.ITEM, "p", str(number)), remembered(30.0, NOW), plan, model=MODEL, now=NOW)
        for number in range(100)
    }
    assert len(dues) == 7


def test_the_same_card_is_due_at_the_same_time_on_every_device() -> None:
    card = Card(CardKind.SKILL, "org.physics", "speed")
    due = due_at(card, remembered(40.0, NOW), ReviewPlan(), model=MODEL, now=NOW)
    assert due == NOW + 39 * DAY_MS - NIGHT_MS


@given(cards, stabilities, times, st.integers(1, 60))
def test_no_interval_is_longer_than_the_longest(card: Card, stability: float, last: int, most: int) -> None:
    plan = ReviewPlan(longest_days=most)
    due = due_at(card, remembered(stability, last), plan, model=MODEL, now=NOW)
    assert due <= last + most * DAY_MS


@given(cards, stabilities, times, st.integers(1, 500 * 24))
def test_no_review_is_put_off_beyond_the_exam(card: Card, stability: float, last: int, hours: int) -> None:
    plan = ReviewPlan(exam=NOW + hours * DAY_MS // 24)
    due = due_at(card, remembered(stability, last), plan, model=MODEL, now=NOW)
    assert plan.exam is not None
    assert due <= plan.exam
    assert due <= due_at(card, remembered(stability, last), ReviewPlan(), model=MODEL, now=NOW)


@given(cards)
def test_in_the_last_fourteen_days_reviews_come_as_soon_as_more_recall_is_wanted(card: Card) -> None:
    memory, exam = remembered(12.0, NOW), NOW + 17 * DAY_MS
    days = (due_at(card, memory, ReviewPlan(exam=exam), model=MODEL, now=NOW) + NIGHT_MS - NOW) // DAY_MS
    wanted = {day: 0.9 + 0.05 * max(0, 1 - (17 - day) / 14) for day in range(1, 18)}
    assert days == next(day for day in wanted if MODEL.recall(12.0, day) <= wanted[day])
    assert days < interval_days(12.0, 0.9, MODEL)


def test_last_looks_before_an_exam_do_not_fall_on_one_day() -> None:
    plan = ReviewPlan(exam=NOW + 60 * DAY_MS)
    days = {
        (plan.exam - due_at(Card(CardKind.ITEM, "p", str(number)), memory, plan, model=MODEL, now=NOW))
        // DAY_MS
        for number in range(200)
        for memory in [remembered(2000.0, NOW)]
        if plan.exam is not None
    }
    assert days == {1, 2, 3, 4, 5, 6, 7}


def test_an_exam_that_has_begun_no_longer_counts() -> None:
    card, memory = Card(CardKind.ITEM, "p", "i"), remembered(200.0, NOW - 5 * DAY_MS)
    past = ReviewPlan(exam=NOW - DAY_MS)
    assert due_at(card, memory, past, model=MODEL, now=NOW) == due_at(
        card, memory, ReviewPlan(), model=MODEL, now=NOW
    )


def test_little_time_makes_intervals_longer() -> None:
    assert interval_days(10.0, 0.85, MODEL) == 19


def test_a_memory_from_the_future_is_due_as_if_it_were_of_now() -> None:
    memory = remembered(10.0, NOW + 1000 * DAY_MS)
    due = due_at(Card(CardKind.ITEM, "p", "i"), memory, ReviewPlan(), model=MODEL, now=NOW)
    assert NOW < due < NOW + 20 * DAY_MS
