"""What comes next: reviews when they are due, placement, the plan, and decisions that can be made again."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from engine.errors import UsageError
from engine.learner.adaptation import decide
from engine.learner.evidence import Purpose
from engine.learner.mastery import Level
from engine.sync.practice_events import PracticeMode
from engine.tutor.practice.agenda import Aim, Wanted
from engine.tutor.practice.fitting import fit_is_due, fit_models
from engine.tutor.practice.knowledge import RECENT
from engine.tutor.practice.learning_log import latest_evidence
from engine.tutor.practice.plan import Plan
from engine.tutor.practice.posing import PackMoment, situation_of
from engine.tutor.practice.practice_store import PracticeStore
from engine.tutor.practice.progress import levels, skill_map
from tests.engine.tutor.practice.classroom import PACK, SITTING, Classroom, bodies

LEARN = Wanted(Aim.LEARN, PACK)
TODAY = Wanted(Aim.TODAY)
REVIEW = Wanted(Aim.REVIEW)


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Classroom]:
    classroom = Classroom(tmp_path / "home")
    yield classroom
    classroom.database.close()


def practise(room: Classroom, wanted: Wanted, count: int, session: str = SITTING) -> list[Purpose]:
    """Solve what comes, rightly; returns the purposes."""
    purposes = []
    for _ in range(count):
        chosen = room.agenda.next(wanted, session)
        if chosen is None:
            break
        purposes.append(chosen.purpose)
        room.solve(room.practice.pose(chosen, session, PracticeMode.PRACTICE))
    return purposes


def learn(room: Classroom) -> None:
    """Until the first skill is proficient."""
    for _ in range(20):
        practise(room, LEARN, 1)
        if Level.PROFICIENT in levels(room.agenda.knowledge(), room.agenda.curricula).values():
            return
    pytest.fail("nothing was learned in twenty right answers")


def test_a_beginner_starts_with_a_skill_that_needs_no_other(room: Classroom) -> None:
    chosen = room.agenda.next(TODAY, SITTING)
    assert chosen is not None
    assert room.bank.held[PACK].items[chosen.item].skills[0] == "add"
    assert chosen.decision is not None


def test_what_was_learned_is_due_on_another_day_and_reviewed_with_other_numbers(room: Classroom) -> None:
    learn(room)
    assert room.agenda.today().reviews == ()
    assert practise(room, REVIEW, 1) == []
    room.clock.wait(days=60)
    today = room.agenda.today()
    assert [one.card.id for one in today.reviews] == ["add"]
    assert today.minutes > 0
    assert practise(room, TODAY, 1, "another day") == [Purpose.REVIEW]
    assert room.agenda.today().reviews == ()


def test_a_right_answer_in_a_mixed_set_on_another_day_makes_a_skill_mastered(room: Classroom) -> None:
    learn(room)
    room.clock.wait(days=30)
    room.solve(room.pose("double-add-1"))
    room.solve(room.pose("add-2", purpose=Purpose.REVIEW))
    assert levels(room.agenda.knowledge(), room.agenda.curricula)[PACK, "add"] is Level.MASTERED


def test_a_picked_skill_is_what_is_asked(room: Classroom) -> None:
    chosen = room.agenda.next(Wanted(Aim.SKILL, PACK, "double"), SITTING)
    assert chosen is not None
    assert chosen.purpose is Purpose.CHOSEN
    with pytest.raises(UsageError, match="no such skill"):
        room.agenda.next(Wanted(Aim.SKILL, PACK, "fly"), SITTING)
    with pytest.raises(UsageError, match="no questions"):
        room.agenda.next(Wanted(Aim.LEARN, "org.example.nothing"), SITTING)


def test_placement_ends_after_few_questions_and_one_attempt_each(room: Classroom) -> None:
    wanted = Wanted(Aim.PLACEMENT, PACK)
    asked = 0
    while (chosen := room.agenda.next(wanted, SITTING)) is not None:
        asked += 1
        assert asked <= 12
        assert chosen.purpose is Purpose.PLACEMENT
        room.miss(room.practice.pose(chosen, SITTING, PracticeMode.PRACTICE))
        assert room.practice.open() is None
    assert asked >= 1


def test_the_plan_is_kept_and_refused_when_it_is_none(room: Classroom) -> None:
    plan = Plan(frozenset({0, 2, 4}), 20, date(2026, 12, 18))
    room.agenda.change_plan(plan)
    room.restart()
    assert room.agenda.plan() == plan
    for days, minutes in ((frozenset[int](), 20), (frozenset({7}), 20), (frozenset({1}), 1)):
        with pytest.raises(UsageError):
            Plan(days, minutes)


def test_a_decision_is_logged_and_can_be_made_again_to_the_same_bytes(room: Classroom) -> None:
    learn(room)
    with room.database.reading() as connection:
        (device,) = connection.execute("SELECT id FROM device").fetchone()
        moment = PackMoment(
            room.bank.held[PACK],
            room.agenda.curricula[PACK],
            room.agenda.knowledge(),
            PracticeStore().uses(connection, PACK),
            tuple(latest_evidence(connection, RECENT, pack=PACK)),
            int.from_bytes(device[:4], "big"),
            int(room.clock.now().timestamp() * 1000),
        )
    chosen = room.agenda.next(LEARN, SITTING)
    again = decide(situation_of(moment))
    assert chosen is not None
    assert chosen.decision is not None
    assert again is not None
    assert again.to_json() == chosen.decision.to_json()
    room.practice.pose(chosen, SITTING, PracticeMode.PRACTICE)
    logged = [body for kind, body in bodies(room) if kind == "decision.made"][-1]["decision"]
    import json

    assert json.dumps(logged, sort_keys=True, separators=(",", ":"), ensure_ascii=False) == again.to_json()


def test_the_map_says_what_is_missing_and_when_a_review_is_due(room: Classroom) -> None:
    learn(room)
    now = int(room.clock.now().timestamp() * 1000)
    pack = room.bank.held[PACK]
    standings = skill_map(
        pack, room.agenda.curricula[PACK], room.agenda.knowledge(), room.agenda.schedule(), now=now
    )
    add, double = standings
    assert (add.skill, add.level, add.layer, add.ready) == ("add", Level.PROFICIENT, 0, True)
    assert add.missing
    assert add.due is not None
    assert add.due > now
    assert (double.skill, double.layer, double.ready, double.due) == ("double", 1, True, None)


def test_models_are_fitted_once_a_month_and_not_from_little(room: Classroom) -> None:
    practise(room, LEARN, 3)
    assert fit_is_due(room.database, room.clock)
    assert fit_models(room.database, room.record, room.clock) == (False, False)
    assert not fit_is_due(room.database, room.clock)
    room.clock.wait(days=31)
    assert fit_is_due(room.database, room.clock)


def test_a_clock_that_is_set_back_loses_no_review(room: Classroom) -> None:
    learn(room)
    room.clock.wait(days=40)
    practise(room, REVIEW, 1, "on time")
    room.clock.wait(days=-39)
    before = room.agenda.knowledge()
    practise(room, LEARN, 2, "set back")
    after = room.agenda.knowledge()
    assert after.state.questions == before.state.questions + 2
