"""What an exam asks: all that was begun, in turn; where nothing was begun, the whole pack."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.sync.practice_events import PracticeMode
from engine.tutor.practice.agenda import Aim, Wanted
from tests.engine.tutor.practice.classroom import PACK, Classroom

EXAM = Wanted(Aim.LEARN, PACK, mode=PracticeMode.EXAM)


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Classroom]:
    classroom = Classroom(tmp_path / "home")
    yield classroom
    classroom.database.close()


def examined(room: Classroom, questions: int) -> Counter[str]:
    asked: Counter[str] = Counter()
    for _ in range(questions):
        chosen = room.agenda.next(EXAM, "exam")
        assert chosen is not None
        assert not chosen.worked_example
        question = room.practice.pose(chosen, "exam", PracticeMode.EXAM)
        asked[question.question.item.skills[0]] += 1
        room.solve(question)
    return asked


def test_all_skills_that_were_begun_are_asked_about_equally_often(room: Classroom) -> None:
    for item in ("add-1", "double-add-1"):
        room.solve(room.pose(item))
    asked = examined(room, 6)
    assert asked == {"add": 3, "double": 3}


def test_what_was_not_begun_is_not_asked_about(room: Classroom) -> None:
    room.solve(room.pose("add-1"))
    assert examined(room, 4) == {"add": 4}


def test_where_nothing_was_begun_the_whole_pack_is_asked_about(room: Classroom) -> None:
    asked = examined(room, 2 * len(room.agenda.curricula[PACK].order))
    assert set(asked) == set(room.agenda.curricula[PACK].order)
