"""Whether two expressions are equal for all values of their variables.

Polynomials are multiplied out. Everything else is compared at points: exact rational arithmetic where possible, floats
where roots, logarithms or angles come in. The points are always the same, so the same pair gets the same answer. Sympy
is asked only where too few points have a value or floats are too close to tell.
"""

import math
import random
from collections.abc import Iterator, Mapping
from enum import Enum
from fractions import Fraction

from engine.answers.expression import evaluate_number
from engine.answers.polynomial import polynomial
from engine.answers.tree import Node, names
from engine.errors import ExpressionError

POINTS = 8
_TRIES = 60
_ENOUGH = 3  # agreeing points at which equality is believed, where most of the plane has no value
_SEED = 20
_EQUAL, _DIFFERENT = 1e-9, 1e-6  # relative


class _Seen(Enum):
    SAME = 1
    DIFFERENT = 2
    DOUBTFUL = 3
    NOTHING = 4


def equal(expected: Node, given: Node, domains: Mapping[str, str] | None = None) -> bool | None:
    """Whether ``given`` has ``expected``'s value wherever that has one.

    Args:
        expected: the author's expression.
        given: the learner's.
        domains: "real" (where it is silent), "positive", "nonnegative" or "integer" by variable.

    Returns:
        None where it could not be decided.
    """
    domains = domains or {}
    if (left := polynomial(expected)) is not None and (right := polynomial(given)) is not None:
        return left == right
    variables = sorted(names(expected) | names(given))
    same = doubtful = 0
    for point in _points(variables, domains):
        seen = _compare(expected, given, point)
        if seen is _Seen.DIFFERENT:
            return False
        same += seen is _Seen.SAME
        doubtful += seen is _Seen.DOUBTFUL
        if same == (POINTS if variables else 1):
            break
    if not doubtful and same >= (_ENOUGH if variables else 1):
        return True
    from engine.answers.sympy_nodes import equal_by_sympy

    return equal_by_sympy(expected, given, domains)


def close(left: Fraction | float, right: Fraction | float) -> bool:
    """Whether two values are the same, up to the last digits of floats."""
    if isinstance(left, Fraction) and isinstance(right, Fraction):
        return left == right
    try:
        return math.isclose(left, right, rel_tol=_EQUAL, abs_tol=1e-12)
    except OverflowError:
        return False


def _points(variables: list[str], domains: Mapping[str, str]) -> Iterator[dict[str, Fraction]]:
    rng = random.Random(_SEED)  # noqa: S311 - the same points every time, no secret
    for _ in range(_TRIES if variables else 1):
        yield {name: _draw(rng, domains.get(name, "real")) for name in variables}


def _draw(rng: random.Random, domain: str) -> Fraction:
    if domain == "integer":
        return Fraction(rng.randint(-12, 12))
    size = Fraction(rng.randint(1, 120), rng.choice((7, 11, 13, 17)))
    return size if domain in ("positive", "nonnegative") or rng.random() < 0.5 else -size


def _compare(expected: Node, given: Node, point: Mapping[str, Fraction]) -> _Seen:
    try:
        right = evaluate_number(expected, point)
    except ExpressionError:
        return _Seen.NOTHING
    try:
        value = evaluate_number(given, point)
    except ExpressionError:
        return _Seen.DIFFERENT
    if close(right, value):
        return _Seen.SAME
    if isinstance(right, Fraction) and isinstance(value, Fraction):
        return _Seen.DIFFERENT
    return (
        _Seen.DOUBTFUL if math.isclose(right, value, rel_tol=_DIFFERENT, abs_tol=_EQUAL) else _Seen.DIFFERENT
    )
