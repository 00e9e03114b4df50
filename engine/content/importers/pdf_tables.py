"""Tables on a PDF page: rows of short texts whose columns line up. Pure geometry.

PDF knows no tables. Columns that are clear become a pipe table; anything else stays text.
"""

import re
from collections.abc import Sequence

from engine.content.importers.blocks import pipe_table
from engine.content.importers.pdf_layout import Line
from engine.content.importers.pdf_page import HYPHEN, Fragment

_MARKER = re.compile(r"[•▪●○◦■□‣⁃*–—-]|\(?\d{1,3}[.)]|\(?[A-Za-z][.)]|[\d.]{2,9}")
_HYPHENS = ("-", HYPHEN)
_LOOSE = 2.4
_MIN_ROWS = 2


def table_length(lines: Sequence[Line], start: int) -> int:
    """How many lines from ``start`` on make one table; 0 if none does."""
    first = start + _is_table_head(lines, start)
    if not _is_row(lines[first]):
        return 0
    end = first + 1
    while (
        end < len(lines)
        and _follows(lines[end - 1], lines[end])
        and (_is_row(lines[end]) or _is_wrapped(lines[first], lines[end]))
    ):
        end += 1
    while not _is_row(lines[end - 1]):
        end -= 1
    rows = [line for line in lines[start:end] if _is_row(line)]
    columns = _columns(rows)
    widest = max(len(line.cells) for line in rows)
    clear = len(rows) >= _MIN_ROWS and len(columns) >= 2 and len(columns) <= widest + 1
    return end - start if clear else 0


def table_text(lines: Sequence[Line]) -> str:
    """The lines of a table as a pipe table."""
    columns = _columns([line for line in lines if _is_row(line)])
    rows: list[list[str]] = []
    head = True
    for line in lines:
        cells = [""] * len(columns)
        for cell in line.cells:
            at = _column_of(cell, columns)
            cells[at] = f"{cells[at]} {cell.text}".strip()
        wrapped = not cells[0] and not _is_row(line)
        if rows and (head or wrapped or _is_divided(rows[-1], cells)):
            rows[-1] = [_together(above, below) for above, below in zip(rows[-1], cells, strict=True)]
        else:
            rows.append(cells)
        head = head and not _is_row(line)
    return pipe_table(rows).replace(HYPHEN, "-")


def _is_divided(above: Sequence[str], below: Sequence[str]) -> bool:
    """Whether a word is divided between two rows, which are one row then."""
    pairs = zip(above, below, strict=True)
    return any(one.endswith(_HYPHENS) and other[:1].islower() for one, other in pairs)


def _together(above: str, below: str) -> str:
    if above.endswith(_HYPHENS) and below[:1].islower():
        return above[:-1] + below
    return f"{above} {below}".strip()


def _is_table_head(lines: Sequence[Line], start: int) -> bool:
    """Whether a line is the first line of a head whose second line is the first full row."""
    if start + 1 >= len(lines) or not _follows(lines[start], lines[start + 1]):
        return False
    return _is_row(lines[start + 1]) and _is_wrapped(lines[start + 1], lines[start])


def _is_row(line: Line) -> bool:
    return len(line.cells) >= 2 and not (len(line.cells) == 2 and _MARKER.fullmatch(line.cells[0].text))


def _is_wrapped(first: Line, line: Line) -> bool:
    """Whether a line is the rest of a cell that did not fit: it stands below a later column."""
    return len(line.cells) == 1 and line.x0 > first.cells[0].x1


def _follows(above: Line, below: Line) -> bool:
    near = 0 < above.y - below.y < _LOOSE * max(above.size, below.size)
    return near and above.page == below.page and above.column == below.column


def _columns(rows: Sequence[Line]) -> list[tuple[float, float]]:
    """The x ranges that the cells of all rows share."""
    columns: list[tuple[float, float]] = []
    for x0, x1 in sorted((cell.x0, cell.x1) for row in rows for cell in row.cells):
        if columns and x0 < columns[-1][1]:
            columns[-1] = (columns[-1][0], max(columns[-1][1], x1))
        else:
            columns.append((x0, x1))
    return columns


def _column_of(cell: Fragment, columns: list[tuple[float, float]]) -> int:
    """The column that a cell overlaps most."""
    overlaps = [min(cell.x1, right) - max(cell.x0, left) for left, right in columns]
    return overlaps.index(max(overlaps))
