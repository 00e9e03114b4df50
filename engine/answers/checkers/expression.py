"""Checks expressions: equal for all values of the variables, then written as asked."""

from collections.abc import Mapping

from engine.answers.answer import ExpressionAnswer
from engine.answers.equality import equal
from engine.answers.expression import parse_authored, parse_learner
from engine.answers.expression_form import expression_flaw
from engine.answers.tree import Comparison, Logic, Name, Negative, Node, names, renamed
from engine.answers.verdict import Flaw, Outcome, Verdict
from engine.errors import ExpressionError


def check_expression(answer: ExpressionAnswer, text: str) -> Verdict:
    """The verdict on ``text``. "y = …" before the expression is understood, unless y is one of its variables."""
    expected = parse_authored(answer.expression)
    try:
        given = _read(text, names(expected))
    except ExpressionError as error:
        return Verdict(Outcome.UNREADABLE, message=error.what)
    same = equal(expected, given, answer.domains)
    if same is None:
        return Verdict(Outcome.UNSURE)
    if same:
        flaw = expression_flaw(given, answer.form)
        return Verdict(Outcome.RIGHT) if flaw is None else Verdict(Outcome.NOT_YET, flaw)
    if letter := _letter_instead(expected, given, answer.domains):
        return Verdict(Outcome.UNREADABLE, message=f"The letter here is {letter}.")
    negated = equal(expected, Negative(given), answer.domains)
    return Verdict(Outcome.NOT_YET, Flaw.SIGN if negated else Flaw.WRONG)


def _letter_instead(expected: Node, given: Node, domains: Mapping[str, str]) -> str:
    """The letter of the question, where the same expression was given with another one; else nothing."""
    wanted, used = names(expected), names(given)
    if len(wanted) != 1 or len(used) != 1 or wanted == used:
        return ""
    letter = min(wanted)
    return letter if equal(expected, renamed(given, min(used), letter), domains) else ""


def _read(text: str, known: frozenset[str]) -> Node:
    node = parse_learner(text, known=known)
    match node:
        case Comparison(("==",), (Name(name), right)) if name not in known:
            return right
        case Comparison() | Logic():
            raise ExpressionError(
                "An expression is asked for here, without =, < or >.", todo="Write one side only."
            )
        case _:
            return node
