"""Writes down what happens in a question: rows and events together, in the caller's transaction.

Who may call what and when is decided in ``practice``; here is what follows from it.
"""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from engine.answers.verdict import Verdict
from engine.clock import Clock, milliseconds
from engine.content.item import Origin
from engine.content.item_bank import ItemBank
from engine.learner.decision import Decision
from engine.storage.sqlite import Connection
from engine.sync import outbox
from engine.sync.event_types import LearningEvent
from engine.sync.practice_events import (
    AttemptGraded,
    DecisionMade,
    Ending,
    HintShown,
    QuestionClosed,
    QuestionPosed,
    QuestionRestored,
    QuestionVoided,
    VoidReason,
)
from engine.tutor.practice.asked import Asked, QuestionReader
from engine.tutor.practice.closing import evidence_of, seconds_on_task
from engine.tutor.practice.practice_store import Attempt, PosedQuestion, PracticeStore, SeenHint, Status
from engine.tutor.practice.proof import proven_items

_LOOKED_BACK = 20


class QuestionBook:
    """Writes questions; see ``Practice`` for the arguments."""

    def __init__(
        self, bank: ItemBank, store: PracticeStore, clock: Clock, new_id: Callable[[datetime], UUID]
    ) -> None:
        self._bank = bank
        self._store = store
        self._reader = QuestionReader(bank, store)
        self._clock = clock
        self._new_id = new_id

    def pose(self, connection: Connection, posed: PosedQuestion, decision: Decision | None) -> Asked:
        """A question is posed, by a decision of the policy if there was one."""
        posed = replace(posed, interleaved=self._is_interleaved(connection, posed))
        self._store.insert(connection, posed)
        if decision is not None:
            self._append(connection, DecisionMade(posed.id, json.loads(decision.to_json())))
        event = QuestionPosed(posed.id, posed.pack, posed.item, posed.seed, posed.purpose, posed.mode)
        self._append(connection, event)
        return self._reader.read(connection, posed.id)

    def judge(
        self, connection: Connection, asked: Asked, attempt: Attempt, verdict: Verdict
    ) -> tuple[Asked, int]:
        """An answer was checked. Where another process was quicker, what it did stands.

        Returns:
            The question as it now stands, closed if it is over; and the level of help that came unasked, 0 for none.
        """
        graded = self._store.grade(connection, asked.posed.id, attempt, verdict)
        now = self._reader.read(connection, asked.posed.id)
        posed = now.posed
        if not graded or posed.status is not Status.OPEN:
            return now, 0
        before = [posed.posed, *(it.at for it in asked.attempts if it.n < attempt.n)]
        seconds = seconds_on_task(before[-1], [attempt.at])
        self._append(connection, AttemptGraded(posed.id, attempt.step, attempt.n, verdict, seconds))
        if now.state.over:
            return self.close(connection, now), 0
        told = now.state.told_help() if now.state.gives_help else None
        return (self.show_help(connection, now, told.level), told.level) if told else (now, 0)

    def show_help(self, connection: Connection, asked: Asked, level: int) -> Asked:
        """Help of ``level`` is shown; that of the last solution closes the question."""
        hint = SeenHint(asked.step.id, level, asked.moment(self._now()))
        self._store.add_hint(connection, asked.posed.id, hint)
        self._append(connection, HintShown(asked.posed.id, hint.step, level))
        now = self._reader.read(connection, asked.posed.id)
        return self.close(connection, now) if now.state.done else now

    def close(self, connection: Connection, asked: Asked) -> Asked:
        """A question ends, with all that it showed."""
        ending = Ending.SOLVED if asked.state.done else Ending.MISSED
        if asked.state.shown:
            ending = Ending.SHOWN
        at = self._now()
        proven = asked.question.item.origin is Origin.AUTO and self._is_proven(connection, asked)
        evidence = evidence_of(asked.state, asked.question, asked.attempts, asked.hints, at, proven=proven)
        self._store.finish(connection, asked.posed.id, Status.CLOSED, ending=ending, at=at)
        self._append(connection, QuestionClosed(ending, evidence))
        return self._reader.read(connection, asked.posed.id)

    def put_off(self, connection: Connection, posed: PosedQuestion) -> None:
        """A question is left without an end: no evidence of anything."""
        self._store.finish(connection, posed.id, Status.DEFERRED, ending=Ending.LEFT, at=self._now())

    def void(self, connection: Connection, posed: PosedQuestion, reason: VoidReason, *, by: str) -> None:
        """A question counts no more."""
        self._store.finish(connection, posed.id, Status.VOID, ending=posed.ending, at=posed.closed)
        self._append(connection, QuestionVoided(posed.id, by, reason))

    def restore(self, connection: Connection, posed: PosedQuestion) -> None:
        """A voided question counts again; one that was open then is put off."""
        status = Status.CLOSED if posed.ending not in (None, Ending.LEFT) else Status.DEFERRED
        self._store.finish(connection, posed.id, status, ending=posed.ending, at=posed.closed)
        self._append(connection, QuestionRestored(posed.id))

    def _is_proven(self, connection: Connection, asked: Asked) -> bool:
        pack = self._bank.pack(asked.posed.pack)
        if pack is None:
            return False
        uses = self._store.uses(connection, asked.posed.pack)
        return asked.posed.item in proven_items(connection, pack, uses)

    def _is_interleaved(self, connection: Connection, posed: PosedQuestion) -> bool:
        """Whether the question before this one was about another skill."""
        latest = self._store.latest(connection, _LOOKED_BACK)
        before = next((it for it in latest if it.status is not Status.VOID), None)
        return before is not None and self._skill(before) != self._skill(posed)

    def _skill(self, posed: PosedQuestion) -> tuple[str, str]:
        items = self._bank.pack(posed.pack)
        known = items.items.get(posed.item) if items else None
        return posed.pack, known.skills[0] if known else ""

    def _append(self, connection: Connection, event: LearningEvent) -> None:
        outbox.append(connection, event, now=self._clock.now(), new_id=self._new_id)

    def _now(self) -> int:
        return milliseconds(self._clock.now())
