"""Placing a graph in layers."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from tutor_app.widgets.layered_layout import layered


@st.composite
def graphs(draw: st.DrawFn) -> tuple[dict[str, int], dict[str, list[str]]]:
    """Nodes with what comes before them, and the layers that follow from that."""
    layers: dict[str, int] = {}
    before: dict[str, list[str]] = {}
    for number in range(draw(st.integers(0, 25))):
        known = list(layers)
        chosen = draw(st.lists(st.sampled_from(known), max_size=3, unique=True)) if known else []
        name = f"n{number}"
        before[name] = chosen
        layers[name] = max((layers[one] for one in chosen), default=-1) + 1
    return layers, before


@given(graphs())
def test_nodes_of_a_layer_never_overlap_and_all_lie_inside(
    graph: tuple[dict[str, int], dict[str, list[str]]],
) -> None:
    layers, before = graph
    found = layered(layers, before)
    assert set(found.heights) == set(layers)
    for layer in set(layers.values()):
        heights = sorted(found.heights[node] for node in layers if layers[node] == layer)
        assert all(other - one > 1 - 1e-6 for one, other in itertools.pairwise(heights))
    assert all(0.5 - 1e-6 <= at <= found.height - 0.5 + 1e-6 for at in found.heights.values())


@given(graphs())
def test_every_line_passes_each_layer_between_its_ends(
    graph: tuple[dict[str, int], dict[str, list[str]]],
) -> None:
    layers, before = graph
    found = layered(layers, before)
    wanted = {(one, target) for target, sources in before.items() for one in sources}
    assert {(line.source, line.target) for line in found.lines} == wanted
    for line in found.lines:
        assert len(line.heights) == layers[line.target] - layers[line.source] + 1
        assert line.heights[0] == found.heights[line.source]
        assert line.heights[-1] == found.heights[line.target]


def test_the_same_graph_is_always_laid_out_alike() -> None:
    layers = {"a": 0, "b": 0, "c": 1, "d": 2}
    before = {"c": ["a", "b"], "d": ["a", "c"]}
    assert layered(layers, before) == layered(layers, before)


def test_lines_that_could_cross_do_not() -> None:
    layers = {"a": 0, "b": 0, "c": 1, "d": 1}
    found = layered(layers, {"c": ["b"], "d": ["a"]})
    assert (found.heights["a"] < found.heights["b"]) == (found.heights["d"] < found.heights["c"])


def test_what_leads_back_or_nowhere_is_left_out() -> None:
    found = layered({"a": 0, "b": 0}, {"a": ["b"], "b": ["gone"]})
    assert found.lines == ()
