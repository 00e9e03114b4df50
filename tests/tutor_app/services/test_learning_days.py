"""Evidence by local day."""

from __future__ import annotations

from datetime import UTC, date, datetime

from engine.clock import milliseconds
from engine.learner.evidence import Evidence, Purpose
from tutor_app.services.learning_days import LocalDays


def evidence(moment: datetime, seconds: float = 60) -> Evidence:
    return Evidence("q", milliseconds(moment), "p", "i", (), 0.0, 0.0, Purpose.LEARN, seconds, 60.0)


def summer_time(moment: datetime) -> int:
    """Two hours ahead of UTC until the last Sunday of October, one after it."""
    return 120 if moment < datetime(2026, 10, 25, 1, tzinfo=UTC) else 60


def test_a_day_ends_at_local_midnight() -> None:
    days = LocalDays(datetime(2026, 11, 4, 12, tzinfo=UTC), lambda _: -300)
    assert days.day(milliseconds(datetime(2026, 11, 4, 4, 59, tzinfo=UTC))) == date(2026, 11, 3)
    assert days.day(milliseconds(datetime(2026, 11, 4, 5, 0, tzinfo=UTC))) == date(2026, 11, 4)


def test_each_answer_counts_by_the_clock_of_its_own_time() -> None:
    days = LocalDays(datetime(2026, 10, 26, 12, tzinfo=UTC), summer_time)
    assert days.day(milliseconds(datetime(2026, 10, 24, 22, 30, tzinfo=UTC))) == date(2026, 10, 25)
    assert days.day(milliseconds(datetime(2026, 10, 25, 22, 30, tzinfo=UTC))) == date(2026, 10, 25)


def test_the_last_days_end_today_and_leave_out_what_is_older() -> None:
    days = LocalDays(datetime(2026, 11, 4, 12, tzinfo=UTC), lambda _: 0)
    found = days.last(
        [
            evidence(datetime(2026, 11, 1, 12, tzinfo=UTC)),
            evidence(datetime(2026, 11, 3, 12, tzinfo=UTC), 90),
            evidence(datetime(2026, 11, 3, 13, tzinfo=UTC), 30),
        ],
        3,
    )
    assert [(one.day.day, one.minutes, one.questions) for one in found] == [(2, 0, 0), (3, 2, 2), (4, 0, 0)]
