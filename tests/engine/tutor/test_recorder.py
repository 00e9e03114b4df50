"""A turn is written down before and after the work, each time whole or not at all."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from engine.errors import BugError, UsageError
from engine.paths import DataPaths
from engine.storage.database import LearnerDatabase, open_learner_database
from engine.storage.sqlite import OpenMode, connect
from engine.sync import outbox
from engine.tutor.conversation_store import TurnOutcome
from engine.tutor.recorder import Recorder
from engine.types import Act, AnswerMode, TurnStatus
from tests.engine.storage import profile
from tests.engine.storage.profile import ANSWERED, SteppingClock


@pytest.fixture
def paths(tmp_path: Path) -> DataPaths:
    return DataPaths(tmp_path)


@pytest.fixture
def database(paths: DataPaths) -> Iterator[LearnerDatabase]:
    with open_learner_database(paths, SteppingClock()) as opened:
        yield opened


@pytest.fixture
def recorder(database: LearnerDatabase) -> Recorder:
    return profile.recorder(database, SteppingClock())


def _events(database: LearnerDatabase) -> list[tuple[str, dict[str, object]]]:
    with database.reading() as connection:
        return [(event.kind, json.loads(event.body)) for event in outbox.all_events(connection)]


def test_a_question_is_on_the_disk_before_the_work_begins(paths: DataPaths, recorder: Recorder) -> None:
    turn = recorder.begin(None, "Why?", AnswerMode.EXPLAIN)
    other = connect(paths.learner_db, mode=OpenMode.READ_ONLY)
    assert other.execute("SELECT id, question, status FROM turns").fetchall() == [(turn.id, "Why?", "asked")]
    other.close()


def test_both_ends_of_a_turn_become_events_without_words(
    database: LearnerDatabase, recorder: Recorder
) -> None:
    turn = recorder.begin(None, "Why do leaves look green?", AnswerMode.EXPLAIN)
    recorder.finish(turn, ANSWERED)
    where = {"conversation": turn.conversation, "turn": turn.id, "mode": "explain"}
    assert _events(database) == [
        ("question.asked", where),
        (
            "answer.given",
            {
                **where,
                "status": "answered",
                "act": "explain",
                "model": "smollm2-135m-instruct",
                "cited": [["org.llm-tutor.biology", "p-chlorophyll-01"]],
                "retrieve_ms": 10.0,
                "first_sentence_ms": 20.0,
                "total_ms": 30.0,
            },
        ),
    ]
    assert "green" not in str(_events(database))


@pytest.mark.parametrize("status", [status for status in TurnStatus if status is not TurnStatus.ASKED])
def test_every_end_is_stored(database: LearnerDatabase, recorder: Recorder, status: TurnStatus) -> None:
    turn = recorder.begin(None, "Why?", AnswerMode.QUIZ)
    outcome = TurnOutcome(status, act=Act.ABSTAIN if status is TurnStatus.ABSTAINED else None)
    recorder.finish(turn, outcome)
    assert recorder.store.turns(turn.conversation)[0].outcome == outcome
    assert _events(database)[1][1]["status"] == status.value


def test_a_turn_is_finished_once(database: LearnerDatabase, recorder: Recorder) -> None:
    turn = recorder.begin(None, "Why?", AnswerMode.EXPLAIN)
    recorder.finish(turn, ANSWERED)
    with pytest.raises(BugError, match="finished before"):
        recorder.finish(turn, TurnOutcome(TurnStatus.FAILED))
    assert recorder.store.turns(turn.conversation)[0].outcome == ANSWERED
    assert len(_events(database)) == 2


def test_a_failure_while_finishing_leaves_nothing_of_it(
    database: LearnerDatabase, recorder: Recorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    turn = recorder.begin(None, "Why?", AnswerMode.EXPLAIN)
    with monkeypatch.context() as patched:
        patched.setattr(outbox, "tick", lambda *_: -1)  # which the schema refuses
        with pytest.raises(BugError):
            recorder.finish(turn, ANSWERED)
    assert recorder.store.turns(turn.conversation) == [turn]
    assert len(_events(database)) == 1
    recorder.finish(turn, ANSWERED)
    assert recorder.store.turns(turn.conversation) == [replace(turn, outcome=ANSWERED)]


def test_asking_in_an_unknown_conversation_leaves_nothing(
    database: LearnerDatabase, recorder: Recorder
) -> None:
    with pytest.raises(UsageError, match="no conversation"):
        recorder.begin("none", "Why?", AnswerMode.EXPLAIN)
    assert _events(database) == []
    assert recorder.store.conversations() == []


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("  Why\n\tis it  so? ", "Why is it so?"),
        ("", ""),
        ("w" * 60, "w" * 60),
        (
            "Why do the leaves of the tree look green in summer and red in autumn?",
            "Why do the leaves of the tree look green in summer and red…",
        ),
    ],
)
def test_a_conversation_is_called_by_its_first_question(
    recorder: Recorder, question: str, title: str
) -> None:
    turn = recorder.begin(None, question, AnswerMode.EXPLAIN)
    assert recorder.store.conversation(turn.conversation).title == title
