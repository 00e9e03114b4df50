"""Word files (DOCX): headings by style, lists, tables, formulas, foot- and endnotes.

Read from the file's XML directly: python-docx leaves out formulas, content controls, insertions, text boxes and
notes, and takes every picture into memory. A Word file has no pages of its own; sections are what is cited.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from engine.content.importers.archive import Archive
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
from engine.content.importers.docx_styles import Styles, attribute, value
from engine.content.importers.job import ImportJob, broken
from engine.content.importers.omml_to_tex import omml_to_tex
from engine.content.importers.xml_tree import children, find_child, local_name, parse_xml, text_of

if TYPE_CHECKING:
    from lxml.etree import _Element

_KIND = "a Word document"
_FOLDER = "word/"
_STEP = 200
_CONTAINERS = frozenset({"sdt", "sdtcontent", "customxml", "ins", "moveto", "smarttag", "body"})
_INLINE_SKIPPED = frozenset(
    {"del", "movefrom", "instrtext", "deltext", "ppr", "rpr", "fallback", "sdtpr", "txbxcontent", "pict"}
)
_SPACES = {"tab": " ", "br": " ", "cr": " ", "nobreakhyphen": "-", "ptab": " "}
_CODE_STYLES = frozenset(
    {"source code", "html preformatted", "preformatted text", "code", "macro text", "macro"}
)


def read_docx(job: ImportJob) -> ParsedDocument:
    """Read a Word file."""
    with Archive(job, _KIND) as archive:
        body = find_child(parse_xml(archive.read("word/document.xml"), job, _KIND), "body")
        if body is None:
            raise broken(job, _KIND)
        styles = Styles()
        for name, take in (("styles.xml", styles.read_styles), ("numbering.xml", styles.read_numbering)):
            if _FOLDER + name in archive:
                take(parse_xml(archive.read(_FOLDER + name), job, _KIND))
        notes = {
            kind: _notes(parse_xml(archive.read(f"{_FOLDER}{kind}s.xml"), job, _KIND))
            for kind in ("footnote", "endnote")
            if f"{_FOLDER}{kind}s.xml" in archive
        }
        core = _core(archive, job)
    title = core.get("title", "") or _title(body, styles)
    return ParsedDocument(
        _Reader(styles, notes, title).document(body, job),
        title=title,
        authors=tuple(name for name in [core.get("creator", "")] if name),
        language=core.get("language", ""),
    )


def _core(archive: Archive, job: ImportJob) -> dict[str, str]:
    if "docProps/core.xml" not in archive:
        return {}
    root = parse_xml(archive.read("docProps/core.xml"), job, _KIND)
    return {local_name(node): one_line(text_of(node)) for node in children(root)}


def _title(body: "_Element", styles: Styles) -> str:
    for paragraph in children(body):
        if local_name(paragraph) == "p" and styles.name(find_child(paragraph, "ppr")) == "title":
            return one_line(text_of(paragraph))
    return ""


def _notes(root: "_Element") -> dict[str, "_Element"]:
    return {attribute(node, "id"): node for node in children(root) if not attribute(node, "type")}


class _Reader:
    """Turns the body into blocks; keeps the notes that the paragraph in hand refers to."""

    def __init__(self, styles: Styles, notes: dict[str, dict[str, "_Element"]], title: str) -> None:
        self._styles = styles
        self._notes = notes
        self._title = title
        self._after: list[_Element] = []
        self._code: list[str] = []

    def document(self, body: "_Element", job: ImportJob) -> Iterator[Block]:
        parts = children(body)
        for done, part in enumerate(parts):
            if done % _STEP == 0:
                job.step(done, len(parts), "paragraphs")
            yield from self._part(part)
        yield from self._finished_code()
        job.step(len(parts), len(parts), "paragraphs")

    def _part(self, part: "_Element") -> Iterator[Block]:
        name = local_name(part)
        if name == "p":
            yield from self._paragraph(part)
        elif name == "tbl":
            yield from self._finished_code()
            yield from self._table(part)
        elif name in _CONTAINERS:
            for child in children(part):
                yield from self._part(child)

    def _paragraph(self, paragraph: "_Element") -> Iterator[Block]:
        properties = find_child(paragraph, "ppr")
        style = self._styles.name(properties)
        if style in _CODE_STYLES:
            self._code.append("".join(_plain(paragraph)))
            return
        yield from self._finished_code()
        if not style.startswith(("toc ", "table of")):
            displays: list[str] = []
            text = one_line("".join(self._inline(paragraph, displays)))
            if text:
                yield self._block(text, style, properties)
            yield from (formula(tex) for tex in displays)
            yield from self._attached()

    def _block(self, text: str, style: str, properties: "_Element | None") -> Block:
        level = self._styles.heading_level(properties)
        if level or style == "title":
            return Block(BlockKind.HEADING, text, level=level + 1 if level else 1)
        listed = self._styles.list_item(properties)
        if listed is not None:
            return item(text, level=listed[0], number=listed[1])
        return Block(BlockKind.PARAGRAPH, text)

    def _finished_code(self) -> Iterator[Block]:
        if any(line.strip() for line in self._code):
            yield code("\n".join(self._code))
        self._code = []

    def _attached(self) -> Iterator[Block]:
        """Notes and text boxes of the paragraph before, each as paragraphs of its own."""
        after, self._after = self._after, []
        for node in after:
            for part in children(node):
                yield from self._part(part)

    def _table(self, table: "_Element") -> Iterator[Block]:
        rows = [list(self._cells(row)) for row in table.iter() if local_name(row) == "tr"]
        text = pipe_table(rows)
        if text:
            yield Block(BlockKind.TABLE, text)
        yield from self._attached()

    def _cells(self, row: "_Element") -> Iterator[str]:
        for cell in children(row):
            if local_name(cell) == "tc":
                displays: list[str] = []
                texts = ["".join(self._inline(part, displays)) for part in children(cell)]
                yield " ".join([*texts, *(f"${tex}$" for tex in displays)])
                span = value(find_child(cell, "tcpr"), "gridspan")
                yield from [""] * (min(int(span), 50) - 1 if span.isdecimal() else 0)

    def _inline(self, node: "_Element", displays: list[str]) -> Iterator[str]:
        """Text of a paragraph; formulas that stand alone go to ``displays``."""
        for child in children(node):
            name = local_name(child)
            if name == "r":
                yield self._run(child, displays)
            elif name == "omath":
                tex = omml_to_tex(child)
                yield f"${tex}$" if tex else ""
            elif name == "omathpara":
                displays.extend(tex for part in children(child) if (tex := _display(part)))
            elif name not in _INLINE_SKIPPED:
                yield from self._inline(child, displays)

    def _run(self, run: "_Element", displays: list[str]) -> str:
        text = "".join(self._run_part(part, displays) for part in children(run))
        shift = value(find_child(run, "rpr"), "vertalign")
        if shift == "superscript":
            return raised(text)
        return lowered(text) if shift == "subscript" else text

    def _run_part(self, part: "_Element", displays: list[str]) -> str:
        name = local_name(part)
        if name == "t":
            return literal(part.text or "")
        if name in _SPACES:
            return _SPACES[name]
        if name in ("footnotereference", "endnotereference"):
            note = self._notes.get(name.removesuffix("reference"), {}).get(attribute(part, "id"))
            self._after.extend([note] if note is not None else [])
            return ""
        if name in ("drawing", "pict", "alternatecontent"):
            self._after.extend(_text_boxes(part))
            return "".join(_picture(part))
        return "" if name in _INLINE_SKIPPED else "".join(self._inline(part, displays))


def _display(node: "_Element") -> str:
    return omml_to_tex(node) if local_name(node) == "omath" else ""


def _plain(node: "_Element") -> Iterator[str]:
    for part in node.iter():
        name = local_name(part)
        if name == "t":
            yield part.text or ""
        elif name == "br":
            yield "\n"
        elif name == "tab":
            yield "    "


def _text_boxes(node: "_Element") -> Iterator["_Element"]:
    for part in node.iter():
        if local_name(part) == "txbxcontent" and not any(
            local_name(up) == "fallback" for up in part.iterancestors()
        ):
            yield part


def _picture(node: "_Element") -> Iterator[str]:
    described = (attribute(part, "descr") for part in node.iter() if local_name(part) == "docpr")
    yield from (f" (Picture: {literal(text)}) " for text in described if len(text.split()) > 3)
