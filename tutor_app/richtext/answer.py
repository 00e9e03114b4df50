"""An answer, part by part: sentences in paragraphs, each with the number of the source it rests on.

Made anew with every part while an answer streams: what came before stays equal, so that the window keeps it.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from tutor_app.richtext.document import Block, BlockKind, CitationMark, RichText, Run, Text
from tutor_app.richtext.parser import MAX_CHARS, blocks_of, merge

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from engine.types import AnswerPart

# A private-use letter on either side of a number: no rule of Markdown has anything to do with it.
_OPEN, _CLOSE = "\ue0f0", "\ue0f1"
_CHIP = re.compile(rf"\s*{_OPEN}(\d{{1,6}}){_CLOSE}")
_STRAY = re.compile(f"[{_OPEN}{_CLOSE}]")
_CARRIES = frozenset(
    {BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.ITEM, BlockKind.QUOTE, BlockKind.FORMULA}
)


def render_answer(parts: Sequence[AnswerPart], numbers: Mapping[int, int] | None = None) -> RichText:
    """An answer as rich text.

    Args:
        parts: as they came; parts with line breaks are blocks of their own, others flow in one paragraph.
        numbers: what each citation is called on the screen, if not by its own number.
    """
    blocks: list[Block] = []
    sources: list[str] = []
    for group in _groups(parts):
        shown = [(part.text, (numbers or {}).get(part.citation, part.citation)) for part in group]
        blocks.extend(_group(shown))
        sources.append(" ".join(text for text, _ in shown))
    return RichText(tuple(blocks), "\n\n".join(sources))


def _groups(parts: Sequence[AnswerPart]) -> list[list[AnswerPart]]:
    groups: list[list[AnswerPart]] = []
    flowing = False
    for part in parts:
        text = part.text.strip()
        if not text:
            continue
        block = "\n" in text
        if flowing and not block:
            groups[-1].append(part)
        else:
            groups.append([part])
        flowing = not block
    return groups


def _group(parts: list[tuple[str, int]]) -> list[Block]:
    """One paragraph of several parts, or one part of several blocks."""
    texts: list[str] = []
    for at, (text, number) in enumerate(parts):
        follows = parts[at + 1][1] if at + 1 < len(parts) else 0
        chip = f" {_OPEN}{number}{_CLOSE}" if number > 0 and number != follows and len(parts) > 1 else ""
        texts.append(_STRAY.sub("", text).strip()[:MAX_CHARS] + chip)
    blocks = [_with_chips(block) for block in blocks_of(" ".join(texts))]
    if len(parts) == 1 and parts[0][1] > 0:
        blocks = _appended(blocks, CitationMark(parts[0][1]))
    return _joined(blocks)


def _with_chips(block: Block) -> Block:
    rows = tuple(tuple(_chips(cell) for cell in row) for row in block.rows)
    return replace(block, runs=_chips(block.runs), rows=rows)


def _chips(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    if not any(isinstance(run, Text) and _OPEN in run.text for run in runs):
        return runs
    found: list[Run] = []
    for run in runs:
        if not isinstance(run, Text) or _OPEN not in run.text:
            found.append(run)
            continue
        for at, piece in enumerate(_CHIP.split(run.text)):
            if at % 2:
                found.append(CitationMark(int(piece)))
            elif piece:
                found.append(replace(run, text=piece))
    return merge(found)


def _appended(blocks: list[Block], chip: CitationMark) -> list[Block]:
    if blocks and blocks[-1].kind in _CARRIES:
        return [*blocks[:-1], replace(blocks[-1], runs=(*blocks[-1].runs, chip))]
    return [*blocks, Block(BlockKind.PARAGRAPH, (chip,))]


def _joined(blocks: list[Block]) -> list[Block]:
    """``blocks`` with a chip at the beginning of a line behind a display formula put beside that."""
    joined: list[Block] = []
    for block in blocks:
        before = joined[-1] if joined else None
        if before is None or before.kind is not BlockKind.FORMULA or block.kind is not BlockKind.PARAGRAPH:
            joined.append(block)
            continue
        chips = tuple(itertools.takewhile(_is_chip, block.runs))
        joined[-1] = replace(before, runs=(*before.runs, *chips))
        rest = merge(block.runs[len(chips) :])
        if rest:
            joined.append(replace(block, runs=rest))
    return joined


def _is_chip(run: Run) -> bool:
    return isinstance(run, CitationMark)
