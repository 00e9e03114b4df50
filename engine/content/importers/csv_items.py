"""Practice questions from a spreadsheet saved as CSV, in columns of our own (docs/practice-formats.md).

Writing the same columns is the work of ``engine.content.item_export_csv``. A cell with several parts separates them by
a bar; two bars are a bar in the text.
"""

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from engine.content.importers.answer_kinds import (
    choice_step,
    gap_answer,
    match_step,
    multiple_step,
    number_step,
    order_step,
    short_step,
    typed_step,
)
from engine.content.importers.imported_items import Asked, ImportedItems, ItemCollector, UnusableItemError
from engine.content.importers.item_text import as_answer, cleaned
from engine.content.importers.job import ImportJob
from engine.content.importers.text_decoding import decode
from engine.content.item import Json
from engine.errors import DocumentError

COLUMNS = (
    "id",
    "skill",
    "type",
    "question",
    "answer",
    "options",
    "hint_1",
    "hint_2",
    "hint_3",
    "hint_4",
    "solution",
    "difficulty",
)
NEEDED = frozenset({"question", "answer"})
_BAR = re.compile(r"(?<!\|)\|(?!\|)")
_GAP = re.compile(r"\[gap:([A-Za-z0-9][A-Za-z0-9._-]*)\]")
_NUMBER_PARTS = re.compile(r"(?P<value>[^±]+?)(?:\s*±\s*(?P<tolerance>\d+(?:\.\d+)?(?:e-?\d+)?))?")
_MOST_CELL = 100_000

Row = Mapping[str, str]


def read_csv(job: ImportJob) -> ImportedItems:
    """The questions of a file with our columns; the delimiter may be a comma, a semicolon or a tab."""
    collector = ItemCollector(job.path.stem)
    for number, row in enumerate(rows_of(job), start=2):
        job.step(number, None, "rows")
        if not any(row.values()):
            continue
        try:
            collector.add(_asked(row))
        except UnusableItemError as problem:
            collector.skip(f"row {number}: {row['question']}", str(problem))
    return collector.result()


def rows_of(job: ImportJob) -> Iterator[Row]:
    """The rows of a CSV file by the names in its first row, spaces around names and cells left out.

    Raises:
        DocumentError: it cannot be read as a table.
    """
    text = decode(job.read_text_bytes())
    reader = csv.reader(io.StringIO(text), delimiter=_delimiter(text), strict=False)
    csv.field_size_limit(_MOST_CELL)
    try:
        names = [name.strip() for name in next(reader, [])]
        if len(set(names)) < len(names):
            names = [name or f"column {place}" for place, name in enumerate(names)]
        for cells in reader:
            yield {
                name: cell.strip() for name, cell in zip(names, [*cells, *[""] * len(names)], strict=False)
            }
    except csv.Error as problem:
        raise DocumentError(
            f"“{job.name}” cannot be read as a table: {problem}.",
            todo="Save it as CSV again and import that.",
        ) from problem


def header_of(head: str) -> tuple[str, ...]:
    """The names in the first row of a text that may be a table."""
    line = head.lstrip("\ufeff\n").split("\n", 1)[0]
    return tuple(name.strip().strip('"').strip() for name in line.split(_delimiter(line)))


def split_parts(cell: str) -> list[str]:
    """The parts of a cell, without empty ones."""
    return [part.strip().replace("||", "|") for part in _BAR.split(cell) if part.strip()]


def _delimiter(text: str) -> str:
    line = text.split("\n", 1)[0]
    return max(",;\t", key=line.count)


def _asked(row: Row) -> Asked:
    missing = [name for name in ("question", "answer") if not row.get(name)]
    if missing:
        raise UnusableItemError(f"It has no {missing[0]}.")
    kind = row.get("type", "").lower() or ("choice" if row.get("options") else "")
    step = _STEPS.get(kind)
    if step is None:
        raise UnusableItemError(
            f"There is no type “{kind}”; there are {', '.join(name for name in _STEPS if name)}."
        )
    return Asked(
        given=row.get("id", ""),
        topic=row.get("skill", ""),
        stem=cleaned(row["question"]),
        step=step(row),
        hints=[cleaned(row.get(f"hint_{level}", "")) for level in range(1, 5)],
        solution=cleaned(row.get("solution", "")).split("\n"),
        difficulty=_difficulty(row.get("difficulty", "")),
    )


