"""The hybrid clock, for any behaviour of the wall clock."""

from hypothesis import given
from hypothesis import strategies as st

from engine.sync.hlc import tick

MILLISECONDS = st.integers(min_value=-(10**12), max_value=253_402_300_799_999)
CLOCK_READINGS = st.lists(MILLISECONDS, max_size=50)


@given(st.integers(min_value=0, max_value=2**62), CLOCK_READINGS)
def test_it_never_goes_back(last: int, clock: list[int]) -> None:
    for now in clock:
        following = tick(last, now)
        assert following > last
        last = following


@given(MILLISECONDS.filter(lambda now: 0 <= now < 1 << 47))
def test_it_shows_the_wall_clock_when_that_goes_forward(now: int) -> None:
    assert tick(0, now) >> 16 == now or now == 0


@given(CLOCK_READINGS)
def test_it_fits_a_signed_64_bit_integer(clock: list[int]) -> None:
    last = 0
    for now in clock:
        last = tick(last, now)
        assert 0 < last < 1 << 63


def test_a_clock_set_back_continues_by_counting() -> None:
    ahead = tick(0, 2_000_000)
    assert [tick(ahead, 1_000_000), tick(ahead + 1, 1_000_000)] == [ahead + 1, ahead + 2]


def test_more_events_in_a_millisecond_than_the_counter_holds_go_on() -> None:
    last = tick(0, 1000)
    for _ in range(70_000):
        last = tick(last, 1000)
    assert last >> 16 == 1001
    assert tick(last, 1002) == 1002 << 16
