"""The end of a sitting: what is offered next, and what was missed."""

from __future__ import annotations

from engine.learner.evidence import SkillResult
from tests.engine.learner.lesson import PACK, evidence
from tutor_app.services.practising import NextSkill
from tutor_app.services.sitting_end import _is_just_reviewed, _missed


def test_it_is_not_time_to_see_again_what_was_just_answered() -> None:
    again = NextSkill(PACK, "Maths", "Count", "count", "review")
    assert _is_just_reviewed(again, {(PACK, "count")})
    assert not _is_just_reviewed(again, {(PACK, "add"), ("another", "count")})
    one_more = NextSkill(PACK, "Maths", "Count", "count", "show_it")
    assert not _is_just_reviewed(one_more, {(PACK, "count")})


def test_a_skill_is_missed_if_nothing_of_it_was_right_at_once() -> None:
    mixed = [
        evidence("add", right=False),
        evidence("add", number=1),
        evidence("count", right=False, number=2),
    ]
    assert _missed(mixed) == {"count"}
    aided = evidence("divide", results=(SkillResult("divide", 0.6, False),))
    assert _missed([*mixed, aided]) == {"count", "divide"}
