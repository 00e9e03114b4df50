"""Words of a glossary, found in the text: whole words, the longest first, once in a block."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from tutor_app.richtext.document import Block, BlockKind, Run, Text

if TYPE_CHECKING:
    from collections.abc import Sequence

_LINKED = frozenset({BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.QUOTE, BlockKind.TABLE})


class TermLinker:
    """Links words to entries of a glossary.

    Args:
        terms: (word as it may stand in the text, entry it belongs to).
    """

    def __init__(self, terms: Sequence[tuple[str, str]]) -> None:
        self._entries = {_folded(word): entry for word, entry in terms if word.strip()}
        words = sorted(self._entries, key=len, reverse=True)
        pattern = "|".join(r"\s+".join(map(re.escape, word.split())) for word in words)
        self._pattern = re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE) if words else None

    def link(self, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        """``blocks`` with the first occurrence of each entry in each block linked."""
        return tuple(self._block(block) if block.kind in _LINKED else block for block in blocks)

    def _block(self, block: Block) -> Block:
        seen: set[str] = set()
        if block.rows:
            rows = tuple(tuple(self._runs(cell, seen) for cell in row) for row in block.rows)
            return replace(block, rows=rows)
        return replace(block, runs=self._runs(block.runs, seen))

    def _runs(self, runs: tuple[Run, ...], seen: set[str]) -> tuple[Run, ...]:
        linked: list[Run] = []
        for number, run in enumerate(runs):
            if isinstance(run, Text) and not run.code and not run.link:
                linked.extend(self._text(run, _edge(runs, number - 1, -1), _edge(runs, number + 1, 0), seen))
            else:
                linked.append(run)
        return tuple(linked)

    def _text(self, run: Text, before: str, after: str, seen: set[str]) -> list[Run]:
        """``run`` cut at the words found; ``before`` and ``after`` are the letters beside it."""
        if self._pattern is None:
            return [run]
        pieces: list[Run] = []
        position = 0
        text = before + run.text + after
        shift = len(before)
        for match in self._pattern.finditer(text):
            start, end = match.start() - shift, match.end() - shift
            entry = self._entries.get(_folded(match.group()), "")
            if start < 0 or end > len(run.text) or not entry or entry in seen:
                continue
            seen.add(entry)
            if start > position:
                pieces.append(replace(run, text=run.text[position:start]))
            pieces.append(replace(run, text=run.text[start:end], term=entry))
            position = end
        if position < len(run.text):
            pieces.append(replace(run, text=run.text[position:]))
        return pieces


def _edge(runs: tuple[Run, ...], number: int, at: int) -> str:
    if 0 <= number < len(runs) and isinstance(run := runs[number], Text) and run.text:
        return run.text[at]
    return ""


def _folded(word: str) -> str:
    return " ".join(word.split()).lower()
