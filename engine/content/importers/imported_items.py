"""What every format of practice questions is read into, and the collector that its reader fills.

Items are JSON documents as in a pack's ``items/*.json`` (docs/pack-format.md). They are not proven here, and nothing is
written: that is done by ``engine.content.practice_pack``. Ids of items and skills go into events, so no word of a
question or of a topic's name is in them.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from engine.content.importers.item_text import plain_words
from engine.content.item import Json
from engine.errors import TutorError

MOST_CHARACTERS = 4000
"""Of one text of an item: the schema's limit."""
MOST_ITEMS = 50_000
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")
_HINT_LEVELS = ("L1", "L2", "L3", "L4")
_LONGEST_NAME = 120
_LONGEST_TOLD = 60


class UnusableItemError(TutorError):
    """Why a question cannot be taken over, in a sentence; the file's other questions can."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that was not taken over. ``what`` names it as its author would find it again."""

    what: str
    reason: str


@dataclass(frozen=True, slots=True)
class ImportedSkill:
    """A topic, deck, category or skill of the source."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class PastReview:
    """A review in another program: when (milliseconds UTC), and how it went, 1 (again) to 4 (easy)."""

    at: int
    rating: int


@dataclass(frozen=True, slots=True)
class PastInterval:
    """Where a card without a log stands: days between its reviews, ease (2.5 to begin with), last review (ms UTC)."""

    days: float
    ease: float
    last: int


@dataclass(frozen=True, slots=True)
class ImportedItems:
    """The practice content of one file.

    Attributes:
        title: of the whole.
        language: as "en" or "pt-BR".
        items: documents of a pack, origin "imported".
        skills: those that the items name, in the order of the source.
        media: pictures by their name in the pack, "media/…".
        reviews: by item, oldest first.
        intervals: by item, for those that were reviewed but have no log.
        skipped: what is left out, with the reason.
    """

    title: str
    items: tuple[Json, ...]
    skills: tuple[ImportedSkill, ...]
    language: str = "en"
    media: Mapping[str, bytes] = field(default_factory=dict)
    reviews: Mapping[str, tuple[PastReview, ...]] = field(default_factory=dict)
    intervals: Mapping[str, PastInterval] = field(default_factory=dict)
    skipped: tuple[Skipped, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """A question on its way into the collector.

    Attributes:
        given: the source's own id, if it has one.
        topic: name of its skill.
        stem: the question.
        step: the rest of the document: type, answer, options, or steps.
        hints: from the vaguest to the plainest; those after the fourth become part of the solution.
        picture: name in the pack and words for it.
    """

    given: str
    topic: str
    stem: str
    step: Mapping[str, Json]
    hints: Sequence[str] = ()
    solution: Sequence[str] = ()
    picture: tuple[str, str] | None = None
    difficulty: float = 0.0


class ItemCollector:
    """Gathers the questions of one file."""

    def __init__(self, title: str) -> None:
        self.title = title
        self._items: dict[str, Json] = {}
        self._skills: dict[str, ImportedSkill] = {}
        self._media: dict[str, bytes] = {}
        self._reviews: dict[str, tuple[PastReview, ...]] = {}
        self._intervals: dict[str, PastInterval] = {}
        self._skipped: list[Skipped] = []

    def skip(self, what: str, reason: str) -> None:
        """Note that something is left out."""
        self._skipped.append(Skipped(shortened(what), reason))

    def add(self, asked: Asked) -> str | None:
        """Take a question over; returns its id, or None where it had to be left out."""
        problem = _problem(asked)
        if problem is None and len(self._items) >= MOST_ITEMS:
            problem = f"A pack holds at most {MOST_ITEMS:,} questions."
        if problem is not None:
            self.skip(asked.stem or asked.given or "a question", problem)
            return None
        identifier = self._identifier(asked)
        skill = self.skill(asked.topic or self.title)
        self._items[identifier] = _document(asked, identifier, skill)
        return identifier

    def skill(self, name: str) -> str:
        """The id of the topic ``name``."""
        shown = shortened(plain_words(name), _LONGEST_NAME) or "Practice"
        identifier = f"k-{_hash(shown)}"
        self._skills.setdefault(identifier, ImportedSkill(identifier, shown))
        return identifier

    def also(self, item: str, topics: Sequence[str]) -> None:
        """Let an item exercise further skills."""
        document = self._items[item]
        skills = [*document["skills"], *map(self.skill, topics)]
        self._items[item] = {**document, "skills": list(dict.fromkeys(skills))}

    def picture(self, name: str, data: bytes) -> str:
        """Keep a picture; returns its name in the pack. ``name`` tells by its ending what it is."""
        ending = name.rpartition(".")[2].lower().replace("jpeg", "jpg")
        stored = f"media/{hashlib.sha256(data).hexdigest()[:16]}.{ending}"
        self._media[stored] = data
        return stored

    def reviewed(self, item: str, reviews: Sequence[PastReview]) -> None:
        """Keep how an item was reviewed before."""
        if reviews:
            self._reviews[item] = tuple(sorted(reviews, key=lambda review: review.at))

    def planned(self, item: str, interval: PastInterval) -> None:
        """Keep how often an item without a log was to be reviewed."""
        self._intervals[item] = interval

    def result(self, language: str = "en") -> ImportedItems:
        """Everything that was gathered."""
        used = {skill for item in self._items.values() for skill in item["skills"]}
        return ImportedItems(
            title=shortened(plain_words(self.title), _LONGEST_NAME) or "Practice",
            items=tuple(self._items.values()),
            skills=tuple(skill for skill in self._skills.values() if skill.id in used),
            language=language,
            media=self._media,
            reviews=self._reviews,
            intervals=self._intervals,
            skipped=tuple(self._skipped),
        )

    def _identifier(self, asked: Asked) -> str:
        given = asked.given if _ID.fullmatch(asked.given) else f"q-{_hash(f'{asked.stem}|{asked.step}')}"
        identifier, number = given, 1
        while identifier in self._items:
            number += 1
            identifier = f"{given}-{number}"
        return identifier


def option_ids(texts: Sequence[str]) -> list[str]:
    """An id for each option: the same text always gets the same one, wherever it stands."""
    return [f"o-{_hash(text)}" for text in texts]


def options_of(texts: Sequence[str]) -> list[Json]:
    """Options as a document has them."""
    return [{"id": one, "text": text} for one, text in zip(option_ids(texts), texts, strict=True)]


def shortened(text: str, most: int = _LONGEST_TOLD) -> str:
    """``text`` on one line, at most ``most`` characters long."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"


