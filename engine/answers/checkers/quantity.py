"""Checks quantities: a number with a unit, in the unit that was asked for or in any of its kind."""

import re
from fractions import Fraction

from engine.answers.answer import NumberAnswer, QuantityAnswer
from engine.answers.checkers.number import (
    FEW_FIGURES,
    figures_written,
    is_close_enough,
    read_number,
    was_rounded,
)
from engine.answers.checkers.text import alike
from engine.answers.expression import evaluate_number, parse_authored
from engine.answers.spelling import plain
from engine.answers.tokens import refuse_length
from engine.answers.tree import Node, Number
from engine.answers.units import Unit, convert, read_unit
from engine.answers.verdict import Flaw, Outcome, Verdict
from engine.errors import ExpressionError

_UNIT_SIGNS = "°%"
_DIRECTION = re.compile(
    r"[→←↑↓]|\b(?:right|left|up|down|(?:up|down|for|back)wards?|(?:north|south|east|west)(?:wards?|ern)?)\b",
    re.IGNORECASE,
)
_UNIT_WORDS = (
    "metre", "kilometre", "centimetre", "millimetre", "second", "minute", "hour", "gram", "kilogram", "newton", "joule",
    "kilojoule", "watt", "kilowatt", "pascal", "litre",
)  # fmt: skip
_WORD = re.compile(r"[A-Za-z]{4,}")
_LONGEST = 100
_PART = re.compile(r"(\d+(?:[.,]\d+)?)\s*([^\W\d_]+)")
_COMPOUND = re.compile(rf"{_PART.pattern}(?:\s*(?:,|and\b)?\s*{_PART.pattern}){{1,3}}")


def check_quantity(answer: QuantityAnswer, text: str) -> Verdict:
    """The verdict on ``text``, such as ``5 km/h`` or ``9.8 m/s²``."""
    unit = read_unit(answer.unit)
    celsius = any(name.startswith("degree_C") for name, _ in unit.names)
    try:
        node, given_unit = _read(text, celsius=celsius)
        value = evaluate_number(node)
    except ExpressionError as error:
        mended = _spelt_right(text)
        if mended != text and check_quantity(answer, mended).outcome is Outcome.RIGHT:
            return Verdict(Outcome.NOT_YET, Flaw.SPELLING)
        return Verdict(Outcome.UNREADABLE, message=error.what)
    expected = evaluate_number(parse_authored(answer.value))
    number = NumberAnswer(
        answer.value, absolute=answer.absolute, relative=answer.relative, figures=answer.figures
    )
    if given_unit is None:
        return Verdict(Outcome.NOT_YET, _flaw_without_unit(node, value, expected, number))
    converted = convert(value, given_unit, unit)
    if converted is not None and is_close_enough(converted, expected, number):
        if _is_energy(given_unit) and _is_moment(unit):
            return Verdict(Outcome.NOT_YET, Flaw.UNIT)
        asked = answer.any_unit or _same_unit(given_unit, unit)
        return Verdict(Outcome.RIGHT) if asked else Verdict(Outcome.NOT_YET, Flaw.FORM)
    if not _same_unit(given_unit, unit) and is_close_enough(value, expected, number):
        return Verdict(Outcome.NOT_YET, Flaw.UNIT)
    return Verdict(Outcome.NOT_YET, _flaw(node, converted, expected, number))


def _spelt_right(text: str) -> str:
    """``text`` with the name of a unit in place of each word that may be a slip of the pen for it."""
    refused = len(text) > _LONGEST
    return text if refused else _WORD.sub(lambda match: _unit_word(match.group()), text)


def _unit_word(word: str) -> str:
    written = word.casefold()
    found = [name for name in _UNIT_WORDS if alike(written, name) or alike(written, f"{name}s")]
    return found[0] if len(found) == 1 else word


def _read(text: str, *, celsius: bool) -> tuple[Node, Unit | None]:
    """The number and the unit behind it; the unit is None if there is none.

    Raises:
        ExpressionError: it is no number, what is behind it is no unit, or a direction is given as well.
    """
    refuse_length(text)
    line = plain(text).strip()
    if _COMPOUND.fullmatch(line) and (compound := _sum(line)) is not None:
        return compound
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
        if _DIRECTION.search(line):
            raise ExpressionError(
                "Only a number and a unit are asked for here, without a direction.",
                todo="Leave the direction out.",
            ) from None
        raise problem or error from None


def _sum(line: str) -> tuple[Node, Unit] | None:
    """``1 h 30 min`` in its first unit; None if its parts are not of one kind, the largest first."""
    parts = [(evaluate_number(read_number(number)), read_unit(unit)) for number, unit in _PART.findall(line)]
    first = parts[0][1]
    total = last = Fraction(0)
    for place, (value, unit) in enumerate(parts):
        converted = convert(value, unit, first)
        size = convert(Fraction(1), unit, first)
        if not isinstance(converted, Fraction) or not isinstance(size, Fraction) or (place and size >= last):
            return None
        total, last = total + converted, size
    return Number(total, text=line), first


def _same_unit(first: Unit, second: Unit) -> bool:
    """Whether both are the same unit, be it under two names, such as N m and J."""
    return first == second or (
        convert(Fraction(1), first, second) == 1 and convert(Fraction(0), first, second) == 0
    )


def _is_moment(unit: Unit) -> bool:
    """Whether it is the unit of a moment, which has the size of a joule and is none; work may be given in N m."""
    return dict(unit.names) == {"newton": 1, "meter": 1}


def _is_energy(unit: Unit) -> bool:
    return len(unit.names) == 1 and unit.names[0][0].endswith("joule")


def _flaw_without_unit(
    node: Node, value: Fraction | float, expected: Fraction | float, number: NumberAnswer
) -> Flaw:
    if is_close_enough(value, expected, number):
        return Flaw.NO_UNIT
    return _flaw(node, value, expected, number)


def _flaw(
    node: Node, value: Fraction | float | None, expected: Fraction | float, number: NumberAnswer
) -> Flaw:
    if value is None:
        return Flaw.WRONG
    if expected != 0 and is_close_enough(-value, expected, number):
        return Flaw.SIGN
    asked = number.figures is not None or figures_written(node) >= FEW_FIGURES
    return Flaw.ROUNDING if asked and was_rounded(node, value, expected) else Flaw.WRONG
