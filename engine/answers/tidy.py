"""An expression as one would write it: numbers worked out, no "1x", no "+ -3"; and a tree as typed text.

Nothing is multiplied out and no terms are collected: what was factored stays so.
"""

from fractions import Fraction

from engine.answers.expression import evaluate_number
from engine.answers.tree import Binary, Call, Comparison, Logic, Name, Negative, Node, Number, Percent, names
from engine.errors import ExpressionError

_SUM, _PRODUCT, _POWER, _ATOM = range(4)
# How it is typed, how tightly what follows it must hold together, how tightly the whole does.
_OPERATORS = {
    "+": (" + ", _PRODUCT, _SUM),
    "-": (" - ", _PRODUCT, _SUM),
    "*": ("*", _POWER, _PRODUCT),
    "/": ("/", _POWER, _PRODUCT),
    "^": ("^", _ATOM, _POWER),
}


def tidied(node: Node) -> Node:
    """``node`` with its numbers worked out."""
    match node:
        case Number() | Name() | Percent() | Logic():
            return node
        case Comparison(operators, operands):
            return Comparison(operators, tuple(map(tidied, operands)))
        case Negative(operand):
            inner = tidied(operand)
            return inner.operand if isinstance(inner, Negative) else _worked_out(Negative(inner))
        case Call(function, arguments):
            return _worked_out(Call(function, tuple(map(tidied, arguments))))
        case Binary(operator, left, right):
            return _worked_out(_binary(operator, tidied(left), tidied(right)))


def to_text(node: Node) -> str:
    """``node`` as a learner would type it."""
    return _text(node)[0]


def _worked_out(node: Node) -> Node:
    if isinstance(node, Number) or names(node):
        return node
    try:
        value = evaluate_number(node)
    except ExpressionError:
        return node
    return _number(value) if isinstance(value, Fraction) else node


def _number(value: Fraction) -> Node:
    if value < 0:
        return Negative(_number(-value))
    if value.denominator == 1:
        return Number(value)
    return Binary("/", Number(Fraction(value.numerator)), Number(Fraction(value.denominator)))


def _binary(operator: str, left: Node, right: Node) -> Node:
    if operator in "+-":
        return _sum(operator, left, right)
    if operator == "*":
        return _product(left, right)
    if _is(right, 1):
        return left
    return Binary(operator, left, right)


def _sum(operator: str, left: Node, right: Node) -> Node:
    if isinstance(right, Negative):
        return _sum("-" if operator == "+" else "+", left, right.operand)
    if _is(right, 0):
        return left
    if _is(left, 0):
        return right if operator == "+" else Negative(right)
    return Binary(operator, left, right)


def _product(left: Node, right: Node) -> Node:
    for first, second in ((left, right), (right, left)):
        if _is(first, 0):
            return Number(Fraction(0))
        if _is(first, 1):
            return second
        if isinstance(first, Negative):
            product = _product(first.operand, second)
            return product.operand if isinstance(product, Negative) else Negative(product)
    if isinstance(right, Binary) and right.operator == "*" and not names(left) and not names(right.left):
        return _product(_worked_out(Binary("*", left, right.left)), right.right)
    return Binary("*", left, right)


def _is(node: Node, value: int) -> bool:
    return isinstance(node, Number) and node.value == value


def _text(node: Node) -> tuple[str, int]:
    """The text, and how tightly it holds together."""
    match node:
        case Number(value, text=text):
            plain = text or (str(value) if value.denominator == 1 else f"({value})")
            return plain, _ATOM
        case Name(name):
            return name, _ATOM
        case Percent(operand):
            return f"{_in(operand, _ATOM)}%", _POWER
        case Negative(operand):
            return f"-{_in(operand, _PRODUCT)}", _SUM
        case Call(function, arguments):
            return f"{function}({', '.join(map(to_text, arguments))})", _ATOM
        case Comparison(operators, operands):
            rest = (f" {op} {to_text(part)}" for op, part in zip(operators, operands[1:], strict=True))
            return to_text(operands[0]) + "".join(rest).replace("==", "="), _SUM
        case Binary(operator, left, right):
            own, after, strength = _OPERATORS[operator]
            return f"{_in(left, strength if operator != '^' else _ATOM)}{own}{_in(right, after)}", strength
    raise ExpressionError("That is no expression.", todo="Write an expression.")


def _in(node: Node, least: int) -> str:
    text, strength = _text(node)
    return text if strength >= least else f"({text})"
