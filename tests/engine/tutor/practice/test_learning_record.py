"""What is known is what replaying the log gives, whatever was voided, imported late or kept in a snapshot."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.sync.practice_events import VoidReason
from engine.tutor.practice import learning_record
from engine.tutor.practice.knowledge import Knowledge
from engine.tutor.practice.learning_record import LearningRecord
from tests.engine.tutor.practice.classroom import PACK, Classroom


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Classroom]:
    classroom = Classroom(tmp_path / "home")
    yield classroom
    classroom.database.close()


def afresh(room: Classroom) -> Knowledge:
    """By another record, without snapshots."""
    with room.database.transaction() as connection:
        connection.execute("DELETE FROM snapshots")
    with room.database.reading() as connection:
        return LearningRecord(room.bank).current(connection)


def estimates(known: Knowledge) -> tuple[object, object]:
    return known.state.to_dict(), known.memory.to_dict()


def practise(room: Classroom, outcomes: list[bool]) -> list[str]:
    """One question for each outcome; returns their ids."""
    ids = []
    for n, well in enumerate(outcomes):
        asked = room.pose(f"add-{n % 6}" if n % 3 else "double-add-1", seed=n)
        if not well:
            room.miss(asked)
        room.solve()
        room.clock.wait(days=0.3)
        ids.append(asked.posed.id)
    return ids


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(outcomes=st.lists(st.booleans(), min_size=2, max_size=8), data=st.data())
def test_voiding_is_as_if_the_question_had_not_happened(
    tmp_path_factory: pytest.TempPathFactory, outcomes: list[bool], data: st.DataObject
) -> None:
    bad = data.draw(st.integers(0, len(outcomes) - 1))
    with_it, without = (Classroom(tmp_path_factory.mktemp("home")) for _ in range(2))
    ids = practise(with_it, outcomes)
    with_it.agenda.knowledge()
    with_it.practice.void(ids[bad], VoidReason.WRONG_KEY)
    known = with_it.agenda.knowledge()
    assert estimates(known) == estimates(afresh(with_it))
    assert known.state.questions == len(outcomes) - 1
    assert ids[bad] not in str(known.memory.to_dict())
    with_it.practice.restore(ids[bad])
    restored = with_it.agenda.knowledge()
    practise(without, outcomes)
    assert restored.state.to_dict() == without.agenda.knowledge().state.to_dict()
    for classroom in (with_it, without):
        classroom.database.close()


def test_a_snapshot_saves_reading_the_log_again(room: Classroom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(learning_record, "_SNAPSHOT_EVERY", 2)
    practise(room, [True, False, True])
    known = room.agenda.knowledge()
    room.restart()
    with room.database.reading() as connection:
        assert connection.execute("SELECT count(*) FROM snapshots").fetchone() == (1,)
        found = LearningRecord(room.bank).current(connection)
    assert estimates(found) == estimates(known)
    practise(room, [True])
    assert estimates(room.agenda.knowledge()) == estimates(afresh(room))


def test_a_snapshot_with_a_question_that_was_voided_is_not_used(
    room: Classroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(learning_record, "_SNAPSHOT_EVERY", 2)
    ids = practise(room, [True, False, True])
    room.agenda.knowledge()
    room.practice.void(ids[1], VoidReason.BROKEN)
    room.restart()
    assert estimates(room.agenda.knowledge()) == estimates(afresh(room))


def test_an_event_that_arrives_late_is_put_in_its_place(room: Classroom) -> None:
    practise(room, [True, False, True])
    room.agenda.knowledge()
    with room.database.transaction() as connection:
        late = connection.execute(
            "DELETE FROM events WHERE kind = 'question.closed' AND seq > 8"
            " RETURNING id, dev, seq, hlc - 90000000000, v, kind, body, server_seq"
        ).fetchall()
        connection.executemany("INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?)", late)
    assert estimates(room.agenda.knowledge()) == estimates(afresh(room))


def test_another_version_of_the_pack_is_read_against_anew(room: Classroom) -> None:
    practise(room, [True, True, False])
    before = room.agenda.knowledge()
    pack = next(iter(room.bank.held.values()))
    newer = replace(
        pack, edges=(), pack=replace(pack.pack, record=replace(pack.pack.record, manifest_sha256="1"))
    )
    room.bank.held[pack.pack.info.id] = newer
    after = room.agenda.knowledge()
    assert after.basis != before.basis
    assert after.state.questions == 3
    assert estimates(after) == estimates(afresh(room))


def test_a_question_is_not_mixed_in_because_of_one_that_was_voided(room: Classroom) -> None:
    room.solve(room.pose("add-1"))
    between = room.pose("double-add-1")
    room.solve(between)
    room.solve(room.pose("add-2"))
    assert [it.interleaved for it in room.agenda.knowledge().latest(PACK)] == [False, True, True]
    room.practice.void(between.posed.id, VoidReason.UNCLEAR)
    assert [it.interleaved for it in room.agenda.knowledge().latest(PACK)] == [False, False]
    room.restart()
    assert [it.interleaved for it in room.agenda.knowledge().latest(PACK)] == [False, False]


def test_nothing_rises_from_a_question_with_a_step_that_was_given_away(room: Classroom) -> None:
    room.pose("double-1")
    before = room.agenda.knowledge().state
    room.practice.answer("first", "24")
    for _ in range(4):
        room.clock.wait(13)
        room.practice.help()
    room.practice.answer("last", "48")
    after = room.agenda.knowledge().state
    assert after.questions == 1
    for skill in ("add", "double"):
        assert after.skill(PACK, skill).estimate.mean <= before.skill(PACK, skill).estimate.mean
        assert after.skill(PACK, skill).streak == 0
    assert after.general.mean <= before.general.mean


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(outcomes=st.lists(st.booleans(), min_size=2, max_size=8), data=st.data())
def test_what_would_be_known_without_a_sitting_is_what_voiding_it_gives(
    tmp_path_factory: pytest.TempPathFactory, outcomes: list[bool], data: st.DataObject
) -> None:
    first = data.draw(st.integers(0, len(outcomes) - 1))
    room = Classroom(tmp_path_factory.mktemp("home"))
    ids = practise(room, outcomes)
    room.agenda.knowledge()
    without = room.agenda.knowledge_without(ids[first:])
    for identifier in ids[first:]:
        room.practice.void(identifier, VoidReason.OTHER)
    assert estimates(without) == estimates(afresh(room))
    room.database.close()
