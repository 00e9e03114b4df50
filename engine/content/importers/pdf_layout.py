"""Reading order on a page: columns are told from tables, fragments are put on lines. Pure geometry.

A gutter is a vertical strip that few fragments cross. Where the rows between two crossing rows hold running text
on both sides of it, the left side is read before the right one; short texts side by side are a table instead.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from engine.content.importers.pdf_page import Fragment

_SAME_LINE = 0.45
_MIN_ROWS = 4
_PROSE_CHARS = 20
_MIDDLE = (0.2, 0.8)
_MAX_COLUMNS_DEEP = 3
_MIN_PAGE_CHARS = 60


@dataclass(frozen=True, slots=True)
class Line:
    """What stands on one line of a column, in reading order; ``left`` and ``right`` are the column's edges."""

    cells: tuple[Fragment, ...]
    page: int
    column: int
    left: float
    right: float

    @property
    def text(self) -> str:
        """All of it."""
        return " ".join(cell.text for cell in self.cells)

    @property
    def y(self) -> float:
        """Base line, in points from the bottom of the page."""
        return self.cells[0].y

    @property
    def size(self) -> float:
        """Size of the type that most of the line is set in."""
        return max(self.cells, key=lambda cell: len(cell.text)).size

    @property
    def bold(self) -> bool:
        """Whether the whole line is bold."""
        return all(cell.bold for cell in self.cells)

    @property
    def x0(self) -> float:
        """Where it begins."""
        return self.cells[0].x0

    @property
    def x1(self) -> float:
        """Where it ends."""
        return self.cells[-1].x1


def page_lines(fragments: Sequence[Fragment], page: int) -> list[Line]:
    """The lines of a page in reading order."""
    lines: list[Line] = []
    for number, region in enumerate(_regions(list(fragments), _MAX_COLUMNS_DEEP)):
        left = min(fragment.x0 for fragment in region)
        right = max(fragment.x1 for fragment in region)
        lines.extend(Line(tuple(_joined(row)), page, number, left, right) for row in rows_of(region))
    return lines


def rows_of(fragments: Sequence[Fragment]) -> list[list[Fragment]]:
    """Fragments on the same base line together, from top to bottom, each from left to right."""
    rows: list[list[Fragment]] = []
    for fragment in sorted(fragments, key=lambda each: (-each.y, each.x0)):
        same = rows and abs(rows[-1][0].y - fragment.y) <= _SAME_LINE * min(rows[-1][0].size, fragment.size)
        if same:
            rows[-1].append(fragment)
        else:
            rows.append([fragment])
    return [sorted(row, key=lambda each: each.x0) for row in rows]


def _regions(fragments: list[Fragment], depth: int) -> Iterator[list[Fragment]]:
    gutter = _gutter(fragments) if depth and len(fragments) >= 2 * _MIN_ROWS else None
    if gutter is None:
        if fragments:
            yield fragments
        return
    waiting: list[Fragment] = []
    for crossed, group in groupby(rows_of(fragments), key=lambda row: _crossed(row, gutter)):
        part = [fragment for row in group for fragment in row]
        left = [fragment for fragment in part if fragment.x0 < gutter]
        right = [fragment for fragment in part if fragment.x0 >= gutter]
        if crossed or not (_is_prose(left) and _is_prose(right)):
            waiting += part
            continue
        if waiting:
            yield waiting
            waiting = []
        yield from _regions(left, depth - 1)
        yield from _regions(right, depth - 1)
    if waiting:
        yield waiting


def _gutter(fragments: list[Fragment]) -> float | None:
    """The x that the fewest fragments cross, in the middle of the widest such strip; None if many do."""
    left, right = min(each.x0 for each in fragments), max(each.x1 for each in fragments)
    width = int(right - left) + 1
    if width < _MIN_PAGE_CHARS:
        return None
    change = [0] * (width + 2)
    for each in fragments:
        change[int(each.x0 - left)] += 1
        change[int(each.x1 - left) + 1] -= 1
    crossing, total = [], 0
    for step in change:
        total += step
        crossing.append(total)
    low, high = int(width * _MIDDLE[0]), int(width * _MIDDLE[1])
    fewest = min(crossing[low:high])
    if fewest * 2 > len(fragments):
        return None
    strips = [[at for at, _ in strip] for same, strip in _strips(crossing, low, high, fewest) if same]
    widest = max(strips, key=len)
    return left + (widest[0] + widest[-1]) / 2


def _strips(
    crossing: list[int], low: int, high: int, fewest: int
) -> Iterator[tuple[bool, Iterator[tuple[int, int]]]]:
    return groupby(enumerate(crossing[low:high], start=low), key=lambda pair: pair[1] == fewest)


def _crossed(row: list[Fragment], x: float) -> bool:
    return any(fragment.x0 < x - 1 and fragment.x1 > x + 1 for fragment in row)


def _is_prose(fragments: list[Fragment]) -> bool:
    if len(fragments) < _MIN_ROWS:
        return False
    return sum(len(fragment.text) for fragment in fragments) / len(fragments) >= _PROSE_CHARS


def _joined(row: list[Fragment]) -> Iterator[Fragment]:
    """Fragments that touch as one: a change of font or a file written in odd order had parted them."""
    current = row[0]
    for fragment in row[1:]:
        gap = fragment.x0 - current.x1
        if gap < 0.6 * current.size:
            space = " " if gap > 0.15 * current.size else ""
            longer = max(current, fragment, key=lambda each: len(each.text))
            bold = current.bold and fragment.bold
            current = Fragment(
                current.text + space + fragment.text,
                current.x0,
                max(current.x1, fragment.x1),
                longer.y,
                longer.size,
                bold,
            )
        else:
            yield current
            current = fragment
    yield current
