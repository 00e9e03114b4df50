"""The event log: numbering, order, pending, all or nothing."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from engine.errors import BugError
from engine.paths import DataPaths
from engine.storage.database import LearnerDatabase, open_learner_database
from engine.sync import outbox
from engine.sync.event_types import Envelope, QuestionAsked
from engine.types import AnswerMode
from tests.engine.storage.profile import START, SteppingClock


@pytest.fixture
def database(tmp_path: Path) -> Iterator[LearnerDatabase]:
    with open_learner_database(DataPaths(tmp_path), SteppingClock()) as opened:
        yield opened


def _append(database: LearnerDatabase, turn: str, *, hours: float = 0) -> Envelope:
    with database.transaction() as connection:
        event = QuestionAsked("c", turn, AnswerMode.EXPLAIN)
        return outbox.append(connection, event, now=START + timedelta(hours=hours))


def _pending(database: LearnerDatabase, limit: int = 500) -> list[Envelope]:
    with database.reading() as connection:
        return outbox.pending(connection, limit=limit)


def test_an_event_is_read_back_as_it_was_written(database: LearnerDatabase) -> None:
    written = _append(database, "t1")
    assert _pending(database) == [written]
    assert (written.seq, written.v, written.kind, written.server_seq) == (1, 1, "question.asked", None)
    assert json.loads(written.body) == {"conversation": "c", "turn": "t1", "mode": "explain"}
    assert written.id.version == 7
    assert len(written.dev) == 16
    assert written.hlc == int(START.timestamp() * 1000) << 16


def test_numbers_are_dense_and_the_clock_goes_forward_when_the_computers_does_not(
    database: LearnerDatabase,
) -> None:
    events = [_append(database, f"t{n}", hours=hours) for n, hours in enumerate((0, 1, -500_000, 0.5, 1, 2))]
    assert [event.seq for event in events] == [1, 2, 3, 4, 5, 6]
    assert sorted(events, key=lambda event: event.hlc) == events
    assert len({event.hlc for event in events}) == 6
    assert _pending(database) == events


def test_the_clock_continues_after_a_restart(tmp_path: Path) -> None:
    with open_learner_database(DataPaths(tmp_path), SteppingClock()) as database:
        first = _append(database, "t1", hours=24)
    with open_learner_database(DataPaths(tmp_path), SteppingClock()) as database:
        second = _append(database, "t2")
    assert (second.dev, second.seq) == (first.dev, 2)
    assert second.hlc == first.hlc + 1


def test_devices_have_different_ids(tmp_path: Path) -> None:
    devices = set()
    for name in ("a", "b"):
        with open_learner_database(DataPaths(tmp_path / name), SteppingClock()) as database:
            devices.add(_append(database, "t").dev)
    assert len(devices) == 2


def test_an_acknowledged_event_is_not_pending(database: LearnerDatabase) -> None:
    first, second = _append(database, "t1"), _append(database, "t2")
    with database.transaction() as connection:
        connection.execute("UPDATE events SET server_seq = 7 WHERE id = ?", (first.id.bytes,))
    assert _pending(database) == [second]
    with database.reading() as connection:
        assert [event.server_seq for event in outbox.all_events(connection)] == [7, None]


def test_pending_events_come_in_portions(database: LearnerDatabase) -> None:
    events = [_append(database, f"t{n}") for n in range(5)]
    assert _pending(database, limit=2) == events[:2]


def test_an_event_goes_with_its_transaction(database: LearnerDatabase) -> None:
    def fail() -> None:
        with database.transaction() as connection:
            outbox.append(connection, QuestionAsked("c", "t", AnswerMode.EXPLAIN), now=START)
            raise InterruptedError

    with pytest.raises(InterruptedError):
        fail()
    assert _pending(database) == []
    assert _append(database, "t2").seq == 1


def test_appending_outside_of_a_transaction_is_a_bug(database: LearnerDatabase) -> None:
    with database.reading() as connection, pytest.raises(BugError):
        outbox.append(connection, QuestionAsked("c", "t", AnswerMode.EXPLAIN), now=START)


def test_pending_events_are_found_without_reading_the_log(database: LearnerDatabase) -> None:
    with database.reading() as connection:
        plan = connection.execute(
            "EXPLAIN QUERY PLAN SELECT id FROM events WHERE server_seq IS NULL ORDER BY hlc, dev, seq, id LIMIT 500"
        ).fetchall()
    assert "events_pending" in str(plan)
    assert "TEMP B-TREE" not in str(plan)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("id", "x'00'"),
        ("dev", "x'00'"),
        ("seq", "0"),
        ("hlc", "-1"),
        ("v", "0"),
        ("kind", "''"),
        ("body", "hex(zeroblob(20000))"),
    ],
)
def test_the_schema_refuses_what_is_no_envelope(database: LearnerDatabase, column: str, value: str) -> None:
    _append(database, "t")
    with pytest.raises(BugError, match="CHECK"), database.transaction() as connection:
        connection.execute(f"UPDATE events SET {column} = {value}")
