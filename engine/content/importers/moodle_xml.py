"""Moodle XML: the question bank of a Moodle course, with categories as skills, feedback as solutions, hints as hints.

Multiple choice, true or false, short and numerical answers, matching, ordering, gaps of all three kinds (Cloze,
select missing words, drag and drop into text). Other types are named with the reason.
"""

import base64
import binascii
import re
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from engine.content.importers.answer_kinds import (
    choice_step,
    gap_answer,
    match_step,
    multiple_step,
    number_step,
    order_step,
    true_false_step,
    typed_step,
)
from engine.content.importers.imported_items import (
    Asked,
    ImportedItems,
    ItemCollector,
    UnusableItemError,
    shortened,
)
from engine.content.importers.item_text import ItemText, as_answer, cleaned, from_html, from_plain
from engine.content.importers.job import ImportJob, broken
from engine.content.importers.moodle_gaps import embedded_gaps
from engine.content.importers.picture_files import shown_picture
from engine.content.importers.xml_tree import children, find_child, local_name, parse_xml, text_of
from engine.content.item import Json

if TYPE_CHECKING:
    from lxml.etree import _Element

_KIND = "a Moodle question file"
_PLUGIN_FILE = "@@PLUGINFILE@@/"
_WHOLE = 100.0
_SLOT = re.compile(r"\[\[(\d+)\]\]")
_NOT_CHECKED = {
    "essay": "Essays cannot be checked.",
    "description": "It is a text, not a question.",
    "calculated": "Questions with formulas of Moodle's own are not read.",
    "calculatedsimple": "Questions with formulas of Moodle's own are not read.",
    "calculatedmulti": "Questions with formulas of Moodle's own are not read.",
}


def read_moodle_xml(job: ImportJob) -> ImportedItems:
    """The questions of a file that Moodle exported.

    Raises:
        DocumentError: it is damaged.
    """
    root = parse_xml(job.read_text_bytes(), job, _KIND)
    if local_name(root) != "quiz":
        raise broken(job, _KIND)
    collector = ItemCollector(job.path.stem)
    topic = ""
    questions = [node for node in children(root) if local_name(node) == "question"]
    for done, node in enumerate(questions):
        job.step(done, len(questions), "questions")
        if node.get("type") == "category":
            topic = _text_at(node, "category").rpartition("/")[2].strip() or topic
            continue
        _Question(node, job, collector).add(topic)
    return collector.result()


