"""Places the nodes of a graph without circles in layers, so that few lines cross and long ones stay straight.

Sugiyama's method: a node without size stands on every layer that a line passes, the order within a layer is found by
the means of neighbours, and then the nodes are moved towards their neighbours as far as the order lets them. Pure;
deterministic. Sizes are in units: a node is 1 high, a layer is 1 apart. See ``shared/window.md`` section 3.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

_SWEEPS = 8
_SMOOTHING = 12
_PASSING = 0.3

_Node = tuple[str, ...]
"""(id,) of a node, or (source, target, layer) of a line that passes."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line from ``source`` to ``target``: its heights on each layer from the one's to the other's."""

    source: str
    target: str
    heights: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Layered:
    """Where everything stands.

    Attributes:
        heights: the middle of each node, from .5 on.
        height: of the whole.
    """

    heights: Mapping[str, float]
    lines: tuple[Line, ...]
    height: float


def layered(layers: Mapping[str, int], before: Mapping[str, Sequence[str]]) -> Layered:
    """Lay a graph out.

    Args:
        layers: of each node; larger than those of all nodes before it.
        before: by node, the nodes that lines come from; unknown ones, and lines that do not go on, are left out.
    """
    chains = {
        (source, target): [
            (source,),
            *((source, target, str(layer)) for layer in range(layers[source] + 1, layers[target])),
            (target,),
        ]
        for target in layers
        for source in before.get(target, ())
        if source in layers and layers[source] < layers[target]
    }
    rows: list[list[_Node]] = [[] for _ in range(max(layers.values(), default=-1) + 1)]
    for node, layer in layers.items():
        rows[layer].append((node,))
    back: dict[_Node, list[_Node]] = {}
    ahead: dict[_Node, list[_Node]] = {}
    for (source, _), chain in chains.items():
        for step, (one, other) in enumerate(pairwise(chain), 1):
            if len(other) > 1:
                rows[layers[source] + step].append(other)
            ahead.setdefault(one, []).append(other)
            back.setdefault(other, []).append(one)
    _order(rows, back, ahead)
    at = _heights(rows, back, ahead)
    lowest = min((at[node] - _size(node) / 2 for node in at), default=0.0)
    at = {node: height - lowest for node, height in at.items()}
    return Layered(
        {node: at[(node,)] for node in layers},
        tuple(
            Line(source, target, tuple(at[node] for node in chain))
            for (source, target), chain in chains.items()
        ),
        max((at[node] + _size(node) / 2 for node in at), default=0.0),
    )


def _order(
    rows: list[list[_Node]], back: Mapping[_Node, list[_Node]], ahead: Mapping[_Node, list[_Node]]
) -> None:
    """Sort each row by the mean place of its neighbours, forwards and backwards in turn."""
    for sweep in range(_SWEEPS):
        near = back if sweep % 2 == 0 else ahead
        for number in range(1, len(rows)) if sweep % 2 == 0 else range(len(rows) - 2, -1, -1):
            beside = rows[number - 1 if sweep % 2 == 0 else number + 1]
            places = {node: at / max(1, len(beside) - 1) for at, node in enumerate(beside)}
            width = max(1, len(rows[number]) - 1)
            own = {node: at / width for at, node in enumerate(rows[number])}
            rows[number].sort(key=_mean_place(places, near, own))


def _mean_place(
    places: Mapping[_Node, float], near: Mapping[_Node, list[_Node]], own: Mapping[_Node, float]
) -> Callable[[_Node], float]:
    def place(node: _Node) -> float:
        found = [places[it] for it in near.get(node, ()) if it in places]
        return sum(found) / len(found) if found else own[node]

    return place


def _heights(
    rows: list[list[_Node]], back: Mapping[_Node, list[_Node]], ahead: Mapping[_Node, list[_Node]]
) -> dict[_Node, float]:
    at: dict[_Node, float] = {}
    for row in rows:
        top = -sum(map(_size, row)) / 2
        for node in row:
            at[node] = top + _size(node) / 2
            top += _size(node)
    for sweep in range(_SMOOTHING):
        for row in rows if sweep % 2 == 0 else reversed(rows):
            wished = [_wish(node, at, back, ahead) for node in row]
            at.update(zip(row, _apart(wished, row), strict=True))
    return at


def _wish(
    node: _Node,
    at: Mapping[_Node, float],
    back: Mapping[_Node, list[_Node]],
    ahead: Mapping[_Node, list[_Node]],
) -> float:
    near = [*back.get(node, ()), *ahead.get(node, ())]
    return sum(at[it] for it in near) / len(near) if near else at[node]


def _apart(wished: Sequence[float], row: Sequence[_Node]) -> list[float]:
    """Near what is wished, in order and without touching: the mean of pushing down and of pushing up."""
    gaps = [(_size(one) + _size(other)) / 2 for one, other in pairwise(row)]
    down, up = list(wished), list(wished)
    for at in range(1, len(row)):
        down[at] = max(down[at], down[at - 1] + gaps[at - 1])
    for at in range(len(row) - 2, -1, -1):
        up[at] = min(up[at], up[at + 1] - gaps[at])
    return [(one + other) / 2 for one, other in zip(down, up, strict=True)]


def _size(node: _Node) -> float:
    return 1.0 if len(node) == 1 else _PASSING
