"""Anki decks made for tests, in the three generations of the format."""

import json
import zipfile
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from engine.storage.sqlite import OpenMode, connect, transaction

CREATED_S = 1_700_000_000
_OLD_TABLES = """
CREATE TABLE col (id integer, crt integer, models text, decks text);
"""
_NEW_TABLES = """
CREATE TABLE col (id integer, crt integer, models text, decks text);
CREATE TABLE notetypes (id integer, name text, config blob);
CREATE TABLE fields (ntid integer, ord integer, name text);
CREATE TABLE templates (ntid integer, ord integer, name text, config blob);
CREATE TABLE decks (id integer, name text);
"""
_TABLES = """
CREATE TABLE notes (id integer, guid text, mid integer, tags text, flds text);
CREATE TABLE cards (id integer, nid integer, did integer, ord integer, type integer, due integer, ivl integer,
 factor integer, odue integer, odid integer);
CREATE TABLE revlog (id integer, cid integer, ease integer, factor integer, type integer);
"""
BASIC, REVERSED, CLOZE = 1, 2, 3
DECK = 7
TYPES = {
    BASIC: (
        "Basic",
        0,
        ["Front", "Back", "Extra"],
        [("{{Front}}", "{{FrontSide}}<hr id=answer>{{Back}}{{#Extra}}<br>{{Extra}}{{/Extra}}")],
    ),
    REVERSED: (
        "Basic (and reversed)",
        0,
        ["Front", "Back"],
        [
            ("{{Front}}", "{{FrontSide}}<hr id=answer>{{Back}}"),
            ("{{Back}}", "{{FrontSide}}<hr id=answer>{{Front}}"),
        ],
    ),
    CLOZE: ("Cloze", 1, ["Text", "Back Extra"], [("{{cloze:Text}}", "{{cloze:Text}}<br>{{Back Extra}}")]),
}


@dataclass(frozen=True)
class Note:
    """A note with the numbers of its cards; the id of a card is ten times the note's and its number."""

    id: int
    type: int
    fields: Sequence[str]
    ords: Sequence[int] = (0,)
    plan: tuple[int, int, int, int] = (0, 0, 0, 0)  # state, due day, interval, ease


@dataclass(frozen=True)
class Answered:
    """A line of the log."""

    at: int
    card: int
    ease: int
    factor: int = 2500
    kind: int = 1


def write_deck(
    path: Path,
    notes: Sequence[Note],
    log: Sequence[Answered] = (),
    *,
    generation: str = "anki2",
    media: dict[str, bytes] | None = None,
) -> Path:
    """An ``.apkg`` of these notes; ``generation``: "anki2", "anki21" or "anki21b"."""
    import zstandard

    newest = generation == "anki21b"
    database = path.with_suffix(".db")
    database.unlink(missing_ok=True)
    _write_database(database, notes, log, newest=newest)
    data = database.read_bytes()
    files = list((media or {}).items())
    pack = zstandard.ZstdCompressor().compress if newest else bytes
    with zipfile.ZipFile(path, "w") as archive:
        if generation != "anki2":
            archive.writestr("collection.anki2", b"please update")
        archive.writestr(f"collection.{generation}", pack(data))
        archive.writestr("media", pack(_media_list([name for name, _ in files], newest=newest)))
        for place, (_, content) in enumerate(files):
            archive.writestr(str(place), pack(content))
    return path


def _write_database(path: Path, notes: Sequence[Note], log: Sequence[Answered], *, newest: bool) -> None:
    with closing(connect(path, mode=OpenMode.REBUILDABLE)) as connection:
        connection.executescript((_NEW_TABLES if newest else _OLD_TABLES) + _TABLES)
        with transaction(connection):
            models = {} if newest else _models()
            decks = {} if newest else {str(DECK): {"name": "Biology::Cells"}}
            connection.execute(
                "INSERT INTO col VALUES (1, ?, ?, ?)", (CREATED_S, json.dumps(models), json.dumps(decks))
            )
            if newest:
                _write_types(connection)
            for note in notes:
                fields = "\x1f".join(note.fields)
                connection.execute(
                    "INSERT INTO notes VALUES (?, 'g', ?, '', ?)", (note.id, note.type, fields)
                )
                for place in note.ords:
                    connection.execute(
                        "INSERT INTO cards VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, 0)",
                        (note.id * 10 + place, note.id, DECK, place, *note.plan),
                    )
            for one in log:
                row = (one.at, one.card, one.ease, one.factor, one.kind)
                connection.execute("INSERT INTO revlog VALUES (?, ?, ?, ?, ?)", row)


def _models() -> dict[str, object]:
    return {
        str(identifier): {
            "name": name,
            "type": kind,
            "flds": [{"name": field, "ord": place} for place, field in enumerate(fields)],
            "tmpls": [{"ord": n, "qfmt": front, "afmt": back} for n, (front, back) in enumerate(templates)],
        }
        for identifier, (name, kind, fields, templates) in TYPES.items()
    }


def _write_types(connection) -> None:  # type: ignore[no-untyped-def]
    connection.execute("INSERT INTO decks VALUES (?, ?)", (DECK, "Biology\x1fCells"))
    for identifier, (name, kind, fields, templates) in TYPES.items():
        connection.execute(
            "INSERT INTO notetypes VALUES (?, ?, ?)", (identifier, name, number_field(1, kind))
        )
        for place, field in enumerate(fields):
            connection.execute("INSERT INTO fields VALUES (?, ?, ?)", (identifier, place, field))
        for place, (front, back) in enumerate(templates):
            config = bytes_field(1, front.encode()) + bytes_field(2, back.encode())
            connection.execute("INSERT INTO templates VALUES (?, ?, '', ?)", (identifier, place, config))


def _media_list(names: Sequence[str], *, newest: bool) -> bytes:
    if not newest:
        return json.dumps({str(place): name for place, name in enumerate(names)}).encode()
    return b"".join(bytes_field(1, bytes_field(1, name.encode())) for name in names)


def number_field(field: int, value: int) -> bytes:
    """A protobuf field that is a number."""
    return bytes([field << 3]) + varint(value)


def bytes_field(field: int, data: bytes) -> bytes:
    """A protobuf field that is a text or a message."""
    return bytes([field << 3 | 2]) + varint(len(data)) + data


def varint(value: int) -> bytes:
    """A number as protobuf writes it."""
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*out, value])
