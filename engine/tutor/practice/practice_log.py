"""The log of practice as other programs want it: what happened, in order, without what does not count.

Voided questions are left out whole, as if they had not been. An answer's words are not in events, and so not here.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from engine.storage.sqlite import Connection
from engine.sync.event_types import Envelope
from engine.sync.hlc import reading_ms
from engine.sync.practice_events import AttemptGraded, HintShown, QuestionClosed, QuestionPosed
from engine.tutor.practice.learning_log import read_body, voided

_KINDS = frozenset({QuestionPosed.kind, AttemptGraded.kind, HintShown.kind, QuestionClosed.kind})


@dataclass(frozen=True, slots=True)
class Happened:
    """One event of practice.

    Attributes:
        id: UUID of the event.
        device: of the event, in hexadecimal.
        at: when.
        kind: as in ``engine.sync.practice_events``.
        body: what is told of it.
        posed: the body of the ``question.posed`` of its question.
    """

    id: str
    device: str
    at: datetime
    kind: str
    body: Mapping[str, Any]
    posed: Mapping[str, Any]


def happened(connection: Connection, events: Iterable[Envelope]) -> Iterator[Happened]:
    """What counts of ``events``, in the order of the log. Events whose question is not in the log are left out."""
    void = voided(connection)
    posed: dict[str, Mapping[str, Any]] = {}
    for event in events:
        if event.kind not in _KINDS:
            continue
        body = read_body(event.kind, event.v, event.body) or {}
        question = body.get("question")
        if not isinstance(question, str) or question in void:
            continue
        if event.kind == QuestionPosed.kind:
            posed[question] = body
        if question in posed:
            at = datetime.fromtimestamp(reading_ms(event.hlc) / 1000, UTC)
            yield Happened(str(event.id), event.dev.hex(), at, event.kind, body, posed[question])
