r"""GIFT, the text format of Moodle's question bank.

Choices, true or false, short and numerical answers, matching, and missing words; ``$CATEGORY`` names a skill. Essays,
descriptions and answers that give part of the points only are named with the reason.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from engine.content.importers.answer_kinds import (
    choice_step,
    gap_answer,
    match_step,
    multiple_step,
    number_step,
    true_false_step,
    typed_step,
)
from engine.content.importers.imported_items import Asked, ImportedItems, ItemCollector, UnusableItemError
from engine.content.importers.item_text import as_answer, cleaned, from_html, from_plain
from engine.content.importers.job import ImportJob
from engine.content.importers.text_decoding import decode
from engine.content.item import Json

_CATEGORY = re.compile(r"\$CATEGORY:\s*(?P<path>.+)", re.IGNORECASE)
_TITLE = re.compile(r"::(?P<title>(?:\\.|[^\\:]|:(?!:))*)::")
_MARKUP = re.compile(r"\[(?P<kind>html|moodle|plain|markdown)\]", re.IGNORECASE)
_ESCAPED = re.compile(r"\\([~=#{}:\\n])")
_PLACES = {sign: chr(0xE000 + place) for place, sign in enumerate("~=#{}:\\n")}
_SIGNS = {place: "\n" if sign == "n" else sign for sign, place in _PLACES.items()}
_ANSWER = re.compile(r"(?P<mark>[=~])(?:%(?P<points>-?\d+(?:\.\d+)?)%)?")
_TRUE_FALSE = re.compile(r"(?P<value>T|TRUE|F|FALSE)\s*(?:#.*)?", re.IGNORECASE | re.DOTALL)
_NUMBER = r"[-+]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?"
_RANGE = re.compile(rf"(?P<low>{_NUMBER})\s*\.\.\s*(?P<high>{_NUMBER})")
_WITHIN = re.compile(rf"(?P<value>{_NUMBER})(?:\s*:\s*(?P<tolerance>{_NUMBER}))?")
_ALL_POINTS = 100.0
_MANY_ENTRIES = re.compile(r"\n[ \t]*\n")


@dataclass(frozen=True, slots=True)
class _Given:
    """One answer in the braces: its mark, its share of the points (None where none is told), and its text."""

    mark: str
    points: float | None
    text: str


def looks_like_gift(text: str) -> bool:
    """Whether a text file is a list of questions in GIFT."""
    if re.search(r"^\$CATEGORY:", text, re.MULTILINE):
        return True
    titled = re.search(r"^::.+?::[^{]*\{", text, re.MULTILINE | re.DOTALL)
    return titled is not None and re.search(r"[{\s][=~]|\{#|\{\s*(?:T|F|TRUE|FALSE)\s*[}#]", text) is not None


def read_gift(job: ImportJob) -> ImportedItems:
    """The questions of a file in GIFT."""
    collector = ItemCollector(job.path.stem)
    topic = ""
    for done, entry in enumerate(_entries(decode(job.read_text_bytes()))):
        job.step(done, None, "questions")
        category = _CATEGORY.fullmatch(entry)
        if category is not None:
            topic = category["path"].rpartition("/")[2].strip()
            continue
        try:
            collector.add(_asked(entry, topic, job))
        except UnusableItemError as problem:
            collector.skip(_restored(entry), str(problem))
    return collector.result()


def _entries(text: str) -> Iterator[str]:
    """The questions and categories, without comments; signs with a backslash are put out of the way."""
    lines = [line for line in text.split("\n") if not line.lstrip().startswith("//")]
    hidden = _ESCAPED.sub(lambda match: _PLACES[match.group(1)], "\n".join(lines))
    for block in _MANY_ENTRIES.split(hidden):
        rest: list[str] = []
        for line in block.strip().split("\n"):
            if _CATEGORY.fullmatch(line.strip()):
                if rest:
                    yield "\n".join(rest).strip()
                    rest = []
                yield line.strip()
            else:
                rest.append(line)
        if entry := "\n".join(rest).strip():
            yield entry


def _asked(entry: str, topic: str, job: ImportJob) -> Asked:
    title = _TITLE.match(entry)
    body = entry[title.end() :].strip() if title else entry
    markup = _MARKUP.match(body)
    kind = markup["kind"].lower() if markup else "moodle"
    body = body[markup.end() :] if markup else body
    start, end = body.find("{"), body.rfind("}")
    if start < 0 or end < start:
        raise UnusableItemError("It asks nothing: there are no braces with answers.")
    before, inside, behind = body[:start].strip(), body[start + 1 : end].strip(), body[end + 1 :].strip()
    inside, _, general = inside.partition("####")
    reader = _Reader(kind, job)
    step = _step(inside.strip(), reader)
    stem = reader.text(before)
    if behind:
        step, stem = _in_text(step, stem, reader.text(behind))
    return Asked(given="", topic=topic, stem=stem, step=step, solution=reader.text(general).split("\n"))


class _Reader:
    """Texts of one question, in the markup that it names."""

    def __init__(self, kind: str, job: ImportJob) -> None:
        self._kind = kind
        self._job = job

    def text(self, text: str) -> str:
        restored = _restored(text)
        if self._kind == "markdown":
            return cleaned(restored)
        if self._kind == "plain":
            return from_plain(restored)
        return from_html(restored, self._job).text


def _restored(text: str) -> str:
    return "".join(_SIGNS.get(sign, sign) for sign in text)


def _step(inside: str, reader: _Reader) -> Json:
    if not inside:
        raise UnusableItemError("Essays cannot be checked.")
    if inside.startswith("#"):
        return _numerical(inside[1:].strip())
    truth = _TRUE_FALSE.fullmatch(inside)
    if truth is not None:
        return true_false_step(right=truth["value"][0].upper() == "T")
    given = list(_given(inside))
    if not given:
        raise UnusableItemError("Its answers cannot be read.")
    if all("->" in one.text for one in given):
        return _matching(given, reader)
    if all(one.mark == "=" for one in given):
        return typed_step([reader.text(one.text) for one in given if one.points in (None, _ALL_POINTS)])
    return _choice(given, reader)


def _given(inside: str) -> Iterator[_Given]:
    marks = list(_ANSWER.finditer(inside))
    ends = [*(mark.start() for mark in marks[1:]), len(inside)]
    for mark, end in zip(marks, ends, strict=False):
        text = inside[mark.end() : end]
        points = float(mark["points"]) if mark["points"] else None
        yield _Given(mark["mark"], points, text.partition("#")[0].strip())


def _choice(given: Sequence[_Given], reader: _Reader) -> Json:
    options = [reader.text(one.text) for one in given]
    right = [place for place, one in enumerate(given) if one.mark == "="]
    if right:
        if len(right) > 1:
            raise UnusableItemError(
                "Several answers are right by themselves; that cannot be shown as one choice."
            )
        return choice_step(options, right)
    right = [place for place, one in enumerate(given) if (one.points or 0) > 0]
    if not right:
        raise UnusableItemError("None of its answers is right.")
    if sum(given[place].points or 0 for place in right) < _ALL_POINTS - 1:
        raise UnusableItemError("Its right answers do not make up all the points.")
    return multiple_step(options, right)


def _matching(given: Sequence[_Given], reader: _Reader) -> Json:
    halves = [one.text.partition("->") for one in given]
    pairs = [(reader.text(left), reader.text(right)) for left, _, right in halves]
    extra = [right for left, right in pairs if not left]
    pairs = [(left, right) for left, right in pairs if left]
    if len(pairs) < 2:
        raise UnusableItemError("It matches fewer than two things.")
    return match_step(pairs, extra)


def _numerical(inside: str) -> Json:
    given = list(_given(inside)) or [_Given("=", None, inside.partition("#")[0].strip())]
    best = next((one for one in given if one.points in (None, _ALL_POINTS)), None)
    text = _restored(best.text) if best else ""
    if (span := _RANGE.fullmatch(text)) is not None:
        low, high = float(span["low"]), float(span["high"])
        return number_step(_plain((low + high) / 2), tolerance=abs(high - low) / 2)
    match = _WITHIN.fullmatch(text)
    if match is None:
        raise UnusableItemError("Its number cannot be read.")
    return number_step(_plain(float(match["value"])), tolerance=abs(float(match["tolerance"] or 0)))


def _plain(number: float) -> str:
    """A number without an exponent where that is short, as the mini-language has it."""
    return str(int(number)) if number == int(number) and abs(number) < 1e15 else repr(number)


def _in_text(step: Json, before: str, behind: str) -> tuple[Json, str]:
    """A missing word: a gap to be filled, or a choice for a blank."""
    if step["type"] in ("text", "number"):
        accepted = step["answer"].get("accept") or [step["answer"]["value"]]
        gaps = {"g1": gap_answer([as_answer(one) for one in accepted])}
        return {"type": "cloze", "answer": {"gaps": gaps}}, f"{before} [gap:g1] {behind}"
    return step, f"{before} ____ {behind}"
