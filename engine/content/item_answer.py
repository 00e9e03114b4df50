"""Answers as packs write them, made into answers that a checker understands, with values in place of variables."""

import re
from collections.abc import Callable, Mapping
from fractions import Fraction

from engine.answers.answer import (
    Answer,
    ChoiceAnswer,
    ClozeAnswer,
    EquationAnswer,
    Expectation,
    ExpressionAnswer,
    ExpressionForm,
    IntervalAnswer,
    MatchAnswer,
    MultipleAnswer,
    NumberAnswer,
    NumberForm,
    OrderAnswer,
    QuantityAnswer,
    SetAnswer,
    ShortAnswer,
    TextAnswer,
    TupleAnswer,
)
from engine.answers.placeholders import fill
from engine.content.item import ItemKind, Json, Value

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")

Values = Mapping[str, Value]


def read_answer(kind: ItemKind, document: Json, values: Values) -> Answer:
    """The answer ``document`` of a step of this kind, which kept to the schema."""
    return _READERS[kind](document, values)


def _multiple(document: Json, _: Values) -> Answer:
    return MultipleAnswer(frozenset(document))


def _order(document: Json, _: Values) -> Answer:
    return OrderAnswer(tuple(document))


def _text(document: Json, values: Values) -> TextAnswer:
    accept = tuple(fill(text, values) for text in document["accept"])
    return TextAnswer(accept, document.get("case", False), document.get("accents", False))


def _number(document: Json, values: Values) -> NumberAnswer:
    return NumberAnswer(
        _with_values(document["value"], values),
        NumberForm(document.get("form", NumberForm.ANY)),
        float(document.get("abs", 0.0)),
        float(document.get("rel", 0.0)),
        document.get("decimals"),
        document.get("figures"),
    )


def _quantity(document: Json, values: Values) -> Answer:
    return QuantityAnswer(
        _with_values(document["value"], values),
        fill(document["unit"], values),
        document.get("any_unit", True),
        float(document.get("abs", 0.0)),
        float(document.get("rel", 0.0)),
        document.get("figures"),
    )


def _expression(document: Json, values: Values) -> Answer:
    form = ExpressionForm(document.get("form", ExpressionForm.ANY))
    return ExpressionAnswer(_with_values(document["expr"], values), form, dict(document.get("domains", {})))


def _equation(document: Json, values: Values) -> Answer:
    equation = _with_values(document["equation"], values)
    return EquationAnswer(
        equation,
        document.get("solved_for", ""),
        dict(document.get("domains", {})),
        written=document.get("as") == "written",
    )


def _cloze(document: Json, values: Values) -> Answer:
    return ClozeAnswer(
        {
            gap: _text(part, values) if part["type"] == "text" else _number(part, values)
            for gap, part in document["gaps"].items()
        }
    )


def _short(document: Json, values: Values) -> Answer:
    return ShortAnswer(
        tuple(
            Expectation(
                part["id"],
                tuple(fill(text, values) for text in part["phrasings"]),
                tuple(fill(text, values) for text in part.get("key", ())),
            )
            for part in document["expectations"]
        )
    )


def _elements(document: Json, values: Values) -> tuple[str, ...]:
    return tuple(_with_values(element, values) for element in document["elements"])


_READERS: Mapping[ItemKind, Callable[[Json, Values], Answer]] = {
    ItemKind.CHOICE: lambda document, _: ChoiceAnswer(document),
    ItemKind.MULTIPLE: _multiple,
    ItemKind.ORDER: _order,
    ItemKind.MATCH: lambda document, _: MatchAnswer(dict(document)),
    ItemKind.TEXT: _text,
    ItemKind.NUMBER: _number,
    ItemKind.QUANTITY: _quantity,
    ItemKind.EXPRESSION: _expression,
    ItemKind.EQUATION: _equation,
    ItemKind.SET: lambda document, values: SetAnswer(_elements(document, values)),
    ItemKind.TUPLE: lambda document, values: TupleAnswer(_elements(document, values)),
    ItemKind.INTERVAL: lambda document, values: IntervalAnswer(_with_values(document["inequality"], values)),
    ItemKind.CLOZE: _cloze,
    ItemKind.SHORT: _short,
}


def _with_values(expression: str, values: Values) -> str:
    """``expression`` with each variable's value in its place, in brackets: what is left are the learner's letters."""

    def value(match: re.Match[str]) -> str:
        found = values.get(match.group())
        return f"({found})" if isinstance(found, Fraction) else match.group()

    return _NAME.sub(value, expression)
