"""Time, passed in: nothing else in the engine reads a clock."""

from datetime import UTC, datetime
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


def milliseconds(moment: datetime) -> int:
    """Milliseconds since 1970-01-01 UTC."""
    return round(moment.timestamp() * 1000)


def utc_offset_min(moment: datetime) -> int:
    """Minutes that the computer's local time is ahead of UTC at ``moment``."""
    offset = moment.astimezone().utcoffset()
    return round(offset.total_seconds() / 60) if offset else 0
