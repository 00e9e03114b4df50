"""Rich text as plain frozen values: made in the engine's process, drawn in the window's."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True, eq=False)
class Outline:
    """A formula as a shape, in units of the font size (1.0 is one em), the baseline at y = 0, y growing downwards.

    Two outlines are equal if they are of the same TeX: their shapes are not compared, which would take long.

    Attributes:
        tex: its source, without dollar signs; what copying gives back.
        spoken: the formula in English words, for a screen reader.
        width, ascent, descent: its box; all at least 0.
        path: closed shapes to fill, one after the other: ("M", x, y), ("L", x, y), ("Q", cx, cy, x, y),
            ("C", ax, ay, bx, by, x, y), ("Z",).
        display: whether it stands on a line of its own.
    """

    tex: str
    spoken: str
    width: float
    ascent: float
    descent: float
    path: tuple[tuple[str | float, ...], ...]
    display: bool = False

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Outline):
            return NotImplemented
        return self.tex == other.tex and self.display == other.display and len(self.path) == len(other.path)

    def __hash__(self) -> int:
        return hash((self.tex, self.display))


@dataclass(frozen=True, slots=True)
class Text:
    """A run of text. ``marked``: part of a quote that is pointed at. ``term``: glossary entry it names, or "" ."""

    text: str
    strong: bool = False
    emphasis: bool = False
    code: bool = False
    marked: bool = False
    link: str = ""
    term: str = ""


@dataclass(frozen=True, slots=True)
class Formula:
    """A typeset formula in the line. ``marked`` as in ``Text``."""

    outline: Outline
    marked: bool = False


@dataclass(frozen=True, slots=True)
class CitationMark:
    """A numbered chip that opens a citation; numbers count from 1."""

    number: int


Run = Text | Formula | CitationMark


class BlockKind(StrEnum):
    """What a block is."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    ITEM = "item"
    QUOTE = "quote"
    CODE = "code"
    FORMULA = "formula"
    TABLE = "table"
    IMAGE = "image"
    RULE = "rule"


@dataclass(frozen=True, slots=True)
class Block:
    """A block of text.

    Attributes:
        kind: what it is.
        runs: its text. Of a formula, the formula first.
        level: of a heading, 1 to 6; nesting of an item, from 1.
        number: of an item in an ordered list; None for a bullet.
        rows: cells of a table, the first row its head.
        aligns: "left", "center", "right" or "" for each column of a table.
        image: file of a picture; ``runs`` say what it shows.
        size: width and height of a picture, in its own units.
        indent: list items that a block other than an item stands in.
        quoted: block quotes that it stands in; a ``QUOTE`` is a paragraph in at least one.
    """

    kind: BlockKind
    runs: tuple[Run, ...] = ()
    level: int = 1
    number: int | None = None
    rows: tuple[tuple[tuple[Run, ...], ...], ...] = ()
    aligns: tuple[str, ...] = ()
    image: str = ""
    size: tuple[float, float] = (0.0, 0.0)
    indent: int = 0
    quoted: int = 0


@dataclass(frozen=True, slots=True)
class RichText:
    """A text to show. ``markdown`` is its source, with TeX between dollar signs."""

    blocks: tuple[Block, ...] = ()
    markdown: str = ""
