"""Reads what was learned out of the event log: the evidence that counts, in the order of the log.

A voided question is left out as if it had never been, unless it was restored after that. The order is that of the
log (hybrid clock, device, number), the same on every device that has the same events.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from engine.learner.evidence import Evidence, Purpose, SkillResult
from engine.storage.sqlite import Connection
from engine.sync.practice_events import (
    MemoryImported,
    PlanChanged,
    QuestionClosed,
    QuestionRestored,
    QuestionVoided,
)

_KINDS = (
    f"('{QuestionClosed.kind}', '{QuestionVoided.kind}', '{QuestionRestored.kind}', '{MemoryImported.kind}')"
)
_ORDER = "ORDER BY hlc, dev, seq, id"


@dataclass(frozen=True, slots=True)
class Position:
    """A place in the log: everything up to and with this event."""

    hlc: int
    dev: bytes
    seq: int
    id: bytes


@dataclass(frozen=True, slots=True)
class ImportedMemory:
    """What another program knew of a card: see ``engine.learner.memory``."""

    pack: str
    item: str
    memory: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Learned:
    """One thing that counts, and where it stands in the log."""

    position: Position
    what: Evidence | ImportedMemory


def learned(connection: Connection, after: Position | None = None) -> Iterator[Learned]:
    """What counts after ``after`` (from the beginning for None), in order. Fetches everything at once."""
    void = voided(connection)
    where = "AND (hlc, dev, seq, id) > (?, ?, ?, ?)" if after else ""
    rows = connection.execute(
        f"SELECT hlc, dev, seq, id, kind, body FROM events WHERE kind IN {_KINDS} {where} {_ORDER}",  # noqa: S608
        (after.hlc, after.dev, after.seq, after.id) if after else (),
    ).fetchall()
    for hlc, dev, seq, identifier, kind, text in rows:
        if kind not in (QuestionClosed.kind, MemoryImported.kind):
            continue
        body = json.loads(text)
        what: Evidence | ImportedMemory
        if kind == QuestionClosed.kind:
            if body["question"] in void:
                continue
            what = read_evidence(body)
        else:
            what = ImportedMemory(body["pack"], body["item"], body["memory"])
        yield Learned(Position(hlc, dev, seq, identifier), what)


def count_up_to(connection: Connection, position: Position) -> int:
    """How many events of learning there are up to and with ``position``; tells whether earlier ones came in since."""
    found: tuple[int] = connection.execute(
        f"SELECT count(*) FROM events WHERE kind IN {_KINDS} AND (hlc, dev, seq, id) <= (?, ?, ?, ?)",  # noqa: S608
        (position.hlc, position.dev, position.seq, position.id),
    ).fetchone()
    return found[0]


def voided(connection: Connection) -> frozenset[str]:
    """Ids of the questions that do not count."""
    rows = connection.execute(
        f"SELECT kind, body FROM events WHERE kind IN (?, ?) {_ORDER}",  # noqa: S608 - a constant
        (QuestionVoided.kind, QuestionRestored.kind),
    ).fetchall()
    void: set[str] = set()
    for kind, text in rows:
        question = json.loads(text)["question"]
        if kind == QuestionVoided.kind:
            void.add(question)
        else:
            void.discard(question)
    return frozenset(void)


def read_evidence(body: Mapping[str, Any]) -> Evidence:
    """The evidence in the body of a ``question.closed`` event."""
    return Evidence(
        question=body["question"],
        at=body["at"],
        pack=body["pack"],
        item=body["item"],
        results=tuple(SkillResult(skill, float(credit), first) for skill, credit, first in body["results"]),
        difficulty=float(body["difficulty"]),
        guess=float(body["guess"]),
        purpose=Purpose(body["purpose"]),
        seconds=float(body["seconds"]),
        expected_s=float(body["expected_s"]),
        level=body["level"],
        attempts=body["attempts"],
        weight=float(body["weight"]),
        misconceptions=tuple(body["misconceptions"]),
        interleaved=body["interleaved"],
    )


def latest_evidence(connection: Connection, limit: int, *, pack: str = "") -> list[Evidence]:
    """The evidence that was closed last and counts, oldest first; of ``pack`` only, if it is given."""
    void = voided(connection)
    rows = connection.execute(
        "SELECT body FROM events WHERE kind = ? AND (? = '' OR json_extract(body, '$.pack') = ?)"
        " ORDER BY hlc DESC, dev DESC, seq DESC, id DESC LIMIT ?",
        (QuestionClosed.kind, pack, pack, limit + len(void)),
    ).fetchall()
    counting = [body for (text,) in rows if (body := json.loads(text))["question"] not in void]
    return [read_evidence(body) for body in reversed(counting[:limit])]


def latest_plan(connection: Connection) -> Mapping[str, Any] | None:
    """The body of the last ``plan.changed``; None where nothing was planned."""
    row = connection.execute(
        "SELECT body FROM events WHERE kind = ? ORDER BY hlc DESC, dev DESC, seq DESC, id DESC LIMIT 1",
        (PlanChanged.kind,),
    ).fetchone()
    return json.loads(row[0]) if row else None
