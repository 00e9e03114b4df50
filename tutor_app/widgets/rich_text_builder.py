"""Rich text into a QTextDocument, block by block: a text that grows is rebuilt only from where it differs."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import TYPE_CHECKING

from PySide6.QtCore import QSizeF, Qt
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
    QTextTableCellFormat,
    QTextTableFormat,
)

from tutor_app.richtext.document import Block, BlockKind, CitationMark, Formula, Run, Text
from tutor_app.richtext.plain import marker, separator, source
from tutor_app.richtext.together import HOLDING, JOINER, as_written, kept_together
from tutor_app.widgets.rich_text_formats import JOIN, OBJECT, Formats, TextStyle
from tutor_app.widgets.text_objects import ChipObject, FormulaObject, PictureObject, TextObject

if TYPE_CHECKING:
    from tutor_app.widgets.text_objects import TextObjectDrawer

_OBJECT_LETTER = "\ufffc"
_LINE = "\u2028"
_CLOSING = ".,;:!?)]}’”»…"
_ALIGNS = {"center": Qt.AlignmentFlag.AlignHCenter, "right": Qt.AlignmentFlag.AlignRight}


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of the document, from ``start`` up to ``end``; ``what`` says what it is: an address, or "code"."""

    start: int
    end: int
    what: str = ""


@dataclass(frozen=True, slots=True)
class Placed:
    """A block in the document.

    Attributes:
        block: what was built.
        first: position of the first character that belongs to it.
        start: position of its text; of a table, behind it.
        end: position behind it.
        objects, anchors, marks, codes: how many of them there were before it.
    """

    block: Block
    first: int
    start: int
    end: int
    objects: int
    anchors: int
    marks: int
    codes: int


