"""A formula that is wider than its room, cut into rows where there is space between its parts. No Qt.

Only shapes are looked at, so that it can be done at any width without typesetting anew. What is one piece stays one: a
fraction, a root, a table.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tutor_app.richtext.document import Outline
    from tutor_app.richtext.outline_path import Step

_GAP = 0.19
"""The least space to cut in, in em; beside an operator there is more."""
INDENT = 1.5
"""How far the rows after the first one are moved in, in em."""


def rows_of(outline: Outline, room: float) -> tuple[tuple[Step, ...], ...]:
    """The shapes of each row, moved to where the row has them.

    Args:
        outline: a formula.
        room: the width of a row, in em. A part that is wider has a row of its own, and sticks out.
    """
    if r"\begin" in outline.tex:  # the space between columns is none to cut in
        return (outline.path,)
    rows: list[list[tuple[Step, ...]]] = []
    start = 0.0
    for part in _parts(_shapes(outline.path)):
        left, right = _reach(part)
        if not rows or right - start > room - (INDENT if len(rows) > 1 else 0.0):
            rows.append([])
            start = left
        rows[-1].append(_moved(part, (INDENT if len(rows) > 1 else 0.0) - start))
    return tuple(tuple(step for part in row for step in part) for row in rows)


def width_of(row: Sequence[Step]) -> float:
    """How far a row reaches, in em."""
    return _reach(row)[1]


def _shapes(path: Sequence[Step]) -> Iterator[list[Step]]:
    shape: list[Step] = []
    for step in path:
        shape.append(step)
        if step[0] == "Z":
            yield shape
            shape = []


def _parts(shapes: Iterator[list[Step]]) -> Iterator[list[Step]]:
    """Shapes that stand close to each other, from left to right."""
    part: list[Step] = []
    end = 0.0
    for shape in sorted(shapes, key=_reach):
        left, right = _reach(shape)
        if part and left - end >= _GAP:
            yield part
            part = []
        part = [*part, *shape]
        end = max(end, right)
    if part:
        yield part


def _reach(steps: Sequence[Step]) -> tuple[float, float]:
    across = [float(value) for step in steps for value in step[1::2]]
    return min(across), max(across)


def _moved(steps: Sequence[Step], by: float) -> tuple[Step, ...]:
    return tuple(
        (step[0], *(float(value) + (by if n % 2 == 0 else 0.0) for n, value in enumerate(step[1:])))
        for step in steps
    )
