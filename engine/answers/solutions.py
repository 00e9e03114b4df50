"""Whether two equations have the same solutions.

Equations whose sides differ by a constant factor do. Otherwise the solutions of each are found where it is linear in
some variable, which nearly all school formulas are, and put into the other. Only equations in one variable of higher
degree go to sympy.
"""

import random
from collections.abc import Iterator, Mapping
from fractions import Fraction

from engine.answers.equality import close, equal
from engine.answers.expression import evaluate_number
from engine.answers.polynomial import polynomial, scaled
from engine.answers.tree import Binary, Node, Number, names
from engine.errors import ExpressionError

Point = Mapping[str, Fraction]
_POINTS = 8
_TRIES = 40
_SEED = 21
_EXACT = 10**12  # larger denominators come from roots, that is, from floats


def same_solutions(expected: Node, given: Node, domains: Mapping[str, str]) -> bool | None:
    """Whether ``expected = 0`` and ``given = 0`` say the same; None where that could not be decided.

    Both are differences: the left side minus the right one.

    Points where one of them has no value, such as x = 0 in y/x = 2, do not count.
    """
    if (proportional := _proportional(expected, given)) is not None:
        return proportional
    if names(expected) != names(given):
        return False
    forth = _implies(expected, given, domains)
    back = _implies(given, expected, domains) if forth is not False else False
    if forth is False or back is False:
        return False
    if forth and back:
        return True
    if len(names(expected)) == 1:
        return _same_roots(expected, given, domains)
    return True if equal(expected, given, domains) else None


def _proportional(expected: Node, given: Node) -> bool | None:
    """For two polynomials: True if one is a multiple of the other, False if a linear one is not; else None."""
    first, second = polynomial(expected), polynomial(given)
    if first is None or second is None:
        return None
    if not first or not second:
        return not first and not second
    if first.keys() == second.keys():
        monomial = next(iter(first))
        if scaled(first, second[monomial] / first[monomial]) == second:
            return True
    degree = max(sum(power for _, power in monomial) for monomial in (*first, *second))
    return False if degree == 1 else None


def _implies(condition: Node, conclusion: Node, domains: Mapping[str, str]) -> bool | None:
    """Whether the solutions of ``condition`` solve ``conclusion``; None where none could be found."""
    for variable in _linear_in(condition):
        seen = [_holds(conclusion, point) for point in _solutions(condition, variable, domains)]
        found = [value for value in seen if value is not None]
        if found:
            return all(found)
    return None


def _linear_in(condition: Node) -> list[str]:
    """The variables in which ``condition`` is linear, or may be for all that is known."""
    terms = polynomial(condition)
    variables = sorted(names(condition))
    if terms is None:
        return variables
    return [name for name in variables if max(dict(monomial).get(name, 0) for monomial in terms) == 1]


def _solutions(condition: Node, variable: str, domains: Mapping[str, str]) -> Iterator[dict[str, Fraction]]:
    """Points on ``condition``, if it is linear in ``variable``; at most eight."""
    rng = random.Random(_SEED)  # noqa: S311 - the same points every time, no secret
    others = sorted(names(condition) - {variable})
    count = 0
    for _ in range(_TRIES if others else 1):
        point = {name: Fraction(rng.randint(1, 60), rng.choice((7, 11, 13))) for name in others}
        point |= {
            name: -value
            for name, value in point.items()
            if domains.get(name, "real") == "real" and rng.random() < 0.3
        }
        solved = _solved(condition, variable, point)
        if solved is not None and (solved > 0 or domains.get(variable, "real") == "real"):
            yield point | {variable: solved}
            count += 1
        if count == _POINTS:
            return


def _solved(condition: Node, variable: str, point: Point) -> Fraction | None:
    """The value of ``variable`` that solves ``condition`` at ``point``, if it is linear in it there."""
    try:
        first, second, fourth = (
            evaluate_number(condition, {**point, variable: Fraction(at)}) for at in (1, 2, 4)
        )
    except ExpressionError:
        return None
    slope = second - first
    if close(slope, Fraction(0)) or not close(fourth - second, 2 * slope):
        return None
    return Fraction(1 - first / slope)


def _holds(equation: Node, point: Point) -> bool | None:
    """Whether ``equation = 0`` at ``point``; None where it has no value there."""
    sides = (
        (equation.left, equation.right) if isinstance(equation, Binary) else (equation, Number(Fraction(0)))
    )
    try:
        left, right = (evaluate_number(side, point) for side in sides)
    except ExpressionError:
        return None
    rough = any(value.denominator > _EXACT for value in point.values())
    return _nearly(left, right) if rough else close(left, right)


def _nearly(left: Fraction | float, right: Fraction | float) -> bool:
    try:
        return close(float(left), float(right))
    except OverflowError:
        return False


def _same_roots(expected: Node, given: Node, domains: Mapping[str, str]) -> bool | None:
    """By sympy: the real roots of both numerators."""
    import sympy

    from engine.answers.sympy_nodes import to_sympy

    try:
        found = [
            sympy.real_roots(sympy.numer(sympy.together(to_sympy(node, domains))))
            for node in (expected, given)
        ]
    except (ExpressionError, ArithmeticError, ValueError, TypeError, AttributeError, NotImplementedError):
        return None
    return set(found[0]) == set(found[1])
