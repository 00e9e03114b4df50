"""Reading mathematics and finding its value: what items, checkers and previews build on.

``parse_authored`` reads the mini-language of packs, strictly. ``parse_learner`` reads what people type: ``2x``,
``2(x+1)``, ``x²``, ``1 1/2``, ``0,5``, ``1,000``, ``3×10^5``, ``√2``, ``|x|``, ``50%``. Nothing of a text ever reaches
``eval`` or sympy's own parser.

``evaluate`` is exact where mathematics allows it and gives a float where it does not. It runs for every question that
is posed and at every point where two expressions are compared, so whole numbers stay ``int`` inside and sympy is not
involved. Angles are in radians.
"""

import math
from collections.abc import Callable, Collection, Mapping
from fractions import Fraction
from functools import lru_cache

from engine.answers.parser import Parser
from engine.answers.tokens import MAX_EXPONENT, learner_tokens, strict_tokens
from engine.answers.tree import Binary, Call, Comparison, Logic, Name, Negative, Node, Number, Percent
from engine.errors import ExpressionError

Value = Fraction | bool | float
"""What ``evaluate`` gives: exact, true or false, or approximate."""

_Real = int | Fraction | float
_MAX_BITS = 10_000
_CLOSE = 1e-12  # relative: floats that are compared count as equal within it


@lru_cache(maxsize=4096)
def parse_authored(text: str) -> Node:
    """Read the mini-language: ``2*x + gcd(a, b)``, ``a/b != 1 and a > 0``.

    Raises:
        ExpressionError: it is not the mini-language.
    """
    return Parser(strict_tokens(text), generous=False).whole()


def parse_learner(text: str, *, known: Collection[str] | None = None, listed: bool = False) -> Node:
    """Read what a learner typed.

    Args:
        text: as it was typed.
        known: the variables that can be meant, such as ``{"x", "v0"}``; None: every single letter is one.
        listed: the text is a part of a list, where a comma is no decimal comma.

    Raises:
        ExpressionError: it cannot be read; its first sentence says where and why.
    """
    return Parser(learner_tokens(text, known=known, listed=listed), generous=True).whole()


def evaluate(node: Node, values: Mapping[str, Fraction | str] | None = None) -> Value:
    """The value of ``node``, with ``values`` for its variables.

    Text is allowed for variables that are compared with other text.

    Raises:
        ExpressionError: a variable has no value, or there is none (division by zero, root of a negative number).
    """
    try:
        found = _value(node, values or {})
    except OverflowError as error:
        raise _no_value("The number is too large to work with.") from error
    if isinstance(found, str):
        raise _no_value(f"“{found[:20]}” is a text, not a number.")
    if isinstance(found, float) and not math.isfinite(found):
        raise _no_value("The number is too large to work with.")
    return Fraction(found) if type(found) is int else found


def evaluate_number(node: Node, values: Mapping[str, Fraction | str] | None = None) -> Fraction | float:
    """As ``evaluate``, for what is to be a number.

    Raises:
        ExpressionError: as for ``evaluate``, or it is true or false.
    """
    found = evaluate(node, values)
    if isinstance(found, bool):
        raise _no_value("That is a statement, not a number.")
    return found


def _no_value(what: str) -> ExpressionError:
    return ExpressionError(what, todo="Check the expression.")


def _value(node: Node, values: Mapping[str, Fraction | str]) -> _Real | str:
    return _VALUES[type(node)](node, values)


def _plain_number(node: Number, _values: Mapping[str, Fraction | str]) -> _Real:
    value = node.value
    return value.numerator if value.denominator == 1 else value


def _binary(node: Binary, values: Mapping[str, Fraction | str]) -> _Real:
    left, right = _number(node.left, values), _number(node.right, values)
    return _OPERATIONS[node.operator](left, right)


def _variable(node: Name, values: Mapping[str, Fraction | str]) -> _Real | str:
    name = node.name
    found = values.get(name)
    if found is None:
        if name == "pi":
            return math.pi
        raise _no_value(f"The letter {name} has no value here.")
    if isinstance(found, Fraction) and found.denominator == 1:
        return found.numerator
    return found


def _number(node: Node, values: Mapping[str, Fraction | str]) -> _Real:
    found = _value(node, values)
    if isinstance(found, str):
        raise _no_value(f"“{found[:20]}” is a text, not a number.")
    if isinstance(found, bool):
        raise _no_value("A statement cannot be calculated with.")
    return found


def _divide(left: _Real, right: _Real) -> _Real:
    if right == 0:
        raise _no_value("Something is divided by zero.")
    if isinstance(left, int) and isinstance(right, int):
        return _plain(Fraction(left, right))
    return _plain(left / right)


def _plain(value: _Real) -> _Real:
    """Whole fractions as ``int``, which is ten times as fast."""
    return value.numerator if isinstance(value, Fraction) and value.denominator == 1 else value


def _power(base: _Real, exponent: _Real) -> _Real:
    if isinstance(exponent, int):
        return _whole_power(base, exponent)
    if exponent == Fraction(1, 2):
        return _square_root(base)
    if base < 0 and isinstance(exponent, Fraction) and exponent.denominator % 2:
        root = math.pow(-base, exponent)
        return -root if exponent.numerator % 2 else root
    if base < 0 or (base == 0 and exponent < 0):
        raise _no_value("This power has no value.")
    return math.pow(base, exponent)


