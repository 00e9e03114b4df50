"""Rich text as words: to copy, with TeX between dollar signs, and to be read aloud."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unicodedata import bidirectional

from tutor_app.i18n import tr
from tutor_app.richtext.document import Block, BlockKind, CitationMark, Formula, RichText, Run, Text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

BULLET = "•"


def to_plain(rich: RichText) -> str:
    """The text for the clipboard: formulas as TeX, citations as [1], lists with bullets."""
    parts: list[str] = []
    before: Block | None = None
    for block in rich.blocks:
        parts.append((separator(before, block) if before else "") + marker(block) + _words(block, source))
        before = block
    return "".join(parts)


def to_spoken(rich: RichText | Block) -> str:
    """The text for a screen reader: formulas and citations in words, in the window's language."""
    if isinstance(rich, Block):
        return _words(rich, _spoken, between=", ").strip()
    return "\n".join(filter(None, map(to_spoken, rich.blocks)))


def reads_from_right(rich: RichText) -> bool:
    """Whether it is in a language that is read from the right: by its first letter, formulas left out."""
    letters = (sign for block in rich.blocks for sign in _words(block, _prose))
    kinds = (bidirectional(sign) for sign in letters)
    return next((kind != "L" for kind in kinds if kind in ("L", "R", "AL")), False)


def marker(block: Block) -> str:
    """What stands before a block when it is copied: "• ", "3. " or nothing."""
    if block.kind is not BlockKind.ITEM:
        return ""
    sign = BULLET if block.number is None else f"{block.number}."
    return "  " * (block.level - 1) + sign + " "


def separator(before: Block, block: Block) -> str:
    """What stands between two blocks when they are copied."""
    return "\n" if before.kind is BlockKind.ITEM and block.kind is BlockKind.ITEM else "\n\n"


def source(run: Run) -> str:
    """A run as it is copied."""
    if isinstance(run, Text):
        return run.text
    if isinstance(run, CitationMark):
        return f" [{run.number}]"
    dollars = "$$" if run.outline.display else "$"
    return f"{dollars}{run.outline.tex}{dollars}"


def _spoken(run: Run) -> str:
    if isinstance(run, Formula):
        return run.outline.spoken
    if isinstance(run, CitationMark):
        return " " + tr("(source {number})", number=run.number)
    return run.text


def _prose(run: Run) -> str:
    return run.text if isinstance(run, Text) else ""


def _words(block: Block, word: Callable[[Run], str], *, between: str = "\t") -> str:
    if block.rows:
        return "\n".join(between.join(_joined(cell, word) for cell in row) for row in block.rows)
    return _joined(block.runs, word)


def _joined(runs: Sequence[Run], word: Callable[[Run], str]) -> str:
    return "".join(map(word, runs))
