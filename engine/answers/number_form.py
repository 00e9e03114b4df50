"""How a number is written: as a decimal, a fraction in lowest terms, a percentage.

What is judged here has the right value already.
"""

from fractions import Fraction
from math import gcd

from engine.answers.answer import NumberForm
from engine.answers.expression import evaluate_number
from engine.answers.tree import Binary, Negative, Node, Number, Percent, Written
from engine.answers.verdict import Flaw
from engine.errors import ExpressionError


def number_flaw(node: Node, form: NumberForm) -> Flaw | None:
    """What is wrong with the way in which a number is written; None if it is written as asked."""
    negative, bare = unsigned(node)
    if form is NumberForm.PERCENT:
        return None if isinstance(bare, Percent) and is_literal(bare.operand) else Flaw.FORM
    if form is NumberForm.SCIENTIFIC:
        return None if _scientific(bare) else Flaw.FORM
    if isinstance(bare, Number):
        return _literal_flaw(bare, form)
    if (quotient := quotient_of(bare)) is not None:
        return _quotient_flaw(quotient, form, signed=negative or _has_sign(bare))
    if form is NumberForm.ANY:
        return None if _written_out(bare) else Flaw.UNSIMPLIFIED
    if isinstance(bare, Percent) or _scientific(bare):
        return Flaw.FORM
    return None if is_irrational(bare) else Flaw.UNSIMPLIFIED


def decimals_written(node: Node) -> int | None:
    """How many decimals a number is written with; None if it is no plain decimal or whole number."""
    _, bare = unsigned(node)
    plain = isinstance(bare, Number) and bare.written in (Written.INTEGER, Written.DECIMAL)
    return bare.decimals if plain and isinstance(bare, Number) else None


def unsigned(node: Node) -> tuple[bool, Node]:
    """Whether there is a minus sign before ``node``, and what is behind it."""
    return (True, node.operand) if isinstance(node, Negative) else (False, node)


def is_literal(node: Node) -> bool:
    """Whether ``node`` is a number as such, with a sign or without."""
    return isinstance(unsigned(node)[1], Number)


def _literal_flaw(number: Number, form: NumberForm) -> Flaw | None:
    whole = number.written is Written.INTEGER
    match form:
        case NumberForm.ANY:
            return None
        case NumberForm.INTEGER:
            return None if whole or _is_whole_decimal(number) else Flaw.FORM
        case NumberForm.DECIMAL:
            return None if whole or number.written in (Written.DECIMAL, Written.RECURRING) else Flaw.FORM
        case NumberForm.MIXED if number.value < 1 and number.written is Written.FRACTION:
            return None
        case NumberForm.MIXED if not whole and number.written is not Written.MIXED:
            return Flaw.FORM
    if whole or number.written is Written.FRACTION:
        return None
    if number.written is not Written.MIXED or form is NumberForm.FRACTION:
        return Flaw.FORM
    above, below = (int(part) for part in number.text.split()[1].split("/"))
    return Flaw.UNSIMPLIFIED if gcd(above, below) > 1 else None


def _is_whole_decimal(number: Number) -> bool:
    """9.0 is a way to write 9."""
    return number.written is Written.DECIMAL and number.value.denominator == 1


def quotient_of(node: Node) -> tuple[int, int] | None:
    """Numerator and denominator of what is written as one whole number over another."""
    if not isinstance(node, Binary) or node.operator != "/":
        return None
    above, below = unsigned(node.left)[1], unsigned(node.right)[1]
    if not isinstance(above, Number) or not isinstance(below, Number):
        return None
    whole = above.written is Written.INTEGER and below.written is Written.INTEGER
    return (int(above.value), int(below.value)) if whole else None


def _has_sign(node: Node) -> bool:
    return isinstance(node, Binary) and isinstance(node.right, Negative)


def _quotient_flaw(quotient: tuple[int, int], form: NumberForm, *, signed: bool) -> Flaw | None:
    above, below = quotient
    lowest = gcd(above, below) == 1 and below != 1
    match form:
        case NumberForm.ANY | NumberForm.FRACTION:
            return None
        case NumberForm.SIMPLIFIED:
            return None if lowest and not (signed and below < 0) else Flaw.UNSIMPLIFIED
        case NumberForm.INTEGER:
            return Flaw.UNSIMPLIFIED
        case NumberForm.MIXED if above < below:
            return None if lowest else Flaw.UNSIMPLIFIED
        case _:
            return Flaw.FORM


def _scientific(node: Node) -> bool:
    match node:
        case Number(value, Written.SCIENTIFIC):
            digits = Fraction(node.text.lower().partition("e")[0])
            return 1 <= digits < 10 and bool(value)
        case Binary("*", Number(value), Binary("^", Number() as base, exponent)):
            return base.value == 10 and 1 <= value < 10 and is_literal(exponent)
        case _:
            return False


def _power_of_ten_product(node: Node) -> bool:
    match node:
        case Binary("*", Number(), Binary("^", Number() as base, exponent)):
            return base.value == 10 and is_literal(exponent)
        case _:
            return False


def _written_out(node: Node) -> bool:
    """Whether nothing is left to be calculated: a number, or one that can only be written with roots or pi."""
    if isinstance(node, Percent):
        return is_literal(node.operand)
    if _power_of_ten_product(node):
        return True
    if isinstance(node, Binary) and node.operator == "/" and is_literal(node.left) and is_literal(node.right):
        return True
    return is_irrational(node)


def is_irrational(node: Node) -> bool:
    """Whether ``node``, which has no variables, has no exact value, such as the root of 2."""
    try:
        return isinstance(evaluate_number(node), float)
    except ExpressionError:
        return False