def _problem(asked: Asked) -> str | None:
    if not asked.stem.strip():
        return "It has no question that can be read."
    if len(asked.stem) > MOST_CHARACTERS:
        return f"Its question has more than {MOST_CHARACTERS:,} characters."
    options = [option["text"] for option in asked.step.get("options", ())]
    if "options" in asked.step and len(options) < 2:
        return "It has fewer than two options."
    if len({plain_words(text).casefold() for text in options}) < len(options):
        return "Two of its options read alike."
    return None


def _document(asked: Asked, identifier: str, skill: str) -> Json:
    hints = [hint[:MOST_CHARACTERS] for hint in asked.hints if hint.strip()]
    solution = [*hints[len(_HINT_LEVELS) :], *(line for line in asked.solution if line.strip())]
    document: dict[str, Json] = {
        "id": identifier,
        "skills": [skill],
        "origin": "imported",
        "stem": asked.stem,
        **asked.step,
    }
    if asked.difficulty:
        document["b"] = max(-4.0, min(4.0, asked.difficulty))
    if asked.picture:
        document["picture"] = {"file": asked.picture[0], "alt": asked.picture[1]}
    if hints:
        document["hints"] = dict(zip(_HINT_LEVELS, hints, strict=False))
    if solution:
        document["solution"] = [line[:MOST_CHARACTERS] for line in solution]
    return document


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]
