"""What the window is told of a learner, from what was practised."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest

from engine.errors import UsageError
from engine.learner.mastery import Level
from engine.learner.trend import Direction
from tests.engine.tutor.practice.classroom import PACK, Classroom
from tutor_app.richtext.plain import to_plain
from tutor_app.services.learning import LearningService
from tutor_app.services.learning_facts import PlanChoice, Result
from tutor_app.workers.workbench import Job, Workbench

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Classroom]:
    made = Classroom(tmp_path)
    yield made
    made.database.close()


def service(room: Classroom) -> LearningService:
    """The service on a profile in which the classroom's learner practises."""
    runtime = SimpleNamespace(
        agenda=room.agenda,
        practice=room.practice,
        items=room.bank,
        database=room.database,
        indexes=(),
    )
    return LearningService(cast("Workbench", SimpleNamespace(runtime=runtime, clock=room.clock)))


def practised(room: Classroom, items: list[str]) -> None:
    for at, item in enumerate(items):
        room.solve(room.pose(item, seed=at))
        room.clock.wait(60)


def test_the_map_has_all_skills_prerequisites_first_and_what_is_missing(room: Classroom) -> None:
    found = service(room).skill_map(Job())
    assert (found.pack, [one.id for one in found.skills]) == (PACK, ["add", "double"])
    add, double = found.skills
    assert (add.level, add.layer, add.ready) == (Level.NOT_STARTED, 0, True)
    assert (double.requires, double.layer, double.ready) == (("add",), 1, False)
    assert add.missing
    assert found.next == "add"
    (pack,) = found.packs
    assert (pack.title, pack.skills, pack.begun) == ("Sums", 2, 0)


def test_practice_moves_a_skill_on_the_map(room: Classroom) -> None:
    practised(room, ["add-2", "add-3", "add-4", "add-5"])
    add = service(room).skill_map(Job()).skills[0]
    assert add.level is Level.PROFICIENT
    assert add.due is not None
    assert service(room).skill_map(Job()).packs[0].begun == 1


def test_an_unknown_pack_gives_the_map_of_the_one_practised_last(room: Classroom) -> None:
    assert service(room).skill_map(Job(), "org.example.gone").pack == PACK


def test_without_packs_there_is_an_empty_map_and_no_figures(room: Classroom) -> None:
    room.bank.held.clear()
    found = service(room).skill_map(Job())
    assert (found.pack, found.packs, found.skills) == ("", (), ())
    assert service(room).progress(Job()).answers == 0


def test_figures_are_of_what_was_practised(room: Classroom) -> None:
    practised(room, ["add-0", "add-1", "add-2"])
    room.miss(room.pose("add-3"))
    room.practice.leave()
    found = service(room).progress(Job())
    assert found.answers == 4
    assert found.trend.direction is Direction.NOT_ENOUGH
    assert len(found.trend.average) == len(found.trend.days) == 4
    assert found.spent[-1].questions == 4
    assert found.spent[-1].minutes == pytest.approx(4 * 10 / 60)
    assert [one.result for one in found.questions] == [Result.MISSED, *[Result.RIGHT] * 3]
    assert found.questions[0].skill_name == "Add"
    assert to_plain(found.questions[0].text).startswith("What is ")


def test_an_open_question_is_not_listed(room: Classroom) -> None:
    room.pose("add-0")
    assert service(room).progress(Job()).questions == ()


def test_a_question_whose_pack_is_gone_is_still_listed_and_can_be_voided(room: Classroom) -> None:
    practised(room, ["add-0"])
    room.bank.held.clear()
    (one,) = service(room).progress(Job()).questions
    assert (one.text.blocks, one.skill_name, one.pack_title) == ((), "", "")
    service(room).void(Job(), one.id)
    assert service(room).progress(Job()).questions[0].void


def test_a_pack_has_figures_of_its_own(room: Classroom) -> None:
    practised(room, ["add-0"])
    found = service(room).progress(Job(), "org.example.other")
    assert (found.answers, found.questions, sum(day.questions for day in found.spent)) == (0, (), 0)


def test_a_voided_question_leaves_all_figures_and_comes_back(room: Classroom) -> None:
    practised(room, ["add-2", "add-3", "add-4", "add-5"])
    tutor = service(room)
    before = (tutor.skill_map(Job()), tutor.progress(Job()))
    wanted = before[1].questions[0].id
    tutor.void(Job(), wanted)
    without = tutor.progress(Job())
    assert without.answers == 3
    assert without.questions[0].void
    tutor.restore(Job(), wanted)
    assert (tutor.skill_map(Job()), tutor.progress(Job())) == before
    with pytest.raises(UsageError):
        tutor.restore(Job(), wanted)


def test_only_predictions_that_were_stored_are_compared(room: Classroom) -> None:
    practised(room, ["add-0", "add-1"])  # posed without a prediction
    assert service(room).progress(Job()).calibration.count == 0


def test_the_same_misconception_twice_is_told_with_its_passage(room: Classroom) -> None:
    for seed in (0, 1):
        asked = room.pose("add-0", seed=seed)
        a, b = (int(asked.question.values[name]) for name in ("a", "b"))
        room.miss(asked, str(a - b))
        room.solve()
    (seen,) = service(room).progress(Job()).misconceptions
    assert (seen.skill_name, seen.passage, seen.count, seen.of) == ("Add", "p-1", 2, 2)


def test_the_plan_is_changed_and_its_days_are_told(room: Classroom) -> None:
    practised(room, ["add-0"])
    tutor = service(room)
    wanted = PlanChoice(frozenset({0, 3}), 30, date(2026, 12, 1))
    found = tutor.change_plan(Job(), wanted)
    assert found.plan == wanted
    assert tutor.plan(Job()) == found
    assert [day.day for day in found.practised] == [found.today]
    assert len(found.forecast) == 30
    assert tutor.change_plan(Job(), PlanChoice(frozenset({0}), 5)).plan.exam is None


@pytest.mark.parametrize("wanted", [PlanChoice(frozenset(), 15), PlanChoice(frozenset({0}), 4)])
def test_a_plan_that_cannot_be_is_refused(room: Classroom, wanted: PlanChoice) -> None:
    with pytest.raises(UsageError):
        service(room).change_plan(Job(), wanted)


def test_a_pack_without_skills_has_no_place_to_read(room: Classroom) -> None:
    assert service(room).passage(Job(), PACK, "add") == ""
