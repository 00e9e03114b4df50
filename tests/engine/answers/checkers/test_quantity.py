"""Quantities: what is said to a direction, which is never a part of the answer."""

import pytest

from engine.answers.answer import QuantityAnswer
from engine.answers.checkers.quantity import check_quantity
from engine.answers.verdict import Outcome


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
