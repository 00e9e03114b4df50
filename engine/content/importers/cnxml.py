"""OpenStax textbooks in their source form: one CNXML module, or a folder of them, plain or gzipped.

A module becomes a section named by its id, so that a citation can be traced to the module. Examples, exercises and
the glossary keep their role; definitions also become glossary terms.
"""

import gzip
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from engine.content.importers.blocks import (
    Block,
    BlockKind,
    ParsedDocument,
    code,
    formula,
    item,
    literal,
    lowered,
    one_line,
    pipe_table,
    raised,
)
from engine.content.importers.job import ImportJob, broken
from engine.content.importers.mathml_to_tex import mathml_to_tex
from engine.content.importers.xml_tree import children, find_child, local_name, parse_xml, text_of
from engine.types import PassageKind

if TYPE_CHECKING:
    from lxml.etree import _Element

_KIND = "CNXML"
_ROLES = {
    "example": PassageKind.EXAMPLE,
    "exercise": PassageKind.ACTIVITY,
    "glossary": PassageKind.DEFINITION,
}
_NAMED = {"example": "Example", "solution": "Solution"}
_SKIPPED = frozenset({"title", "metadata", "label", "image", "colspec"})
_BLOCKS = frozenset(
    "para list table equation figure note example exercise problem solution code media section definition".split()
)
_UNNAMED = frozenset({"list", "table", "equation", "code", "section"})
_MIN_ALT_WORDS = 4


def module_files(path: Path) -> list[Path]:
    """The modules of a folder, by name; the file itself if it is one."""
    if path.is_file():
        return [path]
    return sorted(file for file in path.iterdir() if file.name.endswith((".cnxml", ".cnxml.gz")))


def read_cnxml(job: ImportJob) -> ParsedDocument:
    """Read a module or a folder of modules."""
    files = module_files(job.path)
    job.check_pages(len(files), "modules")
    title = _title(_root(job.path, job)) if job.path.is_file() else _book_title(job.path)
    return ParsedDocument(_blocks(files, job), title=title, authors=("OpenStax",), language="en")


def _blocks(files: list[Path], job: ImportJob) -> Iterator[Block]:
    for done, file in enumerate(files):
        job.step(done, len(files), "modules")
        root = _root(file, job)
        yield Block(BlockKind.HEADING, _title(root), level=1, anchor=_module(root, file))
        for part in children(root):
            if local_name(part) in ("content", "glossary"):
                yield from _Module().read(part)
    job.step(len(files), len(files), "modules")


def _book_title(folder: Path) -> str:
    """A folder of modules does not say how the book is called; the folder's name does, unless it is a usual one."""
    named = folder.absolute().parent if folder.name in ("cnxml", "modules") else folder
    return named.name.replace("_", " ")


def _root(file: Path, job: ImportJob) -> "_Element":
    try:
        with gzip.open(file) if file.suffix == ".gz" else file.open("rb") as stream:
            data = stream.read(job.limits.part_bytes + 1)
    except (OSError, EOFError, zlib.error) as problem:
        raise broken(job, _KIND) from problem
    job.check_part(len(data))
    return parse_xml(data, job, _KIND)


def _title(root: "_Element") -> str:
    title = find_child(root, "title")
    return one_line(literal(text_of(title))) if title is not None else "Module"


def _module(root: "_Element", file: Path) -> str:
    found = next((text_of(node).strip() for node in root.iter() if local_name(node) == "content-id"), "")
    return found or file.name.split(".")[0]


