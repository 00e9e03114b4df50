"""Quotes, found in the text that was made from their source, and marked there.

A quote is Markdown; the text it stands in has been read. So both are compared by their letters and digits alone:
what differs is white space and the signs of Markdown. A quote that begins or ends inside a formula marks all of it.
"""

from __future__ import annotations

import html
import itertools
import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tutor_app.richtext.document import Block, Formula, Run, Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_TARGET = re.compile(r"(!?\[[^\]]*\])\([^()\s]*(?:\s+\"[^\"]*\")?\)")
_MARKER = re.compile(r"^[ \t]*(?:>[ \t]?)*(?:[-*+•]|\d{1,3}[.)])[ \t]+", re.MULTILINE)
_PIECE = re.compile(r"\n+|(?<=[.!?])\s+")
_MIN_PIECE = 8


@dataclass(slots=True)
class _Stream:
    """All text, one run after the other.

    Attributes:
        text: the characters, a line feed between blocks; of formulas only letters and digits.
        places: for each of them, the run it is from and its place there.
        letters: the letters and digits of ``text``.
        at: for each of those, its place in ``text``.
        runs: the runs.
    """

    text: str
    places: list[tuple[int, int]]
    letters: str
    at: list[int]
    runs: list[Run]


def mark_quotes(blocks: tuple[Block, ...], markdown: str, quotes: Sequence[str]) -> tuple[Block, ...]:
    """``blocks`` with ``quotes`` marked.

    Args:
        blocks: made from ``markdown``.
        markdown: the source, to tell which of several equal places is meant.
        quotes: from ``markdown``; one that is not there, or is no longer whole, marks what is found of it.
    """
    stream = _stream(blocks)
    ranges: dict[int, list[tuple[int, int]]] = {}
    for quote in quotes:
        for start, end in _found(stream, markdown, quote):
            _cover(stream, start, end, quote, ranges)
    if not ranges:
        return blocks
    numbers = iter(range(len(stream.runs)))
    return tuple(_marked_block(block, numbers, ranges) for block in blocks)


def _parts(blocks: tuple[Block, ...]) -> Iterator[tuple[Run, ...]]:
    for block in blocks:
        yield block.runs
        for row in block.rows:
            yield from row


def _stream(blocks: tuple[Block, ...]) -> _Stream:
    runs: list[Run] = []
    text: list[str] = []
    places: list[tuple[int, int]] = []
    for part in _parts(blocks):
        for run in part:
            for at, character in enumerate(_characters(run)):
                if isinstance(run, Text) or character.isalnum():
                    text.append(character)
                    places.append((len(runs), at))
            runs.append(run)
        text.append("\n")
        places.append((len(runs), 0))
    letters = [at for at, character in enumerate(text) if character.isalnum()]
    return _Stream("".join(text), places, "".join(text[at] for at in letters), letters, runs)


def _characters(run: Run) -> str:
    if isinstance(run, Formula):
        return run.outline.tex
    return run.text if isinstance(run, Text) else ""


def _found(stream: _Stream, markdown: str, quote: str) -> list[tuple[int, int]]:
    """Where ``quote`` stands among the letters; its sentences, if it is not there as a whole."""
    span = _place(stream.letters, markdown, quote)
    if span is not None:
        return [span]
    pieces = [piece for piece in _PIECE.split(quote) if len(_letters(piece)) >= _MIN_PIECE]
    spans = (_place(stream.letters, markdown, piece) for piece in pieces)
    return [span for span in spans if span is not None]


def _place(letters: str, markdown: str, quote: str) -> tuple[int, int] | None:
    wanted = _letters(quote)
    if not wanted:
        return None
    starts = [match.start() for match in re.finditer(f"(?={re.escape(wanted)})", letters)]
    if not starts:
        return None
    before = _before(markdown, quote)
    nth = sum(1 for _ in re.finditer(f"(?={re.escape(wanted)})", before)) if before else 0
    start = starts[min(nth, len(starts) - 1)]
    return start, start + len(wanted)


def _before(markdown: str, quote: str) -> str:
    """The letters of ``markdown`` before ``quote``; "" if it is not there as it is written."""
    words = quote.split()
    match = re.search(r"\s+".join(map(re.escape, words)), markdown) if words else None
    return _letters(markdown[: match.start()]) if match else ""


def _letters(markdown: str) -> str:
    bare = html.unescape(_TARGET.sub(r"\1", _MARKER.sub("", markdown)))
    return "".join(letter for letter in bare if letter.isalnum())


def _cover(
    stream: _Stream, start: int, end: int, quote: str, ranges: dict[int, list[tuple[int, int]]]
) -> None:
    """Add the parts of runs from letter ``start`` to ``end``, and the signs of ``quote`` on either side."""
    first, last = stream.at[start], stream.at[end - 1]
    opening, closing = _edges(quote)
    while first > 0 and stream.text[first - 1] in opening:
        first -= 1
    while stream.text[last + 1] in closing:
        last += 1
    (first_run, from_), (last_run, to) = stream.places[first], stream.places[last]
    for number in range(first_run, last_run + 1):
        length = len(_characters(stream.runs[number]))
        span = (from_ if number == first_run else 0, to + 1 if number == last_run else length)
        ranges.setdefault(number, []).append(span)


def _edges(quote: str) -> tuple[str, str]:
    letters = [at for at, letter in enumerate(quote) if letter.isalnum()]
    return (
        "".join(quote[: letters[0]].split()),
        "".join(quote[letters[-1] + 1 :].split()),
    )


def _marked_block(block: Block, numbers: Iterator[int], ranges: dict[int, list[tuple[int, int]]]) -> Block:
    runs = _marked(block.runs, numbers, ranges)
    rows = tuple(tuple(_marked(cell, numbers, ranges) for cell in row) for row in block.rows)
    return block if runs == block.runs and rows == block.rows else replace(block, runs=runs, rows=rows)


def _marked(
    runs: tuple[Run, ...], numbers: Iterator[int], ranges: dict[int, list[tuple[int, int]]]
) -> tuple[Run, ...]:
    marked: list[Run] = []
    for run in runs:
        spans = ranges.get(next(numbers), [])
        if spans and isinstance(run, Formula):
            marked.append(replace(run, marked=True))
        elif spans and isinstance(run, Text):
            marked.extend(_cut(run, spans))
        else:
            marked.append(run)
    return tuple(marked)


def _cut(run: Text, spans: list[tuple[int, int]]) -> Iterator[Text]:
    """``run`` in pieces that are marked or not."""
    edges = sorted({0, len(run.text), *(at for span in spans for at in span)})
    edges = edges[: bisect_right(edges, len(run.text))]
    for start, end in itertools.pairwise(edges):
        inside = any(first <= start and end <= last for first, last in spans)
        yield replace(run, text=run.text[start:end], marked=inside)
