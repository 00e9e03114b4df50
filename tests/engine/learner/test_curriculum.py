from hypothesis import given
from hypothesis import strategies as st

from engine.learner.curriculum import Curriculum, curriculum
from engine.types import Skill, SkillEdge
from tests.engine.learner.lesson import graph

names = st.sampled_from([f"s{number}" for number in range(8)])
edges = st.lists(st.tuples(names, names), max_size=20)


def made(pairs: list[tuple[str, str]]) -> Curriculum:
    return curriculum(
        "p",
        [Skill(f"s{number}", "") for number in range(8)],
        [SkillEdge(*pair, "requires") for pair in pairs],
    )


def test_the_fringe_is_what_can_be_begun() -> None:
    assert graph().fringe([]) == ("count",)
    assert graph().fringe(["count"]) == ("add", "subtract")
    assert graph().fringe(["count"], ready=["add"]) == ("add", "subtract", "multiply")
    assert graph().fringe(["count", "add", "subtract", "multiply"]) == ("divide",)


def test_ancestors_and_descendants_are_all_of_them() -> None:
    assert graph().ancestors["divide"] == ("count", "add", "subtract", "multiply")
    assert graph().descendants["count"] == ("add", "subtract", "multiply", "divide")
    assert graph().ancestors["count"] == ()


@given(edges)
def test_prerequisites_come_first(pairs: list[tuple[str, str]]) -> None:
    forward = [(min(pair), max(pair)) for pair in pairs if pair[0] != pair[1]]
    found = made(forward)
    place = {skill: number for number, skill in enumerate(found.order)}
    for source, target in forward:
        assert place[source] < place[target]
        assert source in found.ancestors[target]
        assert target in found.descendants[source]


@given(edges)
def test_no_skill_is_lost_whatever_the_edges(pairs: list[tuple[str, str]]) -> None:
    assert sorted(made(pairs).order) == [f"s{number}" for number in range(8)]


def test_a_circle_ends_the_order_instead_of_the_program() -> None:
    found = made([("s0", "s1"), ("s1", "s0")])
    assert found.order[-2:] == ("s0", "s1")


def test_an_unknown_skill_in_an_edge_is_left_out() -> None:
    found = made([("s0", "gone"), ("gone", "s1"), ("s2", "s2")])
    assert found.prerequisites["s1"] == ()
    assert found.prerequisites["s2"] == ()


def test_exercises_edges_carry_their_share() -> None:
    found = curriculum("p", [Skill("a", ""), Skill("b", "")], [SkillEdge("b", "a", "exercises", 0.4)])
    assert found.exercised["b"] == (("a", 0.4),)
    assert found.prerequisites["a"] == ()


def test_a_skill_that_is_gone_has_reference_zero() -> None:
    assert curriculum("p", [Skill("a", "", ref=0.7)], []).ref("a") == 0.7
    assert graph().ref("gone") == 0.0
