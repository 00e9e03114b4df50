"""What an event may tell: an allow-list, applied before the event is stored.

A field that is not on the list, or whose value is not of the listed shape, is left out. No shape lets a
sentence through: text is an id or one of a few words, without white space.
"""

import re
from collections.abc import Callable
from typing import TypeGuard

from engine.errors import BugError
from engine.sync.event_types import AnswerGiven, Body, QuestionAsked, Value
from engine.types import Act, AnswerMode, TurnStatus

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:+-]{0,127}")
_MODEL = re.compile(r"[A-Za-z0-9][\w.-]{0,63}(/[\w.-]{1,63})?(:[\w.-]{1,31})?", re.ASCII)  # never a path
_MOST_CITED = 64

Shape = Callable[[Value], bool]


def _one_of(*words: str) -> Shape:
    return lambda value: isinstance(value, str) and value in words


def _is_id(value: Value) -> TypeGuard[str]:
    return isinstance(value, str) and _ID.fullmatch(value) is not None


def _is_model(value: Value) -> bool:
    return isinstance(value, str) and _MODEL.fullmatch(value) is not None


def _is_duration(value: Value) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value < 1e9


def _is_cited(value: Value) -> bool:
    return (
        isinstance(value, list)
        and len(value) <= _MOST_CITED
        and all(len(pair) == 2 and all(_is_id(part) for part in pair) for pair in value)
    )


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
}


def redacted(kind: str, body: Body) -> dict[str, Value]:
    """The part of ``body`` that may be stored and, later, leave the device."""
    if kind not in _ALLOWED:
        raise BugError(f"there is no allow-list for events of the kind {kind!r}")
    shapes = _ALLOWED[kind]
    return {name: value for name, value in body.items() if name in shapes and shapes[name](value)}
