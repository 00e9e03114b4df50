"""How rich text looks: the formats of runs and blocks in one theme at one size, each made once."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QFontMetricsF,
    QTextBlockFormat,
    QTextCharFormat,
    QTextFormat,
)

from tutor_app.richtext.document import Block, BlockKind, Text
from tutor_app.theme.fonts import text_font
from tutor_app.theme.tokens import TYPE, Colours

if TYPE_CHECKING:
    from tutor_app.theme.theme import Theme

_USER = QTextFormat.Property.UserProperty.value
OBJECT = _USER + 1
"""Property: the number of a drawn object."""
JOIN = _USER + 2
"""Property of a block: what stands before it when it is copied, "" for a block without text of its own."""
OBJECT_TYPE = QTextFormat.ObjectTypes.UserObject.value + 1

_HEADINGS = {
    "reading": ("title", "heading", "reading", "body"),
    "body": ("heading", "reading", "body", "body"),
}
_TOUCHING = frozenset({BlockKind.ITEM})


@dataclass(frozen=True, slots=True)
class TextStyle:
    """A kind of text: ``pixels`` high; ``mute`` in the lighter colour, ``mono`` in a font of equal widths."""

    pixels: int
    weight: int = 400
    mute: bool = False
    mono: bool = False


class Formats:
    """The formats of one theme at one size; get it by ``formats``.

    Attributes:
        colours: the colours of the theme.
        ink: that of the running text.
        pixels: height of the running text.
        em: the same, as a number to multiply with.
    """

    def __init__(self, colours: Colours, size: str, scale: float, *, mute: bool = False) -> None:
        self.colours = colours
        self.ink = colours.mute if mute else colours.ink
        self._mute = mute
        self.pixels = round(TYPE[size] * scale)
        self.em = float(self.pixels)
        self._size = size
        self._scale = scale
        self._chars: dict[tuple[object, ...], QTextCharFormat] = {}
        self._blocks: dict[tuple[object, ...], QTextBlockFormat] = {}
        self._fonts: dict[tuple[object, ...], QFont] = {}
        self._styles = self._made_styles()

    @property
    def indent(self) -> float:
        """Width of one step of lists and quotes."""
        return round(1.65 * self.em)

    @property
    def padding(self) -> float:
        """Space between code and the edge of its box."""
        return round(0.75 * self.em)

    def style(self, block: Block, *, head: bool = False) -> TextStyle:
        """How the text of a block is set; ``head``: the first row of a table."""
        if block.kind is BlockKind.HEADING:
            return self._styles[min(block.level, 4) - 1]
        if block.kind is BlockKind.CODE:
            return TextStyle(round(0.88 * self.em), mono=True)
        if block.kind is BlockKind.IMAGE:
            return TextStyle(round(TYPE["caption"] * self._scale), mute=True)
        if block.kind is BlockKind.TABLE:
            many = len(block.rows[0]) > 6 if block.rows else False
            return TextStyle(round((0.8 if many else 0.94) * self.em), weight=600 if head else 400)
        return TextStyle(self.pixels, mute=self._mute)

    def font(
        self, style: TextStyle, *, strong: bool = False, italic: bool = False, code: bool = False
    ) -> QFont:
        """The font of a piece of text."""
        key = (style, strong, italic, code)
        font = self._fonts.get(key)
        if font is None:
            weight = max(style.weight, 600) if strong else style.weight
            font = text_font(style.pixels, weight=weight, italic=italic)
            if code or style.mono:
                font.setFamilies([QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont).family()])
                font.setStyleHint(QFont.StyleHint.Monospace)
                font.setPixelSize(style.pixels if style.mono else round(0.9 * style.pixels))
            self._fonts[key] = font
        return font

    def text(self, run: Text, style: TextStyle) -> QTextCharFormat:
        """The format of a run of text."""
        key = (style, run.strong, run.emphasis, run.code, run.marked, run.link, run.term)
        made = self._chars.get(key)
        if made is None:
            made = self._chars[key] = self._text(run, style)
        return made

    def object_format(self, number: int, font: QFont, href: str) -> QTextCharFormat:
        """The format of drawn object ``number``; the descent of ``font`` is its part below the baseline."""
        made = QTextCharFormat()
        made.setObjectType(OBJECT_TYPE)
        made.setProperty(OBJECT, number)
        made.setFont(font)
        # Aligned so, Qt takes the descent of the object from its font.
        made.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignBaseline)
        if href:
            made.setAnchor(True)
            made.setAnchorHref(href)
        return made

    def block(self, block: Block, before: Block | None, join: str) -> QTextBlockFormat:
        """The format of a block after ``before``."""
        key = (block.kind, block.level, block.indent, block.quoted, before and before.kind, join)
        made = self._blocks.get(key)
        if made is None:
            made = self._blocks[key] = self._block(block, before, join)
        return made

    def flat(self, height: float) -> QTextBlockFormat:
        """The format of an empty block that Qt wants beside a table, ``height`` pixels high."""
        made = QTextBlockFormat()
        made.setLineHeight(height, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        made.setProperty(JOIN, "")
        return made

    def gap(self, block: Block, before: Block) -> float:
        """Space above a block, without what its box needs."""
        if block.kind is BlockKind.HEADING:
            return round((1.25 if block.level <= 2 else 1.0) * self.em)
        if before.kind is BlockKind.HEADING:
            return round(0.4 * self.em)
        if block.kind in _TOUCHING and before.kind in _TOUCHING:
            return round(0.3 * self.em)
        return round(0.7 * self.em)

    def _made_styles(self) -> tuple[TextStyle, ...]:
        names = _HEADINGS.get(self._size, _HEADINGS["body"])
        weights = (700, 700, 600, 600)
        return tuple(
            TextStyle(round(TYPE[name] * self._scale), weight=weight)
            for name, weight in zip(names, weights, strict=True)
        )

    def _text(self, run: Text, style: TextStyle) -> QTextCharFormat:
        made = QTextCharFormat()
        made.setFont(self.font(style, strong=run.strong, italic=run.emphasis, code=run.code))
        if run.marked:
            made.setForeground(QColor(self.colours.on_mark))
        elif run.link:
            made.setForeground(QColor(self.colours.accent_ink))
        elif style.mute:
            made.setForeground(QColor(self.colours.mute))
        if run.link:
            made.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
        elif run.term:
            made.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
            made.setUnderlineColor(QColor(self.colours.on_mark if run.marked else self.colours.accent_ink))
        if run.link or run.term:
            made.setAnchor(True)
            made.setAnchorHref(f"link:{quote(run.link)}" if run.link else f"term:{quote(run.term, safe='')}")
        return made

    def _block(self, block: Block, before: Block | None, join: str) -> QTextBlockFormat:
        made = QTextBlockFormat()
        made.setProperty(JOIN, join)
        style = self.style(block)
        made.setLineHeight(
            round((0.12 if block.kind is BlockKind.HEADING else 0.3) * style.pixels),
            QTextBlockFormat.LineHeightTypes.LineDistanceHeight.value,
        )
        top = self.gap(block, before) if before else 0.0
        if before and before.kind is BlockKind.CODE:
            top += self.padding
        steps = block.level if block.kind is BlockKind.ITEM else block.indent
        made.setIndent(steps + block.quoted)
        if block.kind is BlockKind.CODE:
            top += self.padding
            made.setBottomMargin(self.padding)
            made.setLeftMargin(self.padding)
            made.setRightMargin(self.padding)
            made.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        elif block.kind is BlockKind.FORMULA and not (steps or block.quoted):
            made.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        made.setTopMargin(top)
        return made


@functools.lru_cache(maxsize=12)
def _formats(colours: Colours, size: str, scale: float, *, mute: bool) -> Formats:
    return Formats(colours, size, scale, mute=mute)


def formats(theme: Theme, size: str, *, mute: bool = False) -> Formats:
    """The formats for text of ``size`` (a key of ``tokens.TYPE``), ``mute`` or not, in the theme as it is now."""
    return _formats(theme.colours, size, theme.scale, mute=mute)


@functools.lru_cache(maxsize=1024)
def font_with_descent(descent: int) -> tuple[QFont, float]:
    """A font that reaches at least ``descent`` pixels below its baseline, and how far it does."""
    pixels = max(1, round(descent * 3))
    font = text_font(pixels)
    while pixels > 1 and QFontMetricsF(font).descent() >= descent:
        pixels -= 1
        font.setPixelSize(pixels)
    font.setPixelSize(pixels + 1)
    while QFontMetricsF(font).descent() < descent:
        font.setPixelSize(font.pixelSize() + 1)
    return font, QFontMetricsF(font).descent()
