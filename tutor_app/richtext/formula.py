"""TeX as an outline: typeset by ziamath, its SVG read into closed shapes. No Qt; made in the engine's process.

What cannot be typeset gives None, never an exception: broken TeX is shown as it was written.
"""

from __future__ import annotations

import functools
import itertools
import re
import threading
import warnings
from typing import TYPE_CHECKING

from tutor_app.richtext.document import Outline
from tutor_app.richtext.speech import spoken

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType
    from xml.etree.ElementTree import Element

MAX_TEX_CHARS = 1500
"""Longer TeX is not typeset."""

_MAX_NESTING = 24
_SIZE = 100.0  # typeset at this size, so that ziamath's rounding to three digits does not show
_ROW_GAP = "0.5em"
_NUMBER = re.compile(r"[A-Za-z]|-?\d*\.?\d+(?:[eE][-+]?\d+)?")
_ARGUMENTS = {"M": 2, "L": 2, "Q": 4, "C": 6, "H": 1, "V": 1, "Z": 0}
_SIGNS = frozenset("-+−±∓")
_OPERANDS = frozenset(
    {"mi", "mn", "mtext", "msup", "msub", "msubsup", "mfrac", "msqrt", "mroot", "mrow", "mover"}
)
_CLOSING = frozenset(")]}⟩|‖!′⌋⌉")
_PRECISION = 4
# ziamath and latex2mathml keep tables of their own that are filled on the way: one formula at a time.
_LOCK = threading.Lock()

Path = tuple[tuple[str | float, ...], ...]


@functools.lru_cache(maxsize=4096)
def typeset(tex: str, *, display: bool = False) -> Outline | None:
    """The shape of a formula.

    Args:
        tex: without dollar signs.
        display: set larger, as a formula on a line of its own.
    """
    source = tex.strip()
    if not source or len(source) > MAX_TEX_CHARS or _nesting(source) > _MAX_NESTING:
        return None
    try:
        with _LOCK:
            return _outline(source, display)
    except Exception:  # noqa: BLE001 - two third-party parsers raise anything on broken TeX; its source is shown then
        return None


def _outline(tex: str, display: bool) -> Outline | None:
    ziamath = _ziamath()
    math = _mathml(tex, display=display)
    said = spoken(math)
    drawn = ziamath.Math(_mended(math), size=_SIZE)
    box = drawn.node.bbox
    svg = drawn.svgxml()
    shapes = tuple(_rounded(shape) for shape in _shapes(svg))
    if not shapes or any(element.tag == "text" for element in svg.iter()):
        return None  # a letter that the font does not have
    left, width = box.xmin, box.xmax - box.xmin
    return Outline(
        tex=tex,
        spoken=said or tex,
        width=round(max(width, 0.0) / _SIZE, _PRECISION),
        ascent=round(max(box.ymax, 0.0) / _SIZE, _PRECISION),
        descent=round(max(-box.ymin, 0.0) / _SIZE, _PRECISION),
        path=_moved(shapes, -left / _SIZE),
        display=display,
    )


@functools.cache
def _ziamath() -> ModuleType:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # it reads its fonts by importlib.resources.path
        import ziamath
        from ziafont.config import config

    config.svg2 = False  # outlines in place instead of <symbol> and <use>
    return ziamath


def _mathml(tex: str, *, display: bool) -> Element:
    from xml.etree import ElementTree as ET

    from ziamath.tex import tex2mml
    from ziamath.zmath import denamespace

    return denamespace(ET.fromstring(_unescaped(tex2mml(tex, inline=not display))))  # noqa: S314 - our own MathML


def _unescaped(mathml: str) -> str:
    from ziamath.escapes import unescape

    return str(unescape(mathml))


def _mended(math: Element) -> Element:
    """``math`` with what latex2mathml says wrongly put right: signs before a number, and rows that touch."""
    for parent in math.iter():
        before: Element | None = None
        for child in parent:
            if child.tag in ("mo", "mi") and (child.text or "") in _SIGNS and not _ends_operand(before):
                child.tag = "mo"
                child.set("form", "prefix")
            before = child
        if parent.tag == "mtable" and parent.get("rowspacing") == "3pt":
            parent.set("rowspacing", _ROW_GAP)
    return math


def _ends_operand(element: Element | None) -> bool:
    """Whether what stands before a sign makes it one between two things."""
    if element is None:
        return False
    if element.tag == "mi" and not (element.text or ""):
        return False
    if element.tag == "mo":
        return (element.text or "") in _CLOSING
    return element.tag in _OPERANDS or element.tag not in ("mspace", "mstyle")


def _shapes(svg: Element) -> Iterator[tuple[str | float, ...]]:
    for element in svg.iter():
        stroke = float(element.get("stroke-width", 0)) if element.get("stroke", "none") != "none" else 0.0
        if element.tag == "path":
            steps = _steps(element.get("d", ""))
            yield from _stroked(steps, stroke) if stroke else _closed(steps)
        elif element.tag == "rect":
            x, y, width, height = (float(element.get(name, 0)) for name in ("x", "y", "width", "height"))
            yield from _frame(x, y, width, height, stroke) if stroke else _bar(x, y, width, height)


def _steps(data: str) -> list[tuple[str | float, ...]]:
    """The path ``data`` of an SVG in absolute coordinates, its steps one by one."""
    steps: list[tuple[str | float, ...]] = []
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


def _closed(steps: list[tuple[str | float, ...]]) -> Iterator[tuple[str | float, ...]]:
    previous: tuple[str | float, ...] | None = None
    for step in steps:
        if not (
            step[0] == "L" and previous is not None and step[1:] == previous[1:]
        ):  # no line to where one is
            yield step
        previous = step
    if steps and steps[-1][0] != "Z":
        yield ("Z",)


def _point(step: tuple[str | float, ...]) -> tuple[float, float]:
    return float(step[-2]), float(step[-1])


def _stroked(steps: list[tuple[str | float, ...]], width: float) -> Iterator[tuple[str | float, ...]]:
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


def _bar(x: float, y: float, width: float, height: float) -> Iterator[tuple[str | float, ...]]:
    yield ("M", x, y)
    yield ("L", x + width, y)
    yield ("L", x + width, y + height)
    yield ("L", x, y + height)
    yield ("Z",)


def _frame(x: float, y: float, width: float, height: float, line: float) -> Iterator[tuple[str | float, ...]]:
    half = line / 2
    yield from _bar(x - half, y - half, width + line, line)
    yield from _bar(x - half, y + height - half, width + line, line)
    yield from _bar(x - half, y + half, line, height - line)
    yield from _bar(x + width - half, y + half, line, height - line)


def _rounded(step: tuple[str | float, ...]) -> tuple[str | float, ...]:
    return tuple(value if isinstance(value, str) else round(value / _SIZE, _PRECISION) for value in step)


def _moved(path: Path, dx: float) -> Path:
    if not dx:
        return path
    return tuple(
        (
            step[0],
            *(
                round(float(value) + (dx if n % 2 == 0 else 0), _PRECISION)
                for n, value in enumerate(step[1:])
            ),
        )
        for step in path
    )


def _nesting(tex: str) -> int:
    depth = deepest = 0
    for match in re.finditer(r"[{}]|\\left\b|\\right\b|\\begin\b|\\end\b", tex):
        depth += 1 if match.group() in ("{", r"\left", r"\begin") else -1
        deepest = max(deepest, depth)
    return deepest
