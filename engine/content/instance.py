"""Fills an item in: numbers for its variables, options in an order, answers that a checker understands.

The same item and seed give the same question on every machine and in every version of Python: everything is drawn
from a hash. A question is never stored; its item and seed are.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from engine.answers.answer import Answer, ChoiceAnswer, ClozeAnswer, MistakeRule, NumberAnswer, Response
from engine.answers.behind_field import (
    counted_word,
    without_counted_word,
    without_what_stands_behind,
    words_behind_gaps,
)
from engine.answers.expression import evaluate, parse_authored
from engine.answers.placeholders import fill
from engine.content.item import Hints, Item, ItemKind, Option, Picture, Quote, Step, Value
from engine.content.item_answer import read_answer
from engine.content.template_hints import template_hints
from engine.errors import PackError

_TRIES = 400

Values = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class QuestionStep:
    """A step with everything filled in.

    ``options`` are in the order in which they are shown; ``counted`` is what a number is the number of, by gap, or by
    "" where there are none.
    """

    id: str
    skill: str
    ask: str
    kind: ItemKind
    answer: Answer
    options: tuple[Option, ...]
    right: tuple[Option, ...]
    bank: tuple[str, ...]
    after: str
    counted: Mapping[str, str]
    hints: Hints
    solution: tuple[str, ...]
    mistakes: tuple[MistakeRule, ...]

    def given(self, response: Response) -> Response:
        """``response`` without what stands behind the field or is asked for anyway, if the learner typed that too."""
        if isinstance(response, Mapping):
            return {
                gap: without_counted_word(text, self.counted.get(gap, "")) for gap, text in response.items()
            }
        if not isinstance(response, str):
            return response
        if self.after:
            return without_what_stands_behind(response, self.after)
        return without_counted_word(response, self.counted.get("", ""))


@dataclass(frozen=True, slots=True)
class Question:
    """An item as a learner gets it.

    Attributes:
        item: the item it was made from.
        seed: from which it was drawn.
        values: of the item's variables and derived names.
    """

    item: Item
    seed: int
    values: Values
    stem: str
    picture: Picture | None
    steps: tuple[QuestionStep, ...]


def instantiate(item: Item, seed: int) -> Question:
    """The question that ``item`` gives for ``seed``.

    Raises:
        PackError: no values fulfil the constraints, or an expression of the item cannot be evaluated.
    """
    values = values_of(item, seed)
    picture = item.picture and Picture(item.picture.file, fill(item.picture.alt, values))
    stem = fill(item.stem, values)
    steps = tuple(_step(step, values, stem, f"{item.id}:{seed}:{step.id}") for step in item.steps)
    return Question(item, seed, values, stem, picture, steps)


def distinct_seeds(item: Item, wanted: int) -> list[int]:
    """Seeds from 0 whose values all differ, at most ``wanted``; one for an item without variables."""
    if not item.parametric:
        return [0]
    seeds: dict[tuple[Value, ...], int] = {}
    for seed in range(4 * wanted):
        seeds.setdefault(tuple(values_of(item, seed).values()), seed)
        if len(seeds) == wanted:
            break
    return list(seeds.values())


def share_that_fits(item: Item) -> float:
    """The share of draws, from 0 to 1, whose values fulfil the constraints of ``item``; its variables have values.

    Raises:
        PackError: an expression of the item cannot be evaluated.
    """
    return sum(_draw(item, 0, attempt) is not None for attempt in range(_TRIES)) / _TRIES


def values_of(item: Item, seed: int) -> Values:
    """What ``seed`` draws for the variables and derived names of ``item``.

    Raises:
        PackError: no values fulfil the constraints, or an expression of the item cannot be evaluated.
    """
    empty = [name for name, domain in item.variables.items() if not domain]
    if empty:
        raise PackError(
            f"The variable {empty[0]} of the item {item.id} has no values.",
            todo="Ask the pack's author to mend it.",
        )
    for attempt in range(_TRIES if item.parametric else 1):
        values = _draw(item, seed, attempt)
        if values is not None:
            return values
    raise PackError(
        f"No values fulfil the constraints of the item {item.id}.", todo="Ask the pack's author to mend it."
    )


def _draw(item: Item, seed: int, attempt: int) -> Values | None:
    """Values for the variables; None where they do not fulfil the constraints."""
    values: dict[str, Value] = {
        name: domain[_drawn(f"{item.id}:{seed}:{attempt}:{name}") % len(domain)]
        for name, domain in item.variables.items()
    }
    for name, expression in item.derived.items():
        values[name] = _number(expression, values)
    fits = all(evaluate(parse_authored(constraint), values) is True for constraint in item.constraints)
    return values if fits else None


def _number(expression: str, values: Values) -> Fraction:
    value = evaluate(parse_authored(expression), values)
    return value if isinstance(value, Fraction) else Fraction(value)


def _step(step: Step, values: Values, stem: str, key: str) -> QuestionStep:
    right = tuple(_option(option, values) for option in step.right)
    options = tuple(_option(option, values) for option in step.options)
    if not step.fixed_order:
        options = _shuffled(options, key)
    if step.kind is ItemKind.ORDER and [option.id for option in options] == list(step.answer):
        options = options[1:] + options[:1]  # else nothing would be left to do
    answer = read_answer(step.kind, step.answer, values)
    rules = [MistakeRule(it.misconception, read_answer(step.kind, it.answer, values)) for it in step.mistakes]
    if step.kind in (ItemKind.CHOICE, ItemKind.MULTIPLE):
        right_ids = {step.answer} if step.kind is ItemKind.CHOICE else set(step.answer)
        rules += [
            MistakeRule(it.misconception, ChoiceAnswer(it.id))
            for it in step.options
            if it.misconception and it.id not in right_ids
        ]
    ask = fill(step.ask, values)
    unhelped = step.hints == Hints()
    return QuestionStep(
        id=step.id,
        skill=step.skill,
        ask=ask,
        kind=step.kind,
        answer=answer,
        options=options,
        right=_shuffled(right, f"{key}:right"),
        bank=tuple(sorted((fill(word, values) for word in step.bank), key=str.casefold)),
        after=fill(step.after, values),
        counted=_counted(answer, stem, ask),
        hints=template_hints(step.kind, ask or stem) if unhelped else _hints(step.hints, values),
        solution=tuple(fill(line, values) for line in step.solution),
        mistakes=tuple(rules),
    )


def _counted(answer: Answer, stem: str, ask: str) -> Mapping[str, str]:
    """What numbers are numbers of, by gap; by "" where the whole answer is a number."""
    if isinstance(answer, ClozeAnswer):
        behind = words_behind_gaps(f"{stem}\n{ask}")
        numbers = (gap for gap, part in answer.gaps.items() if isinstance(part, NumberAnswer))
        return {gap: behind[gap] for gap in numbers if gap in behind}
    word = counted_word(ask or stem) if isinstance(answer, NumberAnswer) else ""
    return {"": word} if word else {}


def _option(option: Option, values: Values) -> Option:
    return Option(option.id, fill(option.text, values), option.misconception)


def _hints(hints: Hints, values: Values) -> Hints:
    principle = hints.principle
    return Hints(
        fill(hints.orient, values),
        principle if isinstance(principle, Quote) else fill(principle, values),
        fill(hints.analogue, values),
        fill(hints.partial, values),
    )


def _shuffled(options: Iterable[Option], key: str) -> tuple[Option, ...]:
    return tuple(sorted(options, key=lambda option: _drawn(f"{key}:{option.id}")))


def _drawn(key: str) -> int:
    return int.from_bytes(hashlib.sha256(key.encode()).digest()[:8], "big")
