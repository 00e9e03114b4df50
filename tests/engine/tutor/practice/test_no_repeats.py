"""What does not come next: the same form of a question, a bad one again, another step after a missed exam question."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from engine.content.item import ItemKind
from engine.learner.evidence import Purpose
from engine.sync.practice_events import PracticeMode, VoidReason
from engine.tutor.practice.agenda import Aim, Wanted
from engine.tutor.practice.practice_store import Status
from tests.engine.tutor.practice.classroom import (
    PACK,
    SITTING,
    Classroom,
    bodies,
)

LEARN = Wanted(Aim.LEARN, PACK)


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Classroom]:
    classroom = Classroom(tmp_path / "home")
    yield classroom
    classroom.database.close()


def test_the_question_posed_last_is_known_though_the_clock_was_set_back(room: Classroom) -> None:
    room.solve(room.pose("add-1"))
    room.clock.wait(days=-30)
    asked = room.pose("name-1")
    room.practice.leave()
    room.clock.wait(5)
    chosen = room.agenda.next(Wanted(Aim.SKILL, PACK, "add"), SITTING)
    assert chosen is not None
    assert chosen.item != asked.question.item.id


def test_in_an_exam_a_right_step_leads_to_the_next_and_a_missed_one_ends_it(room: Classroom) -> None:
    room.pose("double-1", mode=PracticeMode.EXAM)
    graded = room.practice.answer("first", "24")
    assert graded.asked.posed.status is Status.OPEN
    graded = room.practice.answer("last", "48")
    assert [body["ending"] for kind, body in bodies(room) if kind == "question.closed"] == ["solved"]
    room.pose("double-1", mode=PracticeMode.EXAM)
    graded = room.practice.answer("first", "7")
    assert graded.asked.posed.status is Status.CLOSED


def test_a_bad_question_is_not_asked_again_at_once(room: Classroom) -> None:
    asked = room.pose("name-1")
    room.practice.void(asked.posed.id, VoidReason.WRONG_KEY)
    for _ in range(8):
        chosen = room.agenda.next(Wanted(Aim.SKILL, PACK, "add"), SITTING)
        assert chosen is not None
        assert chosen.item != "name-1"
        room.solve(room.practice.pose(chosen, SITTING, PracticeMode.PRACTICE))


def test_voided_numbers_do_not_come_again(room: Classroom) -> None:
    stems = []
    for n in range(4):
        chosen = room.agenda.next(Wanted(Aim.SKILL, PACK, "double"), SITTING)
        assert chosen is not None
        asked = room.practice.pose(chosen, SITTING, PracticeMode.PRACTICE)
        stems.append(asked.question.stem)
        room.solve(asked)
        if n % 2:
            room.practice.void(asked.posed.id, VoidReason.OTHER)
    assert len(set(stems)) == len(stems)


def test_the_retry_after_a_solution_waits_for_the_next_sitting(room: Classroom) -> None:
    room.pose("add-2")
    for _ in range(3):
        room.practice.tell()
    assert room.agenda.next(Wanted(Aim.PLACEMENT, PACK), "placement").purpose is Purpose.PLACEMENT  # type: ignore[union-attr]
    chosen = room.agenda.next(LEARN, "tomorrow morning")
    assert chosen is not None
    assert (chosen.item, chosen.purpose) == ("add-2", Purpose.RETRY)
    room.solve(room.practice.pose(chosen, "tomorrow morning", PracticeMode.PRACTICE))
    chosen = room.agenda.next(LEARN, "tomorrow morning")
    assert chosen is not None
    assert chosen.purpose is not Purpose.RETRY


def test_a_choice_of_options_is_never_the_same_twice_in_a_row(room: Classroom) -> None:
    held = room.bank.held[PACK]
    some = {
        name: it for name, it in held.items.items() if it.steps[0].kind is ItemKind.CHOICE or "add" in name
    }
    room.bank.held[PACK] = replace(held, items=some)
    before = ""
    for _ in range(12):
        chosen = room.agenda.next(Wanted(Aim.SKILL, PACK, "add"), SITTING)
        assert chosen is not None
        assert chosen.item != before or chosen.item != "name-1"
        before = chosen.item
        room.practice.pose(chosen, SITTING, PracticeMode.PRACTICE)
        room.practice.leave()
