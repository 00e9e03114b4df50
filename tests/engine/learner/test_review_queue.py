from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from engine.learner.fsrs6 import DAY_MS, Memory, Rating, fsrs6
from engine.learner.review_queue import Reviewable, Routine, Schedule, coming, forecast, today
from engine.learner.scheduler import Card, CardKind, ReviewPlan, due_at

MONDAY_NOON = 1_780_315_200_000  # 2026-06-01T12:00Z
MODEL = fsrs6()
SCHEDULE = Schedule(ReviewPlan(), MODEL, Routine(minutes=10))


def reviewable(name: str, *, ago: float, stability: float = 5.0, centrality: float = 1.0) -> Reviewable:
    last = MONDAY_NOON - round(ago * DAY_MS)
    memory = Memory(stability, 5.0, last, last)
    return Reviewable(Card(CardKind.SKILL, "pack", name), memory, centrality, seconds=60)


def overdue(count: int, ago: float = 40) -> list[Reviewable]:
    return [reviewable(f"skill{number:03}", ago=ago + number / 10) for number in range(count)]


def names(reviews: tuple[Reviewable, ...]) -> list[str]:
    return [one.card.id for one in reviews]


boards = st.lists(
    st.builds(
        reviewable,
        st.integers(0, 999).map(str),
        ago=st.floats(-3, 300),
        stability=st.floats(0.1, 200),
        centrality=st.floats(0.1, 5),
    ),
    max_size=30,
    unique_by=lambda one: one.card.id,
)


def test_the_most_forgotten_come_first_and_what_is_not_due_does_not_come() -> None:
    board = [reviewable("fresh", ago=1), reviewable("old", ago=40), reviewable("older", ago=80)]
    assert names(today(board, SCHEDULE, now=MONDAY_NOON).reviews) == ["older", "old"]


def test_a_central_skill_comes_before_one_that_nothing_rests_on() -> None:
    board = [reviewable("edge", ago=45), reviewable("centre", ago=40, centrality=3.0)]
    assert names(today(board, SCHEDULE, now=MONDAY_NOON).reviews) == ["centre", "edge"]


def test_what_exercises_other_forgotten_skills_comes_first_of_the_due() -> None:
    alone, base = reviewable("alone", ago=42), reviewable("base", ago=40)
    both = replace(reviewable("both", ago=40), exercises=(("base", 0.5), ("gone", 1.0)))
    assert names(today([alone, base, both], SCHEDULE, now=MONDAY_NOON).reviews) == ["both", "alone", "base"]


def test_a_review_comes_early_for_what_it_exercises() -> None:
    nearly, base = reviewable("nearly", ago=4), reviewable("base", ago=40)
    assert names(today([nearly, base], SCHEDULE, now=MONDAY_NOON).reviews) == ["base"]
    covering = replace(nearly, exercises=(("base", 0.5),))
    board = [covering, base]
    assert set(names(today(board, SCHEDULE, now=MONDAY_NOON).reviews)) == {"nearly", "base"}
    assert forecast(board, SCHEDULE, now=MONDAY_NOON)[0].reviews == 2
    fresh = replace(reviewable("nearly", ago=0.1), exercises=(("base", 0.5),))
    assert names(today([fresh, base], SCHEDULE, now=MONDAY_NOON).reviews) == ["base"]


def test_the_days_minutes_are_kept_and_the_rest_waits() -> None:
    found = today(overdue(25), SCHEDULE, now=MONDAY_NOON)
    assert (len(found.reviews), found.minutes, found.waiting) == (10, 10.0, 15)
    after_seven = today(overdue(25), SCHEDULE, now=MONDAY_NOON, minutes_done=7.0)
    assert (len(after_seven.reviews), after_seven.waiting) == (3, 22)
    assert not today(overdue(25), SCHEDULE, now=MONDAY_NOON, minutes_done=10.0).reviews


def test_one_long_review_is_offered_even_if_it_takes_longer_than_the_day_has() -> None:
    short = Schedule(ReviewPlan(), MODEL, Routine(minutes=0.5))
    assert len(today(overdue(3), short, now=MONDAY_NOON).reviews) == 1


