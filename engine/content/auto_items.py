"""Practice questions made from a learner's own documents: gaps, definitions and short answers, without a model.

A question is kept only if its text brings its own passage back first when it is searched for (round trip), and if no
other term of the document would fit. Generated questions are second class all the same: their origin says "auto", and
they count for mastery only once they are proven. The same text gives the same questions with the same ids.
"""

import hashlib
import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.answers.answer import Answer, TextAnswer
from engine.answers.said import stems_of
from engine.content.auto_distractors import Distractors
from engine.content.auto_hints import hints_for
from engine.content.auto_sentences import Definition, Statement, statements
from engine.content.auto_terms import DESCRIBES, FoundTerm, find_terms, place_of
from engine.content.item import ItemKind, Json
from engine.content.item_answer import read_answer
from engine.content.pack import Pack
from engine.types import Progress

if TYPE_CHECKING:
    from engine.cancel import CancelToken
    from engine.protocols import ProgressCallback

MADE_BY = "auto-1"
"""Version of the rules; what older ones made is made again."""

Search = Callable[[str, int], Sequence[str]]
"""Ids of the passages that a text brings up by its words, the best first; at most so many."""

_A_SECTION = 8
_A_PASSAGE = 2
_A_TERM = 3
_A_DOCUMENT = 500
_SHORT_EVERY = 3
_GAP = "[gap:g1]"
_GOES_ON = re.compile(r" (?:[A-Z0-9]|of [A-Z])")  # it is a part of a longer name


@dataclass(frozen=True, slots=True)
class _Draft:
    statement: Statement
    term: FoundTerm
    span: tuple[int, int]
    score: float

    @property
    def key(self) -> str:
        """What is asked for, as it stands in the sentence."""
        return self.statement.text[slice(*self.span)]


def auto_items(
    pack: Pack, search: Search, *, cancel: "CancelToken", progress: "ProgressCallback"
) -> list[Json]:
    """The questions about a document, in reading order, as they are written into a file of items.

    Args:
        pack: the document; one that is not in English has none.
        search: over its passages.
        cancel: checked at each section.
        progress: told of each section.

    Raises:
        Cancelled: it was stopped.
    """
    if "en" not in pack.info.langs:
        return []
    told = []
    for one in statements(pack):
        cancel.check()
        told.append(one)
    terms = find_terms(pack, told)
    made = _Maker(pack, told, terms, search)
    by_section: dict[str, list[_Draft]] = defaultdict(list)
    for draft in _drafts(pack, told, terms):
        cancel.check()
        by_section[draft.statement.passage.section].append(draft)
    items: list[Json] = []
    for done, drafts in enumerate(by_section.values(), 1):
        cancel.check()
        items += made.section(drafts)
        progress(Progress("Making questions", done, len(by_section), "sections"))
        if len(items) >= _A_DOCUMENT:
            break
    return items


def comes_back(item: Json, search: Search) -> bool:
    """The round trip: whether the words of a question bring up first the passage that it was made from."""
    stem = item["stem"]
    asked = (
        stem.replace(_GAP, " ") if item["type"] == "cloze" else stem[stem.index("“") + 1 : stem.rindex("”")]
    )
    return list(search(asked, 1)) == list(item["passages"])


def _drafts(pack: Pack, told: Sequence[Statement], terms: Sequence[FoundTerm]) -> Iterator[_Draft]:
    """Every term in every statement that could be asked for."""
    titles = {section.id: section.title for section in pack.sections}
    sections = max(1, len({one.passage.section for one in told}))
    for term in terms:
        inside = Counter(told[number].passage.section for number in term.statements)
        rarity = math.log(1 + sections / len(inside))
        for number in term.statements:
            one = told[number]
            span = place_of(one.text, _main_forms(term))
            if span is None or not _can_be_key(one, term, span, defines=_defines(one, term)):
                continue
            heading = f"{titles.get(one.passage.section, '')} {one.passage.title}"
            score = math.log(1 + inside[one.passage.section]) * rarity + _weight(one, term, heading)
            yield _Draft(one, term, span, score)


def _can_be_key(one: Statement, term: FoundTerm, span: tuple[int, int], *, defines: bool) -> bool:
    """Whether the rest of the sentence neither repeats the term nor is a list that it is one of."""
    before, after = one.text[: span[0]], one.text[span[1] :]
    said = set(stems_of(f"{before} {after}"))
    repeated = any(len(stem) > 2 and stem in said for form in term.forms for stem in stems_of(form))
    listed = before.rstrip().endswith((",", " and", " or")) or after.startswith((",", " and ", " or "))
    part = (
        before.endswith("-")
        or after.startswith((" (", "-", "'", "’", "/"))
        or _GOES_ON.match(after) is not None
    )
    in_formula = before.count("$") % 2 == 1
    if term.kind in ("name", "place") and DESCRIBES.match(after):
        return False
    return not (repeated or part or in_formula) and (defines or not listed)


def _main_forms(term: FoundTerm) -> tuple[str, ...]:
    """The term itself and its plural: what it is also called is no good answer in another sentence."""
    return (term.text, *(form for form in term.forms if form in (f"{term.text}s", f"{term.text}es")))


def _defines(one: Statement, term: FoundTerm) -> bool:
    return bool(one.defined) and place_of(one.defined, term.forms) is not None


