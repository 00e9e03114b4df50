"""When and how much the learner wants to practise: days, minutes, an exam. Kept as an event, like all that happens."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from engine.clock import milliseconds
from engine.errors import UsageError
from engine.learner.review_queue import EVERY_DAY, Routine
from engine.learner.scheduler import ReviewPlan
from engine.storage.sqlite import Connection
from engine.tutor.practice.learning_log import plans

_MINUTES = range(5, 241)
_DEFAULT_MINUTES = 15


@dataclass(frozen=True, slots=True)
class Plan:
    """A learner's plan.

    Attributes:
        days: of the week, 0 for Monday.
        minutes: a day, 5 to 240.
        exam: the day of an exam.
    """

    days: frozenset[int] = EVERY_DAY
    minutes: int = _DEFAULT_MINUTES
    exam: date | None = None

    def __post_init__(self) -> None:
        if not self.days or not self.days <= EVERY_DAY:
            raise UsageError("At least one day is needed.", todo="Choose the days on which you practise.")
        if self.minutes not in _MINUTES:
            raise UsageError(
                f"{self.minutes} minutes a day cannot be planned.",
                todo=f"Choose from {_MINUTES[0]} to {_MINUTES[-1]} minutes.",
            )

    def routine(self, utc_offset_min: int) -> Routine:
        """The days and minutes, where local time is so many minutes ahead of UTC."""
        return Routine(float(self.minutes), self.days, utc_offset_min)

    def review_plan(self, utc_offset_min: int) -> ReviewPlan:
        """What is wanted of reviews: an exam begins at eight in the morning."""
        if self.exam is None:
            return ReviewPlan()
        begins = datetime.combine(self.exam, time(8), UTC) - timedelta(minutes=utc_offset_min)
        return ReviewPlan(exam=milliseconds(begins))


def stored_plan(connection: Connection) -> Plan:
    """The plan as it was last changed; the one that everybody starts with, if it never was."""
    return next(filter(None, map(_read, plans(connection))), Plan())


def _read(body: Mapping[str, Any]) -> Plan | None:
    """The plan in the body of a ``plan.changed``; None if there is none that can be kept to."""
    try:
        exam = body.get("exam")
        return Plan(
            frozenset(body["days"]) or EVERY_DAY,
            int(body["minutes"]),
            date.fromisoformat(exam) if exam else None,
        )
    except (KeyError, TypeError, ValueError, UsageError):
        return None
