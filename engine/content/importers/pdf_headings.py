"""Which pieces of a PDF are headings: by the bookmarks, by the size of the type, by its weight. Pure."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from engine.content.importers.blocks import BlockKind
from engine.content.importers.pdf_paragraphs import Piece

_LARGER = 1.12
_MAX_CHARS = 200
_MAX_BOLD_CHARS = 100
_MAX_LINES = 3
_MAX_LEVELS = 4
_MAX_NUMBER_CHARS = 12
_MAX_BOLD_SHARE = 0.4
_LETTERS = re.compile(r"[\W_]+")
_NUMBERED = re.compile(r"\d{1,2}(?:\.\d{1,2}){1,4}\.?\s+[A-Z]")
_SENTENCE_END = (".", ",", ";", "!")


@dataclass(frozen=True, slots=True)
class Bookmark:
    """An entry of the PDF's outline; ``level`` counts from 1, ``page`` too."""

    title: str
    level: int
    page: int | None


def heading_levels(pieces: Sequence[Piece], bookmarks: Sequence[Bookmark]) -> dict[int, int]:
    """Level of each piece that is a heading, by its index."""
    marked = _marked(pieces, bookmarks)
    by_type = _by_type(pieces)
    if not marked:
        return by_type
    deepest = max(marked.values())
    levels = {at: level + deepest for at, level in by_type.items()}
    first = min(marked)
    levels.update({at: 1 for at in by_type if at < first})
    levels.update(marked)
    return levels


def _marked(pieces: Sequence[Piece], bookmarks: Sequence[Bookmark]) -> dict[int, int]:
    """Pieces that say what a bookmark says, on the page that it opens."""
    said: dict[int, list[tuple[int, str]]] = {}
    for at, piece in enumerate(pieces):
        if len(piece.lines) <= _MAX_LINES and len(piece.text) <= _MAX_CHARS:
            said.setdefault(piece.page, []).append((at, _letters(piece.text)))
    found: dict[int, int] = {}
    for bookmark in bookmarks:
        wanted = _letters(bookmark.title)
        for at, letters in said.get(bookmark.page or 0, ()):
            if wanted and at not in found and _says(letters, wanted):
                found[at] = bookmark.level
                break
    return found


def _says(said: str, wanted: str) -> bool:
    """The bookmark's words, perhaps behind a number that the bookmark leaves out."""
    return said == wanted or (said.endswith(wanted) and len(said) - len(wanted) <= _MAX_NUMBER_CHARS)


def _letters(text: str) -> str:
    return _LETTERS.sub("", text.lower())


def _by_type(pieces: Sequence[Piece]) -> dict[int, int]:
    body = body_size(pieces)
    large = {at: _step(piece.size) for at, piece in enumerate(pieces) if _is_large(piece, body)}
    sizes = sorted(set(large.values()), reverse=True)
    levels = {at: min(sizes.index(size) + 1, _MAX_LEVELS) for at, size in large.items()}
    bold = [at for at, piece in enumerate(pieces) if at not in levels and _is_bold(pieces, at, body)]
    if len(bold) <= _MAX_BOLD_SHARE * len(pieces):
        level = min(len(sizes) + 1, _MAX_LEVELS + 1)
        levels.update(dict.fromkeys(bold, level))
    return levels


def body_size(pieces: Sequence[Piece]) -> float:
    """The size that most of the text is set in."""
    sizes: Counter[float] = Counter()
    for piece in pieces:
        sizes[_step(piece.size)] += len(piece.text)
    return max(sizes, key=lambda size: sizes[size]) if sizes else 1.0


def _step(size: float) -> float:
    return round(size * 2) / 2


def _is_large(piece: Piece, body: float) -> bool:
    if piece.kind is BlockKind.TABLE or len(piece.text) > _MAX_CHARS or len(piece.lines) > _MAX_LINES:
        return False
    return piece.size > _LARGER * body and sum(character.isalpha() for character in piece.text) > 1


def _is_bold(pieces: Sequence[Piece], at: int, body: float) -> bool:
    piece = pieces[at]
    if not piece.bold or len(piece.text) > _MAX_BOLD_CHARS or len(piece.lines) > 2:
        return False
    if piece.kind is BlockKind.TABLE or piece.size < 0.95 * body or piece.text.endswith(_SENTENCE_END):
        return False
    if piece.kind is BlockKind.ITEM and not _NUMBERED.match(piece.text):
        return (
            piece.text[:1].isdigit() and at + 1 < len(pieces) and pieces[at + 1].kind is BlockKind.PARAGRAPH
        )
    return any(character.isalpha() for character in piece.text)
