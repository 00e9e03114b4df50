"""Splits what learners write for points, sets and several solutions into its parts.

``(2, -1)``, ``{1; 2}``, ``2 and 3``, ``x = 2 or x = 3``, ``±2``. The parts are text still.
"""

import re
from collections.abc import Iterator

from engine.answers.spelling import plain

_OPENING = "([{"
_CLOSING = ")]}"
_WORDS = re.compile(r"\b(?:and|or)\b", re.IGNORECASE)
_LABEL = re.compile(r"^\s*[^\W\d_](?:_?\d+)?\s*[=:]\s*")
_NAMED = re.compile(r"^\s*(?:[A-Z]|[^\W\d_]\s*[=:])\s*(?=[(\[{])")  # P(2, -1), x = {1, 2}
_BOTH_SIGNS = re.compile(r"\+\s*/\s*-|\b(?:plus|positive)\s+or\s+(?:minus|negative)\b", re.IGNORECASE)
_MINUS = re.compile(r"\b(?:minus|negative)\s+(?=[\d.(])", re.IGNORECASE)
_NOTHING = {"", "∅", "{}", "none", "empty", "no solution", "no solutions", "empty set", "the empty set"}
MAX_PARTS = 20


def readings(text: str) -> Iterator[tuple[str, ...]]:
    """The ways in which ``text`` can be split, the likeliest first: a comma may be part of a number."""
    line = plain(text).strip()
    if line.casefold() in _NOTHING:
        yield ()
        return
    line = _MINUS.sub("-", _BOTH_SIGNS.sub("±", line))
    inner = _WORDS.sub(";", without_brackets(_without_name(line))).replace("&", ";")
    if inner.count("|") == 1:  # (2|-1)
        inner = inner.replace("|", ";")
    separators = (";",) if ";" in inner and "," not in inner else (",;", ";", ", ;")
    seen = set()
    for signs in separators:
        parts = tuple(
            found
            for part in split(inner, signs)
            if (bare := _LABEL.sub("", part).strip())
            for found in _both_signs(bare)
        )
        if parts not in seen and len(parts) <= MAX_PARTS:
            seen.add(parts)
            yield parts


def _without_name(line: str) -> str:
    """``line`` without the name of the point or the set whose values stand in brackets behind it."""
    bare = _NAMED.sub("", line)
    return bare if without_brackets(bare) != bare.strip() else line


def without_brackets(text: str) -> str:
    """``text`` without the brackets that surround all of it."""
    text = text.strip()
    if len(text) < 2 or text[0] not in _OPENING or text[-1] not in _CLOSING:
        return text
    depth = 0
    for place, sign in enumerate(text):
        depth += (sign in _OPENING) - (sign in _CLOSING)
        if depth == 0 and place < len(text) - 1:
            return text
    return text[1:-1]


def split(text: str, separators: str) -> list[str]:
    """``text`` cut at the separators that stand in no bracket. With a space among them a comma needs one behind it."""
    parts, depth, start = [], 0, 0
    for place, sign in enumerate(text):
        depth += (sign in _OPENING) - (sign in _CLOSING)
        spaced = " " not in separators or sign != "," or text[place + 1 : place + 2] == " "
        if sign in separators and sign != " " and depth <= 0 and spaced:
            parts.append(text[start:place])
            start = place + 1
    return [*parts, text[start:]]


def _both_signs(part: str) -> tuple[str, ...]:
    bare = part.removeprefix("±").removeprefix("+-").strip()
    return (part,) if bare == part else (bare, f"-({bare})")
