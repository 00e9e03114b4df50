"""What is known of the learner now: the event log, folded.

Everything here can be thrown away and computed again from the events. What was folded last is kept in memory, and a
snapshot of it in the database, so that only what is new has to be read; both are dropped when an earlier event
arrived meanwhile (sync) or a question in them was voided or restored.
"""

import hashlib
import json
import math
from dataclasses import replace

from engine.content.item_bank import ItemBank, PackItems
from engine.learner.fsrs6 import DEFAULTS, Parameters
from engine.learner.memory import MemoryState
from engine.learner.predictor import SHIPPED_WEIGHTS, Predictor
from engine.storage.sqlite import Connection
from engine.tutor.practice.knowledge import Ground, Knowledge, folded, ground_of
from engine.tutor.practice.learning_log import (
    READS,
    count_up_to,
    last_row,
    log_after,
    only_continues,
    voided,
)
from engine.tutor.practice.snapshots import keep_snapshot, stored_snapshots

_PART = 4000  # events that are folded at once
_SNAPSHOT_EVERY = 400
MEMORY_PARAMETERS = "fsrs-6"
PREDICTOR = "predictor"
"""Names, in the table ``fitted``, of what is fitted to the learner (see ``fitting``)."""


class LearningRecord:
    """The learner's knowledge, kept up to date from the log."""

    def __init__(self, bank: ItemBank) -> None:
        self._bank = bank
        self._packs: list[PackItems] = []
        self._ground: Ground | None = None
        self._basis: tuple[Parameters, str] | None = None
        self._kept = Knowledge()
        self._read_to = 0
        self._saved = 0

    @property
    def ground(self) -> Ground:
        """The packs as they are now."""
        packs = self._bank.packs()
        if self._ground is None or list(map(id, packs)) != list(map(id, self._packs)):
            self._packs, self._ground, self._basis = list(packs), ground_of(packs), None
        return self._ground

    def current(self, connection: Connection) -> Knowledge:
        """What is known now."""
        ground, start = self.ground, self._start(connection)
        row = last_row(
            connection
        )  # before the log is read: what comes in meanwhile is looked at the next time
        if self._kept.basis != start.basis or self._read_to != row:
            self._kept = self._brought_up(connection, ground, start)
            self._read_to = row
        return replace(self._kept, predictor=fitted_predictor(connection))

    def without(self, connection: Connection, questions: frozenset[str]) -> Knowledge:
        """What would be known now without ``questions``: for what a sitting has changed, told from the log alone."""
        start, void = self._start(connection), voided(connection) | questions
        found = (it for it in stored_snapshots(connection) if _holds(it, connection, start.basis, void))
        return _continued(next(found, start), connection, self.ground, void)

    def wants_saving(self) -> bool:
        """Whether much is known that is in no snapshot."""
        return abs(self._kept.events - self._saved) >= _SNAPSHOT_EVERY

    def save(self, connection: Connection) -> None:
        """Keep a snapshot; inside the caller's transaction."""
        keep_snapshot(connection, self._kept)
        self._saved = self._kept.events

    def _start(self, connection: Connection) -> Knowledge:
        """What is known before the first event."""
        ground, parameters = self.ground, fitted_parameters(connection)
        if self._basis is None or self._basis[0] != parameters:
            self._basis = parameters, _basis(ground, parameters)
        return Knowledge(memory=MemoryState(parameters=parameters), basis=self._basis[1])

    def _brought_up(self, connection: Connection, ground: Ground, start: Knowledge) -> Knowledge:
        """What is known with all of the log, from what was kept as far as that holds; otherwise from ``start``."""
        kept = self._kept
        if kept.basis == start.basis and only_continues(connection, self._read_to, kept.position):
            return _continued(kept, connection, ground, kept.void)
        void = voided(connection)
        if not _holds(kept, connection, start.basis, void):
            found = (it for it in stored_snapshots(connection) if _holds(it, connection, start.basis, void))
            kept = next(found, start)
            self._saved = kept.events
        return replace(_continued(kept, connection, ground, void), void=void)


def _continued(known: Knowledge, connection: Connection, ground: Ground, void: frozenset[str]) -> Knowledge:
    """``known`` with the rest of the log, part by part, so that a long log need not be held in memory."""
    while True:
        part = log_after(connection, known.position, void=void, skill=known.skill, most=_PART)
        known = folded(known, part, ground)
        if part.events < _PART:
            return known


def fitted_parameters(connection: Connection) -> Parameters:
    """The parameters of memory: fitted to this learner, or those that FSRS-6 starts with."""
    return _fitted(connection, MEMORY_PARAMETERS, DEFAULTS)


def fitted_predictor(connection: Connection) -> Predictor:
    """The predictor of first attempts: fitted to this learner, or the shipped one."""
    return Predictor(_fitted(connection, PREDICTOR, SHIPPED_WEIGHTS))


def _fitted(connection: Connection, name: str, shipped: tuple[float, ...]) -> tuple[float, ...]:
    """What was fitted; ``shipped`` where nothing was, or it is not as many numbers."""
    row = connection.execute("SELECT value FROM fitted WHERE name = ?", (name,)).fetchone()
    if row is None:
        return shipped
    try:
        numbers = tuple(map(float, json.loads(row[0])))
    except (ValueError, TypeError):
        return shipped
    return numbers if len(numbers) == len(shipped) and all(map(math.isfinite, numbers)) else shipped


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
    plain = json.dumps([READS, graphs, sorted(ground.facts), parameters], sort_keys=True)
    return hashlib.sha256(plain.encode()).hexdigest()[:16]


def _holds(known: Knowledge, connection: Connection, basis: str, void: frozenset[str]) -> bool:
    """Whether what was folded is still what replaying would give."""
    if known.basis != basis or known.void - void:
        return False
    if any(question in known.memory.counted for question in void - known.void):
        return False
    return known.position is None or count_up_to(connection, known.position) == known.events