def _weight(one: Statement, term: FoundTerm, heading: str) -> float:
    in_bold = any(f"**{text}" in one.verbatim for text in (term.text, term.text.capitalize()))
    return (
        3.0 * _defines(one, term)
        + 1.0 * term.marked
        + 1.0 * in_bold
        + 0.5 * (place_of(heading, term.forms) is not None)
    )


class _Maker:
    """Makes the questions of one document, section by section."""

    def __init__(
        self, pack: Pack, told: Sequence[Statement], terms: Sequence[FoundTerm], search: Search
    ) -> None:
        self._titles = {section.id: section.title for section in pack.sections}
        self._distractors = Distractors(told, terms)
        self._search = search
        self._asked: Counter[str] = Counter()
        self._ids: set[str] = set()

    def section(self, drafts: Sequence[_Draft]) -> list[Json]:
        """The best questions of one section, in reading order."""
        chosen: list[tuple[int, Json]] = []
        passages: Counter[str] = Counter()
        sentences: set[str] = set()
        for draft in sorted(drafts, key=lambda it: (-it.score, it.statement.text, it.term.text)):
            one = draft.statement
            if len(chosen) == _A_SECTION:
                break
            if one.text in sentences or passages[one.passage.id] == _A_PASSAGE:
                continue
            if self._asked[draft.term.text] == _A_TERM:
                continue
            item = self._item(draft)
            if item is None or item["id"] in self._ids:
                continue
            self._asked[draft.term.text] += 1
            self._ids.add(item["id"])
            passages[one.passage.id] += 1
            sentences.add(one.text)
            chosen.append((one.start, item))
        order = {draft.statement.passage.id: n for n, draft in enumerate(drafts)}
        return [item for _, item in sorted(chosen, key=lambda it: (order[it[1]["passages"][0]], it[0]))]

    def _item(self, draft: _Draft) -> Json | None:
        """The question that comes back, of the kind that suits the sentence best; None where there is none."""
        if not self._distractors.only_fits(draft.statement, draft.term):
            return None
        for kind, body in self._bodies(draft):
            item = self._finished(draft, kind, body)
            if comes_back(item, self._search):
                return item
        return None

    def _bodies(self, draft: _Draft) -> Iterator[tuple[str, Mapping[str, Json]]]:
        one, term = draft.statement, draft.term
        others = self._distractors.of(one, term, draft.key)
        defines = _defines(one, term)
        if one.definition is Definition.IS_A and defines:
            if int(_digest(one.text)[:8], 16) % _SHORT_EVERY == 0:
                yield "short", _short(draft)
            yield "definition", _definition(draft, others)
        if others or (defines and term.marked):
            yield "cloze", _cloze(draft, others)

    def _finished(self, draft: _Draft, kind: str, body: Mapping[str, Json]) -> Json:
        one = draft.statement
        answer: Answer = TextAnswer(tuple(_accepted(draft)))
        if kind == "short":
            answer = read_answer(ItemKind.SHORT, body["answer"], {})
        hints = hints_for(
            one,
            answer,
            draft.key,
            self._titles.get(one.passage.section, ""),
            told=str(body["stem"]),
            typed=kind != "short" and "bank" not in body and "options" not in body,
        )
        where = one.passage.title or self._titles.get(one.passage.section, "")
        solution = [f"“{one.text}”"] + ([f"It stands in “{where}”."] if where else [])
        return {
            "id": f"auto.{_digest(kind, one.text, draft.key)[:16]}",
            "origin": "auto",
            "skills": [one.passage.section],
            "time_s": 30 if kind != "short" else 60,
            "passages": [one.passage.id],
            **body,
            "hints": hints,
            "solution": solution,
        }


def _cloze(draft: _Draft, others: Sequence[str]) -> dict[str, Json]:
    text, (start, end) = draft.statement.text, draft.span
    body: dict[str, Json] = {
        "b": 0.0 if others else 0.5,
        "stem": f"{text[:start]}{_GAP}{text[end:]}",
        "type": "cloze",
        "answer": {"gaps": {"g1": {"type": "text", "accept": _accepted(draft)}}},
    }
    if others:
        capital = start == 0 and draft.key[0].isupper()
        words = [text[:1].upper() + text[1:] if capital else text for text in others]
        body["bank"] = sorted((draft.key, *words), key=str.casefold)
    return body


def _definition(draft: _Draft, others: Sequence[str]) -> dict[str, Json]:
    meaning = draft.statement.meaning
    stem = f"Which term fits this description? “{meaning[:1].upper()}{meaning[1:]}.”"
    if not others:
        return {"b": 0.5, "stem": stem, "type": "text", "answer": {"accept": _accepted(draft)}}
    options = [{"id": _word(text), "text": text} for text in (draft.term.text, *others)]
    return {"b": -0.3, "stem": stem, "type": "choice", "answer": _word(draft.term.text), "options": options}


def _short(draft: _Draft) -> dict[str, Json]:
    one = draft.statement
    return {
        "b": 0.7,
        "stem": f"What does “{draft.term.text}” mean here? Say it in one sentence.",
        "type": "short",
        "answer": {"expectations": [{"id": "e1", "phrasings": [one.meaning, one.text]}]},
    }


def _digest(*texts: str) -> str:
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()


def _accepted(draft: _Draft) -> list[str]:
    return list(dict.fromkeys((draft.key, *draft.term.forms)))


def _word(text: str) -> str:
    return "-".join("".join(sign if sign.isalnum() else " " for sign in text.casefold()).split())
