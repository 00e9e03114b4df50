"""What the learner has: packs and documents, and what becomes of files on their way there. Nothing heavy here.

The window shows these; ``library.py`` and ``documents.py`` make them.
"""

from dataclasses import dataclass
from enum import StrEnum


class HoldingKind(StrEnum):
    """What it is."""

    PACK = "pack"
    DOCUMENT = "document"


class HoldingState(StrEnum):
    """How well it can be asked.

    WORDS: by its words only; its meaning is still to be read, or nothing is installed that could.
    """

    READY = "ready"
    WORDS = "words"
    DAMAGED = "damaged"


@dataclass(frozen=True, slots=True)
class Holding:
    """A pack or a document.

    Attributes:
        description: of a pack, in its author's words.
        file: name of the file that a document was imported from, where it is known.
        passages, sections: how many there are.
        added_ms: when it came, in milliseconds since 1970 UTC.
    """

    id: str
    title: str
    kind: HoldingKind
    state: HoldingState
    description: str = ""
    file: str = ""
    passages: int = 0
    sections: int = 0
    added_ms: int = 0


@dataclass(frozen=True, slots=True)
class Example:
    """A question that a pack answers well."""

    question: str
    pack: str


@dataclass(frozen=True, slots=True)
class HoldingDetails:
    """Everything about one of them.

    Attributes:
        origin: "starter", "archive", "folder" or "document".
        licence: SPDX identifier; empty where none is stated.
        signed_by: fingerprint of the key that signed it, if one did.
        counts: how much there is of each: passages, sections, skills, terms, questions, items (to practise).
        bytes: its size on the disk, with its search index.
    """

    holding: Holding
    origin: str
    version: str
    authors: tuple[str, ...]
    licence: str
    languages: tuple[str, ...]
    signed_by: str
    counts: dict[str, int]
    bytes: int
    age: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class PassageName:
    """What a passage is called."""

    pack: str
    section: str
    passage: str


@dataclass(frozen=True, slots=True)
class Expansion:
    """The files that were found in what was chosen or dropped.

    Attributes:
        left_out: how many more there are than are taken at once.
        unreadable: names of folders that could not be opened.
        empty: names of folders that were dropped with others and hold nothing that could be added.
        folders: whether a folder was among what was dropped.
    """

    files: tuple[str, ...]
    left_out: int = 0
    unreadable: tuple[str, ...] = ()
    empty: tuple[str, ...] = ()
    folders: bool = False


@dataclass(frozen=True, slots=True)
class Added:
    """A file that is in the library now.

    Attributes:
        present: it was there already.
        questions: to practise, that it held; 0 for a document or a pack.
        left_out: what of its questions was not taken over, each with the reason.
    """

    id: str
    title: str
    kind: HoldingKind
    passages: int
    present: bool = False
    questions: int = 0
    left_out: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class UnknownAuthor:
    """A pack that is signed with a key that was never seen: is it to be trusted from now on?

    Attributes:
        fingerprint: of the key, for people to compare.
    """

    title: str
    authors: tuple[str, ...]
    fingerprint: str


@dataclass(frozen=True, slots=True)
class ChangedKey:
    """A pack whose earlier versions were signed with another key: is that right, or did somebody else make it?

    Attributes:
        fingerprint: of the key that signed it; empty for a pack that is not signed.
        known: fingerprint of the key that was trusted until now.
        installed: whether an earlier version is in the library.
    """

    title: str
    authors: tuple[str, ...]
    fingerprint: str
    known: str
    installed: bool


@dataclass(frozen=True, slots=True)
class MissingModel:
    """A default model that is not installed. ``kind`` is "llm" or "embedder"; ``bytes`` 0 where unknown."""

    kind: str
    name: str
    bytes: int


@dataclass(frozen=True, slots=True)
class Preparedness:
    """What is missing. ``unfinished``: titles of what can be asked by its words only, or not at all yet."""

    starters: bool
    models: tuple[MissingModel, ...]
    unfinished: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Preparing:
    """What is being prepared now: the model or pack ``name``, number ``number`` (from 1) of ``of``."""

    name: str
    kind: str
    number: int
    of: int
