"""Gathers what gives answers away: their values, expressions, equations and words.

What it is used for, and the rule behind it: ``engine.answers.closure``.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from engine.answers.answer import (
    Answer,
    ChoiceAnswer,
    ClozeAnswer,
    EquationAnswer,
    ExpressionAnswer,
    IntervalAnswer,
    MatchAnswer,
    MultipleAnswer,
    NumberAnswer,
    OrderAnswer,
    QuantityAnswer,
    SetAnswer,
    ShortAnswer,
    TextAnswer,
    TupleAnswer,
)
from engine.answers.checkers.number import round_to_figures
from engine.answers.expression import evaluate_number, parse_authored
from engine.answers.number_form import is_irrational, quotient_of
from engine.answers.polynomial import polynomial
from engine.answers.said import Said, stems_of
from engine.answers.tree import Binary, Name, Negative, Node, Number, Percent, names
from engine.errors import ExpressionError

_DIVISION = re.compile(r"÷|\\div|\s/\s")
_HARMLESS = frozenset({"yes", "no", "true", "false", "it", "a", "i", "x", "y"})
_SHORT_OPTION = 4  # words: in an option of so few, a number is what it is about


@dataclass(slots=True)
class Gathered:
    """As the fields of ``engine.answers.closure.Closure``, while they are being filled."""

    values: set[Fraction] = field(default_factory=set)
    rough: list[float] = field(default_factory=list)
    expressions: set[str] = field(default_factory=set)
    equations: set[str] = field(default_factory=set)
    phrases: dict[tuple[str, ...], None] = field(default_factory=dict)
    pairs: list[tuple[tuple[str, ...], tuple[str, ...]]] = field(default_factory=list)
    orders: list[tuple[tuple[str, ...], ...]] = field(default_factory=list)
    short: list[ShortAnswer] = field(default_factory=list)

    def value(self, value: Fraction | float) -> None:
        """A number."""
        if isinstance(value, Fraction):
            self.values.add(value)
        else:
            self.rough.append(value)

    def node(self, node: Node) -> None:
        """An expression, or the value of one without variables."""
        if isinstance(node, Name) and node.name != "pi":
            return  # a single letter is said all the time
        if names(node):
            self.expressions.add(expression_key(node))
            return
        try:
            self.value(evaluate_number(node))
        except ExpressionError:
            return

    def words(self, text: str) -> None:
        """An option's text or an accepted word, and the number that it is about."""
        said = Said(text)
        stems = stems_of(text)
        if stems and not set(stems) <= _HARMLESS and not said.is_number:
            self.phrases[stems] = None
        if len(stems) <= _SHORT_OPTION:
            numbers = {value for _, value in said.numbers()}
            if len(numbers) == 1:
                self.value(numbers.pop())
        self.formulas(said)

    def formulas(self, said: Said) -> None:
        """Of an option that is a formula. One that is a calculation stands for itself, and not for its value."""
        for written, node, _ in said.formulas() if said.is_number else ():
            if names(node) or is_fraction(node, written) or isinstance(node, Number) or is_irrational(node):
                self.node(node)
            else:
                self.expressions.add(repr(node))


def gather(answer: Answer, options: Mapping[str, str], into: Gathered) -> None:
    """Put what gives ``answer`` away ``into`` the rest. ``options``: their texts by id."""
    match answer:
        case ChoiceAnswer() | MultipleAnswer() | OrderAnswer() | MatchAnswer():
            _collect_options(answer, options, into)
        case TextAnswer(accept):
            for form in accept:
                into.words(form)
        case ClozeAnswer(gaps):
            for gap in gaps.values():
                gather(gap, options, into)
        case ShortAnswer():
            into.short.append(answer)
        case _:
            _collect_mathematics(answer, into)


def _collect_options(answer: Answer, options: Mapping[str, str], into: Gathered) -> None:
    match answer:
        case ChoiceAnswer(correct):
            into.words(options.get(correct, ""))
        case MultipleAnswer(chosen):
            for identifier in chosen:
                into.words(options.get(identifier, ""))
        case OrderAnswer(order):
            into.orders.append(tuple(stems_of(options.get(identifier, "")) for identifier in order))
        case MatchAnswer(pairs):
            for left, right in pairs.items():
                into.pairs.append((stems_of(options.get(left, "")), stems_of(options.get(right, ""))))


def _collect_mathematics(answer: Answer, into: Gathered) -> None:
    match answer:
        case NumberAnswer() | QuantityAnswer():
            _collect_number(answer, into)
        case ExpressionAnswer(expression):
            into.node(parse_authored(expression))
        case EquationAnswer(equation):
            _collect_equation(parse_authored(equation), into)
        case SetAnswer(elements) | TupleAnswer(elements):
            for element in elements:
                into.node(parse_authored(element))
        case IntervalAnswer(inequality):
            for side in _sides(parse_authored(inequality)):
                into.node(side)


def _collect_equation(node: Node, into: Gathered) -> None:
    """The equation; where one side is a letter alone, the other side by itself says as much."""
    into.equations.add(equation_key(node))
    sides = _sides(node)
    if any(isinstance(side, Name) for side in sides):
        for side in sides:
            into.node(side)


def _collect_number(answer: NumberAnswer | QuantityAnswer, into: Gathered) -> None:
    value = evaluate_number(parse_authored(answer.value))
    into.value(value)
    if answer.figures is not None:
        into.value(round_to_figures(value, answer.figures))
    if isinstance(answer, NumberAnswer) and answer.decimals is not None:
        into.value(Fraction(round(Fraction(value), answer.decimals)))


def expression_key(node: Node) -> str:
    """The same text for equal polynomials; how it is written for anything else."""
    found = polynomial(node)
    return repr(node) if found is None else repr(sorted(found.items()))


def equation_key(node: Node) -> str:
    """The same text for equations that differ by a constant factor."""
    left, right = _sides(node)[:2]
    found = polynomial(Binary("-", left, right))
    if not found:
        return repr(node)
    first = found[min(found)]
    return repr(sorted((monomial, coefficient / first) for monomial, coefficient in found.items()))


def is_literal(node: Node, written: str) -> bool:
    """Whether it is a number as such, as it stands in the formula ``written``."""
    match node:
        case Number():
            return True
        case Negative(operand) | Percent(operand):
            return is_literal(operand, written)
        case _:
            return is_fraction(node, written)


def is_fraction(node: Node, written: str) -> bool:
    """Whether it is a number written as a fraction, and not a division that is to be done."""
    match node:
        case Negative(operand) | Percent(operand):
            return is_literal(operand, written)
        case _:
            return quotient_of(node) is not None and not _DIVISION.search(written)


def _sides(node: Node) -> tuple[Node, ...]:
    """The sides of every equation and inequality in ``node``."""
    operands = getattr(node, "operands", None)
    if operands is None:
        return (node,)
    return tuple(side for operand in operands for side in _sides(operand))
