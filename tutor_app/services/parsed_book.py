"""A book in memory, with what the reader looks up in it: sections by id, leaves, the words of the glossary."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING

from engine.rag.words import fold
from tutor_app.services.reading import Book, Contents, PassageEntry, SectionEntry, TermEntry

if TYPE_CHECKING:
    from pathlib import Path

    from engine.content.pack import Pack
    from engine.types import Passage, Section, Term

_LEAF = 24
"""The most passages that are read at a time; only documents without headings have more in a section."""


@dataclass(frozen=True, slots=True)
class LeafSpan:
    """Passages ``start`` to ``stop`` of the book: part ``part`` of ``parts`` of their section."""

    start: int
    stop: int
    part: int
    parts: int


class ParsedBook:
    """Everything of one book.

    Args:
        book: as on the shelf.
        pack: its content.
        folder: where it lies.
    """

    def __init__(self, book: Book, pack: Pack, folder: Path) -> None:
        self.book = book
        self.media = folder / "media"
        self.passages = pack.passages
        self._pack = pack
        self._sections = {section.id: section for section in pack.sections}
        self._at = {passage.id: number for number, passage in enumerate(pack.passages)}

    @cached_property
    def leaves(self) -> tuple[LeafSpan, ...]:
        """What is read at a time, in reading order."""
        found: list[LeafSpan] = []
        start = 0
        for _, group in groupby(self.passages, key=_section_of):
            length = sum(1 for _ in group)
            parts = -(-length // _LEAF)
            size = -(-length // parts)
            for part in range(parts):
                first = start + part * size
                found.append(LeafSpan(first, min(first + size, start + length), part + 1, parts))
            start += length
        return tuple(found)

    @cached_property
    def words(self) -> dict[str, str]:
        """Words that may stand in the text, and the entry of the glossary that each belongs to."""
        found: dict[str, str] = {}
        for term in self._pack.terms:
            for word in (term.term, *term.aliases):
                found.setdefault(word, term.term)
        return found

    @cached_property
    def folded(self) -> tuple[str, ...]:
        """Title and text of each passage as a search compares them."""
        return tuple(fold(f"{passage.title}\n{passage.text}") for passage in self.passages)

    @cached_property
    def contents(self) -> Contents:
        """The list of sections and the glossary."""
        held: dict[str, list[PassageEntry]] = {}
        for passage in self.passages:
            entry = PassageEntry(passage.id, self.heading(passage), passage.kind.value, passage.page)
            held.setdefault(passage.section, []).append(entry)
        places = {section.id: place for place, section in enumerate(self._pack.sections)}
        sections = tuple(
            SectionEntry(
                section.id,
                section.title,
                section.number,
                places.get(section.parent or "", -1),
                section.page,
                tuple(held.get(section.id, ())),
            )
            for section in self._pack.sections
        )
        terms = tuple(sorted(map(term_entry, self._pack.terms), key=_folded_term))
        return Contents(self.book, sections, terms)

    def place(self, at: str) -> int:
        """The number of the passage ``at``, or of the first one of the section ``at``; -1 if there is neither."""
        if at in self._at or not at:
            return self._at.get(at, 0) if self.passages else -1
        inside = {at}
        for section in self._pack.sections:  # parents come before their children
            if section.parent in inside:
                inside.add(section.id)
        return next((n for n, passage in enumerate(self.passages) if passage.section in inside), -1)

    def leaf_of(self, passage: int) -> int:
        """The number of the leaf that holds passage number ``passage``."""
        return next(number for number, leaf in enumerate(self.leaves) if leaf.start <= passage < leaf.stop)

    def section(self, passage: Passage) -> Section | None:
        """The section of a passage."""
        return self._sections.get(passage.section)

    def path(self, passage: Passage) -> tuple[str, ...]:
        """Titles of the sections that a passage stands in, the outermost first, its own last."""
        titles: list[str] = []
        section = self.section(passage)
        while section is not None and len(titles) < len(self._sections):
            titles.append(section.title)
            section = self._sections.get(section.parent or "")
        return tuple(reversed(titles))

    def heading(self, passage: Passage) -> str:
        """The title of a passage, empty where its section's says the same."""
        section = self.section(passage)
        return "" if section is not None and passage.title == section.title else passage.title

    def term(self, word: str) -> Term | None:
        """The entry of the glossary for ``word``, which may be another name of it, in any case of letters."""
        entry = self.words.get(word) or next(
            (entry for known, entry in self.words.items() if fold(known) == fold(word)), ""
        )
        return next((term for term in self._pack.terms if term.term == entry), None)


def term_entry(term: Term) -> TermEntry:
    """A term as a line of the glossary."""
    return TermEntry(term.term, term.definition, term.passage, term.aliases)


def _section_of(passage: Passage) -> str:
    return passage.section


def _folded_term(term: TermEntry) -> str:
    return fold(term.term)
