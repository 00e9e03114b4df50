"""Reads what was learned out of the event log: the evidence that counts, in the order of the log.

A voided question is left out as if it had never been, unless it was restored after that. The order is that of the
log (hybrid clock, device, number), the same on every device that has the same events. An event that cannot be read,
because a newer program wrote it or its body is broken, is left out too: nothing else depends on it.
"""

import json
import logging
from collections.abc import Iterator, Mapping
from dataclasses import astuple, dataclass, replace
from typing import Any

from engine.learner.evidence import Evidence, Purpose, SkillResult
from engine.learner.fsrs6 import Memory
from engine.storage.sqlite import Connection
from engine.sync.practice_events import (
    AttemptGraded,
    HintShown,
    ItemJudged,
    Judgement,
    MemoryImported,
    PlanChanged,
    QuestionClosed,
    QuestionPosed,
    QuestionRestored,
    QuestionVoided,
    VoidReason,
)

_VERSIONS = {
    it.kind: it.version
    for it in (
        AttemptGraded,
        HintShown,
        ItemJudged,
        MemoryImported,
        PlanChanged,
        QuestionClosed,
        QuestionPosed,
        QuestionRestored,
        QuestionVoided,
    )
}
READS = json.dumps([sorted(_VERSIONS.items()), sorted(Purpose)])
"""Says what this program can read: another one may make more of the same log."""
_MOST = 1e9
_log = logging.getLogger(__name__)
_KINDS = (
    f"('{QuestionClosed.kind}', '{QuestionVoided.kind}', '{QuestionRestored.kind}', '{MemoryImported.kind}')"
)
_ORDER = "ORDER BY hlc, dev, seq, id"


MainSkill = tuple[str, str]
"""(pack, skill) of what a question is about."""


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
    memory: Memory


@dataclass(frozen=True, slots=True)
class LogPart:
    """A part of the log.

    Attributes:
        what: what counts in it, in order.
        position: of its last event of learning; None for an empty part.
        events: how many events of learning are in it, those that do not count included.
        skill: what the last question that counts was about, in it or before it.
    """

    what: list[Evidence | ImportedMemory]
    position: Position | None
    events: int
    skill: MainSkill | None


def log_after(
    connection: Connection,
    after: Position | None = None,
    *,
    void: frozenset[str],
    skill: MainSkill | None = None,
    most: int = -1,
) -> LogPart:
    """A part of the log.

    Args:
        connection: to the learner's database.
        after: where it begins; None for the whole log.
        void: questions that do not count.
        skill: what the last question before it was about.
        most: how many events of learning it is to hold at most; -1 for no limit.
    """
    where = "AND (hlc, dev, seq, id) > (?, ?, ?, ?)" if after else ""
    rows = connection.execute(
        f"SELECT hlc, dev, seq, id, kind, v, body FROM events WHERE kind IN {_KINDS} {where} {_ORDER}"  # noqa: S608
        " LIMIT ?",
        (*((after.hlc, after.dev, after.seq, after.id) if after else ()), most),
    ).fetchall()
    what: list[Evidence | ImportedMemory] = []
    for *_, kind, version, text in rows:
        found = _read(kind, version, text) if kind in (QuestionClosed.kind, MemoryImported.kind) else None
        if isinstance(found, Evidence):
            if found.question in void:
                continue
            found, skill = interleaved(found, skill)
        if found is not None:
            what.append(found)
    return LogPart(what, Position(*rows[-1][:4]) if rows else None, len(rows), skill)


def last_row(connection: Connection) -> int:
    """Number of the event that was stored last; it grows whenever the log does."""
    found: tuple[int] = connection.execute("SELECT coalesce(max(rowid), 0) FROM events").fetchone()
    return found[0]


def only_continues(connection: Connection, row: int, position: Position | None) -> bool:
    """Whether all events of learning that were stored after ``row`` come after ``position`` and change none before."""
    rows = connection.execute(
        f"SELECT kind, hlc, dev, seq, id FROM events WHERE rowid > ? AND +kind IN {_KINDS}",  # noqa: S608 - constants
        (row,),
    ).fetchall()
    return all(
        kind in (QuestionClosed.kind, MemoryImported.kind)
        and (position is None or tuple(place) > astuple(position))
        for kind, *place in rows
    )


def interleaved(evidence: Evidence, before: MainSkill | None) -> tuple[Evidence, MainSkill]:
    """``evidence`` with its mark for practice that is mixed, and its own main skill.

    The mark that was stored is not gone by: the question ``before`` may have been voided since.
    """
    own = evidence.pack, evidence.results[0].skill if evidence.results else ""
    mixed = before is not None and before != own
    return (evidence if mixed is evidence.interleaved else replace(evidence, interleaved=mixed)), own


def _read(kind: str, version: int, text: str) -> Evidence | ImportedMemory | None:
    body = read_body(kind, version, text)
    if body is None:
        return None
    try:
        if kind == QuestionClosed.kind:
            return read_evidence(body)
        return read_memory(body)
    except (KeyError, TypeError, ValueError) as error:
        _log.warning("an event of the kind %s is left out: %s", kind, type(error).__name__)
        return None


