"""How an expression is written: simplified, multiplied out, factored.

What is judged here has the right value already. Factoring asks sympy, so it belongs into the process that can be
stopped.
"""

from collections.abc import Iterator
from math import gcd

from engine.answers.answer import ExpressionForm
from engine.answers.polynomial import polynomial
from engine.answers.simplified import all_whole, factors, is_simplified, terms
from engine.answers.tree import Binary, Name, Node, names, walk
from engine.answers.verdict import Flaw


def expression_flaw(node: Node, form: ExpressionForm) -> Flaw | None:
    """What is wrong with the way in which an expression is written; None if it is written as asked."""
    if form is ExpressionForm.SIMPLIFIED:
        return None if is_simplified(node) else Flaw.UNSIMPLIFIED
    if form is ExpressionForm.EXPANDED:
        if any(_holds_product_of_sums(part) for part in walk(node)):
            return Flaw.FORM
        return None if is_simplified(node) else Flaw.UNSIMPLIFIED
    if form is ExpressionForm.FACTORED:
        return _factored_flaw(node)
    return None


def _holds_product_of_sums(node: Node) -> bool:
    match node:
        case Binary("*"):
            return any(_is_sum(factor) or _is_power_of_sum(factor) for factor in factors(node))
        case Binary("^", base, _):
            return _is_sum(base)
        case Binary("/", above, below):
            return _is_sum(above) and not names(below) and len(list(terms(above))) > 1
        case _:
            return False


def _is_sum(node: Node) -> bool:
    return isinstance(node, Binary) and node.operator in "+-"


def _is_power_of_sum(node: Node) -> bool:
    return isinstance(node, Binary) and node.operator == "^" and _is_sum(node.left)


def _factored_flaw(node: Node) -> Flaw | None:
    """A product of factors that cannot be split further over the rational numbers."""
    parts = list(_factors_of_quotient(node))
    bases = [part.left if isinstance(part, Binary) and part.operator == "^" else part for part in parts]
    if len(parts) == 1 and _is_sum(parts[0]) and not _irreducible(parts[0]):
        return Flaw.FORM
    return None if all(_irreducible(base) for base in bases if names(base)) else Flaw.UNSIMPLIFIED


def _factors_of_quotient(node: Node) -> Iterator[Node]:
    """As ``factors``, and x(x+1)/2 is a product too."""
    if isinstance(node, Binary) and node.operator == "/" and not names(node.right):
        return factors(node.left)
    return factors(node)


def _irreducible(node: Node) -> bool:
    if isinstance(node, Name):
        return True
    found = polynomial(node)
    if found is None:
        return True
    if len(found) == 1:
        return sum(exponent for _, exponent in next(iter(found))) <= 1 or not _is_sum(node)
    if all_whole(found) and gcd(*(value.numerator for value in found.values())) > 1:
        return False
    import sympy

    from engine.answers.sympy_nodes import to_sympy

    _, split = sympy.factor_list(to_sympy(node))
    return len(split) == 1 and split[0][1] == 1
