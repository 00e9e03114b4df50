"""What is known of the learner now: the event log, folded.

Everything here can be thrown away and computed again from the events. What was folded last is kept in memory, and a
snapshot of it in the database, so that only what is new has to be read; both are dropped when an earlier event
arrived meanwhile (sync) or a question in them was voided or restored.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from engine.content.item import Item, ItemKind, Origin
from engine.content.item_bank import ItemBank, PackItems
from engine.learner import memory as memories
from engine.learner import replay as estimates
from engine.learner.curriculum import Curriculum, curriculum
from engine.learner.evidence import Evidence
from engine.learner.fsrs6 import DEFAULTS, Memory, Parameters
from engine.learner.learner_state import LearnerState
from engine.learner.memory import MemoryState
from engine.learner.predictor import SHIPPED_WEIGHTS, Predictor
from engine.learner.scheduler import Card, CardKind
from engine.storage.sqlite import Connection
from engine.tutor.practice.learning_log import (
    ImportedMemory,
    Learned,
    Position,
    count_up_to,
    learned,
    voided,
)

_SNAPSHOT_EVERY = 400
_SNAPSHOTS_KEPT = 2
_FACT_KINDS = frozenset({ItemKind.TEXT, ItemKind.CLOZE})
MEMORY_PARAMETERS = "fsrs-6"
PREDICTOR = "predictor"
"""Names, in the table ``fitted``, of what is fitted to the learner (see ``fitting``)."""


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What is known of the learner after some event of the log.

    Attributes:
        state: what the learner can do.
        memory: what the learner remembers.
        position: the last event in it; None for none.
        events: how many events of learning there are up to it.
        void: ids of the questions that did not count.
        basis: what it was computed with, besides the events: curricula and parameters.
        predictor: of first attempts, as it is fitted to this learner.
    """

    state: LearnerState = field(default_factory=LearnerState)
    memory: MemoryState = field(default_factory=MemoryState)
    position: Position | None = None
    events: int = 0
    void: frozenset[str] = frozenset()
    basis: str = ""
    predictor: Predictor = field(default_factory=Predictor)


@dataclass(frozen=True, slots=True)
class Ground:
    """What the events are read against: the packs as they are now.

    Attributes:
        curricula: by pack.
        facts: (pack, item) of the items that are remembered one by one.
    """

    curricula: Mapping[str, Curriculum]
    facts: frozenset[tuple[str, str]]


class LearningRecord:
    """The learner's knowledge, kept up to date from the log."""

    def __init__(self, bank: ItemBank) -> None:
        self._bank = bank
        self._kept = Knowledge()
        self._ground: tuple[tuple[str, ...], Ground] | None = None

    @property
    def ground(self) -> Ground:
        """The packs as they are now."""
        packs = self._bank.packs()
        versions = tuple(f"{it.pack.info.id} {it.pack.record.manifest_sha256}" for it in packs)
        if self._ground is None or self._ground[0] != versions:
            self._ground = (versions, _ground(packs))
        return self._ground[1]

    def current(self, connection: Connection) -> Knowledge:
        """What is known now."""
        ground = self.ground
        parameters = fitted_parameters(connection)
        basis = _basis(ground, parameters)
        void = voided(connection)
        start = self._kept
        if not _holds(start, connection, basis, void):
            start = _snapshot(connection, basis, void) or Knowledge(
                memory=MemoryState(parameters=parameters), basis=basis, void=void
            )
        new = list(learned(connection, start.position))
        if new or start is not self._kept:
            self._kept = _folded(start, new, ground, connection, void)
        return replace(self._kept, predictor=fitted_predictor(connection))

    def wants_saving(self, connection: Connection) -> bool:
        """Whether much is known that is not in the last snapshot."""
        (last,) = connection.execute("SELECT coalesce(max(events), 0) FROM snapshots").fetchone()
        return not last <= self._kept.events < last + _SNAPSHOT_EVERY

    def save(self, connection: Connection) -> None:
        """Keep a snapshot; inside the caller's transaction."""
        kept, at = self._kept, self._kept.position
        connection.execute("DELETE FROM snapshots WHERE events >= ?", (kept.events,))
        if at is not None:
            connection.execute(
                "INSERT INTO snapshots VALUES (?, ?, ?, ?, ?, ?)",
                (kept.events, at.hlc, at.dev, at.seq, at.id, _dump(kept)),
            )
        connection.execute(
            "DELETE FROM snapshots WHERE events NOT IN (SELECT events FROM snapshots ORDER BY events DESC LIMIT ?)",
            (_SNAPSHOTS_KEPT,),
        )


