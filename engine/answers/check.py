"""The verdict on an answer: right, a known misconception, or which kind of not yet.

A pure function. Checks of expressions, equations and quantities may take long on hostile input: what a learner typed
goes through ``engine.answers.checker_process``.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from engine.answers.answer import (
    Answer,
    ChoiceAnswer,
    ClozeAnswer,
    EquationAnswer,
    ExpressionAnswer,
    IntervalAnswer,
    MatchAnswer,
    MistakeRule,
    MultipleAnswer,
    NumberAnswer,
    OrderAnswer,
    QuantityAnswer,
    Response,
    SetAnswer,
    ShortAnswer,
    TextAnswer,
    TupleAnswer,
)
from engine.answers.checkers.cloze import check_cloze
from engine.answers.checkers.collection import check_set, check_tuple
from engine.answers.checkers.equation import check_equation
from engine.answers.checkers.expression import check_expression
from engine.answers.checkers.interval import check_interval
from engine.answers.checkers.number import check_number
from engine.answers.checkers.options import check_choice, check_match, check_multiple, check_order
from engine.answers.checkers.quantity import check_quantity
from engine.answers.checkers.short import check_short
from engine.answers.checkers.text import check_text
from engine.answers.verdict import Flaw, Outcome, Verdict

_SAME_VALUE = frozenset({Flaw.FORM, Flaw.UNSIMPLIFIED, Flaw.ROUNDING})
_OTHER_KIND = Verdict(Outcome.UNREADABLE, message="That is not the kind of answer that is asked for.")


def check(answer: Answer, response: Response, mistakes: Sequence[MistakeRule] = ()) -> Verdict:
    """The verdict on ``response``.

    Args:
        answer: what is right.
        response: what the learner gave.
        mistakes: wrong answers that misconceptions lead to, the likeliest first.

    Raises:
        ExpressionError: the answer itself, which an author wrote, cannot be read or has no value.
    """
    if isinstance(answer, ShortAnswer):
        return check_short(answer, response, mistakes) if isinstance(response, str) else _OTHER_KIND
    verdict = _check(answer, response)
    if verdict.outcome not in (Outcome.NOT_YET, Outcome.PARTLY):
        return verdict
    for rule in mistakes:
        if isinstance(rule.wrong, ShortAnswer):
            continue
        if _holds(rule.wrong, response):
            return replace(verdict, misconception=rule.misconception)
    return verdict


def _holds(wrong: Answer, response: Response) -> bool:
    if isinstance(wrong, ChoiceAnswer) and isinstance(response, tuple):
        return wrong.correct in response
    held = _check(wrong, response)
    return held.outcome is Outcome.RIGHT or held.flaw in _SAME_VALUE


def _check(answer: Answer, response: Response) -> Verdict:
    match response:
        case str():
            return _check_typed(answer, response)
        case tuple():
            return _check_chosen(answer, response)
        case _:
            return _check_placed(answer, response)


def _check_chosen(answer: Answer, response: tuple[str, ...]) -> Verdict:
    match answer:
        case MultipleAnswer():
            return check_multiple(answer, response)
        case OrderAnswer():
            return check_order(answer, response)
        case _:
            return _OTHER_KIND


def _check_placed(answer: Answer, response: Mapping[str, str]) -> Verdict:
    match answer:
        case MatchAnswer():
            return check_match(answer, response)
        case ClozeAnswer():
            return check_cloze(answer, response)
        case _:
            return _OTHER_KIND


def _check_typed(answer: Answer, response: str) -> Verdict:
    match answer:
        case ChoiceAnswer():
            return check_choice(answer, response)
        case TextAnswer():
            return check_text(answer, response)
        case NumberAnswer():
            return check_number(answer, response)
        case QuantityAnswer():
            return check_quantity(answer, response)
        case ExpressionAnswer():
            return check_expression(answer, response)
        case EquationAnswer():
            return check_equation(answer, response)
        case SetAnswer():
            return check_set(answer, response)
        case TupleAnswer():
            return check_tuple(answer, response)
        case IntervalAnswer():
            return check_interval(answer, response)
        case _:
            return _OTHER_KIND
