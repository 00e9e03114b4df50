"""The beginning of a question in one paragraph, for a list: its formulas typeset, a blank for each gap."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tutor_app.richtext.document import Block, BlockKind, CitationMark, Formula, RichText, Run, Text
from tutor_app.richtext.parser import merge, parse

if TYPE_CHECKING:
    from collections.abc import Iterator

_GAP = re.compile(r"\[gap:[^\]]*\]")
_HOLE, _BLANK = "\ue0f3", "___"
_SENTENCE = re.compile(r".*[.?!](?= )", re.DOTALL)  # up to the end of the last one
_LEAST = 0.4  # of the room: a sentence that ends before that is no end
_LETTERS_AN_EM = 2


def opening(question: str, most: int) -> RichText:
    """At most about ``most`` letters of ``question``, cut between sentences, or else words; no blocks for none."""
    runs: list[Run] = []
    room = most
    for run in _flat(parse(_GAP.sub(_HOLE, question)).blocks):
        length = _length(run)
        if length > room:
            head = _head(run.text, room, least=most * _LEAST - (most - room)) if isinstance(run, Text) else ""
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
    if not isinstance(run, Text):
        return run
    return Text(run.text.replace("\n", " ").replace(_HOLE, _BLANK), code=run.code)


def _head(text: str, room: int, *, least: float) -> str:
    """The whole sentences that fit; the whole words where those are fewer than ``least`` letters."""
    sentences = _SENTENCE.match(text, 0, room + 1)
    if sentences is not None and sentences.end() >= least:
        return sentences[0]
    return text[: room + 1].rpartition(" ")[0]


def _length(run: Run) -> int:
    if isinstance(run, CitationMark):
        return 1
    return round(run.outline.width * _LETTERS_AN_EM) if isinstance(run, Formula) else len(run.text)
