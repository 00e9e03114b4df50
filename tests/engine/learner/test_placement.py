from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.learner.curriculum import Curriculum, curriculum
from engine.learner.evidence import Evidence, Purpose, SkillResult
from engine.learner.placement import MOST_QUESTIONS, place, undecided
from engine.learner.replay import replay
from engine.learner.situation import ItemFacts, Situation
from engine.types import Skill, SkillEdge
from tests.engine.learner.lesson import PACK, START, evidence, graph

CHAIN = curriculum(
    PACK,
    [Skill(f"s{number:02}", "") for number in range(30)],
    [SkillEdge(f"s{number:02}", f"s{number + 1:02}", "requires") for number in range(29)],
)


def placed(graph: Curriculum, knows: Callable[[str], bool]) -> list[Evidence]:
    """A whole placement of a learner who can do what ``knows`` says."""
    items = tuple(ItemFacts(PACK, f"{skill}.0", (skill,), 0.0) for skill in graph.order)
    asked: list[Evidence] = []
    while True:
        state = replay(asked, {PACK: graph})
        moment = Situation(state, graph, items, tuple(asked), now=START + len(asked))
        decision = place(moment, asked)
        if decision is None:
            return asked
        skill = decision.choice.skill
        right = knows(skill)
        asked.append(
            evidence(
                skill,
                number=len(asked),
                item=decision.choice.item,
                purpose=decision.choice.purpose,
                results=(SkillResult(skill, 1.0 if right else 0.0, right),),
            )
        )


@pytest.mark.parametrize("known", [0, 1, 13, 29, 30])
def test_a_chain_of_thirty_is_placed_by_halving(known: int) -> None:
    asked = placed(CHAIN, lambda skill: int(skill[1:]) < known)
    assert len(asked) <= 5
    assert all(piece.purpose is Purpose.PLACEMENT for piece in asked)
    right = [piece.results[0].skill for piece in asked if piece.first_right]
    assert max((int(skill[1:]) + 1 for skill in right), default=0) == known


def test_after_placement_learning_begins_at_the_edge() -> None:
    asked = placed(CHAIN, lambda skill: int(skill[1:]) < 13)
    state = replay(asked, {PACK: CHAIN})
    known = [skill for skill in CHAIN.order if state.skill(PACK, skill).taken_as_known]
    assert [skill for skill in CHAIN.fringe([], known) if skill not in known] == ["s12"]


@given(st.integers(0, 1 << 32))
@settings(deadline=None, max_examples=30)
def test_placement_ends_and_never_asks_twice(seed: int) -> None:
    asked = placed(graph(), lambda skill: bool(seed >> (hash_free(skill) % 32) & 1))
    skills = [piece.results[0].skill for piece in asked]
    assert len(skills) == len(set(skills)) <= MOST_QUESTIONS
    assert undecided(graph(), asked) == ()


def hash_free(skill: str) -> int:
    return sum(skill.encode())


def test_a_wide_course_is_asked_about_twelve_times_at_most() -> None:
    wide = curriculum(PACK, [Skill(f"s{number:02}", "") for number in range(40)], [])
    assert len(placed(wide, lambda skill: True)) == MOST_QUESTIONS


def test_a_skill_without_items_is_passed_over() -> None:
    moment = Situation(replay([], {}), graph(), (ItemFacts(PACK, "a", ("count",), 0.0),), now=START)
    decision = place(moment, [])
    assert decision is not None
    assert decision.choice.skill == "count"
    assert decision.alternative is None
