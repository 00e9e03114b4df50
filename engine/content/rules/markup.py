"""What the Markdown of a passage may hold: prose, lists, tables, pictures and formulas; nothing active, no links."""

import functools
from collections.abc import Iterator
from typing import TYPE_CHECKING

from engine.content.finding import Finding, warning
from engine.content.pack_source import PackSource
from engine.content.passages_markdown import PlacedPassage
from engine.content.tex import blank_formulas, formulas, lone_dollar, tex_problem

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_REFUSED = {
    "html_block": ("raw HTML", "Write it in Markdown."),
    "html_inline": (
        "raw HTML",
        "Write it in Markdown; a bare < before a letter belongs between dollar signs.",
    ),
    "link_open": ("a link", "Name the source in words, or under `sources` in the manifest."),
    "heading_open": ("a heading without an id", "Use ### with an id, or bold text."),
    "fence": ("a code block", "Use a list or a table."),
    "code_block": ("a line indented by four spaces, which makes it code", "Remove the spaces."),
    "hr": ("a rule", "Remove it."),
}


def check_markup(source: PackSource) -> Iterator[Finding]:
    """Findings on the Markdown and TeX of passages, titles and definitions."""
    for placed in source.passages:
        yield from _markdown(placed)
        yield from _tex(placed.passage.text, placed.file, placed.text_line)
        yield from _tex(placed.passage.title, placed.file, placed.line)


def pictures(placed: PlacedPassage) -> Iterator[tuple[str, str, int]]:
    """(address, alternative text, line) of each picture in a passage."""
    for token in _tokens(placed.passage.text):
        for child in token.children or ():
            if child.type == "image":
                address = str(child.attrs.get("src", ""))
                position = placed.passage.text.find(address)
                line = placed.text_line + placed.passage.text.count("\n", 0, max(position, 0))
                yield address, child.content, line


def _markdown(placed: PlacedPassage) -> Iterator[Finding]:
    for token in _tokens(placed.passage.text):
        line = placed.text_line + (token.map[0] if token.map else 0)
        for inner in (token, *(token.children or ())):
            if inner.type in _REFUSED:
                what, todo = _REFUSED[inner.type]
                yield Finding("markup.refused", placed.file, line, f"The passage holds {what}.", todo)


def _tokens(text: str) -> "list[Token]":
    environment: dict[str, object] = {}
    return _parser().parse(blank_formulas(text), environment)


@functools.cache
def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt

    # Reference definitions vanish without a token; switched off, they stay visible as text.
    return MarkdownIt("commonmark", {"html": True}).enable("table").disable("reference")


def _tex(text: str, file: str, first_line: int) -> Iterator[Finding]:
    position = lone_dollar(text)
    if position is not None:
        line = first_line + text.count("\n", 0, position)
        todo = "Close the formula on the same line; write \\$ for a dollar."
        yield Finding("tex.dollar", file, line, "A dollar sign has no partner.", todo)
    for formula in formulas(text):
        line = first_line + text.count("\n", 0, formula.start)
        problem = tex_problem(formula.tex)
        if problem:
            yield Finding("tex.command", file, line, f"${formula.tex}$: {problem}", "Mend the formula.")
        if formula.display and not _alone(text, formula.start, formula.end):
            todo = "Put $$…$$ on a line of its own."
            yield warning("tex.display", file, line, "A display formula stands inside a line.", todo=todo)


def _alone(text: str, start: int, end: int) -> bool:
    before, after = text[:start].rpartition("\n")[2], text[end:].partition("\n")[0]
    return not before.strip(" >") and not after.strip()
