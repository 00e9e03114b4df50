"""Markdown with TeX as rich text: what the window draws. Runs in the engine's process; no Qt.

Hostile input costs a bounded time and never raises: a text beyond the limits is shown as it was written.
Answers, which grow part by part, are put together in ``answer``.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from tutor_app.richtext.document import Block, BlockKind, Formula, RichText, Run, Text
from tutor_app.richtext.formula import typeset
from tutor_app.richtext.markdown_rules import tokens
from tutor_app.richtext.marks import mark_quotes
from tutor_app.richtext.pictures import picture
from tutor_app.richtext.plain import to_plain
from tutor_app.richtext.terms import TermLinker

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from markdown_it.token import Token

MAX_CHARS = 100_000
MAX_FORMULAS = 250
"""More formulas than this are shown as TeX."""

_MAX_BLOCKS = 1000
_MAX_CELLS = 2000
_MAX_COLUMNS = 24
_ADDRESSES = ("https://", "http://", "mailto:")


def parse(
    markdown: str,
    *,
    marks: Sequence[str] = (),
    terms: Mapping[str, str] | Sequence[str] = (),
    media: Path | None = None,
) -> RichText:
    """Read Markdown.

    Args:
        markdown: the text; what is beyond ``MAX_CHARS`` is left out.
        marks: verbatim quotes from ``markdown`` to be marked; white space may differ.
        terms: words of the glossary to link, once in a block; a mapping says which entry each word belongs to.
        media: the folder that pictures may come from.
    """
    shown = markdown if len(markdown) <= MAX_CHARS else markdown[:MAX_CHARS] + " …"
    blocks = blocks_of(shown, media)
    if terms:
        blocks = _linker(
            tuple(terms.items()) if hasattr(terms, "items") else tuple((t, t) for t in terms)
        ).link(blocks)
    if marks:
        blocks = mark_quotes(blocks, markdown, marks)
    return RichText(blocks, markdown)


@functools.lru_cache(maxsize=512)
def blocks_of(markdown: str, media: Path | None = None) -> tuple[Block, ...]:
    """The blocks of ``markdown``, with nothing marked or linked to a glossary."""
    if not markdown.strip():
        return ()
    try:
        return _bounded(_Reader(media).read(tokens(markdown)))
    except Exception:  # noqa: BLE001 - a parser that fails must not hide the text
        return _as_written(markdown)


def _as_written(markdown: str) -> tuple[Block, ...]:
    """The paragraphs of ``markdown``, not read."""
    paragraphs = (paragraph.strip() for paragraph in markdown.split("\n\n"))
    return tuple(Block(BlockKind.PARAGRAPH, (Text(paragraph),)) for paragraph in paragraphs if paragraph)


@functools.lru_cache(maxsize=8)
def _linker(terms: tuple[tuple[str, str], ...]) -> TermLinker:
    return TermLinker(terms)


def _bounded(blocks: list[Block]) -> tuple[Block, ...]:
    """``blocks`` as many as the window can lay out at once; the text of the others in one."""
    if len(blocks) <= _MAX_BLOCKS:
        return tuple(blocks)
    rest = to_plain(RichText(tuple(blocks[_MAX_BLOCKS:])))
    return (*blocks[:_MAX_BLOCKS], Block(BlockKind.PARAGRAPH, (Text(rest),)))


@dataclass(slots=True)
class _Style:
    """How the text that follows is set."""

    strong: int = 0
    emphasis: int = 0
    links: list[str] = field(default_factory=list)

    def text(self, content: str, *, code: bool = False) -> Text:
        return Text(
            content,
            strong=self.strong > 0,
            emphasis=self.emphasis > 0,
            code=code,
            link=self.links[-1] if self.links else "",
        )


class _Reader:
    """Turns the parser's flat list of tokens into blocks."""

    def __init__(self, media: Path | None) -> None:
        self._media = media
        self._blocks: list[Block] = []
        self._lists: list[int | None] = []
        self._marker = False
        self._heading = 0
        self._quoted = 0
        self._rows: list[list[tuple[Run, ...]]] | None = None
        self._aligns: list[str] = []
        self._formulas = 0

    def read(self, parsed: list[Token]) -> list[Block]:
        for token in parsed:
            self._token(token)
        return self._blocks

    def _token(self, token: Token) -> None:
        kind = token.type
        if kind == "inline":
            self._inline(token)
        elif kind in ("fence", "code_block"):
            self._marked_item()
            code = token.content.removesuffix("\n")
            self._add(Block(BlockKind.CODE, (Text(code, code=True),)))
        elif kind == "math_block":
            self._marked_item()
            self._add(self._display(token.content))
        elif kind == "hr":
            self._add(Block(BlockKind.RULE))
        elif kind == "table_close":
            self._add(_table(self._rows or [], self._aligns))
            self._rows = None
        else:
            self._structure(token)

    def _structure(self, token: Token) -> None:
        kind = token.type
        if kind == "heading_open":
            self._heading = int(token.tag[1])
        elif kind == "ordered_list_open":
            self._lists.append(int(token.attrs.get("start", 1)))
        elif kind == "bullet_list_open":
            self._lists.append(None)
        elif kind in ("ordered_list_close", "bullet_list_close"):
            self._lists.pop()
        elif kind == "list_item_open":
            self._marker = True
        elif kind == "list_item_close":
            self._marked_item()
        elif kind in ("blockquote_open", "blockquote_close"):
            self._quoted += 1 if kind == "blockquote_open" else -1
        elif kind == "table_open":
            self._rows, self._aligns = [], []
        elif self._rows is not None:
            self._table_part(token)

    def _table_part(self, token: Token) -> None:
        if self._rows is None:
            return
        if token.type == "tr_open":
            self._rows.append([])
        elif token.type == "th_open":
            self._aligns.append(str(token.attrs.get("style", "")).removeprefix("text-align:"))

    def _inline(self, token: Token) -> None:
        pieces = self._pieces(token.children or [])
        if self._rows is not None:
            self._rows[-1].append(tuple(run for piece in pieces for run in piece.runs))
            return
        if self._heading:
            runs = tuple(run for piece in pieces for run in piece.runs)
            self._blocks.append(Block(BlockKind.HEADING, runs, level=self._heading, quoted=self._quoted))
            self._heading = 0
            return
        for piece in pieces:
            if piece.kind is not BlockKind.PARAGRAPH:
                self._marked_item()
                self._add(piece)
            elif self._marker:
                self._item(piece.runs)
            else:
                self._add(replace(piece, kind=BlockKind.QUOTE if self._quoted else BlockKind.PARAGRAPH))

    def _add(self, block: Block) -> None:
        self._blocks.append(replace(block, indent=len(self._lists), quoted=self._quoted))

    def _marked_item(self) -> None:
        """Write the marker of an item that begins with something else than text."""
        if self._marker:
            self._item(())

    def _item(self, runs: tuple[Run, ...]) -> None:
        number = self._lists[-1] if self._lists else None
        if number is not None:
            self._lists[-1] = number + 1
        self._marker = False
        self._blocks.append(
            Block(BlockKind.ITEM, runs, level=max(1, len(self._lists)), number=number, quoted=self._quoted)
        )

    def _pieces(self, children: list[Token]) -> list[Block]:
        """A paragraph, cut where a display formula or a picture stands in it."""
        style = _Style()
        pieces: list[Block] = []
        runs: list[Run] = []
        for child in children:
            alone = self._alone(child) if self._rows is None and not self._heading else None
            if alone is None:
                runs.extend(self._runs(child, style))
                continue
            pieces.extend(_paragraph(runs))
            runs = []
            pieces.append(alone)
        pieces.extend(_paragraph(runs))
        return pieces

    def _alone(self, token: Token) -> Block | None:
        """What stands on a line of its own though it is written inside one; None for all else."""
        if token.type == "math_inline_double":
            return self._display(token.content)
        if token.type == "image" and self._media is not None:
            return picture(str(token.attrs.get("src", "")), token.content, self._media)
        return None

    def _runs(self, token: Token, style: _Style) -> list[Run]:
        kind = token.type
        if kind in ("text", "text_special"):
            return [style.text(token.content)] if token.content else []
        if kind == "code_inline":
            return [style.text(token.content, code=True)]
        if kind in ("math_inline", "math_inline_double"):
            return [self._formula(token.content, display=False)]
        if kind == "softbreak":
            return [style.text(" ")]
        if kind == "hardbreak":
            return [style.text("\n")]
        if kind == "image":
            return [style.text(token.content)] if token.content else []
        _restyle(style, token)
        return []

    def _formula(self, tex: str, *, display: bool) -> Run:
        self._formulas += 1
        outline = typeset(tex, display=display) if self._formulas <= MAX_FORMULAS else None
        return Formula(outline) if outline else Text(tex, code=True)

    def _display(self, tex: str) -> Block:
        run = self._formula(tex, display=True)
        return Block(BlockKind.FORMULA if isinstance(run, Formula) else BlockKind.CODE, (run,))


