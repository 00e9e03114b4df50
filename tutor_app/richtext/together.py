"""What a line must not end within: a number and its unit, the thousands of a number, a short equation, a word and "…".

Spaces there become spaces that hold together. Only what is laid out has them: the text itself, which is copied and
compared with its source, keeps the spaces that it was written with, and ``as_written`` gives them back.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from tutor_app.richtext.document import Formula, Run, Text

if TYPE_CHECKING:
    from collections.abc import Sequence

HOLDING = "\u00a0"
"""A space that a line does not end at."""
JOINER = "\u2060"
"""A sign without width, to which the same applies."""

_LONGEST = 24  # characters of an equation that is kept in one line
_A_LETTER_EM = 0.5
_SYMBOL = (
    r"(?:[kcdmhµμnMGT]?(?:m|g|s|N|J|W|V|A|K|L|l|C|B|F|T|Pa|Hz|eV|Wh|Nm|mol|cal|bar|Ω)"
    r"|min|h|d|t|ha|ly|mph|rad|dB|ppm|°[CF]?|%|‰|€|£)(?:\^?-?\d|⁻?[²³¹⁴])?"
)
_UNIT = rf"{_SYMBOL}(?:[/·]\(?{_SYMBOL}\)?)*"
_MEASURED = re.compile(rf"(?<=[\d½¼¾⅓⅔]) (?={_UNIT}(?![\w/]))")
_HELD_UNIT = re.compile(rf"{HOLDING}{_UNIT}(?![\w/])")
_THOUSANDS = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")
_GOES_ON = re.compile(r"(?<=\S) (?=…)")
_RELATIONS = frozenset({"=", "≈", "<", ">", "≤", "≥", "≠"})
_OTHER = "\ufffc"


def kept_together(runs: Sequence[Run]) -> tuple[Run, ...]:
    """``runs`` with spaces that hold, also between a text and a formula in its line, and with joiners within units."""
    held = _held("".join(map(_letters, runs)))
    at = 0
    kept: list[Run] = []
    for run in runs:
        end = at + len(_letters(run))
        text = _HELD_UNIT.sub(_joined, held[at:end])
        kept.append(replace(run, text=text) if isinstance(run, Text) and not run.code else run)
        at = end
    return tuple(kept)


def as_written(text: str) -> str:
    """``text`` with plain spaces and without joiners."""
    return text.replace(HOLDING, " ").replace(JOINER, "")


def _joined(unit: re.Match[str]) -> str:
    return unit[0].replace("/", f"/{JOINER}")


def _held(text: str) -> str:
    for space in (_THOUSANDS, _MEASURED, _GOES_ON):
        text = space.sub(HOLDING, text)
    words = text.split(" ")
    pieces = words[:1]
    place = 1
    while place < len(words):
        equation = HOLDING.join((pieces[-1], *words[place : place + 2]))
        if words[place] in _RELATIONS and place + 1 < len(words) and len(equation) <= _LONGEST:
            pieces[-1] = equation
            place += 2
        else:
            pieces.append(words[place])
            place += 1
    return " ".join(pieces)


def _letters(run: Run) -> str:
    """A run as letters: a formula as many as fit into its width, digits if it ends with one."""
    if isinstance(run, Text):
        return _OTHER * len(run.text) if run.code else run.text
    if not isinstance(run, Formula):
        return _OTHER
    last = run.outline.tex[-1:]
    return (last if last.isdecimal() else _OTHER) * max(1, round(run.outline.width / _A_LETTER_EM))
