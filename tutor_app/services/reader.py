"""Packs and documents as books: what the reading page and the panel beside an answer show. No models needed.

A book is parsed once and kept while its files are the same; its text is made section by section.
"""

from __future__ import annotations

import contextlib
from collections import OrderedDict
from dataclasses import replace
from typing import TYPE_CHECKING

from engine.content.installed_pack import RECORD, InstalledFrom
from engine.content.pack_store import PackStore
from engine.errors import PackError, UserFacingError
from engine.rag.words import words
from tutor_app.richtext.document import Block, RichText, Run, Text
from tutor_app.richtext.formula import warm_up
from tutor_app.richtext.headline import headline
from tutor_app.richtext.parser import parse
from tutor_app.services.parsed_book import ParsedBook, term_entry
from tutor_app.services.reading import (
    Book,
    Contents,
    Hit,
    Hits,
    Leaf,
    Origin,
    PassagePage,
    PassageText,
    TermCard,
)
from tutor_app.services.snippet import snippet, word_pattern

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.content.installed_pack import InstalledPack
    from engine.types import Passage
    from tutor_app.workers.workbench import Job, Workbench

_KEPT = 4
_MOST_HITS = 100
_BYTES_A_MINUTE = 1_100  # some 180 words, with their Markdown


class ReaderService:
    """The books of one profile."""

    def __init__(self, workbench: Workbench) -> None:
        self._store = PackStore(workbench.paths.packs)
        self._parsed: OrderedDict[str, tuple[tuple[object, ...], ParsedBook]] = OrderedDict()

    def warm(self, _job: Job) -> None:
        """Load what typesets text, so that the first page that is turned to is there at once."""
        warm_up()

    def books(self, _job: Job) -> tuple[Book, ...]:
        """All books: packs first, then the learner's own documents, each by title; damaged ones last."""
        sound = [_book(pack) for pack in self._store.installed()]
        known = {book.id for book in sound}
        damaged = [Book(name, name, damaged=True) for name in self._store.damaged() if name not in known]
        return tuple(sorted([*sound, *damaged], key=_shelf_order))

    def book(self, _job: Job, pack: str) -> Contents:
        """The contents and the glossary of a book.

        Raises:
            PackError: it is gone or damaged.
        """
        return self._open(pack).contents

    def section(self, job: Job, pack: str, at: str = "", quotes: tuple[str, ...] = ()) -> Leaf:
        """What to read at a place.

        Args:
            job: the request.
            pack: id of the book.
            at: id of a passage or a section; empty for where the book begins. What is not there begins it, too.
            quotes: what to mark, if ``at`` is a passage.

        Raises:
            PackError: the book is gone or damaged, or has no text.
        """
        book = self._open(pack)
        place = max(book.place(at), 0)
        if not book.passages:
            raise PackError(
                f"“{book.book.title}” has no text.", todo="Look at the document itself, and add it again."
            )
        number = book.leaf_of(place)
        span = book.leaves[number]
        held = book.passages[span.start : span.stop]
        section = book.section(held[0])
        texts = []
        for passage in held:
            job.cancel.check()
            texts.append(_text(book, passage, quotes if passage.id == at else ()))
        before = book.leaves[number - 1] if number else None
        after = book.leaves[number + 1] if number + 1 < len(book.leaves) else None
        return Leaf(
            pack=pack,
            section=held[0].section,
            title=section.title if section else held[0].title,
            number=section.number if section else "",
            path=book.path(held[0])[:-1],
            passages=tuple(texts),
            page=held[0].page,
            part=span.part,
            parts=span.parts,
            place=sum(leaf.part == 1 for leaf in book.leaves[: number + 1]),
            places=sum(leaf.part == 1 for leaf in book.leaves),
            before=book.passages[before.start].id if before else "",
            before_title=_title(book, before.start) if before else "",
            after=book.passages[after.start].id if after else "",
            after_title=_title(book, after.start) if after else "",
        )

    def passage(self, _job: Job, pack: str, identifier: str, quotes: tuple[str, ...] = ()) -> PassagePage:
        """One passage, with ``quotes`` marked.

        Raises:
            PackError: the book or the passage is gone, or the book is damaged.
        """
        book = self._open(pack)
        at = book.place(identifier)
        if at < 0 or book.passages[at].id != identifier:
            raise PackError(
                "That passage is no longer there.", todo="Ask again: the pack was changed or removed."
            )
        passage = book.passages[at]
        section = book.section(passage)
        return PassagePage(
            book=book.book,
            id=passage.id,
            title=headline(passage.title),
            kind=passage.kind.value,
            path=book.path(passage),
            number=section.number if section else "",
            page=passage.page,
            body=_text(book, passage, quotes).body,
            before=book.passages[at - 1].id if at else "",
            after=book.passages[at + 1].id if at + 1 < len(book.passages) else "",
        )

    def search(self, job: Job, pack: str, text: str) -> Hits:
        """Passages with words that begin as those of ``text`` do: all of them, or as many as can be found together.

        Raises:
            PackError: the book is gone or damaged.
        """
        book = self._open(pack)
        wanted = tuple(dict.fromkeys(words(text)))[:12]
        if not wanted:
            return Hits(text, (), ())
        patterns = [word_pattern([word]) for word in wanted]
        counts = [sum(1 for found in patterns if found.search(folded)) for folded in book.folded]
        most = max(counts, default=0)
        at = [number for number, count in enumerate(counts) if count == most] if most else []
        together = word_pattern(wanted)
        hits = []
        for number in at[:_MOST_HITS]:
            job.cancel.check()
            passage = book.passages[number]
            section = book.section(passage)
            hits.append(
                Hit(
                    passage.id,
                    passage.title,
                    section.title if section else "",
                    section.number if section else "",
                    passage.page,
                    snippet(passage.text, together),
                )
            )
        return Hits(text, wanted, tuple(hits), max(0, len(at) - _MOST_HITS))

    def term(self, _job: Job, pack: str, word: str) -> TermCard:
        """A word of the glossary.

        Raises:
            PackError: the book is gone or damaged, or does not explain the word.
        """
        book = self._open(pack)
        term = book.term(word)
        if term is None:
            raise PackError(
                f"The glossary has no entry “{word}”.", todo="Ask about it: an answer may explain it."
            )
        at = book.place(term.passage) if term.passage else -1
        others = [found for other in term.confusable_with if (found := book.term(other))]
        return TermCard(
            pack=pack,
            term=term.term,
            definition=parse(term.definition),
            aliases=term.aliases,
            passage=term.passage if at >= 0 else "",
            place=book.passages[at].title if at >= 0 else "",
            confusable=tuple(term_entry(other) for other in others),
        )

    def _open(self, identifier: str) -> ParsedBook:
        installed = self._store.find(identifier)
        if installed is None:
            self._parsed.pop(identifier, None)
            raise self._missing(identifier)
        stamp = _stamp(installed)
        kept = self._parsed.get(identifier)
        if kept is None or kept[0] != stamp:
            kept = (stamp, self._read(installed))
            self._parsed[identifier] = kept
        self._parsed.move_to_end(identifier)
        while len(self._parsed) > _KEPT:
            self._parsed.popitem(last=False)
        return kept[1]

    def _read(self, installed: InstalledPack) -> ParsedBook:
        try:
            return ParsedBook(_book(installed), self._store.content(installed), installed.folder)
        except UserFacingError as error:
            raise _damaged(installed.info.title) from error

    def _missing(self, identifier: str) -> PackError:
        if identifier in self._store.damaged():
            return _damaged(identifier)
        return PackError(
            "This book is no longer on this computer.",
            todo="Choose another one, or add it again in the library.",
        )


