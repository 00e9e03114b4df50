"""What an event may tell: an allow-list, applied before the event is stored.

A field that is not on the list, or whose value is not of the listed shape, is left out. No shape lets a
sentence through: text is an id or one of a few words, without white space.
"""

import re
from collections.abc import Callable
from datetime import date
from typing import TypeGuard

from engine.answers.verdict import Flaw, Outcome
from engine.errors import BugError
from engine.learner.evidence import Purpose
from engine.sync.event_types import AnswerGiven, Body, QuestionAsked
from engine.sync.practice_events import (
    AttemptGraded,
    DecisionMade,
    Ending,
    HintShown,
    ItemJudged,
    Judgement,
    MemoryImported,
    PlanChanged,
    PracticeMode,
    QuestionClosed,
    QuestionPosed,
    QuestionRestored,
    QuestionVoided,
    VoidReason,
)
from engine.types import Act, AnswerMode, TurnStatus

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:+-]{0,127}")
_MODEL = re.compile(r"[A-Za-z0-9][\w.-]{0,63}(/[\w.-]{1,63})?(:[\w.-]{1,31})?", re.ASCII)  # never a path
_MOST_CITED = 64
_MOST_SKILLS = 32
_DEEPEST = 5
_LONGEST = 2000

Shape = Callable[[object], bool]


def _one_of(*words: str) -> Shape:
    return lambda value: isinstance(value, str) and value in words


def _is_id(value: object) -> TypeGuard[str]:
    return isinstance(value, str) and _ID.fullmatch(value) is not None


def _is_model(value: object) -> bool:
    return isinstance(value, str) and _MODEL.fullmatch(value) is not None


def _is_duration(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value < 1e9


def _is_cited(value: object) -> bool:
    return (
        isinstance(value, list)
        and len(value) <= _MOST_CITED
        and all(isinstance(pair, list) and len(pair) == 2 and all(map(_is_id, pair)) for pair in value)
    )


def _is_number(value: object) -> TypeGuard[float]:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) < 1e15


def _is_share(value: object) -> bool:
    return _is_number(value) and 0 <= value <= 1


def _is_yes_or_no(value: object) -> bool:
    return isinstance(value, bool)


def _is_results(value: object) -> bool:
    return (
        isinstance(value, list)
        and len(value) <= _MOST_SKILLS
        and all(
            isinstance(row, list)
            and len(row) == 3
            and (_is_id(row[0]) and _is_share(row[1]) and _is_yes_or_no(row[2]))
            for row in value
        )
    )


def _are_ids(value: object) -> bool:
    return isinstance(value, list) and len(value) <= _MOST_SKILLS and all(map(_is_id, value))


def _are_weekdays(value: object) -> bool:
    return isinstance(value, list) and all(
        type(day) is int and day in range(7) and value.count(day) == 1 for day in value
    )


def _is_day(value: object) -> bool:
    try:
        return isinstance(value, str) and date.fromisoformat(value) is not None
    except ValueError:
        return False


def _is_facts(value: object, depth: int = 0) -> bool:
    """Ids and numbers, in lists and mappings: nothing that could hold a sentence."""
    if isinstance(value, dict):
        return (
            depth < _DEEPEST
            and len(value) <= _LONGEST
            and all(_is_id(name) and _is_facts(part, depth + 1) for name, part in value.items())
        )
    if isinstance(value, list):
        return (
            depth < _DEEPEST and len(value) <= _LONGEST and all(_is_facts(part, depth + 1) for part in value)
        )
    return value is None or value == "" or isinstance(value, bool) or _is_number(value) or _is_id(value)


_WHERE: dict[str, Shape] = {"conversation": _is_id, "turn": _is_id, "mode": _one_of(*AnswerMode)}
_ALLOWED: dict[str, dict[str, Shape]] = {
    QuestionAsked.kind: _WHERE,
    AnswerGiven.kind: {
        **_WHERE,
        "status": _one_of(*TurnStatus),
        "act": _one_of(*Act),
        "model": _is_model,
        "cited": _is_cited,
        "retrieve_ms": _is_duration,
        "first_sentence_ms": _is_duration,
        "total_ms": _is_duration,
    },
    QuestionPosed.kind: {
        "question": _is_id,
        "pack": _is_id,
        "item": _is_id,
        "seed": _is_number,
        "purpose": _one_of(*Purpose),
        "mode": _one_of(*PracticeMode),
    },
    AttemptGraded.kind: {
        "question": _is_id,
        "step": _is_id,
        "n": _is_number,
        "outcome": _one_of(*Outcome),
        "flaw": _one_of(*Flaw),
        "misconception": _is_id,
        "seconds": _is_duration,
    },
    HintShown.kind: {"question": _is_id, "step": _is_id, "level": _is_number},
    QuestionClosed.kind: {
        "question": _is_id,
        "ending": _one_of(*Ending),
        "at": _is_number,
        "pack": _is_id,
        "item": _is_id,
        "results": _is_results,
        "difficulty": _is_number,
        "guess": _is_share,
        "purpose": _one_of(*Purpose),
        "seconds": _is_duration,
        "expected_s": _is_duration,
        "level": _is_number,
        "attempts": _is_number,
        "weight": _is_share,
        "misconceptions": _are_ids,
        "interleaved": _is_yes_or_no,
    },
    QuestionVoided.kind: {
        "question": _is_id,
        "by": _one_of("learner", "teacher"),
        "reason": _one_of(*VoidReason),
    },
    QuestionRestored.kind: {"question": _is_id},
    ItemJudged.kind: {
        "pack": _is_id,
        "item": _is_id,
        "judgement": _one_of(*Judgement),
        "by": _one_of("learner", "teacher"),
    },
    DecisionMade.kind: {"question": _is_id, "decision": _is_facts},
    PlanChanged.kind: {"days": _are_weekdays, "minutes": _is_duration, "exam": _is_day},
    MemoryImported.kind: {"pack": _is_id, "item": _is_id, "memory": _is_facts},
}


def redacted(kind: str, body: Body) -> dict[str, object]:
    """The part of ``body`` that may be stored and, later, leave the device."""
    if kind not in _ALLOWED:
        raise BugError(f"there is no allow-list for events of the kind {kind!r}")
    shapes = _ALLOWED[kind]
    return {name: value for name, value in body.items() if name in shapes and shapes[name](value)}
