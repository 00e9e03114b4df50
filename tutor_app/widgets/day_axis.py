"""Words for the axes of a plot: days that do not crowd each other, and round numbers."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale

from tutor_app.item_models.learning_words import day_text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

_STEPS = (1, 2, 5)
_PARTS = 4
_DAYS_BETWEEN = 7


def day_marks(days: Sequence[date], *, bars: bool = False) -> list[tuple[float, str]]:
    """Where which day stands: each week's for bars, else the first of each day that is new."""
    if bars:
        return [
            ((at + 0.5) / len(days), day_text(day)) for at, day in enumerate(days) if at % _DAYS_BETWEEN == 0
        ]
    last = max(1, len(days) - 1)
    return [(at / last, day_text(day)) for at, day in enumerate(days) if at == 0 or day != days[at - 1]]


def counted_axis(most: float) -> tuple[list[tuple[float, str]], float]:
    """Round numbers up to at least ``most``, and the highest of them, at least 1."""
    step = _round_step(max(1.0, most) / _PARTS)
    top = step * max(1, math.ceil(most / step))
    marks = [(at * step / top, QLocale().toString(at * step)) for at in range(round(top / step) + 1)]
    return marks, float(top)


def _round_step(least: float) -> int:
    """The smallest of 1, 2, 5, 10, 20 … that is not below ``least``."""
    size = 1
    while True:
        for step in _STEPS:
            if step * size >= least:
                return step * size
        size *= 10
