r"""Anki's card templates and cloze marks: ``{{Front}}``, ``{{#Extra}}…{{/Extra}}``, ``{{c1::word::hint}}``.

Only what decides on the words of a card is worked out; filters that change how it looks or sounds are passed over.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

_MARK = re.compile(r"\{\{(?P<kind>[#^/]?)(?P<name>[^{}]*)\}\}")
_CLOZE_START = re.compile(r"\{\{c(?P<numbers>\d+(?:,\d+)*)::")
_ANSWER_LINE = re.compile(r"<hr\b[^>]*\bid\s*=\s*[\"']?answer[\"']?[^>]*>", re.IGNORECASE)
_SOUND = re.compile(r"\[sound:[^\]]*\]|\[anki:play:[^\]]*\]")
_TEX_MARKS = (
    (re.compile(r"\[\$\](.+?)\[/\$\]", re.DOTALL), r"\\(\1\\)"),
    (re.compile(r"\[\$\$\](.+?)\[/\$\$\]", re.DOTALL), r"\\[\1\\]"),
    (re.compile(r"\[latex\](.+?)\[/latex\]", re.DOTALL), r"\1"),
)
_SILENT = ("tts", "hint")
_DEEPEST = 8


@dataclass(frozen=True, slots=True)
class ClozeParts:
    """A cloze note as one of its cards: the text with gaps, what is hidden, and the hints its author gave."""

    shown: str
    hidden: tuple[str, ...]
    hints: tuple[str, ...]


def filled(template: str, values: Mapping[str, str], *, back: bool = False) -> str:
    """The side of a card that ``template`` describes; of a back, only what stands below the front."""
    below = _ANSWER_LINE.split(template, maxsplit=1)
    parts: list[str] = []
    hidden = 0
    at = 0
    text = below[-1]
    for match in _MARK.finditer(text):
        if not hidden:
            parts.append(text[at : match.start()])
        at = match.end()
        name = match["name"].strip()
        if match["kind"] == "/":
            hidden -= hidden > 0
        elif match["kind"]:
            there = bool(values.get(name, "").strip())
            hidden += hidden > 0 or there == (match["kind"] == "^")
        elif not hidden:
            parts.append(_value(name, values, back=back))
    if not hidden:
        parts.append(text[at:])
    return "".join(parts)


def cloze_parts(text: str, number: int) -> ClozeParts:
    """The card ``number`` (from 1) of a cloze note: its own gaps are hidden, the others are shown."""
    hidden: list[str] = []
    hints: list[str] = []
    shown, _ = _without_clozes(text, 0, number, (hidden, hints), depth=0)
    return ClozeParts(shown, tuple(hidden), tuple(dict.fromkeys(hints)))


def without_media_marks(text: str) -> str:
    """``text`` without sounds, and with Anki's marks for formulas as usual ones."""
    text = _SOUND.sub("", text)
    for mark, usual in _TEX_MARKS:
        text = mark.sub(usual, text)
    return text


def _without_clozes(
    text: str, at: int, number: int, found: tuple[list[str], list[str]], *, depth: int
) -> tuple[str, int]:
    """``text`` from ``at`` on, up to the end of the cloze that it is inside of; and where that is."""
    parts: list[str] = []
    while at < len(text):
        start = _CLOZE_START.match(text, at)
        if start is not None and depth < _DEEPEST:
            own = str(number) in start["numbers"].split(",")
            inner, at = _without_clozes(
                text, start.end(), number, ([], []) if own else found, depth=depth + 1
            )
            answer, mark, hint = inner.partition("::")
            if own:
                found[0].append(answer)
                found[1].extend([hint] if mark and hint.strip() else [])
                parts.append(f"[gap:g{len(found[0])}]")
            else:
                parts.append(answer)
        elif depth and text.startswith("}}", at):
            return "".join(parts), at + 2
        else:
            parts.append(text[at])
            at += 1
    return "".join(parts), at


def _value(name: str, values: Mapping[str, str], *, back: bool) -> str:
    *filters, plain = (part.strip() for part in name.split(":"))
    if plain == "FrontSide" or any(one.startswith(_SILENT) for one in filters):
        return ""
    if "type" in filters and not back:  # the field to type into
        return ""
    return values.get(plain, "")
