"""The way from our trees into sympy: node by node, never through sympy's own parser.

Sympy is slow and can run for ever: what is called here belongs into the process that can be stopped
(``engine.answers.checker_process``).
"""

from collections.abc import Mapping
from typing import Any

from engine.answers.expression import evaluate_number
from engine.answers.tree import Binary, Call, Comparison, Logic, Name, Negative, Node, Number, Percent, names
from engine.errors import ExpressionError

Expr = Any
"""A sympy expression; sympy has no types of its own."""

_ASSUMPTIONS: Mapping[str, Mapping[str, bool]] = {
    "real": {"real": True},
    "positive": {"positive": True},
    "nonnegative": {"nonnegative": True},
    "integer": {"integer": True},
}


def to_sympy(node: Node, domains: Mapping[str, str] | None = None) -> Expr:
    """``node`` as a sympy expression.

    Args:
        node: a number or an expression, no comparison.
        domains: "real" (where it is silent), "positive", "nonnegative" or "integer" by variable.

    Raises:
        ExpressionError: it is a comparison, or has no value whatever its variables are.
    """
    import sympy

    match node:
        case Number(value):
            return sympy.Rational(value.numerator, value.denominator)
        case Name("pi"):
            return sympy.pi
        case Name(name):
            return sympy.Symbol(name, **_ASSUMPTIONS[(domains or {}).get(name, "real")])
        case Negative(operand):
            return -to_sympy(operand, domains)
        case Percent(operand):
            return to_sympy(operand, domains) / 100
        case Binary():
            return _binary(node, domains)
        case Call(function, arguments):
            return _call(function, [to_sympy(argument, domains) for argument in arguments])
        case Comparison() | Logic():
            raise ExpressionError("That is a statement, not an expression.", todo="Write one expression.")


def equal_by_sympy(left: Node, right: Node, domains: Mapping[str, str]) -> bool | None:
    """Whether both are equal for all values of their variables; None where sympy cannot tell."""
    import sympy

    try:
        difference = to_sympy(left, domains) - to_sympy(right, domains)
        if sympy.simplify(difference) == 0:
            return True
        found = difference.equals(0)
    except (ExpressionError, ArithmeticError, ValueError, TypeError, AttributeError, NotImplementedError):
        return None
    return None if found is None else bool(found)


def _binary(node: Binary, domains: Mapping[str, str] | None) -> Expr:
    import sympy

    left, right = to_sympy(node.left, domains), to_sympy(node.right, domains)
    match node.operator:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
        case "/":
            if right == 0:
                raise ExpressionError("Something is divided by zero.", todo="Check the expression.")
            return left / right
        case _:
            if not names(node):
                evaluate_number(node)  # keeps it below the limits
            return sympy.Pow(left, right)


def _call(function: str, arguments: list[Expr]) -> Expr:
    import sympy

    made = {
        "abs": sympy.Abs,
        "sqrt": sympy.sqrt,
        "floor": sympy.floor,
        "ceil": sympy.ceiling,
        "gcd": sympy.gcd,
        "lcm": sympy.lcm,
        "min": sympy.Min,
        "max": sympy.Max,
        "mod": sympy.Mod,
        "sin": sympy.sin,
        "cos": sympy.cos,
        "tan": sympy.tan,
        "ln": sympy.log,
        "exp": sympy.exp,
        "log": lambda value, base=10: sympy.log(value, base),
        "round": lambda value, decimals=0: (
            sympy.floor(value * 10**decimals + sympy.Rational(1, 2)) / 10**decimals
        ),
    }
    return made[function](*arguments)
