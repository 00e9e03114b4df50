"""Time is UTC, and milliseconds are whole."""

from datetime import UTC, datetime, timedelta, timezone

from engine.clock import ShiftedClock, SystemClock, milliseconds


def test_the_systems_clock_tells_its_zone() -> None:
    assert SystemClock().now().tzinfo is UTC


def test_a_shifted_clock_is_as_far_ahead_as_it_was_told() -> None:
    before = SystemClock().now()
    moved = ShiftedClock(timedelta(days=1)).now()
    assert before <= moved - timedelta(days=1) <= SystemClock().now()


def test_milliseconds_are_rounded_and_do_not_depend_on_the_zone() -> None:
    moment = datetime(1970, 1, 1, 0, 0, 1, 234_600, tzinfo=UTC)
    assert milliseconds(moment) == 1235
    assert milliseconds(moment.astimezone(timezone(timedelta(hours=5)))) == 1235
