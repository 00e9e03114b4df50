"""Lines to paragraphs, list items and tables; words that were divided at a line's end are put together again. Pure."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from engine.content.importers.blocks import BlockKind
from engine.content.importers.pdf_layout import Line
from engine.content.importers.pdf_page import HYPHEN
from engine.content.importers.pdf_tables import table_length, table_text

_BULLET = re.compile(r"[•▪●○◦■□‣⁃]\s*|[–—*-]\s+|\(?\d{1,3}[.)]\s+|\(?[a-z][.)]\s+")
_ENDS = re.compile(r"[.!?:;…][\"”’')\]]*$")
_WORD = re.compile(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*")
_DIVIDED = re.compile(r"([^\W\d_]+)[-\u2010]$")
_NEXT_WORD = re.compile(r"[^\W\d_]+")
_WIDE_GAP = 1.3
_SIZE_STEP = 1.08
_INDENT = 0.8
_SHORT = 0.88
_MAX_FOOTNOTES = 6


@dataclass(slots=True)
class Piece:
    """A paragraph, item or table in the making."""

    lines: list[Line] = field(default_factory=list)
    kind: BlockKind = BlockKind.PARAGRAPH
    text: str = ""

    @property
    def page(self) -> int:
        """Where it begins."""
        return self.lines[0].page

    @property
    def size(self) -> float:
        """Size of its type."""
        return self.lines[0].size

    @property
    def bold(self) -> bool:
        """Whether all of it is bold."""
        return all(line.bold for line in self.lines)


def pieces_of(pages: Sequence[list[Line]]) -> list[Piece]:
    """The document's pieces in reading order, with their text."""
    lines = [line for page in pages for line in page]
    spacing = _line_spacing(lines)
    pieces: list[Piece] = []
    at = 0
    while at < len(lines):
        length = table_length(lines, at)
        if length:
            pieces.append(Piece(lines[at : at + length], BlockKind.TABLE))
        elif (unfinished := _unfinished(pieces, lines[at], spacing)) is not None:
            unfinished.lines.append(lines[at])
        else:
            kind = BlockKind.ITEM if _BULLET.match(lines[at].text) else BlockKind.PARAGRAPH
            pieces.append(Piece([lines[at]], kind))
        at += length or 1
    words = _vocabulary(lines)
    for piece in pieces:
        table = piece.kind is BlockKind.TABLE
        piece.text = table_text(piece.lines) if table else joined((line.text for line in piece.lines), words)
    return pieces


def joined(lines: Iterable[str], words: Counter[str]) -> str:
    """Lines as running text. A divided word loses its hyphen unless the document writes it with one elsewhere."""
    text = ""
    for line in lines:
        divided = _DIVIDED.search(text)
        following = _NEXT_WORD.match(line)
        if divided and following and following.group()[0].islower():
            whole, hyphened = divided.group(1) + following.group(), f"{divided.group(1)}-{following.group()}"
            keep = words[hyphened.lower()] > words[whole.lower()]
            text = text[:-1] + ("-" if keep else "") + line
        elif text.endswith(("-", HYPHEN)) and following:
            text += line
        else:
            text = f"{text} {line}" if text else line
    return text.replace(HYPHEN, "-")


def _vocabulary(lines: Sequence[Line]) -> Counter[str]:
    """How often each word stands undivided."""
    words: Counter[str] = Counter()
    for line in lines:
        words.update(word.lower().replace(HYPHEN, "-") for word in _WORD.findall(line.text))
    return words


def _line_spacing(lines: Sequence[Line]) -> float:
    """Usual distance of two lines, as a multiple of their size."""
    gaps = [
        (above.y - below.y) / above.size
        for above, below in pairwise(lines)
        if above.page == below.page
        and above.column == below.column
        and 0 < above.y - below.y < 3 * above.size
    ]
    return median(gaps) if gaps else 1.2


def _unfinished(pieces: Sequence[Piece], line: Line, spacing: float) -> Piece | None:
    """The piece that ``line`` goes on with: the last, or on a new page the last one above the footnotes."""
    for piece in reversed(pieces[-_MAX_FOOTNOTES:]):
        if piece.kind is not BlockKind.TABLE and _continues(piece, line, spacing):
            return piece
        is_footnote = piece.size * _SIZE_STEP < line.size and piece.lines[-1].page < line.page
        if not is_footnote:
            return None
    return None


def _continues(piece: Piece, line: Line, spacing: float) -> bool:
    last = piece.lines[-1]
    if _BULLET.match(line.text) and not _is_number_in_text(line):
        return False
    if not _same_type(last, line):
        return False
    if last.page != line.page or last.column != line.column:
        return not _ENDS.search(last.text) and line.text[:1].islower()
    if not 0 < last.y - line.y <= _WIDE_GAP * spacing * max(last.size, line.size):
        return False
    if piece.kind is BlockKind.ITEM:
        return line.x0 >= piece.lines[0].x0 - 1
    return not _begins_new(piece, last, line)


def _is_number_in_text(line: Line) -> bool:
    """A line that happens to begin with a number ("12. of") and goes on in lower case is no item."""
    return bool(re.match(r"\(?\w{1,3}[.)]\s+[a-z]", line.text))


def _same_type(one: Line, other: Line) -> bool:
    large, small = max(one.size, other.size), min(one.size, other.size)
    return large <= _SIZE_STEP * small and one.bold == other.bold


def _begins_new(piece: Piece, last: Line, line: Line) -> bool:
    """Whether an indent, or a last line that ends early, shows a new paragraph."""
    indented = line.x0 - line.left > _INDENT * line.size and line.x0 - last.x0 > _INDENT * line.size
    if indented and len(piece.lines) > 1:
        return True
    if indented:
        return bool(_ENDS.search(last.text))
    width = last.right - last.left
    return bool(_ENDS.search(last.text)) and last.x1 < last.left + _SHORT * width and _fits(last, line)


def _fits(last: Line, line: Line) -> bool:
    """Whether the next line's first word would have had room on the last line."""
    first = line.text.split(" ", 1)[0]
    average = (line.x1 - line.x0) / max(1, len(line.text))
    return last.x1 + (len(first) + 1) * average < last.right
