"""A language that nobody speaks: messages marked, accented and a third longer, to find what translating breaks."""

from __future__ import annotations

import gettext
import re

_PLAIN = "abcdeghijklnorstuwyzACDEGHIJKLNORSTUWYZ"
_ACCENTED = "áƀçðéğĥíĵķłñöŕšţüŵýžÁÇÐÉĞĤÍĴĶŁÑÖŔŠŢÜŴÝŽ"
_TABLE = str.maketrans(_PLAIN, _ACCENTED)
_FIELD = re.compile(r"(\{[^{}]*\})")
_FILLER = "áéíöü åéîøù "
_LONGER = 0.35
_TURNED = "\u202e{}\u202c"


class PseudoTranslations(gettext.NullTranslations):
    """Says every message as "[Ŝéñð áé]".

    Args:
        mirrored: have the letters run from right to left, as an Arabic translation's would.
    """

    def __init__(self, *, mirrored: bool = False) -> None:
        super().__init__()
        self._mirrored = mirrored

    def gettext(self, message: str) -> str:
        return self._said(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self._said(msgid1 if n == 1 else msgid2)

    def pgettext(self, context: str, message: str) -> str:
        return self._said(message) if message else ""

    def _said(self, message: str) -> str:
        parts = _FIELD.split(message)
        letters = sum(map(len, parts[::2]))
        parts[::2] = [part.translate(_TABLE) for part in parts[::2]]
        more = round(letters * _LONGER)
        filler = (_FILLER * (more // len(_FILLER) + 1))[:more].rstrip()
        said = f"[{''.join(parts)}{' ' if filler else ''}{filler}]"
        return _TURNED.format(said) if self._mirrored else said
