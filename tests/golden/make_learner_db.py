"""Writes the golden learner's database of the present schema, once, when a schema is released:

    python -m tests.golden.make_learner_db tests/golden/learner_schema_1.db

A golden file is never written again: it stands for what learners have on their disks.
"""

import sys
import tempfile
from datetime import timedelta
from pathlib import Path

from engine.paths import DataPaths
from engine.storage.backup import write_copy
from engine.storage.database import open_learner_database
from engine.tutor.conversation_store import TurnOutcome
from engine.types import Act, AnswerMode, TurnStatus
from tests.engine.storage.profile import ANSWERED, SteppingClock, recorder


def make(target: Path) -> None:
    """One conversation with every kind of end, one pinned, one deleted, one interrupted."""
    clock = SteppingClock(step=timedelta(minutes=1))
    with (
        tempfile.TemporaryDirectory() as folder,
        open_learner_database(DataPaths(Path(folder)), clock) as database,
    ):
        writer = recorder(database, clock)
        turn = writer.begin(None, "Why do leaves look green?", AnswerMode.EXPLAIN)
        writer.finish(turn, ANSWERED)
        for mode, status in zip(AnswerMode, list(TurnStatus)[2:], strict=False):
            following = writer.begin(turn.conversation, f"A question that is {status.value}", mode)
            writer.finish(
                following, TurnOutcome(status, act=Act.ABSTAIN if status is TurnStatus.ABSTAINED else None)
            )
        pinned = writer.begin(None, "Pinned: Γιατί; لماذا؟ 🌱", AnswerMode.EXAMPLE)
        writer.finish(pinned, ANSWERED)
        writer.store.pin(pinned.conversation, pinned=True)
        writer.store.delete(writer.begin(None, "Deleted", AnswerMode.QUIZ).conversation)
        writer.begin(None, "Interrupted", AnswerMode.EXPLAIN)
        with database.transaction() as connection:
            connection.execute("UPDATE events SET server_seq = seq WHERE seq <= 2")
        with database.reading() as connection:
            write_copy(connection, target)


if __name__ == "__main__":
    make(Path(sys.argv[1]))
