"""Blocks to sections and passages: the same for every format.

A passage is what is found and cited, so it is long enough to make sense alone and short enough to be about one
thing: neighbouring paragraphs under one heading are merged, a very long one is split at the ends of sentences.
What hangs on a paragraph (list, table, display formula, code) stays with it. A passage never crosses a heading.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from engine.content.importers.blocks import Block, BlockKind
from engine.content.tex import formulas
from engine.sentences import sentence_spans
from engine.types import Passage, PassageKind, Section

_MIN_WORDS = 40
_GOOD_WORDS = 150
_MAX_WORDS = 220
_SPLIT_WORDS = 250
_CHARACTERS_PER_WORD = 8
_OWN_NUMBER = re.compile(
    r"(?:(?:chapter|section|unit|lesson|part|kapitel|chapitre|capítulo)\s+)?"
    r"(\d{1,3}(?:\.\d{1,3}){0,4})(?:[.:)]\s*|\s+[–—-]\s+|\s+)(?=\S)",
    re.IGNORECASE,
)
_UNBREAKABLE = re.compile(r"\$\$.+?\$\$|(?<!\\)\$[^$\n]+?\$|\S+", re.DOTALL)
_ANCHOR = re.compile(r"[^A-Za-z0-9._-]+")


def word_count(text: str) -> int:
    """Words; in scripts without spaces a word counts as eight characters."""
    return max(len(text.split()), len(text) // _CHARACTERS_PER_WORD)


@dataclass(slots=True)
class _Unit:
    """A paragraph with what hangs on it: the least that a passage is made of."""

    text: str
    page: int | None
    role: PassageKind
    words: int = 0

    def __post_init__(self) -> None:
        self.words = word_count(self.text)

    def add(self, text: str, separator: str) -> None:
        self.text += separator + text
        self.words += word_count(text)


@dataclass(slots=True)
class _Chapter:
    """A heading and the blocks below it, up to the next heading."""

    heading: Block
    blocks: list[Block] = field(default_factory=list)


def build(blocks: Iterable[Block], title: str) -> tuple[tuple[Section, ...], tuple[Passage, ...]]:
    """Sections and passages in reading order.

    Args:
        blocks: of the document.
        title: heading of what stands before the first heading.
    """
    chapters = _chapters(blocks, title)
    sections = _number(_sections(chapters))
    passages: list[Passage] = []
    for section, chapter in zip(sections, chapters, strict=True):
        for unit in _merged(_units(chapter.blocks)):
            number = f"p-{len(passages) + 1:04d}"
            passages.append(
                Passage(number, section.id, section.title, unit.text, kind=unit.role, page=unit.page)
            )
    return tuple(sections), tuple(passages)


def _chapters(blocks: Iterable[Block], title: str) -> list[_Chapter]:
    start = Block(BlockKind.HEADING, title, level=0)
    chapters = [_Chapter(start)]
    for block in blocks:
        heading = block.kind is BlockKind.HEADING
        if heading and block.text == title and not block.anchor and chapters == [_Chapter(start)]:
            continue
        if heading:
            chapters.append(_Chapter(block))
        elif block.text.strip():
            chapters[-1].blocks.append(block)
    return chapters if chapters[0].blocks else chapters[1:]


def _sections(chapters: list[_Chapter]) -> list[Section]:
    """The headings as a tree; levels that a document skips do not matter."""
    sections: list[Section] = []
    above: list[tuple[int, str]] = []
    used: set[str] = set()
    for chapter in chapters:
        heading = chapter.heading
        while above and above[-1][0] >= heading.level:
            above.pop()
        parent = above[-1][1] if above and above[-1][0] > 0 else None
        own = _identifier(heading, len(sections) + 1, used)
        sections.append(Section(own, heading.text, parent=parent, page=heading.page or _first_page(chapter)))
        above.append((heading.level, own))
    return sections


def _identifier(heading: Block, number: int, used: set[str]) -> str:
    named = _ANCHOR.sub("-", heading.anchor).strip("-")
    chosen = named if named and named not in used else f"s-{number:04d}"
    used.add(chosen)
    return chosen


def _first_page(chapter: _Chapter) -> int | None:
    return chapter.blocks[0].page if chapter.blocks else None


def _number(sections: list[Section]) -> list[Section]:
    """The document's own numbers where its headings begin with any; else counted."""
    own = [_OWN_NUMBER.match(section.title) for section in sections]
    if any(own):
        return [
            replace(section, number=match.group(1), title=section.title[match.end() :]) if match else section
            for section, match in zip(sections, own, strict=True)
        ]
    root = _document_title(sections)
    return list(_counted(sections, root))


def _document_title(sections: list[Section]) -> str | None:
    """Id of the one top heading under which all others stand: the document's title, which needs no number."""
    tops = [section.id for section in sections if section.parent is None]
    return tops[0] if len(tops) == 1 and len(sections) > 1 else None


