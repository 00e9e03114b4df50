"""The text of one PDF page as fragments: runs of characters on one line without a gap, with place, size and weight.

The only file that speaks to PDFium's text interface. Characters are asked for one by one, because PDFium's own text
has lost the places, and its order is that of the file and not that of reading.
"""

import ctypes
import math
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from engine.content.importers.blocks import literal, lowered, one_line, raised

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pypdfium2 import PdfPage, PdfTextPage

_GAP = 1.1
_BACK = 0.6
_SHIFT = 0.12
_SPACE = 0.2
_NEW_LINE = 0.7
_BOLD = 600
_HYPHENS = frozenset({0x02, 0xAD, 0xFFFE})
_LINE_ENDS = frozenset({0x00, 0x0A, 0x0D})
_SPACES = frozenset({0x20, 0xA0, 0x09, 0x2002, 0x2003, 0x2009, 0x202F})
_COMPATIBLE = ((0x1D400, 0x1D7FF), (0xFB00, 0xFB06), (0xF900, 0xFAFF))
HYPHEN = "\u2010"


@dataclass(frozen=True, slots=True)
class Fragment:
    """Text without a gap in it. Points from the lower left corner of the page; ``y`` is the base line."""

    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool


@dataclass(frozen=True, slots=True)
class _Font:
    size: float
    bold: bool
    angle: int


class _Glyph(NamedTuple):  # there are millions, and a tuple is made faster than a dataclass
    text: str
    x0: float
    x1: float
    y: float
    font: _Font


@dataclass(slots=True)
class _Run:
    """Glyphs of one fragment, while they are collected."""

    glyphs: list[_Glyph] = field(default_factory=list)

    def continues(self, glyph: _Glyph) -> bool:
        """Whether ``glyph`` follows without a gap, on the same line or as a script."""
        if not self.glyphs:
            return True
        last = self.glyphs[-1]
        size = max(last.font.size, glyph.font.size)
        on_line = abs(glyph.y - last.y) < _NEW_LINE * size
        return on_line and -_BACK * size < glyph.x0 - last.x1 < _GAP * size


def page_fragments(page: "PdfPage") -> list[Fragment]:
    """The page's text, in the order of the file. Text across the main direction (margin stamps) is left out."""
    text_page = page.get_textpage()
    try:
        glyphs = list(_glyphs(text_page))
    finally:
        text_page.close()
    angles = Counter(glyph.font.angle for glyph in glyphs)
    if not angles:
        return []
    main = angles.most_common(1)[0][0]
    runs: list[_Run] = [_Run()]
    for glyph in glyphs:
        if glyph.font.angle != main:
            continue
        if not runs[-1].continues(glyph):
            runs.append(_Run())
        runs[-1].glyphs.append(glyph)
    return [fragment for run in runs if run.glyphs and (fragment := _fragment(run.glyphs)) is not None]


def _glyphs(text_page: "PdfTextPage") -> "Iterator[_Glyph]":
    import pypdfium2.raw as pdfium

    raw = text_page.raw
    box, x, y = pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    fonts: dict[int, _Font] = {}
    font = None
    for index in range(pdfium.FPDFText_CountChars(raw)):
        code = pdfium.FPDFText_GetUnicode(raw, index)
        pointer = pdfium.FPDFText_GetTextObject(raw, index)
        owner = ctypes.addressof(pointer.contents) if pointer else 0
        if owner:
            font = fonts.get(owner) or fonts.setdefault(owner, _font(raw, index))
        if font is None or code in _LINE_ENDS or not pdfium.FPDFText_GetLooseCharBox(raw, index, box):
            continue
        if not pdfium.FPDFText_GetCharOrigin(raw, index, x, y):
            continue
        text = " " if not owner and code not in _HYPHENS else _character(code)
        if font.angle:
            yield _turned(text, box, y.value, font)
        else:
            yield _Glyph(text, box.left, box.right, y.value, font)


def _turned(text: str, box: "ctypes.Structure", y: float, font: _Font) -> _Glyph:
    """A glyph of turned text, in the coordinates of its own reading direction."""
    match font.angle:
        case 90:
            return _Glyph(text, box.bottom, box.top, -(box.left + box.right) / 2, font)
        case 180:
            return _Glyph(text, -box.right, -box.left, -y, font)
        case _:
            return _Glyph(text, -box.top, -box.bottom, (box.left + box.right) / 2, font)


def _font(raw: object, index: int) -> _Font:
    import pypdfium2.raw as pdfium

    matrix = pdfium.FS_MATRIX(1, 0, 0, 1, 0, 0)
    pdfium.FPDFText_GetMatrix(raw, index, matrix)
    size = pdfium.FPDFText_GetFontSize(raw, index) * math.hypot(matrix.c, matrix.d)
    angle = round(math.degrees(math.atan2(matrix.b, matrix.a)) / 90) * 90 % 360
    name = ctypes.create_string_buffer(128)
    pdfium.FPDFText_GetFontInfo(raw, index, name, 128, None)
    heavy = any(word in name.value.lower() for word in (b"bold", b"black", b"heavy", b"-semi", b"cmbx"))
    bold = heavy or pdfium.FPDFText_GetFontWeight(raw, index) >= _BOLD
    return _Font(max(round(size, 1), 1.0), bold, angle)


@cache
def _character(code: int) -> str:
    if code in _HYPHENS:
        return HYPHEN
    if code in _SPACES:
        return " "
    if not 0 < code < 0x110000 or 0xD800 <= code < 0xE000:
        return "\ufffd"
    character = chr(code)
    if any(low <= code <= high for low, high in _COMPATIBLE):
        return unicodedata.normalize("NFKC", character)
    return character


def _fragment(glyphs: list[_Glyph]) -> Fragment | None:
    inked = [glyph for glyph in glyphs if glyph.text.strip()]
    if not inked:
        return None
    sizes = Counter(glyph.font.size for glyph in inked)
    size = max(sizes, key=lambda key: (sizes[key], key))
    lines = Counter(glyph.y for glyph in inked if glyph.font.size == size)
    y = lines.most_common(1)[0][0]
    bold = sum(glyph.font.bold for glyph in inked) * 5 > len(inked) * 3
    text = one_line("".join(_shifted(glyphs, y, size)))
    if not text:
        return None
    return Fragment(text, inked[0].x0, max(glyph.x1 for glyph in inked), y, size, bold)


def _shifted(glyphs: list[_Glyph], y: float, size: float) -> "Iterator[str]":
    """The text, scripts marked as such."""
    pending, side, end = "", 0, glyphs[0].x0
    for glyph in glyphs:
        small = glyph.font.size < 0.85 * size
        now = 0
        if small and abs(glyph.y - y) > _SHIFT * size and glyph.text.strip():
            now = 1 if glyph.y > y else -1
        if now != side:
            yield _script(pending, side)
            pending, side = "", now
        pending += " " + glyph.text if glyph.x0 - end > _SPACE * glyph.font.size else glyph.text
        end = glyph.x1
    yield _script(pending, side)


def _script(text: str, side: int) -> str:
    escaped = literal(text)
    if side == 0:
        return escaped
    return raised(escaped) if side > 0 else lowered(escaped)
