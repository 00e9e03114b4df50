"""Pieces of a passage for a list of hits: plain words, those that were looked for marked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from engine.rag.words import fold
from tutor_app.richtext.document import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

_BEFORE, _LENGTH = 50, 170
_PICTURE = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_LINE_START = re.compile(r"^[ \t]*(?:>[ \t]?|#{1,6}[ \t]+|[-*+][ \t]+|\|?[ \t:|-]{3,}$)", re.MULTILINE)
_FORMULA = re.compile(r"(?<!\\)\$[^$\n]+\$")
_FRACTION = re.compile(r"\\[dtc]?frac\{([^{}]*)\}\{([^{}]*)\}")
_COMMAND = re.compile(r"\\([A-Za-z]+)")
_LONE = re.compile(r"[\w.,]*|\\square")
_SIGNS = {
    "times": "×", "cdot": "·", "div": "÷", "pm": "±", "approx": "≈", "neq": "≠", "ne": "≠", "leq": "≤", "le": "≤",
    "geq": "≥", "ge": "≥", "rightarrow": "→", "to": "→", "Delta": "Δ", "pi": "π", "degree": "°", "circ": "°",
    "sqrt": "√", "Omega": "Ω", "alpha": "α", "beta": "β", "theta": "θ", "lambda": "λ", "rho": "ρ", "mu": "μ",
    "square": "□", "quad": " ", "qquad": " ",
}  # fmt: skip
_DOLLAR = "\ue0f2"


def plain(markdown: str) -> str:
    """``markdown`` without its signs, formulas written in a line: for a preview, not for reading."""
    text = _PICTURE.sub(r"\1", markdown)
    text = _LINE_START.sub("", text)
    text = _FORMULA.sub(lambda formula: formula[0].replace("-", "−"), text)
    text = text.replace("\\$", _DOLLAR).replace("**", "").replace("|", " ").replace("`", "")
    text = _FRACTION.sub(_fraction, text)
    text = _COMMAND.sub(_sign, text)
    text = re.sub(r"(?<!\w)[*_](?=\w)|(?<=\w)[*_](?!\w)", "", text)
    text = re.sub(r"\\[,;:! ]|[${}\\]", "", text).replace("^2", "²").replace("^3", "³")
    return " ".join(text.replace(_DOLLAR, "$").split())


def snippet(markdown: str, pattern: re.Pattern[str]) -> tuple[Text, ...]:
    """A line or two around the first word that ``pattern`` finds, every such word marked."""
    text = plain(markdown)
    first = pattern.search(_comparable(text))
    start = max(0, first.start() - _BEFORE) if first else 0
    if start:
        start = text.find(" ", start) + 1
    piece = text[start : start + _LENGTH]
    if start + _LENGTH < len(text):
        piece = piece.rpartition(" ")[0] + " …"
    if start:
        piece = "… " + piece
    return _marked(piece, pattern)


def word_pattern(words: Sequence[str]) -> re.Pattern[str]:
    """Finds the beginnings ``words`` (folded), and the rest of the word that each begins."""
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, words)) + r")\w*")


def _marked(text: str, pattern: re.Pattern[str]) -> tuple[Text, ...]:
    runs: list[Text] = []
    at = 0
    for match in pattern.finditer(_comparable(text)):
        if match.start() > at:
            runs.append(Text(text[at : match.start()]))
        runs.append(Text(text[match.start() : match.end()], marked=True))
        at = match.end()
    if at < len(text):
        runs.append(Text(text[at:]))
    return tuple(runs)


def _comparable(text: str) -> str:
    """``text`` folded letter by letter, so that places in it are places in ``text``."""
    return "".join(folded if len(folded := fold(letter)) == 1 else letter for letter in text)


def _fraction(match: re.Match[str]) -> str:
    above, below = (part if _LONE.fullmatch(part) else f"({part})" for part in match.groups())
    whole = " " if match.string[: match.start()][-1:].isdigit() else ""  # of a mixed number
    return f"{whole}{above}/{below}"


def _sign(match: re.Match[str]) -> str:
    name = match.group(1)
    return _SIGNS.get(name, f"{name} " if name in ("sin", "cos", "tan", "log") else "")
