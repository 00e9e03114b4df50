"""Help for what comes without help says only what the question says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.answers.answer import NumberAnswer
from engine.answers.closure import answer_closure, leaks
from engine.content.instance import instantiate
from engine.content.item import Hints, Item, ItemKind, Origin, Step
from engine.content.template_hints import template_hints


def test_the_goal_is_said_again_without_the_conditions() -> None:
    found = template_hints(ItemKind.NUMBER, "Ana has 12 apples. If she eats 2, how many are left?")
    assert found.orient == "Read again what is asked: “… how many are left?”"


@pytest.mark.parametrize("kind", list(ItemKind))
def test_every_kind_has_two_levels_and_no_more(kind: ItemKind) -> None:
    found = template_hints(kind, "What is it?")
    assert found.orient
    assert found.principle
    assert (found.analogue, found.partial) == ("", "")


def test_a_gap_is_not_quoted() -> None:
    assert "[gap" not in template_hints(ItemKind.CLOZE, "A [gap:g1] is round.").orient


def test_they_are_given_only_where_nobody_wrote_any() -> None:
    step = Step("s1", "s", "", ItemKind.NUMBER, {"value": "5"})
    bare = Item("i", ("s",), "What is 2 + 3?", (step,), origin=Origin.IMPORTED)
    assert "What is 2 + 3?" in instantiate(bare, 0).steps[0].hints.orient
    written = Step("s1", "s", "", ItemKind.NUMBER, {"value": "5"}, hints=Hints("Count on."))
    assert instantiate(Item("i", ("s",), "What is 2 + 3?", (written,)), 0).steps[0].hints == Hints(
        "Count on."
    )


@given(st.sampled_from(list(ItemKind)), st.text(max_size=80), st.integers(-5, 50))
def test_no_number_is_given_away(kind: ItemKind, text: str, value: int) -> None:
    question = f"{text} There are {value} of them. How many is that?"
    closure = answer_closure([(NumberAnswer(str(value)), {})])
    found = template_hints(kind, question)
    assert leaks(found.orient, closure, question) is None
    assert leaks(str(found.principle), closure, question) is None
