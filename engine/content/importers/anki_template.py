r"""Anki's card templates and cloze marks: ``{{Front}}``, ``{{#Extra}}…{{/Extra}}``, ``{{c1::word::hint}}``.

Only what decides on the words of a card is worked out; filters that change how it looks or sounds are passed over.
"""

import re
from collections.abc import Iterator, Mapping
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


def filled(template: str, values: Mapping[str, str]) -> str:
    """The front of a card that ``template`` describes."""
    return "".join(text for _, text in _pieces(template, values))


def back_fields(template: str, front: str, values: Mapping[str, str]) -> list[str]:
    """What the fields of a back hold, in order: those below the line, without those that the front shows already."""
    below = _ANSWER_LINE.split(template, maxsplit=1)[-1]
    asked = {name for name, _ in _pieces(front, values)}
    found = {name: text for name, text in _pieces(below, values, back=True) if name and text.strip()}
    fresh = [text for name, text in found.items() if name not in asked]
    return fresh or list(found.values())


def _pieces(template: str, values: Mapping[str, str], *, back: bool = False) -> Iterator[tuple[str, str]]:
    """The parts of a side, each with the name of its field, or "" for what stands in the template itself."""
    hidden = 0
    at = 0
    for match in _MARK.finditer(template):
        if not hidden:
            yield "", template[at : match.start()]
        at = match.end()
        name = match["name"].strip()
        if match["kind"] == "/":
            hidden -= hidden > 0
        elif match["kind"]:
            there = bool(values.get(name, "").strip())
            hidden += hidden > 0 or there == (match["kind"] == "^")
        elif not hidden:
            yield from _field(name, values, back=back)
    if not hidden:
        yield "", template[at:]


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


def _field(name: str, values: Mapping[str, str], *, back: bool) -> Iterator[tuple[str, str]]:
    *filters, plain = (part.strip() for part in name.split(":"))
    silent = any(one.startswith(_SILENT) for one in filters)
    to_be_typed = "type" in filters and not back
    if plain in values and not silent and not to_be_typed:
        yield plain, values[plain]
