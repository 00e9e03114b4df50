"""Running headers, footers and page numbers: what stands at the same place on several pages. Pure."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from engine.content.importers.pdf_layout import Line

_EDGE_LINES = 2
_TOLERANCE = 4.0
_NUMBER = re.compile(r"\d+|\b[ivxlc]{1,7}\b", re.IGNORECASE)
_MAX_CHARS = 150


def without_furniture(pages: Sequence[list[Line]], title: str) -> list[list[Line]]:
    """The pages without the lines at their edges that other pages have too, numbers aside, or that repeat the title."""
    edges = [dict(_edges(lines)) for lines in pages]
    counts: Counter[tuple[str, int]] = Counter()
    for edge in edges:
        counts.update({near for key in edge.values() for near in _near(key)})
    needed = 2 if len(pages) <= 3 else 3
    return [
        [
            line
            for at, line in enumerate(lines)
            if at not in edge
            or (
                max(counts[near] for near in _near(edge[at])) < needed and not (number and line.text == title)
            )
        ]
        for number, (lines, edge) in enumerate(zip(pages, edges, strict=True))
    ]


def _edges(lines: list[Line]) -> Iterator[tuple[int, tuple[str, int]]]:
    """(index, what it says and where) of the first and last rows of a page."""
    rows = sorted({round(line.y) for line in lines}, reverse=True)
    outer = {*rows[:_EDGE_LINES], *rows[-_EDGE_LINES:]}
    for at, line in enumerate(lines):
        if round(line.y) in outer and len(line.text) <= _MAX_CHARS:
            yield at, (_NUMBER.sub("#", line.text.lower()), int(line.y // _TOLERANCE))


def _near(key: tuple[str, int]) -> list[tuple[str, int]]:
    """The key and its neighbour below, so that a place on the border between two steps still meets."""
    return [key, (key[0], key[1] - 1)]
