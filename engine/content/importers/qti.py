"""QTI 2.1 and 3.0 of IMS/1EdTech: one item as XML, or a content package (zip) of them.

Read are items with choice, text entry, inline choice, order and match interactions; several text entries and inline
choices make a text with gaps. Names of QTI 3 ("qti-choice-interaction") and 2 ("choiceInteraction") mean the same.
Scoring rules are not run: what is right is what the item declares as its correct response.
"""

import posixpath
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import unquote

from engine.content.importers.answer_kinds import (
    choice_step,
    gap_answer,
    match_step,
    multiple_step,
    order_step,
    typed_step,
)
from engine.content.importers.archive import Archive
from engine.content.importers.imported_items import Asked, ImportedItems, ItemCollector, UnusableItemError
from engine.content.importers.item_text import ItemText, from_html, plain_words
from engine.content.importers.job import ImportJob
from engine.content.importers.picture_files import shown_picture
from engine.content.importers.xml_tree import children, local_name, parse_xml, text_of
from engine.content.item import Json
from engine.errors import DocumentError

if TYPE_CHECKING:
    from lxml.etree import _Element

KIND = "QTI questions"
MANIFEST = "imsmanifest.xml"
_INTERACTIONS = ("choice", "textentry", "inlinechoice", "order", "match")
_NOT_READ = "It asks in a way that is not read here"


@dataclass(frozen=True, slots=True)
class _Declared:
    """What is right for one response: the correct values, and others that get all the points."""

    several: bool
    correct: tuple[str, ...]
    mapped: tuple[str, ...] = field(default=())


def read_qti(job: ImportJob) -> ImportedItems:
    """The items of a package or of one file.

    Raises:
        DocumentError: it is damaged, or holds no items.
    """
    collector = ItemCollector(job.path.stem)
    if zipfile.is_zipfile(job.path):
        with Archive(job, KIND) as package:
            _read_package(package, job, collector)
    else:
        root = parse_xml(job.read_text_bytes(), job, KIND)
        for node in _items(root):
            _Item(node, "", job, collector, None).add()
    return collector.result()


def qti_name(node: "_Element") -> str:
    """An element's name as both versions have it: "choiceinteraction"."""
    return local_name(node).removeprefix("qti-").replace("-", "")


def is_qti(root: "_Element") -> bool:
    """Whether an XML file is an item, or a list of them."""
    return qti_name(root) in ("assessmentitem", "assessmenttest", "assessmentitems")


def _read_package(package: Archive, job: ImportJob, collector: ItemCollector) -> None:
    names = [name for name in package.names if name.lower().endswith(".xml") and name != MANIFEST]
    job.check_pages(len(names), "items")
    for done, name in enumerate(sorted(names)):
        job.step(done, len(names), "items")
        try:
            root = parse_xml(package.read(name), job, KIND)
        except DocumentError as problem:
            collector.skip(name, problem.what)
            continue
        for node in _items(root):
            _Item(node, name, job, collector, package).add()


def _items(root: "_Element") -> Iterator["_Element"]:
    return (node for node in root.iter() if qti_name(node) == "assessmentitem")


