"""Texts with gaps to fill: each gap as a formula of a fixed width and no shape, named "gap:<id>"; or filled in."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from tutor_app.richtext.document import Block, Formula, Outline, RichText, Run, Text
from tutor_app.richtext.parser import parse
from tutor_app.services.practising import GAP

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_WRITTEN = re.compile(r"\[gap:([A-Za-z0-9._-]+)\]")
_KEPT = re.compile("\ue0f3([^\ue0f4]*)\ue0f4")
_WIDTH, _ASCENT, _DESCENT = 8.0, 1.35, 0.65  # em: room for a field and its border


def gap_names(markdown: str) -> tuple[str, ...]:
    """The gaps that a text has, in order."""
    return tuple(dict.fromkeys(_WRITTEN.findall(markdown)))


def with_gaps(markdown: str) -> RichText:
    """The text, each gap a blank to be filled."""
    return _replaced(
        markdown, lambda gap: Formula(Outline(f"{GAP}{gap}", "…", _WIDTH, _ASCENT, _DESCENT, ()))
    )


def filled(markdown: str, words: Mapping[str, str]) -> RichText:
    """The text with what was written into its gaps."""
    return _replaced(markdown, lambda gap: Text(words.get(gap, "") or "…", strong=True))


def _replaced(markdown: str, made: Callable[[str], Run]) -> RichText:
    read = parse(_WRITTEN.sub("\ue0f3\\1\ue0f4", markdown))
    return RichText(tuple(_block(block, made) for block in read.blocks), markdown)


def _block(block: Block, made: Callable[[str], Run]) -> Block:
    return replace(
        block,
        runs=_runs(block.runs, made),
        rows=tuple(tuple(_runs(cell, made) for cell in row) for row in block.rows),
    )


def _runs(runs: tuple[Run, ...], made: Callable[[str], Run]) -> tuple[Run, ...]:
    cut: list[Run] = []
    for run in runs:
        if not isinstance(run, Text):
            cut.append(run)
            continue
        for number, piece in enumerate(_KEPT.split(run.text)):
            if number % 2:
                cut.append(made(piece))
            elif piece:
                cut.append(replace(run, text=piece))
    return tuple(cut)