def _difficulty(text: str) -> float:
    try:
        value = float(text or 0)
    except ValueError as problem:
        raise UnusableItemError(f"Its difficulty “{text}” is no number.") from problem
    if not -4 <= value <= 4:
        raise UnusableItemError("Its difficulty is not between -4 and 4.")
    return value


def _parts(row: Row, name: str) -> list[str]:
    return [cleaned(part) for part in split_parts(row.get(name, ""))]


def _places(row: Row, options: Sequence[str]) -> list[int]:
    places = []
    for answer in _parts(row, "answer"):
        if answer not in options:
            raise UnusableItemError(f"Its answer “{answer}” is none of its options.")
        places.append(options.index(answer))
    return places


def _choice(row: Row) -> Json:
    options = _parts(row, "options")
    places = _places(row, options)
    if len(places) != 1:
        raise UnusableItemError("It has more than one answer; the type for that is multiple.")
    return choice_step(options, places)


def _multiple(row: Row) -> Json:
    options = _parts(row, "options")
    return multiple_step(options, _places(row, options))


def _match(row: Row) -> Json:
    halves = [part.partition("->") for part in _parts(row, "answer")]
    if any(not arrow for _, arrow, _ in halves):
        raise UnusableItemError("Each part of its answer must be “left -> right”.")
    pairs = [(left.strip(), right.strip()) for left, _, right in halves]
    extra = [right for left, right in pairs if not left]
    pairs = [(left, right) for left, right in pairs if left]
    if len(pairs) < 2 or len({left for left, _ in pairs}) < len(pairs):
        raise UnusableItemError("It needs two pairs at least, each left side once.")
    return match_step(pairs, extra)


def _number(row: Row) -> Json:
    match = _NUMBER_PARTS.fullmatch(row["answer"].strip())
    if match is None:
        raise UnusableItemError(f"Its answer “{row['answer']}” is no number.")
    return number_step(match["value"], tolerance=float(match["tolerance"] or 0))


def _cloze(row: Row) -> Json:
    accepted: dict[str, list[str]] = {gap: [] for gap in _GAP.findall(row["question"])}
    for part in _parts(row, "answer"):
        gap, _, text = part.partition("=")
        if gap.strip() not in accepted or not text.strip():
            raise UnusableItemError(
                "Each part of its answer must be “gap = word”, with a gap of the question."
            )
        accepted[gap.strip()].append(text.strip())
    empty = [gap for gap, texts in accepted.items() if not texts]
    if empty or not accepted:
        raise UnusableItemError(
            f"Nothing goes into its gap {empty[0]}." if empty else "Its question has no [gap:…]."
        )
    answer = {"gaps": {gap: gap_answer(texts) for gap, texts in accepted.items()}}
    bank = _parts(row, "options")
    return {"type": "cloze", "answer": answer, **({"bank": bank} if bank else {})}


def _quantity(row: Row) -> Json:
    value, _, unit = row["answer"].partition("|")
    if not unit.strip():
        raise UnusableItemError("Its answer must be “value | unit”.")
    return {"type": "quantity", "answer": {"value": value.strip(), "unit": unit.strip()}}


_STEPS: Mapping[str, Callable[[Row], Json]] = {
    "": lambda row: typed_step(_parts(row, "answer")),
    "choice": _choice,
    "multiple": _multiple,
    "order": lambda row: order_step(_parts(row, "answer")),
    "match": _match,
    "text": lambda row: {
        "type": "text",
        "answer": {"accept": [as_answer(one) for one in _parts(row, "answer")]},
    },
    "number": _number,
    "quantity": _quantity,
    "cloze": _cloze,
    "short": lambda row: short_step(_parts(row, "answer")),
    "expression": lambda row: {"type": "expression", "answer": {"expr": row["answer"]}},
    "equation": lambda row: {"type": "equation", "answer": {"equation": row["answer"]}},
    "set": lambda row: {"type": "set", "answer": {"elements": _parts(row, "answer")}},
    "tuple": lambda row: {"type": "tuple", "answer": {"elements": _parts(row, "answer")}},
    "interval": lambda row: {"type": "interval", "answer": {"inequality": row["answer"]}},
}
