r"""A pack's practice questions as an Anki deck (``.apkg``).

Each becomes one note: a text with gaps a cloze note, everything else a front and a back. The note's id outside of this
deck comes from pack and item, so that a later export changes the notes that are there. Questions with variables are
left out: on a card they would always have the same numbers.

The deck is written with the program's own SQLite driver: libraries that make decks bring the interpreter's, and two
SQLite libraries in one process lose each other's locks.
"""

import hashlib
import html
import json
import re
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from engine.atomic import replacing, storage_error
from engine.content.anki_tables import BASIC, CLOZE, SCHEMA, collection_row
from engine.content.importers.imported_items import Skipped, shortened
from engine.content.instance import QuestionStep, instantiate
from engine.content.item import Item, ItemKind
from engine.content.model_answer import model_response
from engine.errors import ExpressionError, PackError
from engine.storage.sqlite import OpenMode, connect, transaction
from engine.types import Progress

if TYPE_CHECKING:
    from engine.content.install import Watch

_FORMULA = re.compile(r"\$\$(?P<display>.+?)\$\$|(?<!\\)\$(?P<inline>[^$\n]+?)\$", re.DOTALL)
_BOLD = re.compile(r"\*\*([^*\n]+)\*\*")
_GAP = re.compile(r"\[gap:([A-Za-z0-9][A-Za-z0-9._-]*)\]")
_SEPARATOR = "\x1f"


@dataclass(frozen=True, slots=True)
class Deck:
    """What goes into the file.

    Attributes:
        pack: id of the pack.
        title: of the deck.
        media: pictures by their name in the pack.
    """

    pack: str
    title: str
    items: tuple[Item, ...]
    media: Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class _Note:
    model: int
    fields: tuple[str, ...]
    picture: str = ""


def write_apkg(target: Path, deck: Deck, *, now: datetime, watch: "Watch") -> tuple[int, list[Skipped]]:
    """Write the deck to ``target``, which appears only when it is whole.

    Returns:
        How many notes it has, and what is left out.

    Raises:
        PackError: no question is left.
        StorageError: it cannot be written.
        Cancelled: it was stopped; no file is left.
    """
    skipped: list[Skipped] = []
    notes = list(_notes(deck, skipped, watch))
    if not notes:
        raise PackError(
            f"No question of {deck.title} can become a card.",
            todo="Choose another pack.",
        )
    media = {note.picture: deck.media[note.picture] for _, note in notes if note.picture}
    try:
        with tempfile.TemporaryDirectory() as folder:
            collection = Path(folder) / "collection.anki2"
            _write_collection(collection, deck, notes, now)
            watch.cancel.check()
            _zip(target, collection, media)
    except OSError as error:
        raise storage_error(error, Path(tempfile.gettempdir()) / target.name) from error
    return len(notes), skipped


def _notes(deck: Deck, skipped: list[Skipped], watch: "Watch") -> Iterator[tuple[Item, _Note]]:
    for done, item in enumerate(deck.items):
        watch.cancel.check()
        watch.progress(Progress("Writing", done, len(deck.items), "questions"))
        if item.parametric:
            skipped.append(Skipped(shortened(item.stem), "It comes with different numbers each time."))
            continue
        try:
            note = _note(item)
        except (PackError, ExpressionError) as error:
            skipped.append(Skipped(shortened(item.stem), error.what))
            continue
        if item.picture and item.picture.file in deck.media:
            name = item.picture.file.rpartition("/")[2]
            shown = f'<br><img src="{html.escape(name)}" alt="{html.escape(item.picture.alt)}">'
            fields = (note.fields[0] + shown, *note.fields[1:])
            note = _Note(note.model, fields, item.picture.file)
        yield item, note


def _note(item: Item) -> _Note:
    question = instantiate(item, 0)
    last = question.steps[-1]
    lines = [line for step in question.steps for line in step.solution]
    solution = "<br>".join(as_html(line) for line in lines)
    if len(question.steps) == 1 and last.kind is ItemKind.CLOZE:
        response = model_response(last.answer)
        words = response if isinstance(response, Mapping) else {}
        text = _GAP.sub(lambda gap: f"{{{{c1::{_in_cloze(words.get(gap[1], ''))}}}}}", as_html(question.stem))
        return _Note(CLOZE, (text, solution))
    asks = [as_html(step.ask) for step in question.steps if step.ask]
    front = "<br>".join([as_html(question.stem), *asks, *(as_html(f"- {text}") for text in _choices(last))])
    return _Note(BASIC, (front, _shown(last), solution))


