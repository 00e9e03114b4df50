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
_MARKS = (("„", "“"), ("“", "”"))  # German first: its closing mark is the opening one of English
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
            shown = merge([*runs, Text(head)])
            runs = [*shown, Text(" …" + _closing("".join(it.text for it in shown if isinstance(it, Text))))]
            break
        runs.append(run)
        room -= length
    merged = merge(runs)
    return RichText((Block(BlockKind.PARAGRAPH, merged),), question) if merged else RichText()


def _flat(blocks: tuple[Block, ...]) -> Iterator[Run]:
    """All that is written in the blocks, a space between two; not what makes no sentence: pictures and tables."""
    for block in blocks:
        if block.kind not in (BlockKind.IMAGE, BlockKind.TABLE):
            yield from (_plain(run) for run in block.runs)
            yield Text(" ")


def _plain(run: Run) -> Run:
    if not isinstance(run, Text):
        return run
    return Text(run.text.replace("\n", " ").replace(_HOLE, _BLANK), code=run.code)


def _head(text: str, room: int, *, least: float) -> str:
    """The whole sentences that fit; the whole words where those are fewer than ``least`` letters.

    In a language without spaces, or within a long word, as many letters as fit.
    """
    sentences = _SENTENCE.match(text, 0, room + 1)
    if sentences is not None and sentences.end() >= least:
        return sentences[0]
    fitting, space, _ = text[: room + 1].rpartition(" ")
    return fitting if space else text[:room]


def _closing(shown: str) -> str:
    """The mark that closes the quotation in which ``shown`` breaks off; "" where none is open."""
    for opened, closed in _MARKS:
        if opened in shown:
            return closed if shown.count(opened) > shown.count(closed) else ""
    return '"' if shown.count('"') % 2 else ""


def _length(run: Run) -> int:
    if isinstance(run, CitationMark):
        return 1
    return round(run.outline.width * _LETTERS_AN_EM) if isinstance(run, Formula) else len(run.text)
