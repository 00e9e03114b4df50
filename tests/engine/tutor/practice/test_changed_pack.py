"""A pack that is updated, removed or installed again under an open question and under evidence."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from engine.errors import UsageError
from engine.learner.mastery import Level
from engine.tutor.practice.agenda import Aim, Wanted
from engine.tutor.practice.practice_store import Status
from engine.tutor.practice.progress import levels
from tests.engine.tutor.practice.classroom import (
    PACK,
    SITTING,
    Classroom,
    practise,
    two_steps,
)

LEARN = Wanted(Aim.LEARN, PACK)


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Classroom]:
    classroom = Classroom(tmp_path / "home")
    yield classroom
    classroom.database.close()


def test_a_question_that_lost_the_step_that_was_answered_is_put_off(room: Classroom) -> None:
    room.pose("double-1")
    room.practice.answer("first", "24")
    held = room.bank.held[PACK]
    changed = two_steps()
    renamed = tuple(replace(step, id=f"new-{step.id}") for step in changed.steps)
    room.bank.held[PACK] = replace(held, items={**held.items, "double-1": replace(changed, steps=renamed)})
    assert room.practice.open() is None
    assert room.practice.sitting(SITTING)[-1].status is Status.DEFERRED
    practise(room, 1)


def test_an_ungraded_answer_to_a_step_that_is_gone_is_put_off_with_its_question(room: Classroom) -> None:
    room.pose("double-1")
    room.checker.broken = True
    with pytest.raises(RuntimeError):
        room.practice.answer("first", "24")
    room.checker.broken = False
    held = room.bank.held[PACK]
    last = two_steps().steps[1:]
    room.bank.held[PACK] = replace(held, items={**held.items, "double-1": replace(two_steps(), steps=last)})
    assert room.practice.open() is None


def test_a_question_that_another_version_asks_otherwise_is_not_graded_by_it(room: Classroom) -> None:
    room.pose("add-2")
    held = room.bank.held[PACK]
    item = replace(held.items["add-2"], stem="What is [[a]] and [[b]]?")
    room.bank.held[PACK] = replace(held, items={**held.items, "add-2": item})
    with pytest.raises(UsageError, match="has changed"):
        room.practice.answer("s1", "5")
    now = room.practice.open()
    assert now is not None
    room.solve(now)


def test_evidence_outlives_its_item_its_skill_its_misconception_and_its_pack(room: Classroom) -> None:
    asked = room.pose("add-2")
    values = asked.question.values
    room.miss(asked, str(values["a"] - values["b"]))  # type: ignore[operator]
    room.solve()
    practise(room, 6)
    held = room.bank.held[PACK]
    before = levels(room.agenda.knowledge(), room.agenda.curricula)
    assert before[PACK, "add"] is not Level.NOT_STARTED
    only_double = {name: it for name, it in held.items.items() if it.skills == ("double",)}
    skills = (replace(held.skills[0], id="plus"), held.skills[1])
    room.bank.held[PACK] = replace(held, skills=skills, edges=(), items=only_double, misconceptions={})
    assert room.agenda.knowledge().state.questions == 7
    practise(room, 2)
    room.bank.held.clear()
    assert room.agenda.today().reviews == ()
    with pytest.raises(UsageError, match="no questions"):
        room.agenda.next(LEARN, SITTING)
    room.bank.held[PACK] = held
    assert levels(room.agenda.knowledge(), room.agenda.curricula)[PACK, "add"] is before[PACK, "add"]
    room.agenda.today()
    practise(room, 1)