def _damaged(title: str) -> PackError:
    return PackError(
        f"“{title}” is damaged and cannot be opened.", todo="Remove it in the library, then add it again."
    )


def _stamp(installed: InstalledPack) -> tuple[object, ...]:
    """Changes when the pack is installed anew; its search index, which lies in the same folder, does not count."""
    with contextlib.suppress(OSError):
        status = (installed.folder / RECORD).stat()
        return (installed.folder, installed.record.manifest_sha256, status.st_mtime_ns)
    return ()


def _book(installed: InstalledPack) -> Book:
    record = installed.record
    return Book(
        id=record.info.id,
        title=record.info.title,
        description=record.info.description,
        authors=record.info.authors,
        licence=record.info.licence,
        origin=_origin(installed),
        signed_by=record.signed_by,
        sections=record.counts.get("sections", 0),
        passages=record.counts.get("passages", 0),
        terms=record.counts.get("terms", 0),
        minutes=_minutes(installed),
    )


def _origin(installed: InstalledPack) -> Origin:
    source = installed.record.source
    if source is InstalledFrom.DOCUMENT:
        return Origin.DOCUMENT
    if source is InstalledFrom.STARTER:
        return Origin.STARTER
    return Origin.SIGNED if installed.record.signed_by else Origin.UNSIGNED


def _minutes(installed: InstalledPack) -> int:
    size = 0
    with contextlib.suppress(OSError):
        if installed.record.source is InstalledFrom.DOCUMENT:
            size = (installed.folder / "document.json").stat().st_size
        else:
            size = sum(path.stat().st_size for path in (installed.folder / "passages").iterdir())
    return -(-size // _BYTES_A_MINUTE)


def _shelf_order(book: Book) -> tuple[bool, bool, str]:
    return (book.damaged, book.origin is Origin.DOCUMENT, book.title.casefold())


def _title(book: ParsedBook, passage: int) -> str:
    section = book.section(book.passages[passage])
    return section.title if section else book.passages[passage].title


def _text(book: ParsedBook, passage: Passage, quotes: Sequence[str]) -> PassageText:
    read = parse(passage.text, marks=quotes, terms=book.words, media=book.media)
    body = RichText(_linked_once(read.blocks), read.markdown)
    return PassageText(passage.id, headline(book.heading(passage)), passage.kind.value, body, passage.page)


def _linked_once(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """``blocks`` with each word of the glossary linked where it comes first, so that a page stays calm."""
    seen: set[str] = set()
    return tuple(
        replace(
            block,
            runs=_runs_linked_once(block.runs, seen),
            rows=tuple(tuple(_runs_linked_once(cell, seen) for cell in row) for row in block.rows),
        )
        for block in blocks
    )


def _runs_linked_once(runs: tuple[Run, ...], seen: set[str]) -> tuple[Run, ...]:
    kept: list[Run] = []
    for run in runs:
        if isinstance(run, Text) and run.term:
            kept.append(replace(run, term="") if run.term in seen else run)
            seen.add(run.term)
        else:
            kept.append(run)
    return tuple(kept)
