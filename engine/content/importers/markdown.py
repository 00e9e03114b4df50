"""Markdown files: CommonMark with tables, and TeX between dollar signs as it is."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from engine.content.importers.blocks import (
    Block,
    BlockKind,
    ParsedDocument,
    code,
    formula,
    item,
    literal,
    one_line,
    pipe_table,
)
from engine.content.importers.html_blocks import html_blocks
from engine.content.importers.job import ImportJob
from engine.content.importers.text_decoding import decode
from engine.content.importers.xml_tree import parse_html

if TYPE_CHECKING:
    from markdown_it.token import Token

_FRONT_FIELD = re.compile(r"(title|author|lang)\s*:\s*[\"']?(.*?)[\"']?\s*", re.IGNORECASE)
_TAG = re.compile(r"</?[a-z][^>]*>|<!--.*?-->", re.IGNORECASE | re.DOTALL)
_NOTE_MARK = re.compile(r"\[\^[^\]\s]+\](?::\s*)?")
_ATTRIBUTES = re.compile(r"\s*\{[#.][^{}]*\}\s*$")


def read_markdown(job: ImportJob) -> ParsedDocument:
    """Read a Markdown file; HTML in it is read as a web page would be."""
    from markdown_it import MarkdownIt
    from mdit_py_plugins.dollarmath import dollarmath_plugin
    from mdit_py_plugins.front_matter import front_matter_plugin

    text = decode(job.read_text_bytes())
    parser = MarkdownIt("commonmark").enable("table").use(front_matter_plugin)
    parser.use(dollarmath_plugin, allow_space=False, allow_digits=False, double_inline=True)
    tokens = parser.parse(text)
    front = dict(_front_matter(tokens))
    return ParsedDocument(
        _Reader(job).blocks(tokens),
        title=front.get("title", ""),
        authors=tuple(name for name in [front.get("author", "")] if name),
        language=front.get("lang", ""),
    )


def _front_matter(tokens: "list[Token]") -> Iterator[tuple[str, str]]:
    if tokens and tokens[0].type == "front_matter":
        for line in tokens[0].content.splitlines():
            match = _FRONT_FIELD.fullmatch(line)
            if match:
                yield match.group(1).lower(), match.group(2)


class _Reader:
    """Turns the parser's flat list of tokens into blocks."""

    def __init__(self, job: ImportJob) -> None:
        self._job = job
        self._lists: list[int | None] = []
        self._marker = False
        self._heading = 0
        self._table: list[list[str]] | None = None

    def blocks(self, tokens: "list[Token]") -> Iterator[Block]:
        for token in tokens:
            yield from self._token(token)

    def _token(self, token: "Token") -> Iterator[Block]:
        kind = token.type
        if kind == "inline":
            yield from self._inline(token)
        elif kind in ("fence", "code_block"):
            if token.content.strip():
                yield code(token.content, language=token.info.split(" ")[0])
        elif kind in ("math_block", "math_block_label"):
            yield formula(token.content)
        elif kind == "html_block":
            yield from html_blocks(parse_html(f"<body>{token.content}</body>", self._job))
        elif kind == "table_close":
            yield Block(BlockKind.TABLE, pipe_table(self._table or []))
            self._table = None
        else:
            self._structure(token)

    def _structure(self, token: "Token") -> None:
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
        elif kind == "table_open":
            self._table = []
        elif kind == "tr_open" and self._table is not None:
            self._table.append([])

    def _inline(self, token: "Token") -> Iterator[Block]:
        text = one_line("".join(_text(token.children or [])))
        if self._table is not None:
            self._table[-1].append(text)
        elif self._heading:
            yield Block(BlockKind.HEADING, _ATTRIBUTES.sub("", text), level=self._heading)
            self._heading = 0
        elif not text:
            return
        elif self._lists:
            yield self._item(text)
        elif text.startswith("$$") and text.endswith("$$") and text.count("$$") == 2:
            yield formula(text.strip("$"))
        else:
            yield Block(BlockKind.PARAGRAPH, text)

    def _item(self, text: str) -> Block:
        level, number = len(self._lists) - 1, self._lists[-1]
        if not self._marker:
            return Block(BlockKind.ITEM, "  " * (level + 1) + text, level=level)
        self._marker = False
        if number is not None:
            self._lists[-1] = number + 1
        return item(text, level=level, number=number)


def _text(tokens: "list[Token]") -> Iterator[str]:
    for token in tokens:
        kind = token.type
        if kind in ("text", "text_special"):
            yield literal(_NOTE_MARK.sub("", token.content))
        elif kind == "code_inline":
            yield f"`{token.content}`"
        elif kind == "math_inline":
            yield f"${token.content.strip()}$"
        elif kind == "math_inline_double":
            yield f"$$ {token.content.strip()} $$"
        elif kind in ("softbreak", "hardbreak"):
            yield " "
        elif kind == "image" and len(token.content.split()) > 3:
            yield f" (Picture: {literal(token.content)}) "
        elif kind == "strong_open" or kind == "strong_close":
            yield "**"
        elif kind == "html_inline":
            yield _TAG.sub("", token.content)
