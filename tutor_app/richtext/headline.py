"""The title of a passage as it is shown: equations in it are typeset, as they are in the text below it.

Titles are plain text wherever they are listed, searched or cited; so an equation in one is found by its signs.
"""

from __future__ import annotations

import re

from engine.answers.expression import parse_learner
from engine.answers.tex import to_tex
from engine.errors import ExpressionError
from tutor_app.richtext.document import Block, BlockKind, Formula, RichText, Run, Text
from tutor_app.richtext.formula import typeset
from tutor_app.richtext.parser import merge, parse

_RELATIONS = frozenset("=<>≤≥")
_SIGNS = _RELATIONS | frozenset("+−-×")
# No comma in a number: it would become a point, or be gone.
_TERM = re.compile(r"[(\-−]*(?:\d[\d.]*[A-Za-z]?|[A-Za-z])[²³]?\)*")
_STOPS = ".,;:!?"


def headline(title: str) -> RichText:
    """``title`` as a heading; no blocks for none."""
    if not title.strip():
        return RichText()
    written = parse(title).blocks if "$" in title else ()
    runs = written[0].runs if len(written) == 1 and written[0].kind is BlockKind.PARAGRAPH else _runs(title)
    return RichText((Block(BlockKind.HEADING, runs),), title)


def _runs(title: str) -> tuple[Run, ...]:
    words = title.split(" ")
    runs: list[Run] = []
    at = 0
    while at < len(words):
        end = _end_of_equation(words, at)
        formula = _formula(" ".join(words[at:end]).rstrip(_STOPS)) if end else None
        if formula is None:
            runs.append(Text(words[at] + " "))
            at += 1
            continue
        last = words[end - 1]
        runs += [formula, Text(last[len(last.rstrip(_STOPS)) :] + " ")]
        at = end
    return merge(runs)


def _end_of_equation(words: list[str], start: int) -> int:
    """The place behind the terms and signs that follow each other in turn from ``start``; 0 for no equation."""
    end = start
    while end < len(words) and _TERM.fullmatch(words[end].rstrip(_STOPS)):
        end += 1
        if end + 1 >= len(words) or words[end] not in _SIGNS:
            break
        end += 1
    found = words[start:end]
    if found and found[-1] in _SIGNS:
        found.pop()
    return start + len(found) if _RELATIONS.intersection(found) else 0


def _formula(written: str) -> Formula | None:
    try:
        outline = typeset(to_tex(parse_learner(written)))
    except ExpressionError:
        return None
    return Formula(outline) if outline is not None else None
