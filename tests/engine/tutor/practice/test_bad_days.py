"""Disks that are full or read-only, checks that fail, strange answers, clocks that are set back: nothing is lost."""

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from engine.answers.answer import Answer, MistakeRule, Response
from engine.answers.verdict import Outcome, Verdict
from engine.errors import ExpressionError, StorageFullError, StorageReadOnlyError, UsageError
from engine.sync.practice_events import VoidReason
from engine.tutor.practice import learning_record
from engine.tutor.practice.agenda import Aim, Wanted
from engine.tutor.practice.asked import Asked
from engine.tutor.practice.question_state import NextHelp
from tests.engine.tutor.practice.classroom import (
    PACK,
    SITTING,
    Classroom,
    PlainChecker,
    bodies,
    practise,
    right,
)

LEARN = Wanted(Aim.LEARN, PACK)


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Classroom]:
    classroom = Classroom(tmp_path / "home")
    yield classroom
    classroom.database.close()


@contextlib.contextmanager
def read_only(room: Classroom) -> Iterator[None]:
    with room.database.reading() as connection:
        connection.execute("PRAGMA query_only=ON")
    yield
    with room.database.reading() as connection:
        connection.execute("PRAGMA query_only=OFF")


def rows(room: Classroom) -> list[list[tuple[object, ...]]]:
    with room.database.reading() as connection:
        return [
            connection.execute(f"SELECT * FROM {table}").fetchall()
            for table in ("questions", "attempts", "hints", "events")
        ]


def _answer_at_length(room: Classroom) -> None:
    for _ in range(100):
        room.practice.answer("s1", "9" * 5000)


@pytest.mark.parametrize(
    "act",
    [
        lambda room: room.practice.answer("s1", "900"),
        lambda room: room.practice.help(),
        lambda room: room.practice.tell(),
        lambda room: room.practice.leave(),
        lambda room: room.practice.void(room.practice.sitting(SITTING)[-1].id, VoidReason.OTHER),
        lambda room: room.practice.restore(room.practice.sitting(SITTING)[0].id),
    ],
)
def test_on_a_read_only_disk_everything_is_refused_and_nothing_is_changed(
    room: Classroom, act: Callable[[Classroom], object]
) -> None:
    bad = room.pose("add-1")
    room.solve()
    room.practice.void(bad.posed.id, VoidReason.OTHER)
    asked = room.pose("add-2")
    room.miss(asked)
    before = rows(room)
    with read_only(room), pytest.raises(StorageReadOnlyError):
        act(room)
    assert rows(room) == before
    room.restart()
    now = room.practice.open()
    assert now is not None
    assert [it.response for it in now.attempts] == ["999"]


def test_on_a_read_only_disk_what_is_known_and_what_waits_is_shown(
    room: Classroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    practise(room, 3)
    asked = room.pose("add-2")
    monkeypatch.setattr(learning_record, "_SNAPSHOT_EVERY", 1)
    room.restart()
    with read_only(room):
        assert room.practice.open() == asked
        assert room.agenda.knowledge().state.questions == 3
        assert room.agenda.today().reviews == ()
        assert room.agenda.next(LEARN, SITTING) is not None


def test_a_verdict_that_cannot_be_stored_is_made_again_at_the_next_start(
    room: Classroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = room.pose("add-2")
    real = room.practice._book.judge

    def full(*arguments: object) -> object:
        real(*arguments)  # type: ignore[arg-type]
        raise StorageFullError("The disk is full.", todo="Free some space and try again.")

    monkeypatch.setattr(type(room.practice._book), "judge", lambda _, *arguments: full(*arguments))
    with pytest.raises(StorageFullError):
        room.practice.answer("s1", right(asked, "s1"))
    monkeypatch.undo()
    assert "question.closed" not in [kind for kind, _ in bodies(room)]
    room.restart()
    assert room.practice.open() is None
    assert [kind for kind, _ in bodies(room)][-2:] == ["attempt.graded", "question.closed"]


def test_a_full_disk_is_named_and_the_answers_before_are_kept(room: Classroom) -> None:
    asked = room.pose("add-2")
    room.miss(asked)
    with room.database.reading() as connection:
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count={pages}")
    with pytest.raises(StorageFullError):
        _answer_at_length(room)
    with room.database.reading() as connection:
        connection.execute("PRAGMA max_page_count=1000000")
    room.restart()
    now = room.practice.open()
    assert now is not None
    assert now.attempts[0].response == "999"
    assert all(it.verdict is not None for it in now.attempts)


class Refusing(PlainChecker):
    """Cannot evaluate the pack's own answer."""

    def check(self, answer: Answer, response: Response, mistakes: tuple[MistakeRule, ...] = ()) -> Verdict:
        raise ExpressionError("It has no value.", todo="Mend the pack.")


def test_an_answer_of_the_pack_without_a_value_is_not_the_learners_fault(room: Classroom) -> None:
    room.pose("add-2")
    room.practice._checker = Refusing()
    graded = room.practice.answer("s1", "5")
    assert graded.verdict.outcome is Outcome.UNSURE
    room.practice.leave()
    assert "question.closed" not in [kind for kind, _ in bodies(room)]


def test_an_answer_that_always_crashes_the_check_does_not_hold_the_learner_up(room: Classroom) -> None:
    room.pose("add-2")
    room.checker.broken = True
    with pytest.raises(RuntimeError):
        room.practice.answer("s1", "5")
    room.restart()
    now = room.practice.open()
    assert now is not None
    assert [it.verdict for it in now.attempts] == [Verdict(Outcome.UNSURE)]
    room.practice.leave()


@pytest.mark.parametrize(
    "response",
    ["9" * 100_000, ("sum",) * 20_000, {"gap": "9" * 100_000}, dict.fromkeys(map(str, range(9000)), "")],
)
def test_an_endless_answer_is_refused_and_not_stored(room: Classroom, response: Response) -> None:
    room.pose("add-2")
    before = rows(room)
    with pytest.raises(UsageError, match="too long"):
        room.practice.answer("s1", response)
    assert rows(room) == before


@pytest.mark.parametrize("item", ["add-2", "name-1"])
@pytest.mark.parametrize(
    "response",
    ["\0", "\ud800", "a\udfffb\0c", "", "\n" * 500, "sum" * 900, ("sum",), ("x", "x"), {}, {"s": "\ud83d"}],
)
def test_a_strange_answer_is_kept_and_judged(room: Classroom, item: str, response: Response) -> None:
    room.pose(item)
    graded = room.practice.answer("s1", response)
    assert graded.verdict.outcome is not Outcome.RIGHT
    room.restart()
    now = room.practice.open()
    assert now is not None
    assert now.attempts[0].response == response
    room.solve()


def test_a_clock_set_back_in_mid_question_blocks_nothing(room: Classroom) -> None:
    asked = room.pose("add-2")
    room.clock.wait(13)
    room.practice.help()
    room.clock.wait(-7200)
    assert isinstance(room.practice.help(), NextHelp)
    room.miss(asked)
    helped = room.practice.help()
    assert isinstance(helped, Asked)
    assert helped.state.level == 2
    room.miss(asked, "901")
    helped = room.practice.help()
    assert isinstance(helped, Asked)
    room.solve()
    closed = [body for kind, body in bodies(room) if kind == "question.closed"][-1]
    assert 0 <= float(str(closed["seconds"])) < 120
    assert closed["weight"] == 1.0
