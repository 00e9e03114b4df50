"""Evidence by local day: each answer counts for the day that the learner's clock showed then, summer time or not."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from engine.clock import utc_offset_min
from tutor_app.services.learning_facts import PractisedDay

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from engine.learner.evidence import Evidence


class LocalDays:
    """Days as the learner's clock has them.

    Args:
        now: the time.
        utc_offset: minutes that local time is ahead of UTC at a moment.

    Attributes:
        today: the day that it is.
    """

    def __init__(self, now: datetime, utc_offset: Callable[[datetime], int] = utc_offset_min) -> None:
        self._utc_offset = utc_offset
        self.today = self._date(now)

    def day(self, at: int) -> date:
        """The day of a time, in milliseconds since 1970-01-01 UTC."""
        return self._date(datetime.fromtimestamp(at / 1000, UTC))

    def last(self, evidence: Iterable[Evidence], count: int) -> tuple[PractisedDay, ...]:
        """The last ``count`` days with what was done on each, today last."""
        first = self.today - timedelta(count - 1)
        seconds, questions = [0.0] * count, [0] * count
        for piece in evidence:
            at = (self.day(piece.at) - first).days
            if 0 <= at < count:
                seconds[at] += piece.seconds
                questions[at] += 1
        return tuple(
            PractisedDay(first + timedelta(at), seconds[at] / 60, questions[at]) for at in range(count)
        )

    def _date(self, moment: datetime) -> date:
        return (moment + timedelta(minutes=self._utc_offset(moment))).date()
