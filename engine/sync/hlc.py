"""The hybrid clock of events: wall-clock time as long as it goes forward, a counter when it does not.

A reading is one integer, ``milliseconds << 16 | counter``, that sorts as an integer. Pure: the caller keeps the
last reading beside the events, in the same transaction.
"""

_COUNTER_BITS = 16
_LAST_MILLISECOND = (1 << 47) - 1  # what a signed 64-bit integer leaves room for: the year 6429


def tick(last: int, now_ms: int) -> int:
    """The next reading: later than ``last``, and at ``now_ms`` (milliseconds since 1970) if that is later.

    A clock that was set back, or has forgotten the date, continues from ``last``.
    """
    return max(min(now_ms, _LAST_MILLISECOND) << _COUNTER_BITS, last + 1)


def reading_ms(reading: int) -> int:
    """The wall-clock time of a reading, milliseconds since 1970."""
    return reading >> _COUNTER_BITS
