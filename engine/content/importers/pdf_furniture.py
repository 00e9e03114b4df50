"""What a PDF's pages hold beside their text: running headers, footers, page numbers, tables of contents. Pure.

A header is what stands at the same place on several pages, numbers aside. Where such a place is known, another
line there that begins or ends with a number is a header too: that of a short chapter.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from engine.content.importers.pdf_layout import Line

_HEADING = 1.12
_TOLERANCE = 4.0
_NUMBER = re.compile(r"\d+|\b[ivxlc]{1,7}\b", re.IGNORECASE)
_NUMBER_AT_EDGE = re.compile(r"(?:\d+|[ivxlc]{1,7})\b.*|.*\b\d+", re.IGNORECASE)
_LEADER = re.compile(r"(?:[.…]\s?){6,}\s*(?:\d+|[ivxlc]+)?$", re.IGNORECASE)
_MAX_CHARS = 150
_Key = tuple[str, int]


def without_furniture(pages: Sequence[list[Line]], title: str) -> list[list[Line]]:
    """The pages without headers, footers and lines that only say on which page something stands."""
    body = _body_size(pages)
    edges = [dict(_edges(lines, body)) for lines in pages]
    counts: Counter[_Key] = Counter()
    for edge in edges:
        counts.update({near for key in edge.values() for near in _near(key)})
    needed = 2 if len(pages) <= 3 else 3
    repeated = {key for key, count in counts.items() if count >= needed}
    places = Counter(place for _, place in repeated)
    return [
        [
            line
            for at, line in enumerate(lines)
            if not _LEADER.search(line.text)
            and not (at in edge and _is_furniture(line, edge[at], repeated, places))
            and not (at in edge and page > 0 and line.text == title)
        ]
        for page, (lines, edge) in enumerate(zip(pages, edges, strict=True))
    ]


def _is_furniture(line: Line, key: _Key, repeated: set[_Key], places: Counter[int]) -> bool:
    if not repeated.isdisjoint(_near(key)):
        return True
    return key[1] in places and len(line.cells) >= 2 and _NUMBER_AT_EDGE.fullmatch(line.text) is not None


def _edges(lines: list[Line], body: float) -> Iterator[tuple[int, _Key]]:
    """(index, what it says and where) of the first and last two rows of a page, unless set like a heading.

    The inner of the two rows must say the same on other pages to the letter: numbered exercises do not.
    """
    rows = sorted({round(line.y) for line in lines}, reverse=True)
    outer, inner = {*rows[:1], *rows[-1:]}, {*rows[1:2], *rows[-2:-1]}
    for at, line in enumerate(lines):
        row = round(line.y)
        if row in outer | inner and len(line.text) <= _MAX_CHARS and line.size <= _HEADING * body:
            text = line.text.lower()
            yield at, (_NUMBER.sub("#", text) if row in outer else text, int(line.y // _TOLERANCE))


def _body_size(pages: Sequence[list[Line]]) -> float:
    sizes: Counter[float] = Counter()
    for lines in pages:
        for line in lines:
            sizes[line.size] += len(line.text)
    return max(sizes, key=lambda size: sizes[size]) if sizes else 0.0


def _near(key: _Key) -> list[_Key]:
    """The key and its neighbour below, so that a place on the border between two steps still meets."""
    return [key, (key[0], key[1] - 1)]
