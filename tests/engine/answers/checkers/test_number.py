"""Numbers: what is said to a unit where only a number is asked for."""

import pytest

from engine.answers.answer import NumberAnswer
from engine.answers.checkers.number import check_number
from engine.answers.verdict import Outcome


@pytest.mark.parametrize(
    ("text", "unit"),
    [("270 min", "min"), ("3 h 18 min", "h"), ("64 m/s", "m/s"), ("-7m", "m"), ("1,5 km", "km")],
)
def test_a_unit_is_named_where_only_a_number_is_asked_for(text: str, unit: str) -> None:
    verdict = check_number(NumberAnswer("64"), text)
    assert verdict.outcome is Outcome.UNREADABLE
    assert verdict.message == f"Only a number is asked for here, without the unit {unit}."


@pytest.mark.parametrize("text", ["3x", "2y + 1", "7 apples", "xx"])
def test_a_letter_is_no_unit(text: str) -> None:
    assert "unit" not in check_number(NumberAnswer("64"), text).message
