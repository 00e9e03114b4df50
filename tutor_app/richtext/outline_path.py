"""What ziamath drew, read into closed shapes: glyphs, bars, frames and strokes, and the rules of its tables."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any
    from xml.etree.ElementTree import Element

Step = tuple[str | float, ...]

_NUMBER = re.compile(r"[A-Za-z]|-?\d*\.?\d+(?:[eE][-+]?\d+)?")
_ARGUMENTS = {"M": 2, "L": 2, "Q": 4, "C": 6, "H": 1, "V": 1, "Z": 0}
_RULE = 0.045
"""Thickness of a rule in a table, in em."""


def shapes(svg: Element) -> Iterator[Step]:
    """The shapes of ``svg``, in its coordinates.

    Raises:
        KeyError: a step that ziamath does not use.
    """
    for element in svg.iter():
        stroke = float(element.get("stroke-width", 0)) if element.get("stroke", "none") != "none" else 0.0
        if element.tag == "path":
            steps = _steps(element.get("d", ""))
            yield from _stroked(steps, stroke) if stroke else _closed(steps)
        elif element.tag == "rect":
            x, y, width, height = (float(element.get(name, 0)) for name in ("x", "y", "width", "height"))
            yield from _frame(x, y, width, height, stroke) if stroke else _bar(x, y, width, height)


def table_rules(node: Any, em: float, x: float = 0.0, y: float = 0.0) -> Iterator[Step]:
    """The lines between rows and columns of tables, which ziamath leaves out.

    Args:
        node: a node of ziamath's.
        em: its font size.
        x: where it is drawn.
        y: where it is drawn.
    """
    if node.element.tag == "mtable":
        yield from _rules(node, em, x, y)
    for inner, (dx, dy) in zip(node.nodes, node.nodexy, strict=False):
        if hasattr(inner, "element"):
            yield from table_rules(inner, em, x + dx, y + dy)


def _rules(table: Any, em: float, x: float, y: float) -> Iterator[Step]:
    cells = list(zip(table.nodes, table.nodexy, strict=True))
    rows: list[list[tuple[Any, tuple[float, float]]]] = []
    for row in table.element:
        rows.append(cells[: len(row)])
        del cells[: len(row)]
    width, thick = table.bbox.xmax, _RULE * em
    for above, below, line in zip(rows, rows[1:], table.element.get("rowlines", "").split(), strict=False):
        if line == "solid":
            foot = max(at[1] - node.bbox.ymin for node, at in above)
            head = min(at[1] - node.bbox.ymax for node, at in below)
            yield from _bar(x, y + (foot + head) / 2 - thick / 2, width, thick)
    columns = [[row[n] for row in rows if n < len(row)] for n in range(max(map(len, rows), default=0))]
    for left, right, line in zip(
        columns, columns[1:], table.element.get("columnlines", "").split(), strict=False
    ):
        if line == "solid":
            edge = max(at[0] + node.bbox.xmax for node, at in left)
            start = min(at[0] for _node, at in right)
            height = table.bbox.ymax - table.bbox.ymin
            yield from _bar(x + (edge + start) / 2 - thick / 2, y - table.bbox.ymax, thick, height)


def _steps(data: str) -> list[Step]:
    """The path ``data`` of an SVG in absolute coordinates, its steps one by one."""
    steps: list[Step] = []
    tokens = _NUMBER.findall(data)
    at, command = 0, ""
    while at < len(tokens):
        if tokens[at].isalpha():
            command, at = tokens[at], at + 1
        count = _ARGUMENTS[command]
        values = [float(token) for token in tokens[at : at + count]]
        at += count
        if command in ("H", "V"):
            x, y = _point(steps[-1])
            steps.append(("L", values[0], y) if command == "H" else ("L", x, values[0]))
        else:
            steps.append((command, *values))
    return steps


def _closed(steps: list[Step]) -> Iterator[Step]:
    previous: Step | None = None
    for step in steps:
        if not (
            step[0] == "L" and previous is not None and step[1:] == previous[1:]
        ):  # no line to where one is
            yield step
        previous = step
    if steps and steps[-1][0] != "Z":
        yield ("Z",)


def _point(step: Step) -> tuple[float, float]:
    return float(step[-2]), float(step[-1])


def _stroked(steps: list[Step], width: float) -> Iterator[Step]:
    """A line as the shape that a pen of ``width`` leaves; curves as their chords."""
    for first, second in itertools.pairwise(steps):
        if second[0] in ("M", "Z"):
            continue
        (ax, ay), (bx, by) = _point(first), _point(second)
        length = ((bx - ax) ** 2 + (by - ay) ** 2) ** 0.5
        if length:
            dx, dy = (by - ay) / length * width / 2, (ax - bx) / length * width / 2
            yield ("M", ax + dx, ay + dy)
            yield ("L", bx + dx, by + dy)
            yield ("L", bx - dx, by - dy)
            yield ("L", ax - dx, ay - dy)
            yield ("Z",)


def _bar(x: float, y: float, width: float, height: float) -> Iterator[Step]:
    yield ("M", x, y)
    yield ("L", x + width, y)
    yield ("L", x + width, y + height)
    yield ("L", x, y + height)
    yield ("Z",)


def _frame(x: float, y: float, width: float, height: float, line: float) -> Iterator[Step]:
    half = line / 2
    yield from _bar(x - half, y - half, width + line, line)
    yield from _bar(x - half, y + height - half, width + line, line)
    yield from _bar(x - half, y + half, line, height - line)
    yield from _bar(x + width - half, y + half, line, height - line)
