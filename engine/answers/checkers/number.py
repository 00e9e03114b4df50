"""Checks numbers: by value, with the tolerance or rounding that was asked for, then by how they are written."""

import math
import re
from fractions import Fraction

from engine.answers.answer import NumberAnswer, NumberForm
from engine.answers.equality import close
from engine.answers.expression import evaluate_number, parse_authored, parse_learner
from engine.answers.number_form import decimals_written, number_flaw
from engine.answers.number_words import number_in_words
from engine.answers.tokens import refuse_length
from engine.answers.tree import Node, Number, Percent, Written, names
from engine.answers.units import read_unit
from engine.answers.verdict import Flaw, Outcome, Verdict
from engine.errors import ExpressionError

_AROUND = re.compile(
    r"^\s*(?:[^\W\d_]\s*)?[=≈~]\s*|\s*=\s*[^\W\d_]\s*$|^\s*[$€£¥₹₦₽₩]\s*|(?<=^[-−])\s*[$€£¥₹₦₽₩]\s*|\s*[$€£¥₹₦₽₩°]\s*$"
)
_SAID_BEFORE = re.compile(
    r"^\s*(?:(?:it is|it's|its|that is|that's|the answer is|answer)\b:?\s*)?"
    r"(?:(?:about|around|roughly|approximately|approx\.?|exactly)\s+)?(?=\S)",
    re.IGNORECASE,
)
_PERCENT = re.compile(r"(?<=[\d.)])\s*per\s?cent\s*$", re.IGNORECASE)
_MIXED_AND = re.compile(r"(?<=\d)\s+and\s+(?=\d+\s*/\s*\d+\s*$|[¼½¾⅓⅔])", re.IGNORECASE)  # 1 and 1/2
_TIMES = re.compile(r"^\s*[×x]\s*(?=[\d.])|(?<=\d)\s*(?:×|times)\s*$", re.IGNORECASE)
_OF_A = re.compile(r"\s+of\s+an?\s*$", re.IGNORECASE)  # 9/40 of a, behind which the field says litre
_FULL_STOP = re.compile(r"(?<=\d)\.\s*$")
_MINUS = re.compile(r"^(?:minus|negative)\s+(?=[\d.(])", re.IGNORECASE)
_COUNTED = re.compile(r"^(?P<count>[\d.,]+)\s+(?P<of>hundred|thousand|million|billion)$", re.IGNORECASE)
_WORDS = re.compile(r"^[A-Za-z][A-Za-z\s-]*$")
_MEASURED = re.compile(r"^\s*[-−]?[\d.,]*\d\s*(?P<unit>[^\W\d_]+(?:/[^\W\d_]+)?)")
_UNIT_LETTERS = "AJKLNVWghlmst"
_MAX_FIGURES = 15
FEW_FIGURES = 2  # from so many figures on, 0.67 is a rounded 2/3 and no guess


def check_number(answer: NumberAnswer, text: str) -> Verdict:
    """The verdict on ``text``. Currency signs, "x =", "about" and numbers in words are understood."""
    try:
        node = read_number(text)
        given = evaluate_number(node)
    except ExpressionError as error:
        unit = _unit_behind(text)
        message = f"Only a number is asked for here, without the unit {unit}." if unit else error.what
        return Verdict(Outcome.UNREADABLE, message=message)
    expected = evaluate_number(parse_authored(answer.value))
    if is_close_enough(given, expected, answer):
        flaw = number_flaw(node, answer.form)
        return Verdict(Outcome.RIGHT) if flaw is None else Verdict(Outcome.NOT_YET, flaw)
    return Verdict(Outcome.NOT_YET, _flaw(node, given, expected, answer))


def read_number(text: str) -> Node:
    """The number in ``text``, as it is written.

    Raises:
        ExpressionError: it is none.
    """
    refuse_length(text)
    bare = _TIMES.sub("", _OF_A.sub("", _FULL_STOP.sub("", _SAID_BEFORE.sub("", text.strip()))))
    if "\\" not in text:
        while (shorter := _AROUND.sub("", bare)) != bare:
            bare = shorter
    bare = _MIXED_AND.sub(" ", _PERCENT.sub("%", _MINUS.sub("-", bare)))
    if counted := _COUNTED.match(bare):  # 1.5 million
        count = evaluate_number(parse_learner(counted.group("count"), known=()))
        return Number(Fraction(count) * (number_in_words(counted.group("of")) or 1), text=bare)
    if _WORDS.match(bare) and (said := number_in_words(bare)) is not None:
        return Number(said, text=str(said))
    node = parse_learner(bare, known=())
    if letters := names(node):
        raise ExpressionError(
            f"Only a number is asked for here, and there is a letter {min(letters)}.",
            todo="Leave the letters out.",
        )
    return node


