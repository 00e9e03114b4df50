"""Checks sets and points: several values, in any order or in this one."""

from collections.abc import Callable

from engine.answers.answer import SetAnswer, TupleAnswer
from engine.answers.equality import equal
from engine.answers.expression import parse_authored, parse_learner
from engine.answers.lists import readings
from engine.answers.tokens import refuse_length
from engine.answers.tree import Comparison, Logic, Negative, Node, names
from engine.answers.verdict import Flaw, Outcome, Verdict
from engine.errors import ExpressionError

_BEST = (Outcome.RIGHT, Outcome.PARTLY, Outcome.UNSURE, Outcome.NOT_YET)


def check_set(answer: SetAnswer, text: str) -> Verdict:
    """The verdict on ``text``, such as ``{1, 2}``, ``x = 1 or x = 2``, ``±2``. A value may stand twice."""
    return _best(text, answer.elements, _judge_set)


def check_tuple(answer: TupleAnswer, text: str) -> Verdict:
    """The verdict on ``text``, such as ``(2, -1)`` or ``x = 2, y = -1``."""
    return _best(text, answer.elements, _judge_tuple)


def _best(
    text: str, elements: tuple[str, ...], judge: Callable[[list[Node], list[Node]], Verdict]
) -> Verdict:
    """The best verdict over the ways in which the text can be split."""
    try:
        refuse_length(text)
    except ExpressionError as error:
        return Verdict(Outcome.UNREADABLE, message=error.what)
    expected = [parse_authored(element) for element in elements]
    known = frozenset[str]().union(*map(names, expected))
    verdicts: list[Verdict] = []
    message = "There is nothing to read yet."
    for parts in readings(text) if text.strip() else ():
        try:
            given = [_read(part, known) for part in parts]
        except ExpressionError as error:
            message = error.what if not verdicts else message
            continue
        verdicts.append(judge(expected, given))
    if not verdicts:
        return Verdict(Outcome.UNREADABLE, message=message)
    return min(verdicts, key=lambda verdict: _BEST.index(verdict.outcome))


def _read(part: str, known: frozenset[str]) -> Node:
    for listed in (True, False):
        try:
            node = parse_learner(part, known=known, listed=listed)
        except ExpressionError:
            if listed:
                continue
            raise
        if isinstance(node, Comparison | Logic):
            raise ExpressionError("Values are asked for here, without < or >.", todo="Write the values only.")
        return node
    raise ExpressionError("There is nothing to read yet.", todo="Write an answer.")


def _judge_set(expected: list[Node], given: list[Node]) -> Verdict:
    found: set[int] = set()
    doubtful = strange = False
    for node in given:
        results = [equal(element, node) for element in expected]
        found |= {place for place, same in enumerate(results) if same}
        doubtful |= None in results and True not in results
        strange |= not any(results)
    right = tuple(str(place) for place in sorted(found))
    if doubtful:
        return Verdict(Outcome.UNSURE)
    if len(found) == len(expected) and not strange:
        return Verdict(Outcome.RIGHT, right_parts=right)
    if found:
        flaw = Flaw.INCOMPLETE if not strange else Flaw.WRONG
        return Verdict(Outcome.PARTLY, flaw, right_parts=right)
    if not given:
        return Verdict(Outcome.NOT_YET, Flaw.WRONG)
    negated = [Negative(node) for node in given]
    signs = len(given) == len(expected) and all(
        any(equal(element, node) for node in negated) for element in expected
    )
    return Verdict(Outcome.NOT_YET, Flaw.SIGN if signs else Flaw.WRONG)


def _judge_tuple(expected: list[Node], given: list[Node]) -> Verdict:
    if len(expected) != len(given):
        return Verdict(Outcome.NOT_YET, Flaw.INCOMPLETE if 0 < len(given) < len(expected) else Flaw.WRONG)
    results = [equal(element, node) for element, node in zip(expected, given, strict=True)]
    right = tuple(str(place) for place, same in enumerate(results) if same)
    if all(results):
        return Verdict(Outcome.RIGHT, right_parts=right)
    if None in results:
        return Verdict(Outcome.UNSURE)
    if _same_in_another_order(expected, given):
        return Verdict(Outcome.NOT_YET, Flaw.ORDER)
    if right:
        return Verdict(Outcome.PARTLY, Flaw.WRONG, right_parts=right)
    negated = all(equal(element, Negative(node)) for element, node in zip(expected, given, strict=True))
    return Verdict(Outcome.NOT_YET, Flaw.SIGN if negated else Flaw.WRONG)


def _same_in_another_order(expected: list[Node], given: list[Node]) -> bool:
    left = list(given)
    for element in expected:
        match = next((node for node in left if equal(element, node)), None)
        if match is None:
            return False
        left.remove(match)
    return True