def test_a_day_that_was_not_chosen_says_so() -> None:
    not_mondays = Schedule(ReviewPlan(), MODEL, Routine(weekdays=frozenset({1, 3})))
    assert today([], SCHEDULE, now=MONDAY_NOON).chosen
    assert not today([], not_mondays, now=MONDAY_NOON).chosen


def test_local_time_decides_which_day_it_is() -> None:
    late = MONDAY_NOON + 11 * DAY_MS // 24
    assert Routine(utc_offset_min=120).day(late) == Routine().day(late) + 1
    assert Routine(utc_offset_min=120, weekdays=frozenset({1})).chosen(Routine(utc_offset_min=120).day(late))
    assert Routine(utc_offset_min=-300).end(Routine(utc_offset_min=-300).day(late)) > late


@given(boards, st.floats(0.1, 60))
def test_what_is_shown_and_what_waits_is_all_that_is_due(board: list[Reviewable], minutes: float) -> None:
    schedule = Schedule(ReviewPlan(), MODEL, Routine(minutes=minutes))
    found = today(board, schedule, now=MONDAY_NOON)
    due = {
        one.card
        for one in board
        if due_at(one.card, one.memory, ReviewPlan(), model=MODEL, now=MONDAY_NOON) <= MONDAY_NOON
    }
    assert {one.card for one in found.reviews} <= due
    assert len(found.reviews) + found.waiting == len(due)
    assert found.minutes <= minutes or len(found.reviews) == 1
    assert today(reversed(board), schedule, now=MONDAY_NOON) == found


@given(boards)
def test_a_good_review_takes_a_card_off_the_list(board: list[Reviewable]) -> None:
    for one in today(board, SCHEDULE, now=MONDAY_NOON).reviews:
        memory = MODEL.review(one.memory, Rating.GOOD, at=MONDAY_NOON, seen=MONDAY_NOON)
        assert not today([Reviewable(one.card, memory)], SCHEDULE, now=MONDAY_NOON).reviews


def test_after_a_break_the_backlog_is_spread_over_the_coming_days() -> None:
    ahead = forecast(overdue(25), SCHEDULE, now=MONDAY_NOON)
    assert [day.reviews for day in ahead[:3]] == [10, 10, 5]
    assert [day.waiting for day in ahead[:3]] == [15, 5, 0]
    assert len(ahead) == 30


def test_the_forecast_leaves_out_days_that_were_not_chosen() -> None:
    weekend = Schedule(ReviewPlan(), MODEL, Routine(minutes=10, weekdays=frozenset({5, 6})))
    ahead = forecast(overdue(5), weekend, now=MONDAY_NOON, days=7)
    assert [day.reviews for day in ahead] == [0, 0, 0, 0, 0, 5, 0]
    assert [day.waiting for day in ahead] == [5, 5, 5, 5, 5, 0, 0]


def test_the_forecast_counts_a_card_again_when_it_comes_back() -> None:
    ahead = forecast([reviewable("new", ago=2, stability=1.0)], SCHEDULE, now=MONDAY_NOON)
    assert sum(day.reviews for day in ahead) >= 2


@given(boards, st.sets(st.integers(0, 6), min_size=1), st.integers(-720, 840))
def test_the_forecast_keeps_the_routine(board: list[Reviewable], weekdays: set[int], offset: int) -> None:
    routine = Routine(minutes=5, weekdays=frozenset(weekdays), utc_offset_min=offset)
    ahead = forecast(board, Schedule(ReviewPlan(), MODEL, routine), now=MONDAY_NOON, days=14)
    assert [day.day for day in ahead] == list(range(routine.day(MONDAY_NOON), routine.day(MONDAY_NOON) + 14))
    for day in ahead:
        assert day.minutes <= 5
        assert day.reviews == 0 or routine.chosen(day.day)


@given(boards)
def test_what_comes_next_is_sorted_by_time_and_never_in_the_past(board: list[Reviewable]) -> None:
    found = coming(board, SCHEDULE, now=MONDAY_NOON)
    assert len(found) == len(board)
    assert found == sorted(found)
    assert all(at >= MONDAY_NOON for at, _ in found)
