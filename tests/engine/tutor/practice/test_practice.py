"""Questions are posed, answered, helped with, closed and voided, and survive a crash at any moment."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from engine.answers.verdict import Flaw, Outcome
from engine.content.item import ItemKind, Step
from engine.errors import UsageError
from engine.learner.decision import Reason
from engine.learner.evidence import Purpose
from engine.sync.practice_events import Ending, PracticeMode, VoidReason
from engine.tutor.practice.agenda import Aim, Wanted
from engine.tutor.practice.asked import Asked
from engine.tutor.practice.posing import Chosen
from engine.tutor.practice.practice_store import Status
from engine.tutor.practice.question_state import NextHelp
from tests.engine.tutor.practice.classroom import (
    PACK,
    SITTING,
    Classroom,
    adding,
    bodies,
    pack_items,
    right,
    step,
    two_steps,
)


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Classroom]:
    classroom = Classroom(tmp_path / "home")
    yield classroom
    classroom.database.close()


def last_closed(room: Classroom) -> dict[str, object]:
    return dict([body for kind, body in bodies(room) if kind == "question.closed"][-1])


def test_a_right_answer_closes_the_question_with_full_credit(room: Classroom) -> None:
    asked = room.pose("add-2")
    room.clock.wait(12)
    graded = room.practice.answer("s1", right(asked, "s1"))
    assert graded.verdict.outcome is Outcome.RIGHT
    assert graded.asked.posed.ending is Ending.SOLVED
    closed = last_closed(room)
    assert (closed["results"], closed["seconds"], closed["attempts"]) == ([["add", 1.0, True]], 12.0, 1)
    assert room.practice.open() is None


def test_the_same_seed_gives_the_same_question_and_another_seed_another(room: Classroom) -> None:
    first = room.pose("add-2", seed=3)
    room.practice.leave()
    again = room.pose("add-2", seed=3)
    room.practice.leave()
    other = room.pose("add-2", seed=4)
    assert first.question == again.question
    assert first.question.stem != other.question.stem


def test_only_one_question_is_open(room: Classroom) -> None:
    room.pose("add-1")
    with pytest.raises(UsageError, match="open already"):
        room.pose("add-2")


def test_a_miss_keeps_the_question_open_and_names_the_misconception_as_a_question(room: Classroom) -> None:
    asked = room.pose("add-2")
    values = asked.question.values
    graded = room.practice.answer("s1", str(values["a"] - values["b"]))  # type: ignore[operator]
    assert graded.verdict.misconception == "m.minus"
    assert graded.reply.text.endswith("?")
    assert graded.reply.passage == "p-1"
    assert graded.asked.posed.status is Status.OPEN
    room.solve()
    assert last_closed(room)["results"] == [["add", 0.0, False]]
    assert last_closed(room)["misconceptions"] == ["m.minus"]


def test_what_cannot_be_read_is_no_attempt(room: Classroom) -> None:
    asked = room.pose("add-2")
    graded = room.practice.answer("s1", "2 + (")
    assert graded.verdict.outcome is Outcome.UNREADABLE
    assert graded.asked.state.steps[0].attempts == 0
    room.practice.answer("s1", right(asked, "s1"))
    assert last_closed(room)["results"] == [["add", 1.0, True]]


def test_help_needs_an_attempt_or_time_to_read(room: Classroom) -> None:
    asked = room.pose("add-2")
    early = room.practice.help()
    assert isinstance(early, NextHelp)
    assert 0 < early.wait_s <= 12
    room.clock.wait(early.wait_s)
    given = room.practice.help()
    assert isinstance(given, Asked)
    assert given.state.level == 1
    assert isinstance(room.practice.help(), NextHelp)
    room.miss(asked)
    given = room.practice.help()
    assert isinstance(given, Asked)
    assert given.state.level == 2


def test_the_solution_comes_only_after_the_analogue_and_another_try(room: Classroom) -> None:
    asked = room.pose("add-2")
    for level in (1, 2, 3, 4):
        room.clock.wait(13)
        given = room.practice.help()
        assert isinstance(given, Asked)
        assert given.state.level == level
    room.clock.wait(13)
    early = room.practice.help()
    assert isinstance(early, NextHelp)
    assert early.wait_s > 60
    room.miss(asked)
    shown = room.practice.help()
    assert isinstance(shown, Asked)
    assert shown.posed.ending is Ending.SHOWN
    assert last_closed(room)["results"] == [["add", 0.0, False]]
    assert last_closed(room)["level"] == 5


@pytest.mark.parametrize(("level", "credit"), [(1, 0.6), (2, 0.4), (3, 0.0), (4, 0.0)])
def test_help_costs_credit(room: Classroom, level: int, credit: float) -> None:
    room.pose("add-2")
    for _ in range(level):
        room.clock.wait(13)
        room.practice.help()
    room.solve()
    assert last_closed(room)["results"] == [["add", credit, False]]


def test_just_tell_me_is_never_a_deadlock(room: Classroom) -> None:
    room.pose("add-2")
    levels = []
    for _ in range(3):
        told = room.practice.tell()
        assert isinstance(told, Asked)
        levels.append(told.state.level)
    assert levels == [1, 2, 5]
    assert last_closed(room)["ending"] == "shown"


def test_after_three_misses_help_comes_unasked(room: Classroom) -> None:
    asked = room.pose("add-2")
    room.miss(asked, "900")
    room.miss(asked, "901")
    now = room.practice.open()
    assert now is not None
    assert now.state.offers_help
    graded = room.practice.answer("s1", "902")
    assert graded.help_given == 1


def test_a_solution_is_followed_by_another_question_like_it(room: Classroom) -> None:
    asked = room.pose("add-2")
    for _ in range(3):
        room.practice.tell()
    chosen = room.agenda.next(wanted_learning(), SITTING)
    assert chosen is not None
    assert (chosen.item, chosen.purpose) == ("add-2", Purpose.RETRY)
    retry = room.practice.pose(chosen, SITTING, PracticeMode.PRACTICE)
    assert retry.question.stem != asked.question.stem


def wanted_learning() -> Wanted:
    return Wanted(Aim.LEARN, PACK)


def test_an_exam_gives_no_help_and_one_attempt(room: Classroom) -> None:
    asked = room.pose("add-2", mode=PracticeMode.EXAM)
    room.clock.wait(100)
    with pytest.raises(UsageError, match="no help"):
        room.practice.help()
    with pytest.raises(UsageError, match="no help"):
        room.practice.tell()
    room.miss(asked)
    assert room.practice.open() is None
    assert last_closed(room)["ending"] == "missed"


def test_steps_are_asked_in_order_and_the_last_may_be_answered_at_once(room: Classroom) -> None:
    asked = room.pose("double-1")
    first = room.practice.answer("first", "24").asked
    assert first.state.current == 1
    assert room.practice.answer("last", "48").asked.state.done
    assert last_closed(room)["results"] == [["double", 1.0, True], ["add", 1.0, True]]
    room.pose("double-1")
    whole = room.practice.answer("last", right(asked, "last"))
    assert whole.asked.state.done
    assert last_closed(room)["results"] == [["double", 1.0, True]]


def test_the_result_typed_at_the_first_step_answers_the_whole_question(room: Classroom) -> None:
    room.pose("double-1")
    graded = room.practice.answer("first", "48")
    assert graded.verdict.outcome is Outcome.RIGHT
    assert [it.step for it in graded.asked.attempts] == ["last"]
    assert graded.asked.posed.ending is Ending.SOLVED
    assert last_closed(room)["results"] == [["double", 1.0, True]], "of a step passed over nothing is known"
    graded_steps = [body["step"] for kind, body in bodies(room) if kind == "attempt.graded"]
    assert graded_steps == ["last"]


def test_the_result_after_a_miss_leaves_the_miss_where_it_was(room: Classroom) -> None:
    room.pose("double-1")
    room.practice.answer("first", "999")
    assert room.practice.answer("first", "48").asked.state.done
    assert last_closed(room)["results"] == [["double", 1.0, True], ["add", 0.0, False]]


def test_a_mistake_that_is_known_for_the_step_is_not_taken_for_the_result(room: Classroom) -> None:
    trap = replace(
        adding("trap"), steps=(step("first", "add", "a + b", "The sum?"), step("last", "add", "a - b"))
    )
    room.bank.held[PACK] = replace(pack_items(), items={"trap": trap})
    asked = room.pose("trap")
    graded = room.practice.answer("first", right(asked, "last"))
    assert graded.verdict.misconception == "m.minus"
    assert graded.asked.posed.ending is None


def test_the_result_in_another_form_is_no_miss_of_the_step(room: Classroom) -> None:
    last = Step("last", "double", "And halved?", ItemKind.NUMBER, {"value": "3/4", "form": "simplified"})
    item = replace(two_steps(), steps=(two_steps().steps[0], last))
    room.bank.held[PACK] = replace(pack_items(), items={item.id: item})
    room.pose(item.id)
    graded = room.practice.answer("first", "6/8")
    assert graded.verdict.flaw is Flaw.UNSIMPLIFIED
    assert not graded.asked.state.steps[0].first_missed
    assert room.practice.answer("first", "3/4").asked.state.done
    assert last_closed(room)["results"] == [["double", 1.0, True], ["add", 1.0, True]]


def test_a_crash_before_the_result_was_checked_grades_it_as_the_result(room: Classroom) -> None:
    room.pose("double-1")
    room.checker.broken = True
    with pytest.raises(RuntimeError):
        room.practice.answer("first", "48")
    room.checker.broken = False
    room.restart()
    assert room.practice.open() is None
    assert last_closed(room)["ending"] == "solved"


def test_only_the_skill_of_the_missed_step_is_blamed(room: Classroom) -> None:
    room.pose("double-1")
    room.practice.answer("first", "24")
    room.practice.answer("last", "40")
    room.practice.answer("last", "48")
    assert last_closed(room)["results"] == [["double", 0.0, False], ["add", 1.0, True]]


def test_a_step_that_is_not_asked_cannot_be_answered(room: Classroom) -> None:
    room.pose("double-1")
    room.practice.answer("first", "24")
    with pytest.raises(UsageError, match="not asked"):
        room.practice.answer("first", "24")


def test_the_program_may_be_killed_between_answer_and_grade(room: Classroom) -> None:
    asked = room.pose("add-2")
    room.checker.broken = True
    with pytest.raises(RuntimeError):
        room.practice.answer("s1", "999")
    room.restart()
    room.checker.broken = False
    now = room.practice.open()
    assert now is not None
    assert [(it.response, it.verdict.flaw if it.verdict else None) for it in now.attempts] == [
        ("999", Flaw.WRONG)
    ]
    assert [kind for kind, _ in bodies(room)].count("attempt.graded") == 1
    room.practice.answer("s1", right(asked, "s1"))


def test_a_right_answer_that_was_left_ungraded_closes_the_question_at_the_next_start(room: Classroom) -> None:
    asked = room.pose("add-2")
    room.checker.broken = True
    with pytest.raises(RuntimeError):
        room.practice.answer("s1", right(asked, "s1"))
    room.restart()
    room.checker.broken = False
    assert room.practice.open() is None
    assert last_closed(room)["ending"] == "solved"


def test_a_restart_in_mid_question_goes_on_there(room: Classroom) -> None:
    room.pose("double-1")
    room.practice.answer("first", "24")
    room.clock.wait(13)
    room.practice.help()
    before = room.practice.open()
    room.restart()
    after = room.practice.open()
    assert after == before
    assert after is not None
    assert after.state.current == 1
    assert after.state.level == 1


def test_a_question_whose_item_is_gone_is_put_off(room: Classroom) -> None:
    room.pose("add-2")
    room.bank.held.clear()
    assert room.practice.open() is None
    with room.database.reading() as connection:
        assert connection.execute("SELECT status FROM questions").fetchall() == [("deferred",)]


def test_leaving_an_untried_question_is_no_evidence_and_a_missed_one_counts(room: Classroom) -> None:
    room.pose("add-2")
    room.practice.leave()
    assert "question.closed" not in [kind for kind, _ in bodies(room)]
    asked = room.pose("add-2")
    room.miss(asked)
    room.practice.leave()
    assert last_closed(room)["ending"] == "missed"


def test_events_hold_nothing_that_the_learner_typed(room: Classroom) -> None:
    room.pose("add-2")
    room.practice.answer("s1", "12345 and my name is Amina")
    room.practice.answer("s1", "98765")
    assert "98765" not in str(bodies(room))
    assert "Amina" not in str(bodies(room))


def test_a_question_guessed_in_no_time_counts_less(room: Classroom) -> None:
    room.pose("name-1")
    room.clock.wait(1)
    room.practice.answer("s1", "rest")
    room.solve()
    assert last_closed(room)["weight"] == 0.3


def test_voiding_twice_and_restoring(room: Classroom) -> None:
    asked = room.pose("add-2")
    room.solve()
    room.practice.void(asked.posed.id, VoidReason.UNCLEAR)
    assert room.agenda.knowledge().state.questions == 0
    room.practice.restore(asked.posed.id)
    assert room.agenda.knowledge().state.questions == 1
    with pytest.raises(UsageError, match="counts already"):
        room.practice.restore(asked.posed.id)
    with pytest.raises(UsageError, match="not there"):
        room.practice.void("nothing", VoidReason.OTHER)


def test_a_right_answer_after_a_worked_example_counts_half(room: Classroom) -> None:
    chosen = Chosen(PACK, "add-2", 0, Purpose.LEARN, Reason.AFTER_MISSES, worked_example=True)
    room.solve(room.practice.pose(chosen, SITTING, PracticeMode.PRACTICE))
    assert last_closed(room)["weight"] == 0.5
