"""The event log of this device: appended in the transaction of the thing that happened, never changed.

An event without a ``server_seq`` is pending; there is no other mark of having been sent.
"""

import json
from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from engine.clock import milliseconds
from engine.errors import BugError
from engine.ids import uuid7
from engine.storage.sqlite import Connection
from engine.sync.event_types import Envelope, LearningEvent
from engine.sync.hlc import tick
from engine.sync.redaction import redacted

MAX_BODY_BYTES = 32 * 1024
_COLUMNS = "id, dev, seq, hlc, v, kind, body, server_seq"


def append(
    connection: Connection,
    event: LearningEvent,
    *,
    now: datetime,
    new_id: Callable[[datetime], UUID] = uuid7,
) -> Envelope:
    """Add ``event``, redacted, to the log. Only inside the caller's transaction, so that both happen or neither.

    Args:
        connection: the learner's database, with a transaction open.
        event: what happened.
        now: the current time.
        new_id: makes the event's id.
    """
    if not connection.in_transaction:
        raise BugError("an event was appended outside of a transaction")
    dev, last_seq, last_hlc = connection.execute("SELECT id, last_seq, last_hlc FROM device").fetchone()
    envelope = Envelope(
        id=new_id(now),
        dev=dev,
        seq=last_seq + 1,
        hlc=tick(last_hlc, milliseconds(now)),
        v=event.version,
        kind=event.kind,
        body=_json(event),
    )
    connection.execute("UPDATE device SET last_seq = ?, last_hlc = ?", (envelope.seq, envelope.hlc))
    connection.execute(
        f"INSERT INTO events ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, NULL)",  # noqa: S608 - a constant
        (envelope.id.bytes, dev, envelope.seq, envelope.hlc, envelope.v, envelope.kind, envelope.body),
    )
    return envelope


def pending(connection: Connection, *, limit: int = 500) -> list[Envelope]:
    """Events that no server has acknowledged, oldest first, whoever's device made them."""
    return _envelopes(connection, "WHERE server_seq IS NULL", limit)


def all_events(connection: Connection) -> list[Envelope]:
    """The whole log, oldest first."""
    return _envelopes(connection, "", -1)


def count(connection: Connection) -> int:
    """How many events there are."""
    return int(connection.execute("SELECT count(*) FROM events").fetchone()[0])


def _envelopes(connection: Connection, where: str, limit: int) -> list[Envelope]:
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM events {where} ORDER BY hlc, dev, seq, id LIMIT ?",  # noqa: S608 - constants
        (limit,),
    )
    return [Envelope(UUID(bytes=row[0]), *row[1:]) for row in rows.fetchall()]


def _json(event: LearningEvent) -> str:
    body = json.dumps(redacted(event.kind, event.body()), separators=(",", ":"), allow_nan=False)
    if len(body) > MAX_BODY_BYTES:  # JSON of ``json.dumps`` is ASCII
        raise BugError(f"the body of an event of the kind {event.kind!r} is too long")
    return body
