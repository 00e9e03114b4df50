"""The answer that a teacher would write: for showing a solution, and for proving that a checker accepts it."""

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
    NumberForm,
    OrderAnswer,
    QuantityAnswer,
    Response,
    SetAnswer,
    ShortAnswer,
    TextAnswer,
    TupleAnswer,
)
from engine.answers.expression import evaluate_number, parse_authored
from engine.answers.number_format import format_number, rounded
from engine.errors import ExpressionError

_FIGURES = 6


def model_response(answer: Answer) -> Response:
    """A response that is right.

    Raises:
        ExpressionError: the answer of the item cannot be evaluated.
    """
    match answer:
        case ChoiceAnswer():
            return answer.correct
        case MultipleAnswer():
            return tuple(sorted(answer.correct))
        case OrderAnswer():
            return answer.correct
        case MatchAnswer():
            return answer.pairs
        case ClozeAnswer():
            return {gap: _word(part) for gap, part in answer.gaps.items()}
        case ShortAnswer():
            return " ".join(f"{part.phrasings[0].rstrip('.')}." for part in answer.expectations)
        case _:
            return _word(answer)


def _word(answer: Answer) -> str:
    match answer:
        case TextAnswer():
            return answer.accept[0]
        case NumberAnswer():
            return _number(answer)
        case QuantityAnswer():
            value = evaluate_number(parse_authored(answer.value))
            return f"{_measured(value, answer.figures)} {answer.unit}"
        case ExpressionAnswer():
            return answer.expression
        case EquationAnswer():
            return answer.equation
        case SetAnswer():
            return "{" + ", ".join(answer.elements) + "}"
        case TupleAnswer():
            return "(" + ", ".join(answer.elements) + ")"
        case IntervalAnswer():
            return answer.inequality
    raise TypeError(f"{type(answer).__name__} has no short form")


def _number(answer: NumberAnswer) -> str:
    value = evaluate_number(parse_authored(answer.value))
    if answer.decimals is not None:
        return rounded(value, answer.decimals)
    if answer.figures is not None:
        return _measured(value, answer.figures)
    match answer.form:
        case NumberForm.DECIMAL:
            return _decimal(value)
        case NumberForm.MIXED:
            return format_number(value, "mixed")
        case NumberForm.PERCENT:
            return f"{_decimal(value * 100)}%"
        case NumberForm.SCIENTIFIC:
            return f"{float(value):.{_FIGURES - 1}e}"
    return format_number(value) if isinstance(value, Fraction) else _measured(value, None)


def _decimal(value: Fraction | float) -> str:
    try:
        return format_number(value, "decimal")
    except ExpressionError:
        return rounded(value, _FIGURES)


def _measured(value: Fraction | float, figures: int | None) -> str:
    """To so many significant figures, without an exponent."""
    from decimal import Decimal

    return format(Decimal(f"{float(value):.{figures or _FIGURES}g}"), "f")
