"""What every format is read into: a stream of blocks in reading order.

A format's reader knows nothing of sections and passages; ``structure.py`` knows nothing of formats. Text is
Markdown with TeX between dollar signs, and a literal dollar has a backslash before it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from engine.types import PassageKind

_SPACE = re.compile(r"\s+")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\ufeff\u00ad\ufffe\uffff]")
_SUPERSCRIPT = str.maketrans("0123456789+-−=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ")
_SUBSCRIPT = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")


class BlockKind(StrEnum):
    """What a block is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    TABLE = "table"
    FORMULA = "formula"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a document.

    Attributes:
        text: of a heading or paragraph on one line; of an item with its marker; a pipe table; ``$$…$$``; a fence.
        level: of a heading, 1 the highest; of an item how deep it is nested, from 0.
        page: page of the source, from 1, if it has pages.
        role: what it does for a learner, where the format says so.
        anchor: the source's own name of what a heading opens, if it should become the section's id.
    """

    kind: BlockKind
    text: str
    level: int = 0
    page: int | None = None
    role: PassageKind = PassageKind.TEXT
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class ParsedDocument:
    """A document as its reader sees it. ``blocks`` can be read once; reading is what takes the time."""

    blocks: Iterator[Block]
    title: str = ""
    authors: tuple[str, ...] = ()
    language: str = ""
    licence: str = ""


def one_line(text: str) -> str:
    """``text`` without control characters and with single spaces."""
    return _SPACE.sub(" ", _CONTROL.sub("", text)).strip()


def literal(text: str) -> str:
    """Text of a format without TeX, as Markdown: its dollars are no formulas."""
    return _CONTROL.sub("", text).replace("\\$", "$").replace("$", "\\$")


def raised(text: str) -> str:
    """A superscript: in Unicode where that has the characters, else ``^(…)``."""
    return _shifted(text, _SUPERSCRIPT, "^")


def lowered(text: str) -> str:
    """A subscript: in Unicode where that has the characters, else ``_(…)``."""
    return _shifted(text, _SUBSCRIPT, "_")


def item(text: str, *, level: int = 0, number: int | None = None, page: int | None = None) -> Block:
    """A list item with its marker."""
    marker = "-" if number is None else f"{number}."
    return Block(BlockKind.ITEM, f"{'  ' * level}{marker} {one_line(text)}", level=level, page=page)


def formula(tex: str, *, page: int | None = None) -> Block:
    """A display formula."""
    return Block(BlockKind.FORMULA, f"$$ {one_line(tex)} $$", page=page)


def code(text: str, *, language: str = "") -> Block:
    """A block of code, fenced so that nothing inside can end it."""
    fence = "```"
    while fence in text:
        fence += "`"
    return Block(BlockKind.CODE, f"{fence}{language}\n{text.strip(chr(10))}\n{fence}")


def pipe_table(rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table whose head is the first row; empty when no cell holds anything."""
    cleaned = [[one_line(cell).replace("|", "\\|") for cell in row] for row in rows]
    cleaned = [row for row in cleaned if any(row)]
    if not cleaned:
        return ""
    width = max(len(row) for row in cleaned)
    lines = ["| " + " | ".join(row + [""] * (width - len(row))) + " |" for row in cleaned]
    lines.insert(1, "|" + " --- |" * width)
    return "\n".join(lines)


def _shifted(text: str, characters: dict[int, int], mark: str) -> str:
    bare = text.strip()
    shifted = bare.translate(characters)
    if not bare or all(old != new for old, new in zip(bare, shifted, strict=True)):
        return text.replace(bare, shifted) if bare else text
    if not any(character.isalnum() for character in bare):
        return text
    return f"{mark}{bare}" if len(bare) == 1 else f"{mark}({bare})"