def _whole_power(base: _Real, exponent: int) -> _Real:
    if abs(exponent) > MAX_EXPONENT:
        raise _no_value(f"An exponent is larger than {MAX_EXPONENT}.")
    if base == 0 and exponent <= 0:
        raise _no_value("This power has no value.")
    if isinstance(base, float):
        return math.pow(base, exponent)
    size = max(abs(base.numerator).bit_length(), base.denominator.bit_length())
    if size * abs(exponent) > _MAX_BITS:
        raise _no_value("The number is too large to work with.")
    result: _Real = Fraction(base) ** exponent if exponent < 0 else base**exponent
    return _plain(result)


def _square_root(value: _Real) -> _Real:
    if value < 0:
        raise _no_value("A negative number has no square root.")
    if isinstance(value, float):
        return math.sqrt(value)
    above, below = math.isqrt(value.numerator), math.isqrt(value.denominator)
    if above * above == value.numerator and below * below == value.denominator:
        return _plain(Fraction(above, below))
    return math.sqrt(value)


def _whole(value: _Real) -> int:
    if isinstance(value, int):
        return value
    raise _no_value("gcd and lcm need whole numbers.")


def _rounded(value: _Real, decimals: _Real = 0) -> _Real:
    """To the nearest, halves away from zero, as schools teach it."""
    shift = Fraction(10) ** _decimals(decimals)
    scaled = abs(Fraction(value)) * shift
    result = Fraction(math.floor(scaled + Fraction(1, 2))) / shift
    return _plain(result if value >= 0 else -result)


def _decimals(value: _Real) -> int:
    if isinstance(value, int) and abs(value) <= MAX_EXPONENT:
        return value
    raise _no_value("The number of decimals is not a small whole number.")


def _mod(left: _Real, right: _Real) -> _Real:
    if right == 0:
        raise _no_value("Something is divided by zero.")
    return _plain(left % right)


def _logarithm(value: _Real, base: _Real = 10) -> float:
    if value <= 0 or base <= 0 or base == 1:
        raise _no_value("This logarithm has no value.")
    return math.log10(value) if base == 10 else math.log(value) / math.log(base)


def _natural(value: _Real) -> float:
    if value <= 0:
        raise _no_value("This logarithm has no value.")
    return math.log(value)


_OPERATIONS: dict[str, Callable[[_Real, _Real], _Real]] = {
    "+": lambda left, right: _plain(left + right),
    "-": lambda left, right: _plain(left - right),
    "*": lambda left, right: _plain(left * right),
    "/": _divide,
    "^": _power,
}
_FUNCTIONS: dict[str, Callable[..., _Real]] = {
    "abs": abs,
    "sqrt": _square_root,
    "floor": math.floor,
    "ceil": math.ceil,
    "round": _rounded,
    "mod": _mod,
    "gcd": lambda *values: math.gcd(*map(_whole, values)),
    "lcm": lambda *values: math.lcm(*map(_whole, values)),
    "min": lambda *values: min(values),
    "max": lambda *values: max(values),
    "sin": math.sin,
    "cos": math.cos,
    "tan": math.tan,
    "ln": _natural,
    "log": _logarithm,
    "exp": math.exp,
}


def _called(node: Call, values: Mapping[str, Fraction | str]) -> _Real:
    return _FUNCTIONS[node.function](*[_number(argument, values) for argument in node.arguments])


def _compared(node: Comparison, values: Mapping[str, Fraction | str]) -> bool:
    operands = [_value(operand, values) for operand in node.operands]
    return all(map(_holds, node.operators, operands, operands[1:]))


def _holds(operator: str, left: _Real | str, right: _Real | str) -> bool:
    if isinstance(left, str) or isinstance(right, str):
        if operator in ("==", "!="):
            return (left == right) is (operator == "==")
        raise _no_value("Texts can only be compared with == and !=.")
    equal = _same(left, right)
    if operator in ("==", "!="):
        return equal is (operator == "==")
    if operator in ("<=", ">=") and equal:
        return True
    below = not equal and left < right
    return below if operator in ("<", "<=") else not equal and left > right


def _same(left: _Real, right: _Real) -> bool:
    if isinstance(left, float) or isinstance(right, float):
        return math.isclose(left, right, rel_tol=_CLOSE, abs_tol=_CLOSE)
    return left == right


def _logic(node: Logic, values: Mapping[str, Fraction | str]) -> bool:
    if node.operator == "not":
        return not _truth(node.operands[0], values)
    if node.operator == "and":
        return all(_truth(operand, values) for operand in node.operands)
    return any(_truth(operand, values) for operand in node.operands)


def _truth(node: Node, values: Mapping[str, Fraction | str]) -> bool:
    found = _value(node, values)
    if isinstance(found, bool):
        return found
    raise _no_value("and, or and not need statements, such as a < b.")


_VALUES: dict[type[Node], Callable[..., _Real | str]] = {
    Number: _plain_number,
    Name: _variable,
    Binary: _binary,
    Negative: lambda node, values: -_number(node.operand, values),
    Percent: lambda node, values: _divide(_number(node.operand, values), 100),
    Call: _called,
    Comparison: _compared,
    Logic: _logic,
}