class _Item:
    """One item on its way into the collector. It is also where its pictures are read from."""

    def __init__(
        self, node: "_Element", file: str, job: ImportJob, collector: ItemCollector, package: Archive | None
    ) -> None:
        self._node = node
        self._file = file
        self._job = job
        self._collector = collector
        self._package = package
        self._what = f"item {node.get('title') or node.get('identifier') or file}"
        self._declared = dict(_declarations(node))

    def add(self) -> None:
        try:
            stem, step = self._read()
        except UnusableItemError as problem:
            self._collector.skip(self._what, str(problem))
            return
        self._collector.add(
            Asked(
                given=self._node.get("identifier") or "",
                topic="",
                stem=stem.text,
                step=step,
                solution=self._feedback(),
                picture=shown_picture(stem, self._what, self._collector, self),
            )
        )

    def read(self, address: str) -> bytes | None:
        """A picture of the package, by its address in the item."""
        name = posixpath.normpath(posixpath.join(posixpath.dirname(self._file), unquote(address)))
        return self._package.read(name) if self._package is not None and name in self._package else None

    def _read(self) -> tuple[ItemText, Json]:
        body = next((node for node in self._node.iter() if qti_name(node) == "itembody"), None)
        if body is None:
            raise UnusableItemError("It has no body.")
        asking = [node for node in body.iter() if qti_name(node).endswith("interaction")]
        kinds = {qti_name(node).removesuffix("interaction") for node in asking}
        other = sorted(kinds - set(_INTERACTIONS))
        if other or not asking:
            raise UnusableItemError(f"{_NOT_READ} ({other[0]})." if other else "It asks nothing.")
        if kinds <= {"textentry", "inlinechoice"}:
            return self._gaps(body, asking)
        if len(asking) > 1:
            raise UnusableItemError("It asks several things at once.")
        node = asking[0]
        step = _STEPS[kinds.pop()](self, node)
        prompts = [child for child in children(node) if qti_name(child) == "prompt"]
        _take_out(node, prompts)
        return self._shown(body), step

    def choice(self, node: "_Element") -> Json:
        ids, texts = self._choices(node, "simplechoice")
        declared = self._right(node)
        right = [ids.index(one) for one in declared.correct if one in ids]
        if not right:
            raise UnusableItemError("None of its answers is right.")
        return multiple_step(texts, right) if declared.several else choice_step(texts, right[:1])

    def order(self, node: "_Element") -> Json:
        ids, texts = self._choices(node, "simplechoice")
        declared = self._right(node)
        if sorted(declared.correct) != sorted(ids):
            raise UnusableItemError("It does not say where all of its parts belong.")
        return order_step([texts[ids.index(one)] for one in declared.correct])

    def match(self, node: "_Element") -> Json:
        sets = [child for child in children(node) if qti_name(child) == "simplematchset"]
        if len(sets) != 2:
            raise UnusableItemError("It does not match two lists.")
        left, right = (self._choices(one, "simpleassociablechoice") for one in sets)
        pairs = []
        for pair in self._right(node).correct:
            first, _, second = pair.partition(" ")
            if first not in left[0] or second not in right[0]:
                raise UnusableItemError("Its right pairs name what is not there.")
            pairs.append((left[1][left[0].index(first)], right[1][right[0].index(second)]))
        if len({one for one, _ in pairs}) < len(pairs) or len(pairs) < 2:
            raise UnusableItemError("It needs two pairs at least, each left side once.")
        return match_step(pairs, right[1])

    def _gaps(self, body: "_Element", asking: list["_Element"]) -> tuple[ItemText, Json]:
        answers: list[list[str]] = []
        bank: list[str] = []
        for node in asking:
            accepted = list(self._right(node).correct)[:1] + list(self._right(node).mapped)
            if qti_name(node) == "inlinechoiceinteraction":
                ids, texts = self._choices(node, "inlinechoice")
                accepted = [texts[ids.index(one)] for one in accepted if one in ids]
                bank += texts
            answers.append([plain_words(one) for one in accepted if plain_words(one)])
        if not all(answers):
            raise UnusableItemError("It does not say what is right.")
        gaps = {f"g{number}": gap_answer(accepted) for number, accepted in enumerate(answers, 1)}
        alone = len(asking) == 1 and not bank
        for number, node in enumerate(asking, 1):
            _replace(node, "" if alone else f"[gap:g{number}]")
        stem = self._shown(body)
        if alone:
            return stem, typed_step(answers[0])
        step: dict[str, Json] = {"type": "cloze", "answer": {"gaps": gaps}}
        return stem, {**step, **({"bank": list(dict.fromkeys(bank))} if bank else {})}

    def _choices(self, node: "_Element", name: str) -> tuple[list[str], list[str]]:
        """Ids and texts of the options."""
        found = [child for child in node.iter() if qti_name(child) == name]
        texts = [self._shown(child).text for child in found]
        if not all(texts):
            raise UnusableItemError("One of its options is a picture.")
        return [child.get("identifier") or "" for child in found], texts

    def _right(self, node: "_Element") -> _Declared:
        identifier = node.get("responseIdentifier") or node.get("response-identifier") or ""
        declared = self._declared.get(identifier)
        if declared is None or not declared.correct:
            raise UnusableItemError("It does not say what is right.")
        return declared

    def _feedback(self) -> list[str]:
        shown = [node for node in self._node.iter() if qti_name(node) == "modalfeedback"]
        return [line for node in shown for line in self._shown(node).text.split("\n")]

    def _shown(self, node: "_Element") -> ItemText:
        from lxml import etree

        return from_html(etree.tostring(node, encoding="unicode", method="html", with_tail=False), self._job)


def _declarations(item: "_Element") -> Iterator[tuple[str, _Declared]]:
    for node in children(item):
        if qti_name(node) != "responsedeclaration":
            continue
        correct: list[str] = []
        mapped: list[tuple[str, float]] = []
        for part in node.iter():
            if qti_name(part) == "value" and (parent := part.getparent()) is not None:
                if qti_name(parent) == "correctresponse":
                    correct.append(" ".join(text_of(part).split()))
            elif qti_name(part) == "mapentry":
                key = part.get("mapKey") or part.get("map-key") or ""
                mapped.append((key, _points(part.get("mappedValue") or part.get("mapped-value"))))
        most = max((points for _, points in mapped), default=0.0)
        full = tuple(key for key, points in mapped if points == most > 0)
        several = node.get("cardinality") in ("multiple", "ordered")
        yield node.get("identifier") or "", _Declared(several, tuple(correct) or full[:1], full)


def _points(text: str | None) -> float:
    try:
        return float(text or 0)
    except ValueError:
        return 0.0


def _take_out(node: "_Element", prompts: list["_Element"]) -> None:
    """Leave of an interaction only its prompt: the options are shown by the item's own means."""
    for child in list(node):
        if child not in prompts:
            node.remove(child)
    node.tag = "div"


def _replace(node: "_Element", text: str) -> None:
    tail = node.tail
    node.clear()
    node.tag = "span"
    node.text, node.tail = text, tail


_STEPS: Mapping[str, Callable[[_Item, "_Element"], Json]] = {
    "choice": _Item.choice,
    "order": _Item.order,
    "match": _Item.match,
}
