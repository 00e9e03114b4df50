"""Texts with gaps to fill: each gap as a formula of a fixed width and no shape, named "gap:<id>"; or filled in.

What is filled in begins with the sentence of the first gap. What stands before that often says only what is to be done
("Fill the gaps:"), and is had by itself.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from engine.sentences import sentence_spans
from tutor_app.richtext.document import Block, Formula, Outline, RichText, Run, Text
from tutor_app.richtext.parser import parse
from tutor_app.services.practising import GAP

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

BLANK = "___"
"""How an empty gap is written in a line of words."""

_WRITTEN = re.compile(r"\[gap:([A-Za-z0-9._-]+)\]")
_KEPT = re.compile("\ue0f3([^\ue0f4]*)\ue0f4")
_INTRODUCED = re.compile(r".*:[)”’]*\s+", re.DOTALL)
_WIDTH, _ASCENT, _DESCENT = 8.0, 1.35, 0.65  # em: room for a field and its border


def gap_names(markdown: str) -> tuple[str, ...]:
    """The gaps that a text has, in order."""
    return tuple(dict.fromkeys(_WRITTEN.findall(markdown)))


def with_blanks(markdown: str, read: Callable[[str], str]) -> str:
    """``markdown`` as ``read`` writes it in plain words, a blank for each gap."""
    return read(_WRITTEN.sub("\ue0f3", markdown)).replace("\ue0f3", BLANK)


def with_gaps(markdown: str) -> RichText:
    """The text, each gap a hole to be filled."""
    blocks = parse(_WRITTEN.sub("\ue0f3\\1\ue0f4", markdown)).blocks
    return RichText(tuple(_each(block, _with_holes) for block in blocks), markdown)


def lead(markdown: str) -> RichText:
    """What stands before the sentence of the first gap; no blocks for nothing."""
    return RichText(_parted(markdown)[0], markdown)


def filled(markdown: str, words: Mapping[str, str]) -> RichText:
    """The text from the sentence of the first gap on, with what was written into its gaps."""

    def written(run: Run) -> tuple[Run, ...]:
        gap = _gap(run)
        return (Text(words.get(gap, "") or BLANK, strong=True),) if gap else (run,)

    return RichText(tuple(_each(block, written) for block in _parted(markdown)[1]), markdown)


def _parted(markdown: str) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    """What stands before the sentence of the first gap, and the rest."""
    blocks = with_gaps(markdown).blocks
    at = next((n for n, it in enumerate(blocks) if any(map(_gap, _runs_of(it)))), 0)
    runs = blocks[at].runs if blocks else ()
    gap = next((n for n, run in enumerate(runs) if _gap(run)), 0)
    for place in reversed(range(gap)):
        run = runs[place]
        if isinstance(run, Text) and (begins := _last_sentence(run.text)):
            before = (*runs[:place], replace(run, text=run.text[:begins].rstrip()))
            after = (replace(run, text=run.text[begins:]), *runs[place + 1 :])
            rest = replace(blocks[at], runs=tuple(it for it in after if it != replace(run, text="")))
            return (*blocks[:at], replace(blocks[at], runs=before)), (rest, *blocks[at + 1 :])
    return blocks[:at], blocks[at:]


def _last_sentence(text: str) -> int:
    """Where what ``text`` breaks off in begins: a sentence, or what a colon in that introduces; 0 for all of it."""
    spans = sentence_spans(f"{text}X")  # what goes on behind it
    ended = spans[-2][1] if len(spans) > 1 else 0
    if introduced := _INTRODUCED.match(text, ended):
        return introduced.end()
    return len(text) - len(text[ended:].lstrip()) if ended else 0


def _gap(run: Run) -> str:
    """The id of the gap whose hole ``run`` is; "" for another run."""
    source = run.outline.tex if isinstance(run, Formula) else ""
    return source.removeprefix(GAP) if source.startswith(GAP) else ""


def _with_holes(run: Run) -> tuple[Run, ...]:
    if not isinstance(run, Text):
        return (run,)
    cut: list[Run] = []
    for number, piece in enumerate(_KEPT.split(run.text)):
        if number % 2:
            cut.append(Formula(Outline(f"{GAP}{piece}", "…", _WIDTH, _ASCENT, _DESCENT, ())))
        elif piece:
            cut.append(replace(run, text=piece))
    return tuple(cut)


def _runs_of(block: Block) -> tuple[Run, ...]:
    return (*block.runs, *(run for row in block.rows for cell in row for run in cell))


def _each(block: Block, made: Callable[[Run], tuple[Run, ...]]) -> Block:
    def several(runs: tuple[Run, ...]) -> tuple[Run, ...]:
        return tuple(new for run in runs for new in made(run))

    return replace(
        block, runs=several(block.runs), rows=tuple(tuple(map(several, row)) for row in block.rows)
    )
