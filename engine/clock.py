"""Time, passed in: nothing else in the engine reads a clock."""

from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """A source of the current time."""

    def now(self) -> datetime:
        """The current time, in UTC."""
        ...


class SystemClock:
    """The computer's clock."""

    def now(self) -> datetime:
        """The current time, in UTC."""
        return datetime.now(UTC)


class ShiftedClock:
    """The computer's clock, moved: a test of what happens tomorrow does not wait for it.

    Args:
        ahead: how far it is ahead of the computer's.
    """

    def __init__(self, ahead: timedelta) -> None:
        self._ahead = ahead

    def now(self) -> datetime:
        """The current time, in UTC."""
        return datetime.now(UTC) + self._ahead


def milliseconds(moment: datetime) -> int:
    """Milliseconds since 1970-01-01 UTC."""
    return round(moment.timestamp() * 1000)


def utc_offset_min(moment: datetime) -> int:
    """Minutes that the computer's local time is ahead of UTC at ``moment``."""
    offset = moment.astimezone().utcoffset()
    return round(offset.total_seconds() / 60) if offset else 0
