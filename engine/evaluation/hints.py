"""The suite ``eval hints``: whether help gives the answer away before the learner has it.

Two kinds of folder: ``dialogues.jsonl.gz`` (MathDial: at each turn of the teacher the product says something instead)
and ``problems.jsonl.gz`` (GSM8K: both levels of help for each problem). The problems have no pack, so the help is what
the product says of any question that comes without. Besides, the hints of the starter packs are checked for leaks over
many seeds, and what a language model makes of them, if one is loaded. The worked solution (level 5) is no hint.
"""

import gzip
import json
import re
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.answers.check import check
from engine.answers.closure import leaks
from engine.cancel import CancelToken
from engine.content.instance import Question, distinct_seeds, instantiate
from engine.content.item import Item, ItemKind, Origin, Step
from engine.content.item_json import read_item
from engine.errors import UsageError
from engine.tutor.practice.feedback import reply_to
from engine.tutor.practice.hint_wording import LEVELS, HintWording, hint_source
from engine.types import Progress

if TYPE_CHECKING:
    from engine.protocols import LanguageModel, ProgressCallback

_NUMBER = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
_SEEDS = 60
_REWORDED = 40  # hints that a model is asked to reword: up to three seconds each
_SHOWN = 5


def evaluate_hints(
    folder: Path,
    packs: Path,
    *,
    load: "Callable[[], LanguageModel | None]",
    limit: int | None,
    progress: "ProgressCallback",
) -> dict[str, object]:
    """All figures.

    Args:
        folder: in the format of MathDial or GSM8K.
        packs: a folder of course packs as plain files.
        load: gives the language model, if there is one.
        limit: only the first so many rows.
        progress: hears of each row and pack.

    Raises:
        UsageError: it is not a folder of a known format.
    """
    rows, said = _rows(folder)
    rows = rows[:limit]
    hints: list[tuple[str, Fraction]] = []
    for done, row in enumerate(rows, 1):
        hints += said(row)
        progress(Progress("Giving hints", done, len(rows), "problems"))
    revealing = [text for text, gold in hints if gold in _numbers(text)]
    return {
        "n": len(hints),
        "reveal_rate": round(len(revealing) / len(hints), 4) if hints else None,
        "problems": len(rows),
        "revealing": revealing[:_SHOWN],
        **_pack_leaks(packs, progress),
        "reworded": _reworded(packs, HintWording(load), progress) if load() is not None else None,
    }


def hints_in_dialogue(row: Mapping[str, Any]) -> Iterator[tuple[str, Fraction]]:
    """What the product says at each turn of the teacher, with the right number, until the learner has said that."""
    gold = _last(row["ground_truth"])
    question = _question(row["question"], gold)
    last, teacher = row["student_incorrect_solution"], 0
    for turn in row["turns"]:
        if turn["speaker"] != "Teacher":
            last = turn["text"]
            if gold in _numbers(last):
                return
            continue
        teacher += 1
        yield f"{_reply(question, last, teacher)} {_help(question, min(teacher, LEVELS[-1]))}", gold


def hints_for_problem(row: Mapping[str, Any]) -> Iterator[tuple[str, Fraction]]:
    """Both levels of help for a problem, with the right number."""
    gold = _last(row["final"])
    question = _question(row["question"], gold)
    for level in LEVELS:
        yield _help(question, level), gold


def _question(text: str, gold: Fraction) -> Question:
    """A problem as it is when it comes from elsewhere: a number is asked for, and nobody wrote any help."""
    stem = text.replace("[[", "[ [")
    step = Step("s1", "s", "", ItemKind.NUMBER, {"value": str(gold)})
    return instantiate(Item("problem", ("s",), stem, (step,), origin=Origin.IMPORTED), 0)


def _reply(question: Question, said: str, turn: int) -> str:
    """What is said to the last number that the learner came to; nothing where there is none."""
    given = _NUMBER.findall(said)
    if not given:
        return ""
    return reply_to(check(question.steps[-1].answer, given[-1]), None, turn=turn).text


def _help(question: Question, level: int) -> str:
    source = hint_source(question, question.steps[-1].id, level)
    return source.text if source else ""


def _pack_leaks(packs: Path, progress: "ProgressCallback") -> dict[str, object]:
    checked, leaking = 0, []
    items = list(_items(packs))
    for done, item in enumerate(items, 1):
        for seed in distinct_seeds(item, _SEEDS):
            question = instantiate(item, seed)
            for step in question.steps:
                for level in LEVELS:
                    source = hint_source(question, step.id, level)
                    if source is None:
                        continue
                    checked += 1
                    if leaks(source.text, source.closure, source.stem):
                        leaking.append(f"{item.id} {seed} {step.id} {level}")
        progress(Progress("Checking hints for leaks", done, len(items), "items"))
    return {"checked": checked, "leaks": len(leaking), "leaking": leaking[:_SHOWN]}


def _reworded(packs: Path, wording: HintWording, progress: "ProgressCallback") -> dict[str, object]:
    """A sample of hints, spread over all items, in the model's words."""
    items = list(_items(packs))
    every = max(1, len(items) * len(LEVELS) // _REWORDED)
    asked, leaking, shown = 0, 0, []
    for n, (item, level) in enumerate((item, level) for item in items for level in LEVELS):
        if n % every:
            continue
        question = instantiate(item, n)
        source = hint_source(question, question.steps[0].id, level)
        if source is None:
            continue
        asked += 1
        text = wording.reworded(source, CancelToken())
        if text is not None:
            shown.append(text)
            leaking += leaks(text, source.closure) is not None
        progress(Progress("Rewording hints", asked, _REWORDED, "hints"))
    return {"asked": asked, "shown": len(shown), "leaks": leaking, "examples": shown[:_SHOWN]}


def _items(packs: Path) -> Iterator[Item]:
    for path in sorted(packs.glob("*/items/*.json")):
        for document in json.loads(path.read_text(encoding="utf-8"))["items"]:
            yield read_item(document)


_Said = Callable[[Mapping[str, Any]], Iterator[tuple[str, Fraction]]]


def _rows(folder: Path) -> tuple[list[Mapping[str, Any]], _Said]:
    for name, said in (
        ("dialogues.jsonl.gz", hints_in_dialogue),
        ("problems.jsonl.gz", hints_for_problem),
    ):
        path = folder / name
        if path.is_file():
            try:
                text = gzip.decompress(path.read_bytes()).decode("utf-8")
                return [json.loads(line) for line in text.splitlines()], said
            except (OSError, ValueError, EOFError) as error:
                raise UsageError(
                    f"The data in {folder} cannot be read.", todo="Check that its files are complete."
                ) from error
    raise UsageError(
        f"{folder} holds no problems to help with.",
        todo="Name a folder with dialogues.jsonl.gz or problems.jsonl.gz.",
    )


def _numbers(text: str) -> frozenset[Fraction]:
    return frozenset(Fraction(found.replace(",", "")) for found in _NUMBER.findall(text))


def _last(text: str) -> Fraction:
    found = _NUMBER.findall(text)
    if not found:
        raise UsageError("A row of the data has no number.", todo="Check that its files are complete.")
    return Fraction(found[-1].replace(",", ""))
