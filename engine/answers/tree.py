"""What a piece of mathematics is once it has been read: a small tree of our own.

Everything else in this package works on these nodes: evaluation, comparison, TeX, and the way into sympy. What is read
into them: ``engine.answers.expression``.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


class Written(StrEnum):
    """How a number was written."""

    INTEGER = "integer"
    DECIMAL = "decimal"
    SCIENTIFIC = "scientific"  # 3e5; what is written 3×10^5 is a product
    RECURRING = "recurring"  # 0.333...
    FRACTION = "fraction"  # ½ in one sign; what is written 1/2 is a quotient
    MIXED = "mixed"


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it was written; never negative. ``decimals``: digits after the point."""

    value: Fraction
    written: Written = Written.INTEGER
    decimals: int = 0
    text: str = ""


@dataclass(frozen=True, slots=True)
class Name:
    """A variable, or the constant ``pi``."""

    name: str


@dataclass(frozen=True, slots=True)
class Negative:
    """Minus ``operand``."""

    operand: "Node"


@dataclass(frozen=True, slots=True)
class Percent:
    """A hundredth of ``operand``."""

    operand: "Node"


@dataclass(frozen=True, slots=True)
class Binary:
    """``left operator right``, the operator one of ``+ - * / ^``."""

    operator: str
    left: "Node"
    right: "Node"


@dataclass(frozen=True, slots=True)
class Call:
    """A function of the mini-language."""

    function: str
    arguments: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """A chain such as ``-1 < x <= 4``: one operator fewer than operands. Operators: ``== != < <= > >=``."""

    operators: tuple[str, ...]
    operands: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Logic:
    """``and``, ``or`` (two operands or more) and ``not`` (one)."""

    operator: str
    operands: tuple["Node", ...]


Node = Number | Name | Negative | Percent | Binary | Call | Comparison | Logic


def children(node: Node) -> tuple[Node, ...]:
    """The nodes right below ``node``."""
    match node:
        case Binary(_, left, right):
            return (left, right)
        case Negative(operand) | Percent(operand):
            return (operand,)
        case Call(_, arguments):
            return arguments
        case Comparison(_, operands) | Logic(_, operands):
            return operands
        case _:
            return ()


def walk(node: Node) -> Iterator[Node]:
    """``node`` and everything below it."""
    yield node
    for child in children(node):
        yield from walk(child)


def names(node: Node) -> frozenset[str]:
    """The variables in ``node``, without ``pi``."""
    return frozenset(found.name for found in walk(node) if isinstance(found, Name) and found.name != "pi")


def renamed(node: Node, old: str, new: str) -> Node:
    """``node`` with the variable ``new`` wherever ``old`` stands."""
    match node:
        case Name(name):
            return Name(new) if name == old else node
        case Negative(operand):
            return Negative(renamed(operand, old, new))
        case Percent(operand):
            return Percent(renamed(operand, old, new))
        case Binary(operator, left, right):
            return Binary(operator, renamed(left, old, new), renamed(right, old, new))
        case Call(function, arguments):
            return Call(function, tuple(renamed(argument, old, new) for argument in arguments))
        case Comparison(operators, operands):
            return Comparison(operators, tuple(renamed(operand, old, new) for operand in operands))
        case Logic(operator, operands):
            return Logic(operator, tuple(renamed(operand, old, new) for operand in operands))
        case _:
            return node
