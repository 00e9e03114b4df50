"""The history by when something was last asked: pinned, today, yesterday, this week, earlier."""

from __future__ import annotations

from datetime import timedelta
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from tutor_app.services.turns import ConversationEntry

_WEEK = 7


class Age(Enum):
    """A group of the history, in its order."""

    PINNED = "pinned"
    TODAY = "today"
    YESTERDAY = "yesterday"
    WEEK = "week"
    EARLIER = "earlier"


def grouped(entries: Sequence[ConversationEntry], now: datetime) -> list[tuple[Age, list[ConversationEntry]]]:
    """``entries`` in groups, none of them empty. What a wrong clock put into the future counts as today.

    Args:
        entries: the latest first.
        now: with the time zone whose days count.
    """
    groups: dict[Age, list[ConversationEntry]] = {age: [] for age in Age}
    for entry in entries:
        groups[_age(entry, now)].append(entry)
    return [(age, found) for age, found in groups.items() if found]


def _age(entry: ConversationEntry, now: datetime) -> Age:
    if entry.pinned:
        return Age.PINNED
    day, today = entry.changed.astimezone(now.tzinfo).date(), now.date()
    if day >= today:
        return Age.TODAY
    if day == today - timedelta(days=1):
        return Age.YESTERDAY
    return Age.WEEK if today - day < timedelta(days=_WEEK) else Age.EARLIER