def _counted(sections: list[Section], root: str | None) -> Iterator[Section]:
    numbers: dict[str | None, str] = {None: "", root: ""}
    children: dict[str | None, int] = {}
    for section in sections:
        if section.id == root:
            yield section
            continue
        above = None if section.parent == root else section.parent
        children[above] = children.get(above, 0) + 1
        prefix = numbers[above]
        number = f"{prefix}.{children[above]}" if prefix else str(children[above])
        numbers[section.id] = number
        yield replace(section, number=number)


def _units(blocks: list[Block]) -> Iterator[_Unit]:
    unit: _Unit | None = None
    previous = BlockKind.PARAGRAPH
    for block in blocks:
        starts = block.kind is BlockKind.PARAGRAPH or unit is None or unit.role is not block.role
        full = unit is not None and unit.words + word_count(block.text) > _SPLIT_WORDS
        for index, piece in enumerate(_pieces(block)):
            if unit is None or starts or full or index:
                if unit is not None:
                    yield unit
                unit = _Unit(piece, block.page, block.role)
            else:
                together = block.kind is BlockKind.ITEM and previous is BlockKind.ITEM
                unit.add(piece, "\n" if together else "\n\n")
        previous = block.kind
    if unit is not None:
        yield unit


def _merged(units: Iterable[_Unit]) -> list[_Unit]:
    merged: list[_Unit] = []
    for unit in units:
        last = merged[-1] if merged else None
        if last is not None and last.role is unit.role and _fits(last.words, unit.words):
            last.add(unit.text, "\n\n")
        else:
            merged.append(unit)
    return _without_scraps(merged)


def _without_scraps(units: list[_Unit]) -> list[_Unit]:
    """The units, those too short to stand alone joined to the one before, whatever its role, or to the next."""
    kept: list[_Unit] = []
    for unit in units:
        last = kept[-1] if kept else None
        if (
            last is not None
            and min(last.words, unit.words) < _MIN_WORDS
            and last.words + unit.words <= _MAX_WORDS
        ):
            last.role = last.role if last.words >= unit.words else unit.role
            last.add(unit.text, "\n\n")
        else:
            kept.append(unit)
    return kept


def _fits(words: int, more: int) -> bool:
    limit = _SPLIT_WORDS if words < _MIN_WORDS else _GOOD_WORDS
    return words + more <= limit


def _pieces(block: Block) -> list[str]:
    """The block's text, cut where it is far too long for one passage."""
    text = block.text.strip("\n") if block.kind is BlockKind.ITEM else block.text.strip()
    if word_count(text) <= _SPLIT_WORDS:
        return [text]
    if block.kind is BlockKind.TABLE:
        head, rows = text.split("\n")[:2], text.split("\n")[2:]
        return ["\n".join(head + group) for group in _groups(rows, "\n")]
    if block.kind is BlockKind.CODE:
        lines = text.split("\n")
        return ["\n".join([lines[0], *group, lines[-1]]) for group in _groups(lines[1:-1], "\n")]
    if block.kind is BlockKind.FORMULA:
        return [text]
    return ["".join(group).strip() for group in _groups(list(_sentences(text)), "")]


def _sentences(text: str) -> Iterator[str]:
    """``text`` cut at the starts of sentences, and one that is far too long between words."""
    whole = [range(formula.start + 1, formula.end) for formula in formulas(text)]
    starts = [
        start
        for start, _ in sentence_spans(text)[1:]
        if text[start - 1].isspace() and not any(start in formula for formula in whole)
    ]
    for start, end in zip([0, *starts], [*starts, len(text)], strict=True):
        sentence = text[start:end]
        if word_count(sentence) <= _SPLIT_WORDS:
            yield sentence
        else:
            words = [word + " " for match in _UNBREAKABLE.finditer(sentence) for word in _cut(match.group())]
            yield from ("".join(group) for group in _groups(words, ""))


def _cut(word: str) -> Iterator[str]:
    """A "word" of a script without spaces, or of a damaged file, in bearable pieces."""
    size = _GOOD_WORDS * _CHARACTERS_PER_WORD
    if word.startswith("$"):
        yield word
    else:
        yield from (word[at : at + size] for at in range(0, len(word), size))


def _groups(pieces: list[str], separator: str) -> Iterator[list[str]]:
    """Neighbouring pieces together, as evenly as can be, none much longer than a good passage."""
    total = sum(word_count(piece) for piece in pieces)
    target = total / max(1, round(total / _GOOD_WORDS))
    group: list[str] = []
    words = 0
    for piece in pieces:
        if group and words + word_count(piece) / 2 > target:
            yield group
            group, words = [], 0
        group.append(piece)
        words += word_count(piece + separator)
    if group:
        yield group
