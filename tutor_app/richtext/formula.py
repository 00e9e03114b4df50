"""TeX as an outline: typeset by ziamath, its drawing read into closed shapes. No Qt; made in the engine's process.

What cannot be typeset gives None, never an exception: broken TeX is shown as it was written.
"""

from __future__ import annotations

import functools
import re
import threading
import warnings
from typing import TYPE_CHECKING

from tutor_app.richtext.document import Outline
from tutor_app.richtext.mathml import cost, letters, mathml
from tutor_app.richtext.outline_path import Step, shapes, table_rules
from tutor_app.richtext.speech import spoken

if TYPE_CHECKING:
    from types import ModuleType
    from typing import Any

MAX_TEX_CHARS = 1500
"""Longer TeX is not typeset."""

_MAX_NESTING = 24
_MAX_STEPS = 40_000
_MAX_COST = 2000
_SIZE = 100.0  # typeset at this size, so that ziamath's rounding to three digits does not show
_PRECISION = 4
_NESTED = re.compile(r"\\\\|\\[{}]|([{]|\\left\b|\\begin\b)|([}]|\\right\b|\\end\b)")
_INVISIBLE = frozenset("\u2061\u2062\u2063\u2064\u200b\ufe00\ufe0e\ufe0f")
# ziamath and latex2mathml keep tables of their own that are filled on the way: one formula at a time.
_LOCK = threading.Lock()


@functools.lru_cache(maxsize=4096)
def typeset(tex: str, *, display: bool = False) -> Outline | None:
    """The shape of a formula.

    Args:
        tex: without dollar signs.
        display: set larger, as a formula on a line of its own.

    Returns:
        None for TeX that is broken, far too long, or has letters or commands that cannot be drawn.
    """
    source = tex.strip()
    if not source or len(source) > MAX_TEX_CHARS or _nesting(source) > _MAX_NESTING:
        return None
    try:
        with _LOCK:
            return _outline(source, display=display)
    except Exception:  # noqa: BLE001 - two third-party parsers raise anything on broken TeX; its source is shown then
        return None


def warm_up() -> None:
    """Load what typesetting needs (a third of a second), before the first formula is waited for."""
    typeset("x^2")


def _outline(tex: str, *, display: bool) -> Outline | None:
    ziamath = _ziamath()
    math = mathml(tex, display=display)
    if "\\" in letters(math) or cost(math) > _MAX_COST:  # a command that nobody knows; hours of work
        return None
    said = spoken(math)
    drawn = ziamath.Math(math, size=_SIZE)
    if not _has_all(drawn.font, letters(math)):
        return None
    steps = [*shapes(drawn.svgxml()), *table_rules(drawn.node, _SIZE)]
    if not steps or len(steps) > _MAX_STEPS:
        return None
    box = drawn.node.bbox
    left, right = _ink(steps)
    return Outline(
        tex=tex,
        spoken=said or tex,
        width=round((right - left) / _SIZE, _PRECISION),
        ascent=round(max(box.ymax, 0.0) / _SIZE, _PRECISION),
        descent=round(max(-box.ymin, 0.0) / _SIZE, _PRECISION),
        path=tuple(_scaled(step, left) for step in steps),
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


def _has_all(font: Any, text: str) -> bool:
    """Whether ``font`` has all letters: ziamath draws a box for one that it has not."""
    return all(
        character.isspace() or character in _INVISIBLE or font.glyphindex(character)
        for character in set(text)
    )


def _ink(steps: list[Step]) -> tuple[float, float]:
    """The left and right edge of what is drawn."""
    across = [float(value) for step in steps for value in step[1::2]]
    return min(across), max(across)


def _scaled(step: Step, left: float) -> Step:
    numbers = (float(value) - (left if n % 2 == 0 else 0.0) for n, value in enumerate(step[1:]))
    return (step[0], *(round(number / _SIZE, _PRECISION) for number in numbers))


def _nesting(tex: str) -> int:
    depth = deepest = 0
    for match in _NESTED.finditer(tex):
        depth += 1 if match.group(1) else -1 if match.group(2) else 0
        deepest = max(deepest, depth)
    return deepest
