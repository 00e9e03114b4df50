"""The suite ``eval answers``: whether the checker accepts what is right in every spelling, and nothing else.

Two kinds of folder: ``problems.jsonl.gz`` (GSM8K: final numbers and solutions with annotated calculations) and
``dialogues.jsonl.gz`` (MathDial: the right solution and a learner's wrong one).
"""

import gzip
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from engine.answers.answer import NumberAnswer
from engine.answers.check import check
from engine.answers.checkers.number import was_rounded
from engine.answers.expression import evaluate_number, parse_learner
from engine.answers.number_format import exact_decimal, format_number
from engine.answers.sympy_nodes import to_sympy
from engine.answers.verdict import Outcome
from engine.errors import ExpressionError, UsageError
from engine.types import Progress

if TYPE_CHECKING:
    from engine.protocols import ProgressCallback

_CALCULATION = re.compile(r"<<(?P<expression>[^<>]*)=(?P<value>[^<>=]*)>>")
_NUMBER = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
_LARGE = 1000
_SHOWN = 5


@dataclass(slots=True)
class _Tally:
    """Counts; ``misses`` are the first examples of what went wrong."""

    right: int = 0
    accepted: int = 0
    wrong: int = 0
    false_accepts: int = 0
    calculations: int = 0
    reproduced: int = 0
    misses: list[str] = field(default_factory=list)

    def miss(self, text: str) -> None:
        if len(self.misses) < _SHOWN:
            self.misses.append(text)


def evaluate_answers(folder: Path, *, limit: int | None, progress: "ProgressCallback") -> dict[str, object]:
    """All figures of one folder.

    Args:
        folder: in the format of GSM8K or MathDial.
        limit: only the first so many rows.
        progress: hears of each row.

    Raises:
        UsageError: it is not a folder of a known format.
    """
    tally = _Tally()
    rows, judge = _rows(folder)
    rows = rows[:limit]
    for done, row in enumerate(rows, 1):
        judge(row, tally)
        progress(Progress("Checking answers", done, len(rows), "problems"))
    return {
        "n": len(rows),
        "accepted": _share(tally.accepted, tally.right),
        "reproduced": _share(tally.reproduced, tally.calculations),
        "false_accept": _share(tally.false_accepts, tally.wrong) or 0.0,
        "spellings": tally.right,
        "calculations": tally.calculations,
        "wrong_answers": tally.wrong,
        "misses": tally.misses,
    }


def spellings(value: Fraction) -> Iterator[str]:
    """Ways to write ``value`` that mean the same."""
    plain = format_number(value)
    yield plain
    yield f" {plain} "
    yield plain.replace("-", "−")
    yield f"x = {plain}"
    yield format_number(value, "mixed")
    yield f"${format_number(value, tex=True)}$"
    yield f"{2 * value.numerator}/{2 * value.denominator}"
    try:
        decimal, percent = exact_decimal(value), exact_decimal(value * 100)
    except ExpressionError:
        return
    whole, _, part = decimal.partition(".")
    point = f".{part}" if part else ""
    yield decimal
    yield f"{decimal}0" if part else f"{decimal}.0"
    yield f"{percent}%"
    yield f"-${decimal[1:]}" if value < 0 else f"${decimal}"
    yield f"{decimal} €"
    if part and len(part) != 3:  # 1,250 has a thousands separator
        yield f"{whole},{part}"
    if abs(value) >= _LARGE:
        yield f"{int(whole):,}{point}"
        yield f"{int(whole):,}{point}".replace(",", " ")
        yield f"{int(whole):,}{point}".replace(",", "'")
        yield f"{exact_decimal(value / 1000)}e3"
        yield f"{exact_decimal(value / 1000)} × 10³"


def perturbed(value: Fraction) -> set[Fraction]:
    """Numbers that are near ``value``, or easily taken for it, and are not it."""
    digits = str(abs(value.numerator))
    others = {
        value + 1,
        value - 1,
        -value,
        value * 10,
        value / 10,
        value * 2,
        value / 2,
        value + Fraction(1, 10),
    }
    others |= {
        Fraction(digits[::-1]),
        Fraction(f"{digits}0"),
        value / 100,
        value * 100,
        value + 10,
        1 / (value or Fraction(1)),
    }
    return others - {value}


def _rows(folder: Path) -> tuple[list[dict[str, str]], Callable[[dict[str, str], _Tally], None]]:
    for name, judge in (("problems.jsonl.gz", _judge_problem), ("dialogues.jsonl.gz", _judge_dialogue)):
        path = folder / name
        if path.is_file():
            try:
                text = gzip.decompress(path.read_bytes()).decode("utf-8")
                return [json.loads(line) for line in text.splitlines()], judge
            except (OSError, ValueError, EOFError) as error:
                raise UsageError(
                    f"The data in {folder} cannot be read.", todo="Check that its files are complete."
                ) from error
    raise UsageError(
        f"{folder} holds no answers.", todo="Name a folder with problems.jsonl.gz or dialogues.jsonl.gz."
    )


def _judge_problem(row: dict[str, str], tally: _Tally) -> None:
    gold = _last_number(row["final"])
    _judge_value(gold, row["final"], tally)
    for match in _CALCULATION.finditer(row["solution"]):
        tally.calculations += 1
        if _is_reproduced(match.group("expression"), match.group("value")):
            tally.reproduced += 1
        else:
            tally.miss(match.group())


def _judge_dialogue(row: dict[str, str], tally: _Tally) -> None:
    gold = _last_number(row["ground_truth"])
    _judge_value(gold, format_number(gold), tally)
    given = _NUMBER.findall(row["student_incorrect_solution"])
    if given:
        _judge_wrong(gold, given[-1], tally)


def _judge_value(gold: Fraction, written: str, tally: _Tally) -> None:
    for spelling in (written, *spellings(gold)):
        tally.right += 1
        if _accepts(gold, spelling):
            tally.accepted += 1
        else:
            tally.miss(f"{spelling!r} for {gold}")
    for other in perturbed(gold):
        _judge_wrong(gold, format_number(other), tally)


def _judge_wrong(gold: Fraction, written: str, tally: _Tally) -> None:
    tally.wrong += 1
    if _accepts(gold, written):
        tally.false_accepts += 1
        tally.miss(f"{written!r} taken for {gold}")


def _accepts(gold: Fraction, written: str) -> bool:
    return check(NumberAnswer(str(gold)), written).outcome is Outcome.RIGHT


def _is_reproduced(expression: str, value: str) -> bool:
    """Whether we and sympy get the annotated value: exactly, or rounded as it is written."""
    try:
        node, written = parse_learner(expression.replace("$", "")), parse_learner(value)
        ours, noted = evaluate_number(node), evaluate_number(written)
        by_sympy = to_sympy(node)
    except ExpressionError:
        return False
    if not by_sympy.is_Rational or Fraction(int(by_sympy.p), int(by_sympy.q)) != ours:
        return False
    return noted == ours or was_rounded(written, noted, ours)


def _last_number(text: str) -> Fraction:
    found = _NUMBER.findall(text)
    if not found:
        raise UsageError("A row of the data has no number.", todo="Check that its files are complete.")
    return Fraction(found[-1].replace(",", ""))


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None