class _Module:
    """Walks one module; running text is collected until a block begins or ends."""

    def __init__(self, list_level: int = 0) -> None:
        self._list_level = list_level
        self._role = PassageKind.TEXT
        self._depth = 1
        self._inline: list[str] = []
        self._label = ""

    def read(self, part: "_Element") -> Iterator[Block]:
        if local_name(part) == "glossary":
            yield Block(BlockKind.HEADING, "Glossary", level=2)
            self._role = PassageKind.DEFINITION
        yield from self._children(part)

    def _children(self, node: "_Element") -> Iterator[Block]:
        """Blocks inside ``node``, and the text between them as paragraphs."""
        self._text(node.text)
        for child in node:
            name = local_name(child)
            if name in _BLOCKS:
                yield from self._paragraph()
                yield from self._block(child, name)
                yield from self._paragraph()
            elif name and name not in _SKIPPED:
                yield from self._inside(child, name)
            self._text(child.tail)
        yield from self._paragraph()

    def _inside(self, node: "_Element", name: str) -> Iterator[Block]:
        """An element in running text: usually without blocks inside, but CNXML allows them."""
        if any(local_name(part) in _BLOCKS for part in node.iter() if part is not node) and name != "math":
            yield from self._children(node)
        else:
            self._inline.append(_inline(node))

    def _block(self, node: "_Element", name: str) -> Iterator[Block]:
        role, self._role = self._role, self._role_of(name)
        if self._label and name in _UNNAMED:
            self._inline.append(self._label.strip())
            self._label = ""
            yield from self._paragraph()
        match name:
            case "section":
                yield from self._section(node)
            case "list":
                yield from self._list(node)
            case "table":
                yield from self._table(node)
            case "equation":
                yield from self._equation(node)
            case "code":
                yield self._with_role(code(text_of(node)))
            case "media":
                self._picture(node)
            case "definition":
                self._inline.append(_definition(node))
            case _:
                self._name(node, name)
                yield from self._children(node)
        yield from self._paragraph()
        self._role = role

    def _role_of(self, name: str) -> PassageKind:
        return self._role if self._role is PassageKind.EXAMPLE else _ROLES.get(name, self._role)

    def _name(self, node: "_Element", name: str) -> None:
        title = find_child(node, "title")
        text = _inline(title) if title is not None else _NAMED.get(name, "")
        if text.strip():
            self._label += f"**{one_line(text).rstrip(':')}:** "

    def _section(self, node: "_Element") -> Iterator[Block]:
        title = find_child(node, "title")
        self._depth += 1
        if title is not None and (text := one_line(_inline(title))):
            yield Block(BlockKind.HEADING, text, level=self._depth)
        yield from self._children(node)
        self._depth -= 1

    def _list(self, node: "_Element") -> Iterator[Block]:
        title = find_child(node, "title")
        if title is not None:
            self._inline.append(_inline(title))
            yield from self._paragraph()
        numbered = node.get("list-type") == "enumerated"
        number = 0
        for child in children(node):
            if local_name(child) == "item":
                number += 1
                yield from self._item(child, number if numbered else None)

    def _item(self, node: "_Element", number: int | None) -> Iterator[Block]:
        first, level = True, self._list_level
        for block in _Module(level + 1).item_blocks(node):
            if block.kind is BlockKind.PARAGRAPH and first:
                block = item(block.text, level=level, number=number)  # noqa: PLW2901 - the same block, marked
            elif block.kind is BlockKind.PARAGRAPH:
                block = Block(BlockKind.ITEM, f"{'  ' * (level + 1)}{block.text}", level=level)  # noqa: PLW2901
            first = False
            yield self._with_role(block)

    def item_blocks(self, node: "_Element") -> Iterator[Block]:
        """The blocks of one list item, as if it were a module of its own."""
        return self._children(node)

    def _table(self, node: "_Element") -> Iterator[Block]:
        title = find_child(node, "title")
        caption = find_child(node, "caption")
        named = [one_line(_inline(part)) for part in (title, caption) if part is not None]
        rows = [
            [_cell(entry) for entry in children(row) if local_name(entry) == "entry"]
            for row in node.iter()
            if local_name(row) == "row"
        ]
        text = pipe_table(rows)
        if text:
            yield self._with_role(
                Block(BlockKind.TABLE, "\n\n".join([text, *(name for name in named if name)]))
            )

    def _equation(self, node: "_Element") -> Iterator[Block]:
        for part in children(node):
            if local_name(part) == "math":
                tex = mathml_to_tex(part)
                if tex:
                    yield self._with_role(formula(tex))
            elif local_name(part) not in _SKIPPED:
                self._inline.append(_inline(part))

    def _picture(self, node: "_Element") -> None:
        alt = one_line(node.get("alt") or "")
        if len(alt.split()) >= _MIN_ALT_WORDS:
            self._inline.append(literal(f"(Picture: {alt}) "))

    def _text(self, text: str | None) -> None:
        if text:
            self._inline.append(literal(text))

    def _paragraph(self) -> Iterator[Block]:
        """The running text so far, behind the name of the example or note that it opens."""
        text = one_line("".join(self._inline))
        self._inline.clear()
        if text:
            text, self._label = f"{self._label}{text}", ""
            yield self._with_role(Block(BlockKind.PARAGRAPH, text))

    def _with_role(self, block: Block) -> Block:
        return Block(block.kind, block.text, level=block.level, role=self._role)


def _definition(node: "_Element") -> str:
    parts = {local_name(part): _inline(part).strip() for part in children(node)}
    return f"**{parts.get('term', '').strip('*')}:** {parts.get('meaning', '')}"


def _cell(entry: "_Element") -> str:
    return " ".join(block.text for block in _Module().item_blocks(entry)).replace("\n", " ")


def _inline(node: "_Element") -> str:
    name = local_name(node)
    if name == "math":
        tex = mathml_to_tex(node)
        return f"${tex}$" if tex else ""
    if name in ("newline", "space"):
        return " "
    text = "".join([literal(node.text or ""), *(_inline_child(child) for child in node)])
    if name == "sup":
        return raised(text)
    if name == "sub":
        return lowered(text)
    if name == "term" and text.strip():
        return f"**{text.strip()}**"
    return text


def _inline_child(child: "_Element") -> str:
    tail = literal(child.tail or "")
    if not local_name(child) or local_name(child) in _SKIPPED - {"title"}:
        return tail
    if local_name(child) == "media":
        return f" {child.get('alt') or ''} {tail}"
    return _inline(child) + tail
