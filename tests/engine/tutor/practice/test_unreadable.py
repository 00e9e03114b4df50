"""Snapshots, events, rows and fitted models that cannot be read are left out, and nothing else is."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from engine.learner.evidence import Purpose
from engine.storage.sqlite import Connection
from engine.sync.practice_events import PracticeMode
from engine.tutor.practice import learning_record
from engine.tutor.practice.agenda import Aim, Wanted
from engine.tutor.practice.learning_record import LearningRecord
from engine.tutor.practice.plan import Plan
from tests.engine.tutor.practice.classroom import (
    PACK,
    Classroom,
    bodies,
    practise,
)
from tests.engine.tutor.practice.traces import estimates

LEARN = Wanted(Aim.LEARN, PACK)


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Classroom]:
    classroom = Classroom(tmp_path / "home")
    yield classroom
    classroom.database.close()


def _damage(state: str) -> Callable[[Connection], object]:
    return lambda connection: connection.execute("UPDATE snapshots SET state = ?", (state,))


@pytest.mark.parametrize(
    "state",
    ["", "{", "null", "[]", "7", "{}", '{"state":null,"memory":null}', '{"state":{"version":1},"memory":{}}'],
)
def test_a_damaged_snapshot_is_left_out_and_replaced(
    room: Classroom, monkeypatch: pytest.MonkeyPatch, state: str
) -> None:
    monkeypatch.setattr(learning_record, "_SNAPSHOT_EVERY", 2)
    practise(room, 4)
    known = room.agenda.knowledge()
    with room.database.transaction() as connection:
        _damage(state)(connection)
    room.restart()
    assert estimates(room.agenda.knowledge()) == estimates(known)
    with room.database.reading() as connection:
        stored = [text for (text,) in connection.execute("SELECT state FROM snapshots").fetchall()]
    assert any(text.startswith('{"basis"') and json.loads(text)["state"] for text in stored)


def test_parts_of_a_snapshot_that_are_missing_make_it_worthless(
    room: Classroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(learning_record, "_SNAPSHOT_EVERY", 2)
    practise(room, 3)
    known = room.agenda.knowledge()
    with room.database.reading() as connection:
        (text,) = connection.execute("SELECT state FROM snapshots ORDER BY events DESC LIMIT 1").fetchone()
    plain = json.loads(text)
    for path in (
        ("void",),
        ("skill",),
        ("memory", "counted"),
        ("memory", "cards"),
        ("state", "skills"),
        ("recent",),
    ):
        for wrong in (None, 5, ["x"], "x"):
            damaged = json.loads(text)
            inside = damaged
            for name in path[:-1]:
                inside = inside[name]
            if inside[path[-1]] == wrong:
                continue
            inside[path[-1]] = wrong
            with room.database.transaction() as connection:
                _damage(json.dumps(damaged))(connection)
                found = LearningRecord(room.bank).current(connection)
            assert estimates(found)[:2] == estimates(known)[:2], (path, wrong)
    assert plain


EVENTS = [
    ("question.closed", 2, '{"what":"comes later"}'),
    ("question.closed", 1, "{"),
    ("question.closed", 1, "[]"),
    ("question.closed", 1, "{}"),
    ("question.voided", 2, '{"questions":["a"]}'),
    ("question.voided", 1, "no"),
    ("question.restored", 1, '{"question":7}'),
    ("memory.imported", 1, '{"pack":"p","item":"i","memory":{"stability":null}}'),
    ("memory.imported", 1, '{"pack":"p","item":"i","memory":[]}'),
    ("plan.changed", 2, '{"weeks":[1]}'),
    ("plan.changed", 1, '{"days":[0],"minutes":1}'),
    ("plan.changed", 1, '{"days":7,"minutes":"many"}'),
    ("plan.changed", 1, "{"),
    ("attempt.graded", 3, "{}"),
    ("something.new", 1, "{}"),
]


def _odd_evidence(body: dict[str, object]) -> Iterator[str]:
    for name, value in (
        ("purpose", "exam_day"),
        ("difficulty", float("nan")),
        ("weight", float("inf")),
        ("results", [["add"]]),
        ("results", [[7, 1.0, True]]),
        ("pack", ["p"]),
        ("level", "high"),
        ("at", None),
    ):
        yield json.dumps({**body, "question": "odd", name: value})


def test_events_that_cannot_be_read_stop_nothing(room: Classroom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(learning_record, "_SNAPSHOT_EVERY", 3)
    practise(room, 2)
    room.agenda.change_plan(Plan(minutes=25))
    known = room.agenda.knowledge()
    body = dict([body for kind, body in bodies(room) if kind == "question.closed"][-1])
    odd = [*EVENTS, *(("question.closed", 1, text) for text in _odd_evidence(body))]
    with room.database.transaction() as connection:
        (hlc,) = connection.execute("SELECT max(hlc) FROM events").fetchone()
        for n, (kind, version, text) in enumerate(odd, 1):
            connection.execute(
                "INSERT INTO events VALUES (randomblob(16), ?, ?, ?, ?, ?, ?, NULL)",
                (b"another device..", n, hlc + n, version, kind, text),
            )
    assert estimates(room.agenda.knowledge()) == estimates(known)
    room.restart()
    assert estimates(room.agenda.knowledge()) == estimates(known)
    assert room.agenda.plan().minutes == 25
    room.agenda.today()
    practise(room, 2)
    assert room.agenda.knowledge().state.questions == 4


def test_a_question_that_was_closed_twice_counts_once(room: Classroom) -> None:
    practise(room, 3)
    known = room.agenda.knowledge()
    with room.database.transaction() as connection:
        connection.execute(
            "INSERT INTO events SELECT randomblob(16), dev, seq + 1000, hlc + 1000000000, v, kind, body, NULL"
            " FROM events WHERE kind = 'question.closed'"
        )
    assert estimates(room.agenda.knowledge()) == estimates(known)
    room.restart()
    assert estimates(room.agenda.knowledge()) == estimates(known)


def test_words_of_a_newer_program_in_the_rows_stop_nothing(room: Classroom) -> None:
    room.solve(room.pose("add-1"))
    asked = room.pose("add-2")
    room.miss(asked)
    with room.database.transaction() as connection:
        connection.execute("UPDATE questions SET purpose = 'exam_day', mode = 'duel'")
        connection.execute("UPDATE questions SET ending = 'gave_up' WHERE status = 'closed'")
        connection.execute("UPDATE attempts SET flaw = 'mood'")
    room.restart()
    now = room.practice.open()
    assert now is not None
    assert (now.posed.purpose, now.posed.mode) == (Purpose.LEARN, PracticeMode.PRACTICE)
    room.solve()
    practise(room, 1)


@pytest.mark.parametrize("value", ["{", "7", "[]", '["a"]', "[NaN]", "null"])
def test_fitted_models_that_cannot_be_read_are_those_that_everybody_starts_with(
    room: Classroom, value: str
) -> None:
    practise(room, 2)
    known = room.agenda.knowledge()
    with room.database.transaction() as connection:
        for name in (learning_record.MEMORY_PARAMETERS, learning_record.PREDICTOR):
            connection.execute("INSERT INTO fitted VALUES (?, 0, ?)", (name, value))
    found = room.agenda.knowledge()
    assert estimates(found) == estimates(known)
    assert found.predictor == known.predictor
