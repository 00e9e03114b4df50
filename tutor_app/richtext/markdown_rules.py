"""The Markdown that is shown: CommonMark with tables and formulas between dollar signs, HTML shown as it is written.

The rules for formulas are those of ``engine.sentences`` ("$5 or $10" is money), and take a time that grows with the
text and not with its square: markdown-it's own plug-in looks to the end of the text for each dollar sign.
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

_MAX_TEX = 4000
_MAX_TEX_LINES = 60
_DOUBLE = re.compile(rf"\$\$(?=\S|\s)(.{{1,{_MAX_TEX}}}?)\$\$", re.DOTALL)
_SINGLE = re.compile(rf"\$(?![\s$])([^$\n]{{1,{_MAX_TEX}}}?)(?<![\s\\])\$(?!\d)")


def tokens(markdown: str) -> list[Token]:
    """``markdown`` as markdown-it's tokens; formulas are ``math_inline``, ``math_inline_double``, ``math_block``."""
    return _parser().parse(markdown)


@functools.cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    made = MarkdownIt("commonmark", {"html": False}).enable("table").disable("reference")
    made.inline.ruler.before("escape", "math_inline", _inline_formula)
    made.block.ruler.before(
        "fence", "math_block", _block_formula, {"alt": ["paragraph", "reference", "blockquote", "list"]}
    )
    return made


def _inline_formula(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "$" or (state.pos and state.src[state.pos - 1] in "$\\"):
        return False
    match = _DOUBLE.match(state.src, state.pos) or _SINGLE.match(state.src, state.pos)
    if match is None or match.end() > state.posMax or not match.group(1).strip():
        return False
    if not silent:
        double = match.group().startswith("$$")
        token = state.push("math_inline_double" if double else "math_inline", "math", 0)
        token.content = match.group(1).strip()
    state.pos = match.end()
    return True


def _block_formula(state: StateBlock, first: int, end: int, silent: bool) -> bool:
    if state.is_code_block(first):
        return False
    line = _line(state, first)
    if not line.startswith("$$") or "$$" in line[2:].rstrip()[:-2]:
        return False
    collected = [line[2:]]
    last = first
    while not collected[-1].rstrip().endswith("$$"):
        last += 1
        line = _line(state, last) if last < min(end, first + _MAX_TEX_LINES) else ""
        if not line.strip() or state.sCount[last] < state.blkIndent:
            return False
        collected.append(line)
    tex = "\n".join(collected).rstrip()[:-2].strip()
    if not tex or "$$" in tex:
        return False
    if not silent:
        token = state.push("math_block", "math", 0)
        token.block, token.content, token.map = True, tex, [first, last + 1]
        state.line = last + 1
    return True


def _line(state: StateBlock, number: int) -> str:
    return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]]
