"""Plain text: paragraphs between empty lines, and the few signs of structure that people type."""

import re
from collections.abc import Iterator

from engine.content.importers.blocks import (
    Block,
    BlockKind,
    ParsedDocument,
    formula,
    item,
    literal,
    one_line,
    pipe_table,
)
from engine.content.importers.job import ImportJob
from engine.content.importers.text_decoding import decode

_GAP = re.compile(r"\n[ \t\f]*\n")
_UNDERLINE = re.compile(r"(={3,}|-{3,}|~{3,}|\*{3,})\s*")
_NUMBERED = re.compile(
    r"(?:(?:chapter|section|part|unit|lesson)\s+[\dIVXLC]+\b|\d{1,2}(?:\.\d{1,2}){0,3}\.?\s+[A-Z])",
    re.IGNORECASE,
)
_ITEM = re.compile(r"(?P<indent>\s*)(?:[-*•+‣–]|(?P<number>\d{1,3})[.)])\s+(?P<text>\S.*)")
_HYPHENATED = re.compile(r"(?<=[^\W\d_])-\n\s*(?=[a-zà-ÿ])")
_TEX = re.compile(r"(\${1,2})(?=[^$]*[\\^_=])(?=\S)[^$\n]{1,300}(?<=\S)\1(?!\d)")
_COLUMN_GAP = re.compile(r"\s{2,}|\t")
_RULE = re.compile(r"[\s=+|-]+")
_HEADING_CHARS = 80
_TITLE_CHARS = 60
_MIN_TEXT_WORDS = 12
_MIN_TABLE_ROWS = 3
_END = (".", ",", ";", ":", "!", "?")
_LEVELS = {"=": 1, "*": 1}


def read_plain_text(job: ImportJob) -> ParsedDocument:
    """Read a text file. A dollar is a dollar, unless what stands between two of them is clearly TeX."""
    return ParsedDocument(_blocks(decode(job.read_text_bytes())))


def _blocks(text: str) -> Iterator[Block]:
    pieces = [
        [line.rstrip() for line in piece.replace("\f", "\n").split("\n") if line.strip()]
        for piece in _GAP.split(text)
    ]
    pieces = [lines for lines in pieces if lines]
    for at, lines in enumerate(pieces):
        yield from _piece(lines, pieces[at + 1] if at + 1 < len(pieces) else [])


def _piece(lines: list[str], following: list[str]) -> Iterator[Block]:
    first = _running(lines[0])
    underline = _UNDERLINE.fullmatch(lines[1].strip()) if len(lines) > 1 else None
    level = _heading_level(first) if len(lines) == 1 else 0
    if underline and len(first) <= _HEADING_CHARS:
        yield Block(BlockKind.HEADING, first, level=_LEVELS.get(underline.group(1)[0], 2))
        yield from _paragraphs(lines[2:])
    elif level or (len(lines) == 1 and _is_title(first, following)):
        yield Block(BlockKind.HEADING, first, level=level or 2)
    elif len(lines) >= _MIN_TABLE_ROWS and (rows := _table_rows(lines)):
        yield Block(BlockKind.TABLE, pipe_table(rows))
    elif len(lines) == 1 and first.startswith("$$") and first.endswith("$$"):
        yield formula(first.strip("$"))
    else:
        yield from _paragraphs(lines)


def _heading_level(line: str) -> int:
    """Level of a line that stands alone, if it looks like a numbered or capital heading; else 0."""
    if len(line) > _HEADING_CHARS or line.endswith(_END) or not line[:1].isalnum():
        return 0
    numbered = _NUMBERED.match(line)
    if numbered:
        return 2 + numbered.group().rstrip(". ").count(".")
    return 2 if line.isupper() and any(len(word) > 2 for word in line.split()) else 0


def _is_title(line: str, following: list[str]) -> bool:
    """Whether a short line without a full stop stands over running text."""
    short = len(line) <= _TITLE_CHARS and not line.endswith(_END) and line[:1].isupper() and "=" not in line
    text = _running(" ".join(following))
    return short and text[:1].isupper() and len(text.split()) >= _MIN_TEXT_WORDS


def _table_rows(lines: list[str]) -> list[list[str]]:
    """Rows of a table typed with spaces; none if the lines are something else."""
    rows = [_COLUMN_GAP.split(line.strip()) for line in lines if not _RULE.fullmatch(line)]
    width = max((len(row) for row in rows), default=0)
    full = sum(len(row) == width for row in rows)
    return rows if width >= 2 and len(rows) >= _MIN_TABLE_ROWS - 1 and full * 5 >= len(rows) * 4 else []


def _paragraphs(lines: list[str]) -> Iterator[Block]:
    running: list[str] = []
    found: re.Match[str] | None = None
    for line in lines:
        match = _ITEM.fullmatch(line)
        if match:
            yield from _finished(running, found)
            running, found = [match.group("text")], match
        else:
            running.append(line)
    yield from _finished(running, found)


def _finished(lines: list[str], match: re.Match[str] | None) -> Iterator[Block]:
    if not lines:
        return
    text = _running(_HYPHENATED.sub("", "\n".join(lines)))
    if match is None:
        yield Block(BlockKind.PARAGRAPH, text)
    else:
        number = match.group("number")
        level = min(len(match.group("indent")) // 2, 6)
        yield item(text, level=level, number=int(number) if number else None)


def _running(text: str) -> str:
    """Text on one line, TeX as it is and other dollars as dollars."""
    parts: list[str] = []
    position = 0
    for match in _TEX.finditer(text):
        parts += [literal(text[position : match.start()]), match.group()]
        position = match.end()
    return one_line("".join([*parts, literal(text[position:])]))
