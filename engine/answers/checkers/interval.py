"""Checks solution sets of inequalities: ``x >= 3``, ``3 <= x``, ``[3; ∞)``, ``x < -1 or x > 3``."""

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

from engine.answers.answer import IntervalAnswer
from engine.answers.equality import close
from engine.answers.expression import evaluate_number, parse_authored, parse_learner
from engine.answers.lists import readings
from engine.answers.spelling import plain
from engine.answers.tokens import refuse_length
from engine.answers.tree import Binary, Comparison, Logic, Name, Negative, Node, names
from engine.answers.verdict import Flaw, Outcome, Verdict
from engine.errors import ExpressionError

_Bound = Fraction | float
_BRACKETED = re.compile(r"^(?:[^\W\d_]\s*(?:∈|\bin\b)\s*)?([\[\](])(.*)([\[\])])$", re.DOTALL)
_BUILDER = re.compile(r"^\{\s*[^\W\d_]\s*[|:]\s*(.*)\}$", re.DOTALL)
_TORN = re.compile(r"([<>])\s+=")
_RELATIONS = frozenset("<>")
_MIRROR = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}


@dataclass(frozen=True, slots=True)
class _Interval:
    """From ``low`` to ``high``, which may be infinite."""

    low: _Bound
    low_closed: bool
    high: _Bound
    high_closed: bool

    @property
    def empty(self) -> bool:
        return self.low > self.high or (self.low == self.high and not (self.low_closed and self.high_closed))


@dataclass(frozen=True, slots=True)
class _Read:
    """What was read: the numbers, and whether it says them without anything left to solve."""

    intervals: tuple[_Interval, ...]
    solved: bool


def check_interval(answer: IntervalAnswer, text: str) -> Verdict:
    """The verdict on ``text``, as an inequality or as an interval."""
    authored = parse_authored(answer.inequality)
    expected = _set_of(authored)
    try:
        given = _read(text, names(authored))
    except ExpressionError as error:
        return Verdict(Outcome.UNREADABLE, message=error.what)
    if _same(given.intervals, expected.intervals):
        return Verdict(Outcome.RIGHT) if given.solved else Verdict(Outcome.NOT_YET, Flaw.UNSIMPLIFIED)
    mirrored = tuple(
        _Interval(-part.high, part.high_closed, -part.low, part.low_closed)
        for part in reversed(given.intervals)
    )
    return Verdict(Outcome.NOT_YET, Flaw.SIGN if _same(mirrored, expected.intervals) else Flaw.WRONG)


def _read(text: str, known: frozenset[str]) -> _Read:
    refuse_length(text)
    line = plain(text).strip().replace("=>", ">=").replace("=<", "<=")
    line = _TORN.sub(r"\1=", line)
    if match := _BUILDER.match(line):
        line = match.group(1)
    if line[:1] in _RELATIONS and known:
        line = f"{min(known)} {line}"
    parts = re.split(r"∪|\bU\b|\bor\b", line)
    if all(_BRACKETED.match(part.strip()) for part in parts):
        return _Read(_joined([_bracketed(part.strip()) for part in parts]), solved=True)
    return _set_of(parse_learner(line, known=known))


def _bracketed(text: str) -> _Interval:
    match = _BRACKETED.match(text)
    if match is None:
        raise ExpressionError("The interval cannot be read.", todo="Write it as [2; 5).")
    for parts in readings(match.group(2)):
        if len(parts) == 2:
            low, high = (_bound(part) for part in parts)
            return _Interval(low, match.group(1) == "[", high, match.group(3) == "]")
    raise ExpressionError("An interval has two ends.", todo="Write it as [2; 5).")


def _bound(text: str) -> _Bound:
    return _value(parse_learner(text, known=()))


def _value(node: Node) -> _Bound:
    match node:
        case Name("inf"):
            return math.inf
        case Negative(Name("inf")):
            return -math.inf
        case _:
            return evaluate_number(node)


