"""A learner's attempts as a table: one row for each answer, and one for each question that ended without one."""

import csv
from collections.abc import Iterator, Sequence
from typing import Any

from engine.sync.practice_events import AttemptGraded, HintShown, QuestionClosed
from engine.tutor.practice.practice_log import Happened

COLUMNS = (
    "time",
    "pack",
    "item",
    "skill",
    "question",
    "purpose",
    "mode",
    "step",
    "attempt",
    "outcome",
    "flaw",
    "misconception",
    "seconds",
    "hint_level",
    "ending",
    "credit",
    "first_right",
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def attempt_lines(log: Sequence[Happened]) -> Iterator[str]:
    """The table, its head first.

    Times are UTC, "seconds" of an answer since the one before; credit is that of the main skill.
    """
    table = csv.DictWriter(_Line(), COLUMNS, lineterminator="\n")
    yield table.writeheader()
    for row in _rows(log):
        yield table.writerow(row)


class _Line:
    """A file whose writer gets back what it wrote: ``csv`` returns that from each row."""

    def write(self, line: str) -> str:
        return line


def _rows(log: Sequence[Happened]) -> Iterator[dict[str, Any]]:
    closed = {it.body["question"]: it.body for it in log if it.kind == QuestionClosed.kind}
    answered = {it.body["question"] for it in log if it.kind == AttemptGraded.kind}
    levels: dict[str, int] = {}
    for it in log:
        question = it.body["question"]
        if it.kind == HintShown.kind:
            levels[question] = max(levels.get(question, 0), it.body.get("level", 0))
        elif it.kind == AttemptGraded.kind:
            yield _row(it, closed.get(question, {}), levels.get(question, 0))
        elif it.kind == QuestionClosed.kind and question not in answered:
            yield _row(it, it.body, levels.get(question, 0), attempt=False)


def _row(it: Happened, closed: Any, level: int, *, attempt: bool = True) -> dict[str, Any]:
    skill, credit, first_right = next(iter(closed.get("results", ())), ("", "", ""))
    told = {
        "step": it.body.get("step", ""),
        "attempt": it.body.get("n", ""),
        "outcome": it.body.get("outcome", ""),
        "flaw": it.body.get("flaw", ""),
        "misconception": it.body.get("misconception", ""),
        "seconds": it.body.get("seconds", ""),
    }
    row = {
        "time": it.at.isoformat(timespec="seconds"),
        **{name: it.posed.get(name, "") for name in ("pack", "item", "question", "purpose", "mode")},
        "skill": skill,
        **(told if attempt else {}),
        "hint_level": level,
        "ending": closed.get("ending", ""),
        "credit": credit,
        "first_right": first_right,
    }
    return {name: _safe(value) for name, value in row.items()}


def _safe(value: Any) -> Any:
    """A text that a spreadsheet would take for a formula gets an apostrophe before it."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
