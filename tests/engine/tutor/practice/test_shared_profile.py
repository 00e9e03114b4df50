"""A window and a terminal practise in one profile at once: one of them is told so in a plain sentence."""

import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.answers.answer import Answer, MistakeRule, Response
from engine.answers.verdict import Outcome, Verdict
from engine.errors import UsageError, UserFacingError
from engine.sync.practice_events import PracticeMode, VoidReason
from engine.tutor.practice.agenda import Aim, Wanted
from engine.tutor.practice.learning_record import LearningRecord
from engine.tutor.practice.practice_store import Status
from tests.engine.tutor.practice.classroom import PACK, SITTING, Classroom, PlainChecker, bodies, right
from tests.engine.tutor.practice.traces import estimates


@pytest.fixture
def window(tmp_path: Path) -> Iterator[Classroom]:
    classroom = Classroom(tmp_path / "home")
    yield classroom
    classroom.database.close()


@pytest.fixture
def terminal(window: Classroom) -> Iterator[Classroom]:
    classroom = Classroom(window.folder, window.clock, window.bank)
    yield classroom
    classroom.database.close()


class Interrupted(PlainChecker):
    """Something happens elsewhere while an answer is being checked."""

    def __init__(self, other: Classroom, what: str) -> None:
        self.other = other
        self.what = what

    def check(self, answer: Answer, response: Response, mistakes: tuple[MistakeRule, ...] = ()) -> Verdict:
        if self.what == "void":
            self.other.practice.void(self.other.practice.sitting(SITTING)[0].id, VoidReason.OTHER)
        else:
            assert self.other.practice.open() is None, "it was not graded there"
        return super().check(answer, response, mistakes)


def kinds(room: Classroom) -> Counter[str]:
    return Counter(kind for kind, _ in bodies(room))


def test_only_one_of_two_poses(window: Classroom, terminal: Classroom) -> None:
    window.pose("add-1")
    with pytest.raises(UsageError, match="open already"):
        terminal.pose("add-2")
    asked = terminal.practice.open()
    assert asked is not None
    assert asked.question.item.id == "add-1"


def test_an_answer_never_goes_to_a_question_that_the_learner_does_not_see(
    window: Classroom, terminal: Classroom
) -> None:
    seen = window.pose("add-1")
    terminal.practice.open()
    terminal.practice.leave()
    other = terminal.pose("add-2")
    for act in (
        lambda: window.practice.answer("s1", right(seen, "s1")),
        window.practice.help,
        window.practice.tell,
        window.practice.leave,
    ):
        with pytest.raises(UsageError, match="has changed"):
            act()
    assert window.practice.open() == other
    window.solve()
    assert kinds(window)["attempt.graded"] == 1


def test_a_question_that_was_answered_elsewhere_is_over(window: Classroom, terminal: Classroom) -> None:
    asked = window.pose("add-1")
    terminal.solve()
    with pytest.raises(UsageError, match="No question is open"):
        window.practice.answer("s1", right(asked, "s1"))
    assert window.practice.open() is None
    assert kinds(window)["question.closed"] == 1


@pytest.mark.parametrize(("what", "closed"), [("grade", 1), ("void", 0)])
def test_what_happens_elsewhere_during_a_check_stands(
    window: Classroom, terminal: Classroom, what: str, closed: int
) -> None:
    asked = window.pose("add-1")
    window.practice._checker = Interrupted(terminal, what)
    graded = window.practice.answer("s1", right(asked, "s1"))
    assert graded.verdict.outcome is Outcome.RIGHT
    assert kinds(window)["question.closed"] == kinds(window)["attempt.graded"] == closed
    status = window.practice.sitting(SITTING)[0].status
    assert status is (Status.CLOSED if closed else Status.VOID)


def act(room: Classroom, session: str, n: int) -> None:
    asked = room.practice.open()
    if asked is None:
        chosen = room.agenda.next(Wanted(Aim.LEARN, PACK), session)
        assert chosen is not None
        asked = room.practice.pose(chosen, session, PracticeMode.LEARN)
    if n % 5 == 1:
        room.practice.answer(asked.step.id, "999")
    if n % 5 == 2:
        room.practice.tell()
    if n % 7 == 3:
        room.practice.void(asked.posed.id, VoidReason.OTHER)
    room.practice.answer(asked.step.id, right(asked, asked.step.id))


def test_two_that_do_whatever_they_like_get_sentences_and_nothing_counts_twice(
    window: Classroom, terminal: Classroom
) -> None:
    sentences: list[str] = []
    bugs: list[BaseException] = []

    def practise(room: Classroom, session: str) -> None:
        for n in range(25):
            try:
                act(room, session, n)
            except UserFacingError as error:
                sentences.append(error.todo)
            except BaseException as error:  # noqa: BLE001 - told in the other thread
                bugs.append(error)

    both = [threading.Thread(target=practise, args=it) for it in ((window, "window"), (terminal, "terminal"))]
    for room in (window, terminal):
        with room.database.reading() as connection:
            connection.execute("PRAGMA synchronous=OFF")
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    assert not bugs
    assert all(sentences)
    closed = [body["question"] for kind, body in bodies(window) if kind == "question.closed"]
    assert len(set(closed)) == len(closed)
    known = window.agenda.knowledge()
    with window.database.reading() as connection:
        assert estimates(LearningRecord(window.bank).current(connection)) == estimates(known)
    assert estimates(terminal.agenda.knowledge()) == estimates(known)
