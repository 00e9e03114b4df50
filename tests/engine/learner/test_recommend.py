from dataclasses import replace

from engine.learner.learner_state import LearnerState
from engine.learner.mastery import SkillRecord, Try
from engine.learner.patterns import Pattern, PatternKind
from engine.learner.recommend import Because, Kind, Session, latest_session, recommendations
from engine.learner.skill_state import Estimate
from tests.engine.learner.lesson import PACK, SKILLS, evidence, graph

PROFICIENT = SkillRecord(Estimate(2.0, 0.2), answers=6, proficient_since=1)


def state(**records: SkillRecord) -> LearnerState:
    return LearnerState(skills={(PACK, skill): record for skill, record in records.items()})


def test_a_new_learner_is_told_to_begin() -> None:
    (only,) = recommendations(state(), graph(), recall={})
    assert (only.kind, only.skill, only.because) == (Kind.LEARN, "count", Because.READY)


def test_what_fades_comes_before_what_is_new() -> None:
    first, second, *_ = recommendations(state(count=PROFICIENT), graph(), recall={"count": 0.5})
    assert (first.kind, first.skill, first.because) == (Kind.REVIEW, "count", Because.FADING)
    assert second.kind is Kind.LEARN


def test_what_is_remembered_needs_no_review() -> None:
    found = recommendations(state(count=PROFICIENT), graph(), recall={"count": 0.97})
    assert all(one.kind is Kind.LEARN for one in found)


def test_a_stuck_skill_gets_an_example() -> None:
    stuck = SkillRecord(answers=12, misses=6, tries=(Try(False, 0.0),) * 6)
    found = recommendations(state(count=PROFICIENT, add=stuck), graph(), recall={})
    assert (Kind.WORKED_EXAMPLE, "add", Because.STUCK) in [
        (one.kind, one.skill, one.because) for one in found
    ]


def test_a_repeated_mistake_is_named() -> None:
    seen = Pattern(PatternKind.MISCONCEPTION, "add", 2, 4, "carries")
    found = recommendations(state(count=PROFICIENT), graph(), recall={}, patterns=[seen])
    assert [one.misconception for one in found if one.kind is Kind.MISCONCEPTION] == ["carries"]


def test_after_a_long_day_that_gets_worse_stopping_comes_first() -> None:
    tired = Session(questions=30, fading=True)
    assert recommendations(state(), graph(), recall={}, session=tired)[0].kind is Kind.STOP
    assert (
        recommendations(state(), graph(), recall={}, session=replace(tired, fading=False))[0].kind
        is Kind.LEARN
    )


def test_a_finished_course_leaves_nothing_to_recommend() -> None:
    done = state(**dict.fromkeys(SKILLS, PROFICIENT))
    assert recommendations(done, graph(), recall={}) == ()


def test_a_session_that_goes_worse_towards_the_end_is_fading() -> None:
    tiring = [evidence(right=number < 10, number=number) for number in range(18)]
    assert latest_session(tiring) == Session(18, fading=True)
    assert latest_session(tiring[:12]) == Session(12)
    assert latest_session([]) == Session()
