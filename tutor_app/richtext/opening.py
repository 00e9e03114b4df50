"""The beginning of a question in one paragraph, for a list: its formulas typeset, dots for its gaps."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tutor_app.richtext.document import Block, BlockKind, CitationMark, Formula, RichText, Run, Text
from tutor_app.richtext.parser import merge, parse

if TYPE_CHECKING:
    from collections.abc import Iterator

_GAP = re.compile(r"\[gap:[^\]]*\]")
_LETTERS_AN_EM = 2


def opening(question: str, most: int) -> RichText:
    """At most about ``most`` letters of ``question``, cut between words; no blocks for none."""
    runs: list[Run] = []
    room = most
    for run in _flat(parse(_GAP.sub("…", question)).blocks):
        length = _length(run)
        if length > room:
            head = run.text[: room + 1].rpartition(" ")[0] if isinstance(run, Text) else ""
            runs = [*merge([*runs, Text(head)]), Text(" …")]
            break
        runs.append(run)
        room -= length
    merged = merge(runs)
    return RichText((Block(BlockKind.PARAGRAPH, merged),), question) if merged else RichText()


def _flat(blocks: tuple[Block, ...]) -> Iterator[Run]:
    """All that is written in the blocks, a space between two; the words of a picture are not."""
    for block in blocks:
        if block.kind is BlockKind.IMAGE:
            continue
        for part in (block.runs, *(cell for row in block.rows for cell in row)):
            yield from (_plain(run) for run in part)
            yield Text(" ")


def _plain(run: Run) -> Run:
    return Text(run.text.replace("\n", " "), code=run.code) if isinstance(run, Text) else run


def _length(run: Run) -> int:
    if isinstance(run, CitationMark):
        return 1
    return round(run.outline.width * _LETTERS_AN_EM) if isinstance(run, Formula) else len(run.text)
