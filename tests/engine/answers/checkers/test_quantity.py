"""Quantities: what is said to a direction, which is never a part of the answer."""

import pytest

from engine.answers.answer import MistakeRule, QuantityAnswer
from engine.answers.check import check
from engine.answers.checkers.quantity import check_quantity
from engine.answers.verdict import Flaw, Outcome


@pytest.mark.parametrize(
    "text", ["180 N to the right", "180 N →", "180 newtons left", "180 N upwards", "180 N east"]
)
def test_a_direction_is_to_be_left_out(text: str) -> None:
    verdict = check_quantity(QuantityAnswer("180", "N"), text)
    assert verdict.outcome is Outcome.UNREADABLE
    assert verdict.message.endswith("without a direction.")


def test_another_word_behind_the_unit_is_named() -> None:
    verdict = check_quantity(QuantityAnswer("180", "N"), "180 bananas")
    assert "bananas" in verdict.message


def test_a_mistake_is_known_by_its_rounded_value_too() -> None:
    upside_down = MistakeRule("m.upside-down", QuantityAnswer("1/3", "m/s"))
    verdicts = [
        check(QuantityAnswer("3", "m/s"), f"{text} m/s", [upside_down]) for text in ("0.33", "0.3333", "0.4")
    ]
    assert [one.misconception for one in verdicts] == ["m.upside-down", "m.upside-down", ""]


def test_a_value_rounded_too_far_is_a_matter_of_rounding() -> None:
    assert check_quantity(QuantityAnswer("462.5", "N"), "463 N").flaw is Flaw.WRONG
    assert check_quantity(QuantityAnswer("8.4375", "m"), "8.4 m").flaw is Flaw.ROUNDING


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        ("880", "J", "880 jouls"),
        ("160", "N", "160 newtens"),
        ("20", "s", "20 secounds"),
        ("5", "m/s", "5 meters per secend"),
        ("2", "kg", "2000 gramms"),
    ],
)
def test_a_slip_in_the_name_of_a_unit_is_a_matter_of_spelling(value: str, unit: str, text: str) -> None:
    assert check_quantity(QuantityAnswer(value, unit), text).flaw is Flaw.SPELLING


@pytest.mark.parametrize("text", ["88 jouls", "880 jouls per second", "880 bananas", "880 " + "jouls " * 40])
def test_a_slip_with_another_mistake_or_another_word_is_unreadable(text: str) -> None:
    assert check_quantity(QuantityAnswer("880", "J"), text).outcome is Outcome.UNREADABLE


def test_a_moment_is_not_given_in_joules_but_work_may_be_given_in_newton_metres() -> None:
    assert check_quantity(QuantityAnswer("390", "N*m"), "390 J").flaw is Flaw.UNIT
    assert check_quantity(QuantityAnswer("390", "N*m"), "39000 N cm").outcome is Outcome.RIGHT
    assert check_quantity(QuantityAnswer("390", "N*m"), "390 NM").outcome is Outcome.RIGHT
    assert check_quantity(QuantityAnswer("390", "J"), "390 Nm").outcome is Outcome.RIGHT
    assert check_quantity(QuantityAnswer("390", "J"), "390 Ws").outcome is Outcome.RIGHT