def _unit_behind(text: str) -> str:
    """The unit that stands behind the number in ``text``; empty for none."""
    match = _MEASURED.match(text)
    if match is None or (len(match.group("unit")) == 1 and match.group("unit") not in _UNIT_LETTERS):
        return ""
    try:
        read_unit(match.group("unit"))
    except ExpressionError:
        return ""
    return match.group("unit")


def is_close_enough(given: Fraction | float, expected: Fraction | float, answer: NumberAnswer) -> bool:
    """Whether the value is right: within a tolerance, or rounded as asked.

    Where a rounding is asked for and there is no tolerance, the exact value is right only if it needs no rounding.
    """
    if _within(given, expected, answer.absolute, answer.relative):
        return True
    if answer.decimals is not None:
        return close(given, _nearest(expected, answer.decimals))
    if answer.figures is not None:
        return close(given, round_to_figures(expected, answer.figures))
    return close(given, expected)


def round_to_figures(value: Fraction | float, figures: int) -> Fraction:
    """``value`` with so many significant figures, halves away from zero."""
    if value == 0:
        return Fraction(0)
    return _nearest(value, figures - 1 - _magnitude(value))


def was_rounded(node: Node, given: Fraction | float, expected: Fraction | float) -> bool:
    """Whether ``given`` is ``expected``, rounded or cut off at the place where it ends."""
    decimals = decimals_written(node)
    if decimals is None or given == 0 or not isinstance(given, Fraction):
        return False
    return given in (_nearest(expected, decimals), _cut(expected, decimals))


def _flaw(node: Node, given: Fraction | float, expected: Fraction | float, answer: NumberAnswer) -> Flaw:
    if expected != 0 and is_close_enough(-given, expected, answer):
        return Flaw.SIGN
    asked = answer.decimals is not None or answer.figures is not None
    if asked and (close(given, expected) or was_rounded(node, given, expected)):
        return Flaw.ROUNDING
    if not asked and figures_written(node) >= FEW_FIGURES and was_rounded(node, given, expected):
        return Flaw.ROUNDING
    if isinstance(node, Percent) and is_close_enough(given * 100, expected, answer):
        return Flaw.UNIT
    if answer.form is NumberForm.PERCENT and is_close_enough(given / 100, expected, answer):
        return Flaw.NO_UNIT
    return Flaw.WRONG


def _within(given: Fraction | float, expected: Fraction | float, absolute: float, relative: float) -> bool:
    if not absolute and not relative:
        return False
    try:
        difference = abs(Fraction(given) - Fraction(expected))
        allowed = max(_decimal(absolute), _decimal(relative) * abs(Fraction(expected)))
    except (OverflowError, ValueError):
        return False
    return difference <= allowed * (1 + Fraction(1, 10**9))


def _decimal(value: float) -> Fraction:
    """0.1 as the author meant it."""
    return Fraction(repr(value))


def _nearest(value: Fraction | float, decimals: int) -> Fraction:
    shift = Fraction(10) ** decimals
    scaled = abs(Fraction(value)) * shift
    if isinstance(value, float):
        scaled = Fraction(f"{float(scaled):.{_MAX_FIGURES - 2}g}")  # 2.675 as it is meant
    whole = math.floor(scaled + Fraction(1, 2))
    return Fraction(whole if value >= 0 else -whole) / shift


def _cut(value: Fraction | float, decimals: int) -> Fraction:
    shift = Fraction(10) ** decimals
    return Fraction(math.trunc(Fraction(value) * shift)) / shift


def _magnitude(value: Fraction | float) -> int:
    """The exponent of the first figure: 2 for 345, -1 for 0.2."""
    size = abs(Fraction(value))
    exponent = len(str(size.numerator)) - len(str(size.denominator))
    while Fraction(10) ** exponent > size:
        exponent -= 1
    while Fraction(10) ** (exponent + 1) <= size:
        exponent += 1
    return exponent


def figures_written(node: Node) -> int:
    """How many figures a decimal was written with, without zeros in front; 0 for what is no decimal."""
    inner = getattr(node, "operand", node)
    if not isinstance(inner, Number) or inner.written is not Written.DECIMAL:
        return 0
    return len(inner.text.replace(".", "").lstrip("0"))
