"""A pack's practice questions as a table in CSV, in the columns that ``importers.csv_items`` reads again.

Questions with variables, with steps or with pictures have no place in a table; what is left out is listed.
"""

import csv
import io
import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from engine.content.importers.csv_items import COLUMNS
from engine.content.importers.imported_items import Skipped, UnusableItemError, shortened
from engine.content.item import Item, ItemKind, Json, Option, Quote, Step

_BAR = re.compile(r"\|")
_PLAIN_NUMBER = frozenset({"value", "abs"})


def items_as_csv(items: Iterable[Item], skills: Mapping[str, str]) -> tuple[str, list[Skipped]]:
    """The table, and what is not in it.

    Args:
        items: of one pack.
        skills: their names by id.
    """
    out = io.StringIO()
    table = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    table.writeheader()
    skipped: list[Skipped] = []
    for item in items:
        try:
            table.writerow(_row(item, skills))
        except UnusableItemError as problem:
            skipped.append(Skipped(shortened(item.stem), str(problem)))
    return out.getvalue(), skipped


def joined_parts(parts: Iterable[str]) -> str:
    """The parts of a cell, so that ``importers.csv_items.split_parts`` finds them again."""
    return " | ".join(_BAR.sub("||", part) for part in parts)


def _row(item: Item, skills: Mapping[str, str]) -> dict[str, str]:
    if item.parametric:
        raise UnusableItemError("It comes with different numbers each time.")
    if len(item.steps) > 1:
        raise UnusableItemError("It has several steps.")
    if item.picture:
        raise UnusableItemError("It needs its picture.")
    step = item.steps[0]
    answer, options = _CELLS[step.kind](step)
    hints = step.hints
    principle = hints.principle.text if isinstance(hints.principle, Quote) else hints.principle
    return {
        "id": item.id,
        "skill": skills.get(item.skills[0], item.skills[0]),
        "type": step.kind.value,
        "question": item.stem,
        "answer": answer,
        "options": options,
        "hint_1": hints.orient,
        "hint_2": principle,
        "hint_3": hints.analogue,
        "hint_4": hints.partial,
        "solution": "\n".join(step.solution),
        "difficulty": f"{item.difficulty:g}" if item.difficulty else "",
    }


def _texts(options: Sequence[Option]) -> dict[str, str]:
    return {option.id: option.text for option in options}


def _choice(step: Step) -> tuple[str, str]:
    texts = _texts(step.options)
    chosen = [step.answer] if step.kind is ItemKind.CHOICE else step.answer
    return joined_parts(texts[one] for one in chosen), joined_parts(texts.values())


def _order(step: Step) -> tuple[str, str]:
    texts = _texts(step.options)
    return joined_parts(texts[one] for one in step.answer), ""


def _match(step: Step) -> tuple[str, str]:
    left, right = _texts(step.options), _texts(step.right)
    if any("->" in text for text in (*left.values(), *right.values())):
        raise UnusableItemError("One of its texts holds an arrow.")
    extra = [text for one, text in right.items() if one not in step.answer.values()]
    pairs = [f"{left[one]} -> {right[other]}" for one, other in step.answer.items()]
    return joined_parts([*pairs, *(f"-> {text}" for text in extra)]), ""


def _text(step: Step) -> tuple[str, str]:
    if step.answer.get("case") or step.answer.get("accents"):
        raise UnusableItemError("Its capitals or accents count.")
    return joined_parts(step.answer["accept"]), ""


def _number(step: Step) -> tuple[str, str]:
    return _plain_number(step.answer), ""


def _plain_number(answer: Json) -> str:
    if answer.keys() - {"type"} - _PLAIN_NUMBER:
        raise UnusableItemError("Its number must be written in a certain form.")
    return f"{answer['value']} ± {answer['abs']!r}" if answer.get("abs") else str(answer["value"])


def _cloze(step: Step) -> tuple[str, str]:
    parts: list[str] = []
    for gap, answer in step.answer["gaps"].items():
        if answer["type"] == "number":
            if answer.keys() - {"type", "value"}:
                raise UnusableItemError("The number in a gap must be written in a certain form.")
            parts.append(f"{gap} = {answer['value']}")
        elif answer.get("case") or answer.get("accents"):
            raise UnusableItemError("Its capitals or accents count.")
        else:
            parts += [f"{gap} = {text}" for text in answer["accept"]]
    return joined_parts(parts), joined_parts(step.bank)


def _short(step: Step) -> tuple[str, str]:
    expectations = step.answer["expectations"]
    if len(expectations) > 1 or expectations[0].get("key"):
        raise UnusableItemError("It asks for several ideas, or for certain words.")
    return joined_parts(expectations[0]["phrasings"]), ""


def _quantity(step: Step) -> tuple[str, str]:
    if step.answer.keys() - {"value", "unit"}:
        raise UnusableItemError("Its number must be written in a certain form.")
    return f"{step.answer['value']} | {step.answer['unit']}", ""


def _only(name: str) -> Callable[[Step], tuple[str, str]]:
    def cells(step: Step) -> tuple[str, str]:
        if step.answer.keys() - {name}:
            raise UnusableItemError("Its answer must be written in a certain form.")
        value = step.answer[name]
        return (joined_parts(value) if isinstance(value, list) else value), ""

    return cells


_CELLS: Mapping[ItemKind, Callable[[Step], tuple[str, str]]] = {
    ItemKind.CHOICE: _choice,
    ItemKind.MULTIPLE: _choice,
    ItemKind.ORDER: _order,
    ItemKind.MATCH: _match,
    ItemKind.TEXT: _text,
    ItemKind.NUMBER: _number,
    ItemKind.QUANTITY: _quantity,
    ItemKind.EXPRESSION: _only("expr"),
    ItemKind.EQUATION: _only("equation"),
    ItemKind.SET: _only("elements"),
    ItemKind.TUPLE: _only("elements"),
    ItemKind.INTERVAL: _only("inequality"),
    ItemKind.CLOZE: _cloze,
    ItemKind.SHORT: _short,
}
