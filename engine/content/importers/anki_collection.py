"""The database in an Anki deck: note types, decks, cards with their notes, and the log of reviews.

The file may be anyone's: it is opened read-only by the program's one SQLite driver, only ordinary tables are read, and
what its database cannot give counts as damage.
"""

import json
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from engine.content.importers.imported_items import PastInterval, PastReview
from engine.content.importers.protobuf_fields import number_in, protobuf_fields, text_in
from engine.storage.sqlite import Connection, OpenMode, connect, storage_errors

_FIELD_SEPARATOR = "\x1f"
_DECK_SEPARATOR = "::"
_KIND_FIELD, _QUESTION_FIELD, _ANSWER_FIELD = 1, 1, 2
_CLOZE = 1
_CRAM, _MANUAL = 3, 4
_MALFORMED = (ValueError, TypeError, LookupError, AttributeError, RecursionError, OverflowError)
_DAY_S = 86_400
_REVIEW = 2


@dataclass(frozen=True, slots=True)
class Template:
    """What a card shows, and what stands on its back."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class NoteType:
    """How the fields of a note become cards."""

    name: str
    cloze: bool
    fields: tuple[str, ...]
    templates: Mapping[int, Template]


@dataclass(frozen=True, slots=True)
class AnkiCard:
    """A card and its note. ``ord`` tells the cards of a note apart."""

    id: int
    note: int
    ord: int
    deck: str
    type: NoteType
    values: Mapping[str, str]
    tags: str
    interval: PastInterval | None


@dataclass(frozen=True, slots=True)
class Collection:
    """What a deck holds. ``reviews``: by card, oldest first."""

    cards: tuple[AnkiCard, ...]
    reviews: Mapping[int, tuple[PastReview, ...]] = field(default_factory=dict)


class NotReadable(Exception):  # noqa: N818 - it says what the file is
    """The database is not what it should be."""


def read_collection(path: Path, *, newest_layout: bool) -> Collection:
    """The cards and reviews in the database ``path``.

    Raises:
        NotReadable, StorageError, BugError: it is damaged, or no database of Anki's.
    """
    try:
        # A damaged file can fail while it is opened, too: what its schema says is not always text.
        with closing(connect(path, mode=OpenMode.IMMUTABLE)) as connection, storage_errors(path):
            connection.text_factory = _text
            _require_tables(connection, newest_layout=newest_layout)
            types = _note_types(connection) if newest_layout else _old_note_types(connection)
            decks = _decks(connection) if newest_layout else _old_decks(connection)
            cards = tuple(_cards(connection, types, decks))
            return Collection(cards, _reviews(connection))
    except _MALFORMED as problem:
        raise NotReadable(str(problem)) from problem


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def _require_tables(connection: Connection, *, newest_layout: bool) -> None:
    """A view, or a table that runs code, could take for ever."""
    rows = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'"
    ).fetchall()
    needed = {"col", "notes", "cards", "revlog"}
    if newest_layout:
        needed |= {"notetypes", "fields", "templates", "decks"}
    missing = needed - {name for (name,) in rows}
    if missing:
        raise NotReadable(f"there is no table {min(missing)}")


def _old_note_types(connection: Connection) -> dict[int, NoteType]:
    (text,) = connection.execute("SELECT models FROM col").fetchone()
    return {
        int(identifier): NoteType(
            str(model.get("name", "")),
            model.get("type") == _CLOZE,
            tuple(str(one["name"]) for one in model["flds"]),
            {int(one["ord"]): Template(str(one["qfmt"]), str(one["afmt"])) for one in model["tmpls"]},
        )
        for identifier, model in json.loads(text).items()
    }


def _note_types(connection: Connection) -> dict[int, NoteType]:
    fields: dict[int, list[tuple[int, str]]] = {}
    for kind, place, name in connection.execute("SELECT ntid, ord, name FROM fields").fetchall():
        fields.setdefault(kind, []).append((place, name))
    templates: dict[int, dict[int, Template]] = {}
    for kind, place, config in connection.execute("SELECT ntid, ord, config FROM templates").fetchall():
        found = protobuf_fields(config)
        shown = Template(text_in(found, _QUESTION_FIELD), text_in(found, _ANSWER_FIELD))
        templates.setdefault(kind, {})[place] = shown
    return {
        kind: NoteType(
            name,
            number_in(protobuf_fields(config), _KIND_FIELD) == _CLOZE,
            tuple(field_name for _, field_name in sorted(fields.get(kind, ()))),
            templates.get(kind, {}),
        )
        for kind, name, config in connection.execute("SELECT id, name, config FROM notetypes").fetchall()
    }


def _old_decks(connection: Connection) -> dict[int, str]:
    (text,) = connection.execute("SELECT decks FROM col").fetchone()
    return {int(identifier): str(deck["name"]) for identifier, deck in json.loads(text).items()}


def _decks(connection: Connection) -> dict[int, str]:
    rows = connection.execute("SELECT id, name FROM decks").fetchall()
    return {identifier: name.replace(_FIELD_SEPARATOR, _DECK_SEPARATOR) for identifier, name in rows}


def _cards(
    connection: Connection, types: Mapping[int, NoteType], decks: Mapping[int, str]
) -> Iterator[AnkiCard]:
    (created,) = connection.execute("SELECT crt FROM col").fetchone()
    notes = {
        note: (kind, values, tags)
        for note, kind, values, tags in connection.execute("SELECT id, mid, flds, tags FROM notes").fetchall()
    }
    rows = connection.execute(
        "SELECT id, nid, did, ord, type, due, ivl, factor, odue, odid FROM cards ORDER BY nid, ord, id"
    ).fetchall()
    for card, note, deck, place, state, due, days, ease, own_due, own_deck in rows:
        if note not in notes or notes[note][0] not in types:
            continue
        kind, values, tags = notes[note]
        # A card in a filtered deck keeps its own deck and due day aside.
        interval = _interval(created, state, own_due or due, days, ease)
        named = dict(zip(types[kind].fields, str(values).split(_FIELD_SEPARATOR), strict=False))
        home = decks.get(own_deck or deck, "")
        yield AnkiCard(card, note, int(place), home, types[kind], named, str(tags).strip(), interval)


def _interval(created: int, state: int, due: int, days: int, ease: int) -> PastInterval | None:
    """From the plan of a card that is in review: its due day is counted from the collection's first."""
    if state != _REVIEW or days < 1:
        return None
    return PastInterval(float(days), ease / 1000 if ease else 2.5, (created + (due - days) * _DAY_S) * 1000)


def _reviews(connection: Connection) -> dict[int, tuple[PastReview, ...]]:
    """The answers by card. What came before a card was set back to new is forgotten, as Anki does."""
    found: dict[int, list[PastReview]] = {}
    for at, card, ease, factor, kind in connection.execute(
        "SELECT id, cid, ease, factor, type FROM revlog ORDER BY id"
    ).fetchall():
        if kind >= _MANUAL or ease < 1:
            if kind == _MANUAL and factor == 0:
                found.pop(card, None)
        elif not (kind == _CRAM and factor == 0) and ease <= 4:
            found.setdefault(card, []).append(PastReview(int(at), int(ease)))
    return {card: tuple(reviews) for card, reviews in found.items()}
