"""Snapshots of what is known of the learner, so that a program that starts need not read the whole log.

A snapshot may be thrown away at any time. One that cannot be read, or is of another version, is as good as none.
"""

import json
import logging
from collections.abc import Iterator, Mapping
from typing import Any

from engine.learner.learner_state import LearnerState
from engine.learner.memory import MemoryState
from engine.storage.sqlite import Connection
from engine.sync.practice_events import evidence_facts
from engine.tutor.practice.knowledge import Knowledge
from engine.tutor.practice.learning_log import Position, read_evidence

_KEPT = 2
_log = logging.getLogger(__name__)


def stored_snapshots(connection: Connection) -> Iterator[Knowledge]:
    """Those that can be read, the latest first. Whether one still holds is for the caller to find out."""
    numbers = connection.execute("SELECT events FROM snapshots ORDER BY events DESC").fetchall()
    for (events,) in numbers:
        (row,) = connection.execute(
            "SELECT hlc, dev, seq, id, state FROM snapshots WHERE events = ?", (events,)
        ).fetchall()
        try:
            known = _load(json.loads(row[4]), Position(*row[:4]), events)
        except (ValueError, KeyError, TypeError, IndexError, AttributeError) as error:
            _log.warning("a snapshot is left out: %s", type(error).__name__)
            continue
        if known is not None:
            yield known


def keep_snapshot(connection: Connection, known: Knowledge) -> None:
    """Store ``known`` instead of what is of later events; inside the caller's transaction."""
    connection.execute("DELETE FROM snapshots WHERE events >= ?", (known.events,))
    at = known.position
    if at is not None:
        connection.execute(
            "INSERT INTO snapshots VALUES (?, ?, ?, ?, ?, ?)",
            (known.events, at.hlc, at.dev, at.seq, at.id, _dump(known)),
        )
    connection.execute(
        "DELETE FROM snapshots WHERE events NOT IN (SELECT events FROM snapshots ORDER BY events DESC LIMIT ?)",
        (_KEPT,),
    )


def _dump(known: Knowledge) -> str:
    plain = {
        "basis": known.basis,
        "void": sorted(known.void),
        "state": known.state.to_dict(),
        "memory": known.memory.to_dict(),
        "skill": known.skill,
        "recent": {pack: [evidence_facts(it) for it in some] for pack, some in known.recent.items()},
    }
    return json.dumps(plain, separators=(",", ":"))


def _load(plain: Mapping[str, Any], position: Position, events: int) -> Knowledge | None:
    state, memory = LearnerState.from_dict(plain["state"]), MemoryState.from_dict(plain["memory"])
    if state is None or memory is None:
        return None
    recent = {pack: tuple(map(read_evidence, some)) for pack, some in plain["recent"].items()}
    skill = tuple(plain["skill"]) if plain["skill"] else None
    return Knowledge(state, memory, recent, skill, position, events, frozenset(plain["void"]), plain["basis"])