class _Question:
    """One question on its way into the collector. It is also where its pictures are read from."""

    def __init__(self, node: "_Element", job: ImportJob, collector: ItemCollector) -> None:
        self._node = node
        self._job = job
        self._collector = collector
        self._files = {
            file.get("name") or "": file.text or "" for file in node.iter() if local_name(file) == "file"
        }
        self._what = f"question {shortened(_text_at(node, 'name')) or 'without a name'}"

    def add(self, topic: str) -> None:
        kind = (self._node.get("type") or "").lower()
        stem = self._rich("questiontext")
        read = _STEPS.get(kind)
        try:
            if read is None:
                raise UnusableItemError(
                    _NOT_CHECKED.get(kind, f"Questions of the type “{kind}” are not read.")
                )
            step, text = read(self, stem.text)
        except UnusableItemError as problem:
            self._collector.skip(self._what, str(problem))
            return
        hints = [
            self._html(text_of(hint)).text for hint in children(self._node) if local_name(hint) == "hint"
        ]
        self._collector.add(
            Asked(
                given=_text_at(self._node, "idnumber"),
                topic=topic,
                stem=text,
                step=step,
                hints=hints,
                solution=self._rich("generalfeedback").text.split("\n"),
                picture=shown_picture(stem, self._what, self._collector, self),
            )
        )

    def read(self, address: str) -> bytes | None:
        """A picture that is embedded in the question."""
        data = self._files.get(address.removeprefix(_PLUGIN_FILE))
        if data is None:
            return None
        try:
            return base64.b64decode(data, validate=False)
        except (binascii.Error, ValueError):
            return None

    def choice(self, stem: str) -> tuple[Json, str]:
        answers = list(self._answers())
        options = [text for text, _ in answers]
        right = [place for place, (_, fraction) in enumerate(answers) if fraction > 0]
        if not right:
            raise UnusableItemError("None of its answers is right.")
        if _text_at(self._node, "single", direct=True) == "false":
            return multiple_step(options, right), stem
        whole = [place for place, (_, fraction) in enumerate(answers) if fraction >= _WHOLE]
        if len(whole) != 1:
            raise UnusableItemError("Not exactly one of its answers is right.")
        return choice_step(options, whole), stem

    def truth(self, stem: str) -> tuple[Json, str]:
        right = next((text for text, fraction in self._answers() if fraction >= _WHOLE), "")
        if right.lower() not in ("true", "false"):
            raise UnusableItemError("It is neither true nor false.")
        return true_false_step(right=right.lower() == "true"), stem

    def short(self, stem: str) -> tuple[Json, str]:
        accepted = [
            text for text, fraction in self._answers(plain=True) if fraction >= _WHOLE and "*" not in text
        ]
        if not accepted:
            raise UnusableItemError("Its answer holds a wildcard, which cannot be shown.")
        step = typed_step(accepted)
        if _text_at(self._node, "usecase", direct=True) == "1" and step["type"] == "text":
            step = {**step, "answer": {**step["answer"], "case": True}}
        return step, stem

    def numerical(self, stem: str) -> tuple[Json, str]:
        for node in self._named("answer"):
            if _fraction(node) >= _WHOLE:
                try:
                    value = as_answer(from_plain(_text_at(node, "text"))).replace(",", ".")
                    tolerance = float(_text_at(node, "tolerance") or 0)
                    float(value)
                except ValueError as problem:
                    raise UnusableItemError("Its number cannot be read.") from problem
                return number_step(value, tolerance=abs(tolerance)), stem
        raise UnusableItemError("None of its answers is right.")

    def matching(self, stem: str) -> tuple[Json, str]:
        halves = [
            (self._html(_text_at(node, "text", direct=True)).text, from_plain(_text_at(answer, "text")))
            for node in self._named("subquestion")
            if (answer := find_child(node, "answer")) is not None
        ]
        pairs = [(left, right) for left, right in halves if left]
        if len(pairs) < 2 or len({left for left, _ in pairs}) < len(pairs):
            raise UnusableItemError("It matches fewer than two things, or one of them twice.")
        return match_step(pairs, [right for left, right in halves if not left and right]), stem

    def ordering(self, stem: str) -> tuple[Json, str]:
        return order_step([text for text, _ in self._answers()]), stem

    def embedded(self, stem: str) -> tuple[Json, str]:
        text, gaps, bank = embedded_gaps(stem)
        if not gaps:
            raise UnusableItemError("It has no gaps, or of a kind that is not read.")
        step: dict[str, Json] = {"type": "cloze", "answer": {"gaps": gaps}}
        return {**step, **({"bank": bank} if bank else {})}, text

    def slots(self, _: str) -> tuple[Json, str]:
        """Words that belong into numbered places of the text."""
        words = [
            cleaned(_text_at(node, "text"))
            for node in children(self._node)
            if local_name(node) in ("selectoption", "dragbox")
        ]
        gaps: dict[str, Json] = {}

        def gap(match: re.Match[str]) -> str:
            place = int(match.group(1))
            if not 1 <= place <= len(words):
                raise UnusableItemError("A place of its text has no word.")
            gaps[f"g{len(gaps) + 1}"] = gap_answer([words[place - 1]])
            return f"[gap:g{len(gaps)}]"

        source = _text_at(self._node, "questiontext")
        text = self._html(_SLOT.sub(gap, source)).text
        if not gaps:
            raise UnusableItemError("It has no gaps.")
        return {"type": "cloze", "answer": {"gaps": gaps}, "bank": list(dict.fromkeys(words))}, text

    def _answers(self, *, plain: bool = False) -> Iterator[tuple[str, float]]:
        """Text and share of the points of each answer."""
        for node in self._named("answer"):
            text = _text_at(node, "text")
            yield (from_plain(text) if plain else self._html(text).text), _fraction(node)

    def _named(self, name: str) -> list["_Element"]:
        return [node for node in children(self._node) if local_name(node) == name]

    def _rich(self, name: str) -> ItemText:
        return self._html(_text_at(self._node, name))

    def _html(self, text: str) -> ItemText:
        return from_html(text, self._job)


def _text_at(node: "_Element", name: str, *, direct: bool = False) -> str:
    """The text of the child ``name``: of its own child ``text``, if it has one. ``direct``: as it stands."""
    child = find_child(node, name)
    if child is None:
        return ""
    inner = None if direct else find_child(child, "text")
    return (text_of(child if inner is None else inner)).strip()


def _fraction(node: "_Element") -> float:
    try:
        return float(node.get("fraction") or 0)
    except ValueError:
        return 0.0


_STEPS: Mapping[str, Callable[[_Question, str], tuple[Json, str]]] = {
    "multichoice": _Question.choice,
    "truefalse": _Question.truth,
    "shortanswer": _Question.short,
    "numerical": _Question.numerical,
    "matching": _Question.matching,
    "ddmatch": _Question.matching,
    "ordering": _Question.ordering,
    "cloze": _Question.embedded,
    "gapselect": _Question.slots,
    "ddwtos": _Question.slots,
}
