"""What is asked in the chat is exposure: it says nothing about what the learner can do."""

from pathlib import Path

from engine.clock import SystemClock
from engine.paths import DataPaths
from engine.storage.database import open_learner_database
from engine.tutor.practice.knowledge import Knowledge
from engine.tutor.practice.learning_log import latest_evidence
from engine.tutor.practice.learning_record import LearningRecord
from engine.types import AnswerMode
from tests.engine.tutor.practice.classroom import MemoryBank, pack_items
from tests.engine.tutor.small_tutor import opened


def test_asking_and_being_quizzed_in_the_chat_is_no_evidence(tmp_path: Path) -> None:
    record = LearningRecord(MemoryBank(pack_items()))
    with opened(tmp_path, None) as tutor:
        asked = tutor.ask("Why do leaves look green?")
        assert asked.checked.answered
        tutor.ask("Quiz me on this", mode=AnswerMode.QUIZ)
    with (
        open_learner_database(DataPaths(tmp_path), SystemClock()) as database,
        database.reading() as connection,
    ):
        known = record.current(connection)
        assert latest_evidence(connection, 10) == []
    assert known.position is None
    assert known.state == Knowledge().state
