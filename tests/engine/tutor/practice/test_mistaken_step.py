"""A mistake in a step that happens to give the answer of the last one."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from engine.content.item import Mistake
from tests.engine.tutor.practice.classroom import PACK, Classroom, two_steps


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Classroom]:
    classroom = Classroom(tmp_path / "home")
    yield classroom
    classroom.database.close()


def test_a_known_mistake_is_met_as_one_although_the_last_step_has_its_number(room: Classroom) -> None:
    """Whoever takes the displacement for the distance has not answered where the walk ends."""
    item, held = two_steps(), room.bank.held[PACK]
    first = replace(item.steps[0], mistakes=(Mistake("m.minus", {"value": "48"}),))
    changed = replace(item, steps=(first, item.steps[1]))
    room.bank.held[PACK] = replace(held, items={**held.items, item.id: changed})
    room.pose(item.id)
    graded = room.practice.answer("first", "48")
    assert graded.verdict.misconception == "m.minus"
    assert graded.asked.state.current == 0