def _set_of(node: Node) -> _Read:
    """The numbers for which ``node``, an inequality in one variable, holds."""
    match node:
        case Logic("or", operands):
            parts = [_set_of(operand) for operand in operands]
            return _Read(
                _joined([interval for part in parts for interval in part.intervals]),
                all(part.solved for part in parts),
            )
        case Logic("and", operands):
            parts = [_set_of(operand) for operand in operands]
            return _Read(_common(parts), all(part.solved for part in parts))
        case Comparison(operators, operands):
            links = [
                _link(operator, left, right)
                for operator, (left, right) in zip(operators, pairwise(operands), strict=True)
            ]
            return _Read(_common(links), all(link.solved for link in links))
        case _:
            raise ExpressionError(
                "An inequality is asked for here.", todo="Write it as x > 2, or as an interval."
            )


def _link(operator: str, left: Node, right: Node) -> _Read:
    """One inequality, linear in its variable."""
    variables = names(left) | names(right)
    if len(variables - {"inf"}) != 1:
        raise ExpressionError("An inequality in one variable is asked for here.", todo="Write it as x > 2.")
    variable = min(variables - {"inf"})
    for side, other, relation in ((left, right, operator), (right, left, _MIRROR.get(operator, operator))):
        if side == Name(variable) and variable not in names(other):
            return _Read(_beyond(relation, _value(other)), solved=True)
    at = [evaluate_number(Binary("-", left, right), {variable: Fraction(place)}) for place in (0, 1, 3)]
    slope = at[1] - at[0]
    if not slope or not close(at[2] - at[1], 2 * slope):
        raise ExpressionError("This inequality is not solved for its variable.", todo="Write it as x > 2.")
    relation = operator if slope > 0 else _MIRROR.get(operator, operator)
    return _Read(_beyond(relation, -at[0] / slope), solved=False)


def _beyond(operator: str, bound: _Bound) -> tuple[_Interval, ...]:
    """The numbers that stand in this relation to ``bound``."""
    below = _Interval(-math.inf, False, bound, operator == "<=")
    above = _Interval(bound, operator == ">=", math.inf, False)
    match operator:
        case "<" | "<=":
            return (below,)
        case ">" | ">=":
            return (above,)
        case "==":
            return (_Interval(bound, True, bound, True),)
        case _:
            return (below, above)


def _common(parts: Sequence[_Read]) -> tuple[_Interval, ...]:
    """The numbers that are in all parts."""
    result: tuple[_Interval, ...] = (_Interval(-math.inf, False, math.inf, False),)
    for part in parts:
        result = tuple(
            both
            for first in result
            for second in part.intervals
            if not (both := _intersection(first, second)).empty
        )
    return _joined(result)


def _intersection(first: _Interval, second: _Interval) -> _Interval:
    low = max(first.low, second.low)
    high = min(first.high, second.high)
    return _Interval(
        low,
        all(part.low_closed for part in (first, second) if part.low == low),
        high,
        all(part.high_closed for part in (first, second) if part.high == high),
    )


def _joined(intervals: Iterable[_Interval]) -> tuple[_Interval, ...]:
    """Sorted, with those that touch put together."""
    result: list[_Interval] = []
    for part in sorted(intervals, key=lambda part: (part.low, not part.low_closed)):
        last = result[-1] if result else None
        touches = last is not None and (
            part.low < last.high or (part.low == last.high and (part.low_closed or last.high_closed))
        )
        if last is None or not touches:
            result.append(part)
        elif (part.high, part.high_closed) > (last.high, last.high_closed):
            result[-1] = replace(last, high=part.high, high_closed=part.high_closed)
    return tuple(result)


def _same(first: Sequence[_Interval], second: Sequence[_Interval]) -> bool:
    return len(first) == len(second) and all(
        (left.low_closed, left.high_closed) == (right.low_closed, right.high_closed)
        and close(left.low, right.low)
        and close(left.high, right.high)
        for left, right in zip(first, second, strict=True)
    )
