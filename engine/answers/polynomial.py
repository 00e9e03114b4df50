"""Polynomials with rational coefficients: the exact and quick way to compare and judge most school expressions."""

from collections.abc import Mapping
from fractions import Fraction

from engine.answers.expression import evaluate_number
from engine.answers.tree import Binary, Name, Negative, Node, Number, Percent, names
from engine.errors import ExpressionError

Monomial = tuple[tuple[str, int], ...]
"""Variables with their exponents, sorted; empty for a constant."""

Polynomial = Mapping[Monomial, Fraction]
"""Coefficients, none of them zero, by monomial."""

_MAX_TERMS = 300
_MAX_DEGREE = 60


def polynomial(node: Node) -> Polynomial | None:
    """``node`` multiplied out; None if it is no polynomial, or a very large one."""
    match node:
        case Number(value):
            return _cleaned({(): value})
        case Name(name) if name not in ("pi", "inf"):
            return {((name, 1),): Fraction(1)}
        case Negative(operand):
            inner = polynomial(operand)
            return None if inner is None else scaled(inner, Fraction(-1))
        case Percent(operand):
            inner = polynomial(operand)
            return None if inner is None else scaled(inner, Fraction(1, 100))
        case Binary(operator, left, right):
            return _binary(operator, left, right)
        case _:
            return _constant(node)


def scaled(terms: Polynomial, factor: Fraction) -> Polynomial:
    """``terms`` times ``factor``."""
    return _cleaned({monomial: coefficient * factor for monomial, coefficient in terms.items()})


def product(left: Polynomial, right: Polynomial) -> Polynomial | None:
    """Both multiplied; None if that is very large."""
    if len(left) * len(right) > _MAX_TERMS * 10:
        return None
    result: dict[Monomial, Fraction] = {}
    for first, by in left.items():
        for second, times in right.items():
            monomial = _times(first, second)
            if sum(exponent for _, exponent in monomial) > _MAX_DEGREE:
                return None
            result[monomial] = result.get(monomial, Fraction(0)) + by * times
    return _cleaned(result) if len(result) <= _MAX_TERMS else None


def _binary(operator: str, left: Node, right: Node) -> Polynomial | None:
    if operator == "^":
        return _power(left, right)
    first, second = polynomial(left), polynomial(right)
    if first is None or second is None:
        return None
    if operator == "*":
        return product(first, second)
    if operator == "/":
        return scaled(first, 1 / second[()]) if list(second) == [()] else None
    result = dict(first)
    for monomial, coefficient in second.items():
        change = coefficient if operator == "+" else -coefficient
        result[monomial] = result.get(monomial, Fraction(0)) + change
    return _cleaned(result) if len(result) <= _MAX_TERMS else None


def _power(base: Node, exponent: Node) -> Polynomial | None:
    if not names(base):
        return _constant(Binary("^", base, exponent))
    times, result = _small_whole(exponent), polynomial(base)
    if times is None or result is None:
        return None
    factor: Polynomial | None = result
    result = {(): Fraction(1)}
    while times and factor is not None and result is not None:
        if times & 1:
            result = product(result, factor)
        times >>= 1
        factor = product(factor, factor) if times else factor
    return None if factor is None else result


def _small_whole(node: Node) -> int | None:
    if names(node):
        return None
    try:
        value = evaluate_number(node)
    except ExpressionError:
        return None
    whole = isinstance(value, Fraction) and value.denominator == 1 and 0 <= value <= _MAX_DEGREE
    return int(value) if whole else None


def _constant(node: Node) -> Polynomial | None:
    """Of something without variables that has an exact value, such as the root of 9."""
    if names(node):
        return None
    try:
        value = evaluate_number(node)
    except ExpressionError:
        return None
    return _cleaned({(): value}) if isinstance(value, Fraction) else None


def _times(first: Monomial, second: Monomial) -> Monomial:
    exponents = dict(first)
    for name, exponent in second:
        exponents[name] = exponents.get(name, 0) + exponent
    return tuple(sorted(exponents.items()))


def _cleaned(terms: Mapping[Monomial, Fraction]) -> Polynomial:
    return {monomial: coefficient for monomial, coefficient in terms.items() if coefficient}
