"""A learner's data folder with known contents, and a clock that goes on by itself."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from engine.clock import Clock
from engine.events import Timings
from engine.storage.database import LearnerDatabase
from engine.tutor.conversation_store import ConversationStore, StoredTurn, TurnOutcome
from engine.tutor.recorder import Recorder
from engine.types import Act, AnswerMode, AnswerPart, Citation, TurnStatus

START = datetime(2026, 11, 25, 8, tzinfo=UTC)
ANSWERED = TurnOutcome(
    status=TurnStatus.ANSWERED,
    answer="Leaves look green because chlorophyll reflects green light.",
    parts=(AnswerPart("Leaves look green because chlorophyll reflects green light.", 1),),
    act=Act.EXPLAIN,
    citations=(
        Citation(
            "org.llm-tutor.biology", "p-chlorophyll-01", "Chlorophyll", "reflects green light", "s-1", 7
        ),
    ),
    model="smollm2-135m-instruct",
    understood="why do leaves look green",
    timings=Timings(10.0, 20.0, 30.0),
)


@dataclass
class SteppingClock:
    """Goes on by ``step`` at each reading."""

    time: datetime = START
    step: timedelta = field(default=timedelta(seconds=1))

    def now(self) -> datetime:
        self.time += self.step
        return self.time


def recorder(database: LearnerDatabase, clock: Clock) -> Recorder:
    return Recorder(database, ConversationStore(database, clock), clock)


def ask(database: LearnerDatabase, question: str = "Why do leaves look green?") -> StoredTurn:
    """One answered turn in a new conversation."""
    writer = recorder(database, SteppingClock())
    turn = writer.begin(None, question, AnswerMode.EXPLAIN)
    writer.finish(turn, ANSWERED)
    return turn


def questions(database: LearnerDatabase) -> list[str]:
    with database.reading() as connection:
        return [row[0] for row in connection.execute("SELECT question FROM turns ORDER BY rowid").fetchall()]


def is_sound(database: LearnerDatabase) -> bool:
    with database.reading() as connection:
        return bool(connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)])