def read_body(kind: str, version: int, text: str) -> Mapping[str, Any] | None:
    """The body of an event; None if it is of a newer program, or broken."""
    if version > _VERSIONS.get(kind, version):
        return None
    try:
        body = json.loads(text)
    except ValueError:
        body = None
    return body if isinstance(body, dict) else None


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
        f"SELECT kind, v, body FROM events WHERE kind IN (?, ?) {_ORDER}",  # noqa: S608 - a constant
        (QuestionVoided.kind, QuestionRestored.kind),
    ).fetchall()
    void: set[str] = set()
    for kind, version, text in rows:
        question = (read_body(kind, version, text) or {}).get("question")
        if not isinstance(question, str):
            continue
        if kind == QuestionVoided.kind:
            void.add(question)
        else:
            void.discard(question)
    return frozenset(void)


def voided_because(connection: Connection, reason: VoidReason) -> frozenset[str]:
    """Ids of the questions that do not count, and were voided last for ``reason``."""
    rows = connection.execute(
        f"SELECT kind, v, body FROM events WHERE kind IN (?, ?) {_ORDER}",  # noqa: S608 - a constant
        (QuestionVoided.kind, QuestionRestored.kind),
    ).fetchall()
    reasons: dict[object, object] = {}
    for kind, version, text in rows:
        body = read_body(kind, version, text) or {}
        reasons[body.get("question")] = body.get("reason") if kind == QuestionVoided.kind else None
    return frozenset(it for it, why in reasons.items() if isinstance(it, str) and why == reason.value)


def judgements(connection: Connection, pack: str) -> Mapping[str, Judgement]:
    """What people said of the automatic items of ``pack``, by item; what was said last holds."""
    rows = connection.execute(
        f"SELECT v, body FROM events WHERE kind = ? {_ORDER}",  # noqa: S608 - a constant
        (ItemJudged.kind,),
    ).fetchall()
    found: dict[str, Judgement] = {}
    for version, text in rows:
        body = read_body(ItemJudged.kind, version, text) or {}
        item, judgement = body.get("item"), body.get("judgement")
        if body.get("pack") == pack and isinstance(item, str) and judgement in set(Judgement):
            found[item] = Judgement(judgement)
    return found


def read_evidence(body: Mapping[str, Any]) -> Evidence:
    """The evidence in the body of a ``question.closed`` event.

    Raises:
        KeyError, TypeError, ValueError: the body is broken, or tells what this program does not know.
    """
    question, pack, item = body["question"], body["pack"], body["item"]
    results = [SkillResult(skill, float(credit), bool(right)) for skill, credit, right in body["results"]]
    found = Evidence(
        question=question,
        at=int(body["at"]),
        pack=pack,
        item=item,
        results=tuple(results),
        difficulty=float(body["difficulty"]),
        guess=float(body["guess"]),
        purpose=Purpose(body["purpose"]),
        seconds=float(body["seconds"]),
        expected_s=float(body["expected_s"]),
        level=int(body["level"]),
        attempts=int(body["attempts"]),
        weight=float(body["weight"]),
        misconceptions=tuple(body["misconceptions"]),
        interleaved=body["interleaved"] is True,
    )
    if not (type(question) is type(pack) is type(item) is str):
        raise ValueError("not an id")
    numbers = found.difficulty + found.guess + found.seconds + found.expected_s + found.weight
    for result in results:
        numbers += result.credit
        if type(result.skill) is not str:
            raise ValueError("not an id")
    if not abs(numbers) < _MOST:
        raise ValueError("not a number that can be worked with")
    return found


def read_memory(body: Mapping[str, Any]) -> ImportedMemory:
    """What is in the body of a ``memory.imported`` event.

    Raises:
        KeyError, TypeError, ValueError: the body is broken.
    """
    memory = Memory(**body["memory"])
    if not (isinstance(body["pack"], str) and isinstance(body["item"], str)):
        raise ValueError("not an id")
    if not (0 < memory.stability < _MOST and 0 < memory.difficulty < _MOST):
        raise ValueError("not a memory")
    return ImportedMemory(
        body["pack"], body["item"], replace(memory, last=int(memory.last), seen=int(memory.seen))
    )


def latest_evidence(connection: Connection, limit: int, *, pack: str = "") -> list[Evidence]:
    """The evidence that was closed last and counts, oldest first; of ``pack`` only, if it is given."""
    void = voided(connection)
    rows = connection.execute(
        "SELECT v, body FROM events WHERE kind = ? AND (? = ''"
        " OR CASE WHEN json_valid(body) THEN json_extract(body, '$.pack') END = ?)"
        " ORDER BY hlc DESC, dev DESC, seq DESC, id DESC LIMIT ?",
        (QuestionClosed.kind, pack, pack, limit + len(void)),
    ).fetchall()
    found = [_read(QuestionClosed.kind, version, text) for version, text in rows]
    counting = [it for it in found if isinstance(it, Evidence) and it.question not in void]
    return counting[:limit][::-1]


def plans(connection: Connection) -> Iterator[Mapping[str, Any]]:
    """The bodies of ``plan.changed``, the latest first."""
    rows = connection.execute(
        "SELECT v, body FROM events WHERE kind = ? ORDER BY hlc DESC, dev DESC, seq DESC, id DESC",
        (PlanChanged.kind,),
    ).fetchall()
    for version, text in rows:
        body = read_body(PlanChanged.kind, version, text)
        if body is not None:
            yield body