def _choices(step: QuestionStep) -> list[str]:
    return [option.text for option in (*step.options, *step.right)]


def _shown(step: QuestionStep) -> str:
    """The answer as it stands on the back."""
    texts = {option.id: option.text for option in (*step.options, *step.right)}
    response = model_response(step.answer)
    if isinstance(response, str):
        shown = texts.get(response, response) if step.kind is ItemKind.CHOICE else response
        return (
            as_html(shown)
            if step.kind is ItemKind.CHOICE
            else html.escape(f"{shown} {step.after}".strip(), quote=False)
        )
    if isinstance(response, tuple):
        return "<br>".join(as_html(texts.get(one, one)) for one in response)
    pairs = (f"{texts.get(one, one)} → {texts.get(other, other)}" for one, other in response.items())
    return "<br>".join(as_html(pair) for pair in pairs)


def as_html(text: str) -> str:
    r"""Markdown with TeX as Anki shows it: ``\(…\)`` for formulas, ``<b>`` for bold, ``<br>`` for a new line."""
    parts: list[str] = []
    at = 0
    for match in _FORMULA.finditer(text):
        marks = ("\\[", "\\]") if match["display"] else ("\\(", "\\)")
        tex = html.escape((match["display"] or match["inline"]).strip(), quote=False)
        parts += [_prose(text[at : match.start()]), f"{marks[0]}{tex}{marks[1]}"]
        at = match.end()
    return "".join(parts) + _prose(text[at:])


def _prose(text: str) -> str:
    plain = html.escape(text.replace("\\$", "$"), quote=False)
    return _BOLD.sub(r"<b>\1</b>", plain).replace("\n", "<br>")


def _in_cloze(word: str) -> str:
    """A word inside the braces of a cloze, which two closing braces or colons would end."""
    return html.escape(word, quote=False).replace("}}", "} }").replace("::", ": :")


def _write_collection(path: Path, deck: Deck, notes: Iterable[tuple[Item, _Note]], now: datetime) -> None:
    now_s = int(now.timestamp())
    deck_id = _number(f"deck {deck.pack}")
    connection = connect(path, mode=OpenMode.REBUILDABLE)
    with closing(connection):
        connection.executescript(SCHEMA)
        with transaction(connection):
            row = collection_row(deck_id, deck.title, now_s=now_s)
            connection.execute(f"INSERT INTO col VALUES ({_marks(row)})", tuple(row))  # noqa: S608 - marks only
            for place, (item, note) in enumerate(notes):
                identifier = now_s * 1000 + place
                fields = _SEPARATOR.join(note.fields)
                values = (
                    identifier,
                    _guid(deck.pack, item.id),
                    note.model,
                    now_s,
                    -1,
                    "",
                    fields,
                    note.fields[0],
                    _checksum(note.fields[0]),
                    0,
                    "",
                )
                connection.execute(f"INSERT INTO notes VALUES ({_marks(values)})", values)  # noqa: S608
                card = (identifier, identifier, deck_id, 0, now_s, -1, 0, 0, place + 1, *(0,) * 8, "")
                connection.execute(f"INSERT INTO cards VALUES ({_marks(card)})", card)  # noqa: S608


def _zip(target: Path, collection: Path, media: Mapping[str, bytes]) -> None:
    names = {str(place): name.rpartition("/")[2] for place, name in enumerate(media)}
    with replacing(target) as part, zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(collection, collection.name)
        archive.writestr("media", json.dumps(names, ensure_ascii=False))
        for place, data in enumerate(media.values()):
            archive.writestr(str(place), data)


def _marks(values: Iterable[object]) -> str:
    return ", ".join("?" for _ in values)


def _number(name: str) -> int:
    """An id that looks like one of Anki's: some millisecond of the last decades."""
    return 1_000_000_000_000 + int.from_bytes(hashlib.sha256(name.encode()).digest()[:4], "big")


def _guid(pack: str, item: str) -> str:
    return hashlib.sha256(f"{pack}\n{item}".encode()).hexdigest()[:20]


def _checksum(text: str) -> int:
    """Anki's: the first 8 digits of the SHA-1 of the first field without its tags."""
    plain = html.unescape(re.sub(r"<[^>]*>", "", text))
    return int(hashlib.sha1(plain.encode(), usedforsecurity=False).hexdigest()[:8], 16)