def is_fact(item: Item) -> bool:
    """Whether an item is one fact, asked in the same words each time, and so remembered on its own."""
    if item.parametric or len(item.steps) > 1:
        return False
    return item.origin is not Origin.AUTHOR or item.steps[0].kind in _FACT_KINDS


def fitted_parameters(connection: Connection) -> Parameters:
    """The parameters of memory: fitted to this learner, or those that FSRS-6 starts with."""
    row = connection.execute("SELECT value FROM fitted WHERE name = ?", (MEMORY_PARAMETERS,)).fetchone()
    return tuple(json.loads(row[0])) if row else DEFAULTS


def fitted_predictor(connection: Connection) -> Predictor:
    """The predictor of first attempts: fitted to this learner, or the shipped one."""
    row = connection.execute("SELECT value FROM fitted WHERE name = ?", (PREDICTOR,)).fetchone()
    weights = tuple(json.loads(row[0])) if row else SHIPPED_WEIGHTS
    return Predictor(weights if len(weights) == len(SHIPPED_WEIGHTS) else SHIPPED_WEIGHTS)


def _ground(packs: list[PackItems]) -> Ground:
    return Ground(
        {it.pack.info.id: curriculum(it.pack.info.id, it.skills, it.edges) for it in packs},
        frozenset((it.pack.info.id, item.id) for it in packs for item in it.items.values() if is_fact(item)),
    )


def _basis(ground: Ground, parameters: Parameters) -> str:
    """Tells two ways of reading the same events apart."""
    graphs = [
        [
            pack,
            [[skill.id, skill.ref] for skill in graph.skills.values()],
            graph.prerequisites,
            graph.exercised,
        ]
        for pack, graph in sorted(ground.curricula.items())
    ]
    plain = json.dumps([graphs, sorted(ground.facts), parameters], sort_keys=True)
    return hashlib.sha256(plain.encode()).hexdigest()[:16]


def _holds(known: Knowledge, connection: Connection, basis: str, void: frozenset[str]) -> bool:
    """Whether what was folded is still what replaying would give."""
    newly_void = void - known.void
    counted = (
        any(newly_void & questions for questions in known.memory.counted.values()) if newly_void else False
    )
    if known.basis != basis or known.void - void or counted:
        return False
    return known.position is None or count_up_to(connection, known.position) == known.events


def _folded(
    start: Knowledge, new: list[Learned], ground: Ground, connection: Connection, void: frozenset[str]
) -> Knowledge:
    evidence = [it.what for it in new if isinstance(it.what, Evidence)]
    imported = {
        Card(CardKind.ITEM, it.what.pack, it.what.item): Memory(**it.what.memory)
        for it in new
        if isinstance(it.what, ImportedMemory)
    }
    memory = memories.with_imported(start.memory, imported) if imported else start.memory
    position = new[-1].position if new else start.position
    return Knowledge(
        estimates.replay(evidence, ground.curricula, start=start.state),
        memories.replay(evidence, ground.curricula, ground.facts, start=memory),
        position,
        count_up_to(connection, position) if position else 0,
        void,
        start.basis,
    )


def _snapshot(connection: Connection, basis: str, void: frozenset[str]) -> Knowledge | None:
    rows = connection.execute(
        "SELECT events, hlc, dev, seq, id, state FROM snapshots ORDER BY events DESC"
    ).fetchall()
    for events, hlc, dev, seq, identifier, text in rows:
        known = _load(json.loads(text), Position(hlc, dev, seq, identifier), events)
        if known is not None and _holds(known, connection, basis, void):
            return known
    return None


def _dump(known: Knowledge) -> str:
    plain = {
        "basis": known.basis,
        "void": sorted(known.void),
        "state": known.state.to_dict(),
        "memory": known.memory.to_dict(),
    }
    return json.dumps(plain, separators=(",", ":"))


def _load(plain: Mapping[str, Any], position: Position, events: int) -> Knowledge | None:
    state, memory = LearnerState.from_dict(plain["state"]), MemoryState.from_dict(plain["memory"])
    if state is None or memory is None:
        return None
    return Knowledge(state, memory, position, events, frozenset(plain["void"]), plain["basis"])
