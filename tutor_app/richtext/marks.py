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
    """All runs one after the other.

    Attributes:
        letters: the letters and digits.
        places: for each of them, the run it is from and its place there.
        runs: the runs.
    """

    letters: str
    places: list[tuple[int, int]]
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


def _runs(blocks: tuple[Block, ...]) -> Iterator[Run]:
    for block in blocks:
        yield from block.runs
        for row in block.rows:
            for cell in row:
                yield from cell


def _stream(blocks: tuple[Block, ...]) -> _Stream:
    runs = list(_runs(blocks))
    letters: list[str] = []
    places: list[tuple[int, int]] = []
    for number, run in enumerate(runs):
        text = run.outline.tex if isinstance(run, Formula) else run.text if isinstance(run, Text) else ""
        for at, letter in enumerate(text):
            if letter.isalnum():
                letters.append(letter)
                places.append((number, at))
    return _Stream("".join(letters), places, runs)


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
    (first, from_), (last, to) = stream.places[start], stream.places[end - 1]
    to += 1
    opening, closing = _edges(quote)
    text = _text(stream.runs[first])
    while from_ > 0 and text[from_ - 1] in opening:
        from_ -= 1
    text = _text(stream.runs[last])
    while to < len(text) and text[to] in closing:
        to += 1
    for number in range(first, last + 1):
        run = stream.runs[number]
        length = len(_text(run))
        ranges.setdefault(number, []).append(
            (from_ if number == first else 0, to if number == last else length)
        )


def _edges(quote: str) -> tuple[str, str]:
    letters = [at for at, letter in enumerate(quote) if letter.isalnum()]
    return (
        "".join(quote[: letters[0]].split()),
        "".join(quote[letters[-1] + 1 :].split()),
    )


def _text(run: Run) -> str:
    return run.text if isinstance(run, Text) else ""


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
