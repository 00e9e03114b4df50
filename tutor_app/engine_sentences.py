"""The engine's English sentences in another language: found by their templates, their values filled in again.

The engine and the services write sentences with values in them (``f"“{name}” is empty."``). The catalogue holds the
templates (``“{0}” is empty.``, extracted by ``packaging/translations.py``), and a sentence is matched against them
when it is shown. What no template fits stays as it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

NUMBER = "1,234.5"
"""How the engine writes numbers; its translation shows how the language does."""

_FIELD = re.compile(r"\{(\d+)\}")
_SENTENCE_END = re.compile(r"(?<=[.!?…”)]) +")
_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d+")
_LONGEST = 2000
_MOST_SENTENCES = 8
_DEPTH = 3


@dataclass(slots=True)
class _Template:
    """``literals`` stand around the fields, one more than there are fields."""

    literals: list[str]
    fields: list[int]
    translated: str
    pattern: re.Pattern[str] | None = field(default=None)

    def values(self, text: str) -> dict[int, str] | None:
        """What stands in ``text`` in place of the fields; None if it does not fit."""
        if not (text.startswith(self.literals[0]) and text.endswith(self.literals[-1])):
            return None
        if self.pattern is None:
            self.pattern = self._compiled()
        found = self.pattern.fullmatch(text)
        if found is None:
            return None
        return dict(zip(self.fields, found.groups(), strict=True))

    def _compiled(self) -> re.Pattern[str]:
        pattern = re.escape(self.literals[0])
        for before, after in pairwise(self.literals):
            # Where one value follows another, a value that begins as a sentence ends as one.
            whole = after == " " and before.endswith(". ")
            pattern += ("(.+?[.!?…])" if whole else "(.+?)") + re.escape(after)
        return re.compile(pattern, re.DOTALL)

    def filled(self, values: Mapping[int, str]) -> str:
        """The other language's sentence."""
        return _FIELD.sub(lambda field: values[int(field[1])], self.translated)


class EngineSentences:
    """Translates by templates.

    Args:
        templates: English sentences with ``{0}``, ``{1}`` … for their values, and the same in the other language.
        apart: how a value is set apart from the sentence that it is filled into.
    """

    def __init__(self, templates: Mapping[str, str], apart: Callable[[str], str] = str) -> None:
        self._apart = apart
        self._whole = {english: other for english, other in templates.items() if not _FIELD.search(english)}
        number = self._whole.pop(NUMBER, NUMBER)
        self._signs = str.maketrans({",": number[1], ".": number[-2]})
        made = (_template(english, other) for english, other in templates.items() if _FIELD.search(english))
        # What says most fits best.
        self._templates = sorted(made, key=lambda one: -sum(map(len, one.literals)))

    def translated(self, text: str) -> str:
        """``text``, whole or sentence by sentence; as it is where nothing fits."""
        if not text or len(text) > _LONGEST:
            return text
        return self._said(text, 0)

    def _said(self, text: str, depth: int) -> str:
        whole = self._one(text, depth)
        if whole is not None:
            return whole
        sentences = _SENTENCE_END.split(text)
        if not 1 < len(sentences) <= _MOST_SENTENCES:
            return text
        return " ".join(self._in_turn(sentences, depth))

    def _in_turn(self, sentences: list[str], depth: int) -> list[str]:
        """The sentences translated, as many together as one template holds."""
        said = []
        while sentences:
            for taken in range(len(sentences), 0, -1):
                found = self._one(" ".join(sentences[:taken]), depth)
                if found is not None:
                    break
            else:
                taken, found = 1, sentences[0]
            said.append(found)
            sentences = sentences[taken:]
        return said

    def _one(self, text: str, depth: int) -> str | None:
        if text in self._whole:
            return self._whole[text]
        for template in self._templates if depth < _DEPTH else ():
            values = template.values(text)
            if values is not None:
                return template.filled(
                    {at: self._apart(self._value(value, depth + 1)) for at, value in values.items()}
                )
        return None

    def _value(self, text: str, depth: int) -> str:
        """A value may be a sentence or a phrase of the engine's itself, or a number."""
        if _NUMBER.fullmatch(text):
            return text.translate(self._signs)
        return self._said(text, depth)


def _template(english: str, other: str) -> _Template:
    parts = _FIELD.split(english)
    return _Template(parts[::2], [int(number) for number in parts[1::2]], other)
