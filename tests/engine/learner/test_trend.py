import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.learner.evidence import Evidence
from engine.learner.mastery import DAY_MS
from engine.learner.trend import Direction, mann_kendall, sessions, theil_sen, trend
from tests.engine.learner.lesson import START, evidence


def days(*shares: float, length: int = 10) -> list[Evidence]:
    """A session a day with so many right of ``length``."""
    return [
        evidence(right=number < share * length, at=START + day * DAY_MS + number * 60_000)
        for day, share in enumerate(shares)
        for number in range(length)
    ]


@pytest.mark.parametrize(
    ("shares", "direction"),
    [
        ((0.2, 0.3, 0.4, 0.5, 0.6, 0.8), Direction.IMPROVING),
        ((0.9, 0.8, 0.6, 0.5, 0.3, 0.2), Direction.DECLINING),
        ((0.5, 0.6, 0.5, 0.6, 0.5, 0.6), Direction.STEADY),
        ((0.2, 0.9), Direction.NOT_ENOUGH),
        ((), Direction.NOT_ENOUGH),
    ],
)
def test_directions(shares: tuple[float, ...], direction: Direction) -> None:
    assert trend(days(*shares)).direction is direction


def test_few_answers_say_nothing_however_steep() -> None:
    assert trend(days(0.0, 0.0, 1.0, 1.0, length=2)).direction is Direction.NOT_ENOUGH


def test_the_direction_is_that_of_the_answers_that_are_drawn() -> None:
    """Eight even sessions after three poor ones: 120 answers are drawn, and over all of them it got better."""
    found = trend(days(0.3, 0.4, 0.5, *[0.8, 0.9] * 4, length=11))
    assert len(found.average) == 121
    assert len(found.sessions) == 11
    assert found.direction is Direction.IMPROVING
    assert found.average[-1] > found.average[0]


def test_what_was_before_the_last_eight_sessions_and_120_answers_is_past() -> None:
    assert len(trend(days(*[0.5] * 20, length=30)).sessions) == 8
    assert len(trend(days(*[0.5] * 20, length=10)).sessions) == 12
    assert len(trend(days(*[0.5] * 5, length=2)).average) == 10


def test_a_session_ends_after_half_an_hour() -> None:
    pieces = [evidence(at=START), evidence(at=START + 1_000_000), evidence(at=START + 3_000_000)]
    assert [len(part) for part in sessions(pieces)] == [2, 1]


@given(st.floats(-5, 5), st.floats(-5, 5), st.integers(2, 12))
def test_a_straight_line_has_its_own_slope(start: float, slope: float, count: int) -> None:
    assert theil_sen([start + slope * step for step in range(count)]) == pytest.approx(slope, abs=1e-9)


@given(st.lists(st.floats(0, 1), min_size=2, max_size=12))
def test_going_backwards_is_as_likely_an_accident(values: list[float]) -> None:
    assert mann_kendall(values) == pytest.approx(mann_kendall(values[::-1]))
    assert 0.0 <= mann_kendall(values) <= 1.0 + 1e-12


def test_mann_kendall_agrees_with_a_worked_example() -> None:
    # S = 28, Var = 8*7*21/18 = 65.33, Z = 27/8.083 = 3.340, p = .00084
    assert mann_kendall([1, 2, 3, 4, 5, 6, 7, 8]) == pytest.approx(0.000837, abs=1e-5)


def test_one_outlier_does_not_turn_the_slope() -> None:
    assert theil_sen([0.1, 0.2, 0.3, 0.0, 0.5, 0.6]) > 0.05
