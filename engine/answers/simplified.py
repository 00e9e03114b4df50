"""Whether an expression is simplified: like terms collected, fractions cancelled, numbers worked out.

Where a bracket may be multiplied out or not (``2(x + 1)``, ``2x + 2``) both count as simplified, unless multiplying out
makes it shorter.
"""

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from math import gcd

from engine.answers.number_form import is_irrational, is_literal, quotient_of
from engine.answers.polynomial import Polynomial, polynomial
from engine.answers.tree import Binary, Call, Name, Negative, Node, Number, Percent, names, walk


def is_simplified(node: Node) -> bool:
    """Whether like terms are collected, fractions cancelled, and numbers worked out."""
    return not any(_can_be_shortened(part) for part in walk(node))


def factors(node: Node) -> Iterator[Node]:
    """The factors of a product, in order; a quotient by a number and a minus sign count as factors too."""
    match node:
        case Binary("*", left, right):
            yield from factors(left)
            yield from factors(right)
        case Negative(operand):
            yield Negative(Number(Fraction(1)))
            yield from factors(operand)
        case _:
            yield node


def terms(node: Node, sign: int = 1) -> Iterator[tuple[int, Node]]:
    """The terms of a sum with their signs."""
    match node:
        case Binary("+" | "-", left, right):
            yield from terms(left, sign)
            yield from terms(right, sign if node.operator == "+" else -sign)
        case Negative(operand):
            yield from terms(operand, -sign)
        case _:
            yield sign, node


def _can_be_shortened(node: Node) -> bool:
    if not names(node) and not isinstance(node, Number | Name):
        return _constant_can_be_shortened(node)
    match node:
        case Binary("+" | "-"):
            return _like_terms(node)
        case Binary("*"):
            return _repeated_factors(node)
        case Binary("/", left, right):
            return _can_be_cancelled(left, right)
        case Binary("^", _, Number(value)):
            return value in (0, 1)
        case Negative(operand):
            return isinstance(operand, Negative)
        case _:
            return False


def _constant_can_be_shortened(node: Node) -> bool:
    """A number that is not in lowest terms, or a calculation that was not done."""
    match node:
        case Negative(operand):
            return not isinstance(operand, Number) and _constant_can_be_shortened(operand)
        case Call("sqrt", (Number(value),)):
            return value.denominator != 1 or _has_square_factor(value.numerator)
        case Percent():
            return False
    quotient = quotient_of(node)
    if quotient is not None:
        return gcd(*quotient) > 1 or quotient[1] == 1
    if not is_irrational(node):
        return True
    match node:
        case Binary("*"):
            return sum(is_literal(factor) for factor in factors(node)) > 1
        case Binary("+" | "-"):
            keys = Counter(_root_part(term) for _, term in terms(node))
            return max(keys.values()) > 1
        case _:
            return False


def _root_part(node: Node) -> tuple[str, ...]:
    """What a term has apart from its rational factor: two terms that share it can be added."""
    parts = factors(node)
    return tuple(sorted(repr(factor) for factor in parts if names(factor) or is_irrational(factor)))


def _has_square_factor(value: int) -> bool:
    return any(value % (root * root) == 0 for root in range(2, 100) if root * root <= value)


def _like_terms(node: Node) -> bool:
    """Whether some terms can be added, or vanish; brackets among them count as multiplied out."""
    found = [polynomial(term) for _, term in terms(node)]
    sums = [part for part in found if part is not None]
    if any(not part for part in sums):
        return True
    whole = polynomial(node)
    if whole is not None:
        return len(whole) < sum(map(len, sums))
    monomials = Counter(monomial for part in sums for monomial in part)
    others = Counter(repr(term) for (_, term), part in zip(terms(node), found, strict=True) if part is None)
    return any(count > 1 for count in (monomials | others).values())


def _repeated_factors(node: Node) -> bool:
    numbers = 0
    bases: Counter[str] = Counter()
    for factor in factors(node):
        if isinstance(factor, Negative):
            continue
        if not names(factor):
            numbers += 1
            if isinstance(factor, Number) and factor.value in (0, 1):
                return True
            continue
        base = factor.left if isinstance(factor, Binary) and factor.operator == "^" else factor
        if isinstance(base, Name):
            bases[base.name] += 1
        elif (expanded := polynomial(base)) is not None:
            bases[str(sorted(expanded.items()))] += 1
    return numbers > 1 or any(count > 1 for count in bases.values())


def _can_be_cancelled(above: Node, below: Node) -> bool:
    """Whether numerator and denominator share a number or a polynomial."""
    first, second = polynomial(above), polynomial(below)
    if first is None or second is None:
        return False
    if list(second) == [()]:
        divisor = second[()]
        if divisor.denominator != 1 or divisor == 1:
            return True
        return gcd(*map(_whole, first.values()), divisor.numerator) > 1 if all_whole(first) else True
    coefficients = [*first.values(), *second.values()]
    whole = all(value.denominator == 1 for value in coefficients)
    if whole and gcd(*map(_whole, coefficients)) > 1:
        return True
    return _share_variable(first, second) or _share_polynomial(above, below)


def all_whole(part: Polynomial) -> bool:
    """Whether all coefficients are whole numbers."""
    return all(value.denominator == 1 for value in part.values())


def _whole(value: Fraction) -> int:
    return value.numerator


def _share_variable(first: Polynomial, second: Polynomial) -> bool:
    def everywhere(part: Polynomial) -> set[str]:
        return set.intersection(*({name for name, _ in monomial} for monomial in part)) if part else set()

    return bool(everywhere(first) & everywhere(second))


def _share_polynomial(above: Node, below: Node) -> bool:
    import sympy

    from engine.answers.sympy_nodes import to_sympy

    shared = sympy.gcd(to_sympy(above), to_sympy(below))
    return not shared.is_number