def _table(rows: list[list[tuple[Run, ...]]], aligns: list[str]) -> Block:
    table = Block(BlockKind.TABLE, rows=tuple(map(tuple, rows)), aligns=tuple(aligns))
    columns = max(map(len, rows), default=0)
    if columns <= _MAX_COLUMNS and columns * len(rows) <= _MAX_CELLS:
        return table
    return Block(BlockKind.CODE, (Text(to_plain(RichText((table,))), code=True),))


def _restyle(style: _Style, token: Token) -> None:
    kind = token.type
    if kind.startswith("strong_"):
        style.strong += token.nesting
    elif kind.startswith("em_"):
        style.emphasis += token.nesting
    elif kind == "link_open":
        address = str(token.attrs.get("href", ""))
        style.links.append(address if address.lower().startswith(_ADDRESSES) else "")
    elif kind == "link_close" and style.links:
        style.links.pop()


def _paragraph(runs: list[Run]) -> list[Block]:
    merged = merge(runs)
    return [Block(BlockKind.PARAGRAPH, merged)] if merged else []


def merge(runs: Sequence[Run]) -> tuple[Run, ...]:
    """``runs`` with neighbours of one style joined, and without white space at either end."""
    merged: list[Run] = []
    for run in runs:
        last = merged[-1] if merged else None
        if (
            isinstance(run, Text)
            and isinstance(last, Text)
            and replace(run, text="") == replace(last, text="")
        ):
            merged[-1] = replace(last, text=last.text + run.text)
        else:
            merged.append(run)
    for end, strip in ((0, str.lstrip), (-1, str.rstrip)):
        while merged and isinstance(edge := merged[end], Text) and not edge.code:
            if stripped := strip(edge.text):
                merged[end] = replace(edge, text=stripped)
                break
            del merged[end]
    return tuple(merged)
