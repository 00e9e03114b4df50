"""Identifiers: RFC 9562 version 7, in the order of time."""

from datetime import UTC, datetime, timedelta
from uuid import RFC_4122

from hypothesis import given
from hypothesis import strategies as st

from engine.ids import uuid7

MILLISECOND = timedelta(milliseconds=1)
MOMENTS = st.integers(min_value=0, max_value=10**14).map(
    lambda ms: datetime(1970, 1, 1, tzinfo=UTC) + ms * MILLISECOND
)
RANDOM = st.binary(min_size=10, max_size=10)


@given(MOMENTS, RANDOM)
def test_version_and_variant_are_always_set(now: datetime, noise: bytes) -> None:
    made = uuid7(now, random_bytes=lambda _: noise)
    assert (made.version, made.variant) == (7, RFC_4122)


@given(MOMENTS, st.integers(min_value=1, max_value=10**12), RANDOM, RANDOM)
def test_a_later_one_sorts_later_as_number_bytes_and_text(
    now: datetime, gap: int, noise: bytes, other: bytes
) -> None:
    first = uuid7(now, random_bytes=lambda _: noise)
    second = uuid7(now + gap * MILLISECOND, random_bytes=lambda _: other)
    assert first.int >> 80 < second.int >> 80
    assert first.bytes < second.bytes
    assert str(first) < str(second)


def test_many_in_one_moment_are_different() -> None:
    now = datetime(2026, 11, 25, tzinfo=UTC)
    assert len({uuid7(now) for _ in range(10_000)}) == 10_000


def test_a_clock_before_1970_still_makes_one() -> None:
    assert uuid7(datetime(1969, 7, 20, tzinfo=UTC)).version == 7
