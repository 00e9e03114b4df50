"""What the reader shows: books, their contents, the text of a section, a passage, a word. Plain values, no Qt."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tutor_app.richtext.document import RichText, Text


class Origin(StrEnum):
    """Where a book is from, as far as that can be known."""

    STARTER = "starter"
    SIGNED = "signed"
    UNSIGNED = "unsigned"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class Book:
    """A pack or a document as it stands on the shelf.

    Attributes:
        authors: who made it; empty for most documents.
        licence: SPDX identifier; empty for a document.
        signed_by: fingerprint of the key that signed it, if one did.
        sections, passages, terms: how many there are.
        minutes: how long it takes to read, roughly.
        damaged: whether it cannot be opened; then little else is known.
    """

    id: str
    title: str
    description: str = ""
    authors: tuple[str, ...] = ()
    licence: str = ""
    origin: Origin = Origin.UNSIGNED
    signed_by: str = ""
    sections: int = 0
    passages: int = 0
    terms: int = 0
    minutes: int = 0
    damaged: bool = False


@dataclass(frozen=True, slots=True)
class PassageEntry:
    """A line of the contents. ``title`` is empty where it only repeats the section's. ``page`` counts from 1."""

    id: str
    title: str
    kind: str
    page: int | None = None


@dataclass(frozen=True, slots=True)
class SectionEntry:
    """A section in the contents. ``parent`` is the place of the section above it in the list, -1 for none."""

    id: str
    title: str
    number: str
    parent: int
    page: int | None = None
    passages: tuple[PassageEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class TermEntry:
    """A line of the glossary; ``passage`` is where the word is introduced."""

    term: str
    definition: str
    passage: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Contents:
    """A book, opened: its sections and its words, in their order."""

    book: Book
    sections: tuple[SectionEntry, ...]
    terms: tuple[TermEntry, ...]


@dataclass(frozen=True, slots=True)
class PassageText:
    """A passage to read. ``heading`` is its title, without blocks where the one above it says the same."""

    id: str
    heading: RichText
    kind: str
    body: RichText
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Leaf:
    """What is read at a time: a section, or a part of one that is very long.

    Attributes:
        pack: id of the book.
        section: id of the section.
        title: of the section.
        path: titles of the sections it stands in, the outermost first.
        part, parts: which part of the section this is, from 1, and how many it has.
        place, places: which of the sections with a text this is, from 1, and how many there are.
        before, after: the first passage of the leaf before and after; empty at either end.
        before_title, after_title: what those are called.
    """

    pack: str
    section: str
    title: str
    number: str
    path: tuple[str, ...]
    passages: tuple[PassageText, ...]
    page: int | None = None
    part: int = 1
    parts: int = 1
    place: int = 1
    places: int = 1
    before: str = ""
    before_title: str = ""
    after: str = ""
    after_title: str = ""


@dataclass(frozen=True, slots=True)
class PassagePage:
    """One passage and where it stands. ``path`` ends with its own section; ``before``, ``after``: its neighbours."""

    book: Book
    id: str
    title: RichText
    kind: str
    path: tuple[str, ...]
    number: str
    page: int | None
    body: RichText
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that holds what was looked for. ``snippet`` is a piece of its text with the words marked."""

    passage: str
    title: str
    section: str
    number: str
    page: int | None
    snippet: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Hits:
    """What a search found, in reading order. ``more``: how many passages were left out at the end."""

    text: str
    words: tuple[str, ...]
    hits: tuple[Hit, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class TermCard:
    """A word of the glossary, explained.

    Attributes:
        passage: where it is introduced; empty if that is not in this book.
        place: title of that passage, or of its section.
        confusable: words it is easily confused with, and what they mean.
    """

    pack: str
    term: str
    definition: RichText
    aliases: tuple[str, ...] = ()
    passage: str = ""
    place: str = ""
    confusable: tuple[TermEntry, ...] = ()
