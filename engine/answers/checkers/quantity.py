"""Checks quantities: a number with a unit, in the unit that was asked for or in any of its kind."""

from fractions import Fraction

from engine.answers.answer import NumberAnswer, QuantityAnswer
from engine.answers.checkers.number import is_close_enough, read_number, was_rounded
from engine.answers.expression import evaluate_number, parse_authored
from engine.answers.spelling import plain
from engine.answers.tokens import refuse_length
from engine.answers.tree import Node
from engine.answers.units import Unit, convert, read_unit
from engine.answers.verdict import Flaw, Outcome, Verdict
from engine.errors import ExpressionError

_UNIT_SIGNS = "°%"


def check_quantity(answer: QuantityAnswer, text: str) -> Verdict:
    """The verdict on ``text``, such as ``5 km/h`` or ``9.8 m/s²``."""
    unit = read_unit(answer.unit)
    celsius = any(name.startswith("degree_C") for name, _ in unit.names)
    try:
        node, given_unit = _read(text, celsius=celsius)
        value = evaluate_number(node)
    except ExpressionError as error:
        return Verdict(Outcome.UNREADABLE, message=error.what)
    expected = evaluate_number(parse_authored(answer.value))
    number = NumberAnswer(
        answer.value, absolute=answer.absolute, relative=answer.relative, figures=answer.figures
    )
    if given_unit is None:
        return Verdict(Outcome.NOT_YET, _flaw_without_unit(node, value, expected, number))
    converted = convert(value, given_unit, unit)
    if converted is not None and _is_right(converted, expected, number):
        asked = answer.any_unit or _same_unit(given_unit, unit)
        return Verdict(Outcome.RIGHT) if asked else Verdict(Outcome.NOT_YET, Flaw.FORM)
    if not _same_unit(given_unit, unit) and _is_right(value, expected, number):
        return Verdict(Outcome.NOT_YET, Flaw.UNIT)
    return Verdict(Outcome.NOT_YET, _flaw(node, converted, expected, number))


def _read(text: str, *, celsius: bool) -> tuple[Node, Unit | None]:
    """The number and the unit behind it; the unit is None if there is none.

    Raises:
        ExpressionError: it is no number, or what is behind it no unit.
    """
    refuse_length(text)
    line = plain(text).strip()
    problem: ExpressionError | None = None
    for place, sign in enumerate(line):
        if not place or not (sign.isalpha() or sign in _UNIT_SIGNS) or line[place - 1].isalpha():
            continue
        try:
            node = read_number(line[:place])
        except ExpressionError:
            continue
        try:
            return node, read_unit(line[place:], celsius=celsius)
        except ExpressionError as error:
            problem = problem or error
    try:
        return read_number(line), None
    except ExpressionError as error:
        raise problem or error from None


def _is_right(value: Fraction | float, expected: Fraction | float, number: NumberAnswer) -> bool:
    return is_close_enough(value, expected, number)


def _same_unit(first: Unit, second: Unit) -> bool:
    """Whether both are the same unit, be it under two names, such as N m and J."""
    return first == second or (
        convert(Fraction(1), first, second) == 1 and convert(Fraction(0), first, second) == 0
    )


def _flaw_without_unit(
    node: Node, value: Fraction | float, expected: Fraction | float, number: NumberAnswer
) -> Flaw:
    if _is_right(value, expected, number):
        return Flaw.NO_UNIT
    return _flaw(node, value, expected, number)


def _flaw(
    node: Node, value: Fraction | float | None, expected: Fraction | float, number: NumberAnswer
) -> Flaw:
    if value is None:
        return Flaw.WRONG
    if expected != 0 and _is_right(-value, expected, number):
        return Flaw.SIGN
    return Flaw.ROUNDING if number.figures is not None and was_rounded(node, value, expected) else Flaw.WRONG
