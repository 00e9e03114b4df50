"""Writes down what happens in a turn: that it was asked, before any work is done on it, and what became of it.

Each of the two is one transaction: the turn, its citations and the event. So a program that is killed in
mid-answer leaves a turn that was asked and no more, and never half an answer.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from engine.clock import Clock
from engine.ids import uuid7
from engine.storage.database import LearnerDatabase
from engine.sync import outbox
from engine.sync.event_types import AnswerGiven, QuestionAsked
from engine.tutor.conversation_store import ConversationStore, StoredTurn, TurnOutcome
from engine.types import AnswerMode, TurnStatus

_TITLE_CHARS = 60


@dataclass(slots=True)
class Recorder:
    """Writes turns.

    Args:
        database: the learner's.
        store: of the conversations in ``database``.
        clock: the time of turns and events.
        new_id: makes the ids of conversations, turns and events.
    """

    database: LearnerDatabase
    store: ConversationStore
    clock: Clock
    new_id: Callable[[datetime], UUID] = uuid7

    def begin(self, conversation: str | None, question: str, mode: AnswerMode) -> StoredTurn:
        """Store that ``question`` was asked; it is on the disk when this returns.

        Args:
            conversation: id of the conversation; None begins one, with the question as its title.
            question: in the learner's words.
            mode: how the answer is wanted.

        Raises:
            UsageError: the conversation does not exist.
            StorageError: it could not be written.
        """
        now = self.clock.now()
        turn = StoredTurn(
            id=str(self.new_id(now)),
            conversation=conversation or str(self.new_id(now)),
            created=now,
            question=question,
            mode=mode,
            outcome=TurnOutcome(TurnStatus.ASKED),
        )
        asked = QuestionAsked(turn.conversation, turn.id, mode)
        with self.database.transaction() as connection:
            if conversation is None:
                self.store.insert_conversation(connection, turn.conversation, _title(question), now)
            self.store.insert_turn(connection, turn)
            outbox.append(connection, asked, now=now, new_id=self.new_id)
        return turn

    def finish(self, turn: StoredTurn, outcome: TurnOutcome) -> None:
        """Store what became of ``turn``; all of it is on the disk when this returns, or nothing.

        Raises:
            StorageError: it could not be written; the turn stays asked.
        """
        given = AnswerGiven(
            conversation=turn.conversation,
            turn=turn.id,
            mode=turn.mode,
            status=outcome.status,
            act=outcome.act,
            model=outcome.model,
            citations=outcome.citations,
            timings=outcome.timings,
        )
        with self.database.transaction() as connection:
            self.store.finish_turn(connection, turn.id, outcome)
            outbox.append(connection, given, now=self.clock.now(), new_id=self.new_id)


def _title(question: str) -> str:
    line = " ".join(question.split())
    return line if len(line) <= _TITLE_CHARS else line[: _TITLE_CHARS - 1].rstrip() + "…"
