"""Verdicts on what is chosen, ordered, matched and filled in; and what goes before what."""

from engine.answers.answer import (
    ChoiceAnswer,
    ClozeAnswer,
    MatchAnswer,
    MistakeRule,
    MultipleAnswer,
    NumberAnswer,
    NumberForm,
    OrderAnswer,
    TextAnswer,
)
from engine.answers.check import check
from tests.engine.answers.verdicts import LIGHT, verdict


def test_choices() -> None:
    assert verdict(ChoiceAnswer("cell-wall"), "cell-wall") == "right"
    assert verdict(ChoiceAnswer("cell-wall"), "nucleus") == "wrong"
    assert verdict(ChoiceAnswer("cell-wall"), "") == "unreadable"
    rule = MistakeRule("m.core", ChoiceAnswer("nucleus"))
    assert verdict(ChoiceAnswer("cell-wall"), "nucleus", rule) == "m.core"


def test_several_options() -> None:
    answer = MultipleAnswer(frozenset({"a", "b"}))
    assert verdict(answer, ("b", "a")) == "right"
    assert verdict(answer, ("a",)) == "partly incomplete"
    assert verdict(answer, ("a", "c")) == "partly wrong"
    assert verdict(answer, ("c",)) == "wrong"
    assert check(answer, ("a", "b", "c")).right_parts == ("a", "b")


def test_a_misconception_is_named_when_its_option_is_chosen_although_it_is_wrong() -> None:
    answer = MultipleAnswer(frozenset({"sum", "product"}))
    rules = (
        MistakeRule("m.both", MultipleAnswer(frozenset({"plain"}))),
        MistakeRule("m.plain", ChoiceAnswer("plain")),
    )
    assert verdict(answer, ("sum", "plain"), *rules) == "m.plain"
    assert verdict(answer, ("plain",), *rules) == "m.both"
    assert verdict(answer, ("sum",), *rules) == "partly incomplete"
    assert verdict(answer, ("product", "sum"), *rules) == "right"


def test_orders() -> None:
    answer = OrderAnswer(("a", "b", "c"))
    assert verdict(answer, ("a", "b", "c")) == "right"
    assert verdict(answer, ("a", "c", "b")) == "order"
    assert check(answer, ("a", "c", "b")).right_parts == ("a",)
    assert verdict(answer, ("a", "b")) == "incomplete"


def test_matches() -> None:
    answer = MatchAnswer({"l1": "r1", "l2": "r2"})
    assert verdict(answer, {"l1": "r1", "l2": "r2"}) == "right"
    assert verdict(answer, {"l1": "r1", "l2": "r3"}) == "partly wrong"
    assert verdict(answer, {"l1": "r1"}) == "partly incomplete"
    assert verdict(answer, {"l1": "r2", "l2": "r1"}) == "wrong"


def test_gaps() -> None:
    answer = ClozeAnswer({"g1": TextAnswer(("light",)), "g2": NumberAnswer("5")})
    assert verdict(answer, {"g1": "Light", "g2": "5.0"}) == "right"
    assert verdict(answer, {"g1": "lihgt", "g2": "5"}) == "partly spelling"
    assert verdict(answer, {"g1": "light", "g2": ""}) == "partly incomplete"
    assert verdict(answer, {"g1": "water", "g2": "6"}) == "wrong"
    assert verdict(answer, {"g1": "light", "g2": "5("}) == "unreadable"
    assert verdict(answer, {}) == "unreadable"


def test_right_goes_before_misconceptions_and_these_before_kinds_of_not_yet() -> None:
    answer = NumberAnswer("13/12", NumberForm.SIMPLIFIED)
    across = MistakeRule("m.across", NumberAnswer("4/7", NumberForm.SIMPLIFIED))
    flipped = MistakeRule("m.flipped", NumberAnswer("-13/12"))
    assert verdict(answer, "13/12", across) == "right"
    assert verdict(answer, "8/14", across) == "m.across"
    assert verdict(answer, "-13/12", across, flipped) == "m.flipped"
    assert verdict(answer, "26/24", across) == "unsimplified"


def test_a_response_of_another_kind_is_no_attempt() -> None:
    assert verdict(NumberAnswer("3"), ("3",)) == "unreadable"
    assert verdict(MultipleAnswer(frozenset({"a"})), "a") == "unreadable"
    assert verdict(LIGHT, ("light",)) == "unreadable"
    assert verdict(TextAnswer(("a",)), {"g": "a"}) == "unreadable"
