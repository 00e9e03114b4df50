"""Everything a learner has said and done, for a file of JSON lines: one conversation, turn or event each."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from engine.clock import SystemClock
from engine.sync import outbox
from engine.tutor.conversation_store import ConversationStore
from engine.tutor.export_file import ExportWatch, write_lines

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from engine.storage.database import LearnerDatabase
    from engine.sync.event_types import Envelope
    from engine.tutor.conversation_store import Conversation, StoredTurn


def write_export(database: LearnerDatabase, target: Path, watch: ExportWatch | None = None) -> int:
    """Write ``target``, replacing it only when it is whole; returns the number of lines.

    Raises:
        StorageError: it cannot be read or written.
        Cancelled: it was stopped; no file is left.
    """
    lines = _exported(database, watch or ExportWatch())
    return write_lines(target, (json.dumps(line, ensure_ascii=False) + "\n" for line in lines))


def _exported(database: LearnerDatabase, watch: ExportWatch) -> Iterator[dict[str, object]]:
    store = ConversationStore(database, SystemClock())
    conversations = store.conversations(limit=-1)
    for conversation in watch.over(conversations, "Conversations", len(conversations)):
        yield _conversation_line(conversation)
        for turn in store.turns(conversation.id):
            yield _turn_line(turn)
    with database.reading() as connection:
        events = outbox.all_events(connection)
    for event in watch.over(events, "Events", len(events)):
        yield _event_line(event)


def _conversation_line(conversation: Conversation) -> dict[str, object]:
    line = asdict(conversation)
    line["created"] = conversation.created.isoformat()
    line["changed"] = conversation.changed.isoformat()
    return {"type": "conversation", **line}


def _turn_line(turn: StoredTurn) -> dict[str, object]:
    line = asdict(turn)
    outcome = line.pop("outcome")
    line["created"] = turn.created.isoformat()
    return {"type": "turn", **line, **outcome}


def _event_line(event: Envelope) -> dict[str, object]:
    line = asdict(event)
    line.update(id=event.id.hex, dev=event.dev.hex(), body=json.loads(event.body))
    return {"type": "event", **line}
