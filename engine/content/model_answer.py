"""The answer that a teacher would write: for showing a solution, and for proving that a checker accepts it."""

from fractions import Fraction

from engine.answers.answer import (
    Answer,
    ChoiceAnswer,
    ClozeAnswer,
    EquationAnswer,
    ExpressionAnswer,
    ExpressionForm,
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
from engine.answers.polynomial import Monomial, Polynomial, polynomial
from engine.answers.tidy import tidied, to_text
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
            return _expression(answer)
        case EquationAnswer():
            return _tidy(answer.equation)
        case SetAnswer():
            return "{" + ", ".join(map(_tidy, answer.elements)) + "}"
        case TupleAnswer():
            return "(" + ", ".join(map(_tidy, answer.elements)) + ")"
        case IntervalAnswer():
            return _tidy(answer.inequality)
    raise TypeError(f"{type(answer).__name__} has no short form")


def _expression(answer: ExpressionAnswer) -> str:
    node = parse_authored(answer.expression)
    terms = polynomial(node) if answer.form in (ExpressionForm.SIMPLIFIED, ExpressionForm.EXPANDED) else None
    return to_text(tidied(node)) if terms is None else _sum_of(terms)


def _sum_of(terms: Polynomial) -> str:
    """The terms as they are usually written: the highest powers first."""
    ordered = sorted(terms, key=lambda term: (-sum(power for _, power in term), term))
    text = " + ".join(_term(term, terms[term]) for term in ordered) or "0"
    return to_text(tidied(parse_authored(text)))


def _term(monomial: Monomial, coefficient: Fraction) -> str:
    powers = (name if power == 1 else f"{name}^{power}" for name, power in monomial)
    return "*".join((f"({coefficient})", *powers))


def _tidy(text: str) -> str:
    return to_text(tidied(parse_authored(text)))


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