class RichTextBuilder:
    """Builds blocks into a document.

    Attributes:
        placed: the blocks, in order.
        anchors: what can be activated, in order: ``what`` is its address.
        marks: marked pieces, in order.
        codes: pieces of code in the line, in order.
    """

    def __init__(self, document: QTextDocument, drawer: TextObjectDrawer, formats: Formats) -> None:
        self._document = document
        self._drawer = drawer
        self._formats = formats
        self.placed: list[Placed] = []
        self.anchors: list[Span] = []
        self.marks: list[Span] = []
        self.codes: list[Span] = []
        self._inset = 0.0

    def restyle(self, formats: Formats) -> None:
        """Use other formats from now on; what is there must be built again."""
        self._formats = formats

    def show(self, blocks: tuple[Block, ...], *, anew: bool = False) -> int | None:
        """Show ``blocks``, keeping what is equal at their beginning, unless all is to be built ``anew``.

        Returns:
            How many blocks were kept; None if all were and there is no other.
        """
        kept = 0
        if not anew:
            pairs = zip(self.placed, blocks, strict=False)
            kept = next(
                (n for n, (old, new) in enumerate(pairs) if old.block != new),
                min(len(self.placed), len(blocks)),
            )
        if kept == len(blocks) == len(self.placed) and not anew:
            return None
        cursor = QTextCursor(self._document)
        cursor.beginEditBlock()
        self._cut(cursor, kept)
        for block in blocks[kept:]:
            self._place(cursor, block)
        cursor.endEditBlock()
        return kept

    def anchor_at(self, position: int) -> int:
        """The number of the anchor that the character at ``position`` belongs to, or -1."""
        number = bisect_right(self.anchors, position, key=_start) - 1
        return number if number >= 0 and position < self.anchors[number].end else -1

    def object_at(self, position: int) -> TextObject | None:
        """The drawn object at ``position``."""
        cursor = QTextCursor(self._document)
        cursor.setPosition(min(position + 1, self._document.characterCount() - 1))
        number = cursor.charFormat().property(OBJECT)
        return self._drawer.objects[number] if isinstance(number, int) else None

    def source(self, start: int, end: int) -> str:
        """What is copied from ``start`` to ``end``: formulas as TeX, citations as [1], lists with bullets."""
        parts: list[str] = []
        block = self._document.findBlock(start)
        while block.isValid() and block.position() < end:
            text = self._source_of(block, start, end)
            join = block.blockFormat().property(JOIN)
            if join or block.position() == 0 or text:
                between = str(join or "").rpartition("\x00")
                if parts:
                    parts.append(between[0])
                if start <= block.position():
                    parts.append(between[2])
                parts.append(text)
            block = block.next()
        return "".join(parts)

    def _source_of(self, block: QTextBlock, start: int, end: int) -> str:
        parts: list[str] = []
        iterator = block.begin()
        while not iterator.atEnd():
            fragment = iterator.fragment()
            first = max(start, fragment.position())
            last = min(end, fragment.position() + fragment.length())
            if first < last:
                text = fragment.text()[first - fragment.position() : last - fragment.position()]
                number = fragment.charFormat().property(OBJECT)
                if isinstance(number, int):
                    text = self._drawer.objects[number].source * len(text)
                parts.append(as_written(text).replace(_LINE, "\n"))
            iterator += 1
        return "".join(parts)

    def _cut(self, cursor: QTextCursor, kept: int) -> None:
        """Take out all blocks but the first ``kept``."""
        if kept >= len(self.placed):
            return
        first = self.placed[kept]
        cursor.setPosition(self.placed[kept - 1].end if kept else 0)
        cursor.movePosition(QTextCursor.MoveOperation.End, QTextCursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()
        del self.placed[kept:]
        del self._drawer.objects[first.objects :]
        del self.anchors[first.anchors :]
        del self.marks[first.marks :]
        del self.codes[first.codes :]

    def _place(self, cursor: QTextCursor, block: Block) -> None:
        before = self.placed[-1].block if self.placed else None
        counts = (len(self._drawer.objects), len(self.anchors), len(self.marks), len(self.codes))
        cursor.movePosition(QTextCursor.MoveOperation.End)
        first = cursor.position()
        join = (separator(before, block) if before else "") + "\x00" + marker(block)
        self._inset = self._formats.indent * (
            block.quoted + (block.level if block.kind is BlockKind.ITEM else block.indent)
        )
        if block.kind is BlockKind.TABLE:
            self._table(cursor, block, before, join)
            start = cursor.position()
        else:
            form = self._formats.block(block, before, join)
            blank = self._formats.text(Text(""), self._formats.style(block))
            if before is None:
                cursor.setBlockFormat(form)
                cursor.setBlockCharFormat(blank)
            else:
                cursor.insertBlock(form, blank)
            start = cursor.position()
            self._content(cursor, block)
        self.placed.append(Placed(block, first, start, cursor.position(), *counts))

    def _content(self, cursor: QTextCursor, block: Block) -> None:
        style = self._formats.style(block)
        if block.kind is BlockKind.IMAGE:
            self._picture(cursor, block)
        if block.kind is BlockKind.CODE:
            text = "".join(run.text for run in block.runs if isinstance(run, Text))
            form = self._formats.text(
                Text("", code=True, marked=any(_marked(run) for run in block.runs)), style
            )
            start = cursor.position()
            cursor.insertText(text.replace("\n", _LINE), form)
            if any(_marked(run) for run in block.runs):
                self.marks.append(Span(start, cursor.position()))
        else:
            self._runs(cursor, block, block.runs, style)

    def _runs(self, cursor: QTextCursor, block: Block, runs: tuple[Run, ...], style: TextStyle) -> None:
        words = (run.text.strip(_CLOSING) for run in runs if isinstance(run, Text))
        if block.kind is not BlockKind.FORMULA and not any(words):
            # A line of objects alone would be as low as they are, and its baseline not where it is beside it.
            cursor.insertText(JOINER, self._formats.text(Text(""), style))
        tail = ""
        held = kept_together(runs)
        for run, after in zip_longest(held, held[1:]):
            cut = replace(run, text=run.text[len(tail) :]) if isinstance(run, Text) and tail else run
            tail = self._tail(cursor, run, after)
            self._run(cursor, cut, style, tail)

    def _tail(self, cursor: QTextCursor, run: Run, after: Run | None) -> str:
        """What must not be in another line than the formula before it; Qt would let the line end there.

        That is a full stop, a comma and so on, a unit, and the rest of a short equation that the formula begins.
        """
        rtl = cursor.block().textDirection() == Qt.LayoutDirection.RightToLeft
        if rtl or not (isinstance(run, Formula) and isinstance(after, Text)) or after.marked or after.code:
            return ""
        if after.text.startswith(HOLDING) and replace(after, text="") == Text(""):
            return after.text.partition(" ")[0].partition("\n")[0]
        return after.text[: len(after.text) - len(after.text.lstrip(_CLOSING))]

    def _run(self, cursor: QTextCursor, run: Run, style: TextStyle, tail: str) -> None:
        start = cursor.position()
        if isinstance(run, Text):
            form = self._formats.text(run, style)
            cursor.insertText(run.text.replace("\n", _LINE), form)
            if form.isAnchor():
                self.anchors.append(Span(start, cursor.position(), form.anchorHref()))
            if run.code:
                self.codes.append(Span(start, cursor.position(), "code"))
        elif isinstance(run, Formula):
            pixels = style.pixels * (1.06 if run.outline.display else 1.0)
            font = self._formats.font(style)
            beside = 0.0 if run.outline.display else QFontMetricsF(font).ascent()
            written = source(run) + as_written(tail)
            made = FormulaObject(run.outline, pixels, self._inset, run.marked, written, beside)
            if tail:
                made.add_tail(tail, font)
            self._object(cursor, made)
        else:
            self._chip(cursor, run)
        if _marked(run):
            self._mark(start, cursor.position())

    def _chip(self, cursor: QTextCursor, run: CitationMark) -> None:
        cursor.insertText(JOINER, self._formats.text(Text(""), TextStyle(self._formats.pixels)))
        start = cursor.position()
        href = f"cite:{run.number}"
        rtl = cursor.block().textDirection() == Qt.LayoutDirection.RightToLeft
        self._object(cursor, ChipObject(run.number, self._formats.em, source(run), href, rtl))
        self.anchors.append(Span(start, cursor.position(), href))

    def _picture(self, cursor: QTextCursor, block: Block) -> None:
        shown = QSizeF(*block.size)
        caption = "".join(run.text for run in block.runs if isinstance(run, Text))
        scale = max(1.0, self._formats.em / 17)
        made = PictureObject(block.image, shown, scale, self._inset, "", self._formats.padding)
        self._object(cursor, made)
        if caption:
            cursor.insertText(_LINE, self._formats.text(Text(""), self._formats.style(block)))

    def _object(self, cursor: QTextCursor, made: TextObject) -> None:
        number = len(self._drawer.objects)
        self._drawer.objects.append(made)
        cursor.insertText(_OBJECT_LETTER, self._formats.object_format(number, made.font, made.href))

    def _mark(self, start: int, end: int) -> None:
        if self.marks and self.marks[-1].end == start:
            start = self.marks.pop().start
        self.marks.append(Span(start, end))

    def _table(self, cursor: QTextCursor, block: Block, before: Block | None, join: str) -> None:
        columns = max(len(row) for row in block.rows)
        gap = self._formats.gap(block, before) if before else 1.0
        if before:
            cursor.insertBlock(
                self._formats.flat(gap), self._formats.text(Text(""), self._formats.style(block))
            )
        else:
            cursor.setBlockFormat(self._formats.flat(1))
        table = cursor.insertTable(len(block.rows), columns, self._table_format(block))
        for number, row in enumerate(block.rows):
            for column, cell in enumerate(row):
                place = "\n" if column == 0 else "\t"
                self._cell(
                    table, (number, column), cell, block, join if number == column == 0 else place + "\x00"
                )
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.setBlockFormat(self._formats.flat(1))

    def _table_format(self, block: Block) -> QTextTableFormat:
        form = QTextTableFormat()
        form.setBorder(0)
        form.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_None)
        form.setBorderCollapse(True)
        form.setCellSpacing(0)
        form.setCellPadding(0)
        form.setLeftMargin(self._inset)
        if len(block.rows[0]) > 6:
            form.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
        return form

    def _cell(
        self, table: QTextTable, place: tuple[int, int], runs: tuple[Run, ...], block: Block, join: str
    ) -> None:
        row, column = place
        cell = table.cellAt(row, column)
        cursor = cell.firstCursorPosition()
        form = self._formats.block(Block(BlockKind.TABLE), None, join)
        align = _ALIGNS.get(block.aligns[column] if column < len(block.aligns) else "")
        if align is not None:
            form = type(form)(form)
            form.setAlignment(align)
        style = self._formats.style(block, head=row == 0)
        cursor.setBlockFormat(form)
        cursor.setBlockCharFormat(self._formats.text(Text(""), style))
        # The format of a cell is that of its first block: set last, on top of the font.
        form_of_cell = cell.format().toTableCellFormat()
        self._frame_cell(form_of_cell, place, block)
        cell.setFormat(form_of_cell)
        self._runs(cursor, block, runs, style)

    def _frame_cell(self, form: QTextTableCellFormat, place: tuple[int, int], block: Block) -> None:
        em, colours = self._formats.em, self._formats.colours
        row, column = place
        form.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignMiddle)
        form.setTopPadding(round(0.4 * em))
        form.setBottomPadding(round(0.4 * em))
        form.setLeftPadding(0 if column == 0 else round(0.8 * em))
        form.setRightPadding(0 if column == len(block.rows[0]) - 1 else round(0.8 * em))
        if row < len(block.rows) - 1:
            form.setBottomBorder(1)
            form.setBottomBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
            form.setBottomBorderBrush(QColor(colours.line_strong if row == 0 else colours.line))


def _marked(run: Run) -> bool:
    return not isinstance(run, CitationMark) and run.marked


def _start(span: Span) -> int:
    return span.start
