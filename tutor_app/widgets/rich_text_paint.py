"""What is painted behind rich text: boxes of code, bars of quotes, bullets, rules, marked quotes; and the focus."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen, QTextBlock, QTextDocument

from tutor_app.richtext.document import BlockKind
from tutor_app.widgets.rich_text_builder import Span
from tutor_app.widgets.rich_text_formats import OBJECT
from tutor_app.widgets.text_objects import ChipObject

if TYPE_CHECKING:
    from PySide6.QtGui import QTextLine

    from tutor_app.widgets.rich_text_builder import Placed, RichTextBuilder
    from tutor_app.widgets.text_objects import TextObjectDrawer

_RADIUS = 8.0
_MARK_RADIUS = 4.0
_LEFT_TO_RIGHT, _RIGHT_TO_LEFT, _END = "\u2066", "\u2067", "\u2069"
"""Isolate the number of a list from the direction of the window."""


class RichTextPainter:
    """Paints in the coordinates of the document.

    Args:
        document: laid out at the width it is shown in.
        builder: knows where everything is.
        drawer: knows how tall formulas are.
    """

    def __init__(self, document: QTextDocument, builder: RichTextBuilder, drawer: TextObjectDrawer) -> None:
        self._document = document
        self._builder = builder
        self._drawer = drawer

    def behind(self, painter: QPainter, clip: QRectF) -> None:
        """Paint all that stands behind the text within ``clip``."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for placed in self._builder.placed:
            self._block(painter, placed, clip)
        colours = self._drawer.formats.colours
        self._spans(painter, self._builder.codes, (colours.sunken, colours.line), clip)
        self._spans(painter, self._builder.marks, (colours.mark, colours.mark), clip)

    def selected(self, painter: QPainter, start: int, end: int) -> None:
        """Paint the objects between two positions as selected ones: Qt paints a veil over them."""
        for placed in self._builder.placed:
            if placed.start < end and placed.end > start and placed.block.kind is not BlockKind.IMAGE:
                block = self._document.findBlock(max(start, placed.first))
                while block.isValid() and block.position() < min(end, placed.end):
                    self._selected(painter, block, start, end)
                    block = block.next()

    def _selected(self, painter: QPainter, block: QTextBlock, start: int, end: int) -> None:
        iterator = block.begin()
        while not iterator.atEnd():
            fragment = iterator.fragment()
            number = fragment.charFormat().property(OBJECT)
            if isinstance(number, int) and start <= fragment.position() < end:
                for rect in self._lines(block, Span(fragment.position(), fragment.position() + 1)):
                    found = self._drawer.objects[number]
                    self._drawer.draw(painter, rect, found, self._document, selected=True)
            iterator += 1

    def focus_rects(self, span: Span) -> list[QRectF]:
        """What the ring goes around, when ``span`` has the keyboard."""
        found = self._builder.object_at(span.start)
        rects = self.rects(span)
        return [found.pill(rect) for rect in rects] if isinstance(found, ChipObject) else rects

    def focus(self, painter: QPainter, rects: list[QRectF]) -> None:
        """Paint the ring around what has the keyboard."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self._drawer.formats.colours.focus), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for rect in rects:
            painter.drawRoundedRect(rect, _MARK_RADIUS + 1, _MARK_RADIUS + 1)

    def rects(self, span: Span) -> list[QRectF]:
        """Where a piece of text stands: a rectangle a line."""
        rects: list[QRectF] = []
        block = self._document.findBlock(span.start)
        while block.isValid() and block.position() < span.end:
            rects.extend(self._lines(block, span))
            block = block.next()
        return rects

    def _lines(self, block: QTextBlock, span: Span) -> list[QRectF]:
        layout = block.layout()
        origin = self._document.documentLayout().blockBoundingRect(block).topLeft()
        first, last = span.start - block.position(), span.end - block.position()
        rects: list[QRectF] = []
        for number in range(layout.lineCount()):
            line = layout.lineAt(number)
            start, end = max(first, line.textStart()), min(last, line.textStart() + line.textLength())
            if start >= end:
                continue
            left, right = sorted((x_at(line, start), x_at(line, end)))
            above, below = self._reach(block, start, end)
            base = origin.y() + line.y() + line.ascent()
            rects.append(QRectF(origin.x() + left, base - above, right - left, above + below))
        return rects

    def _reach(self, block: QTextBlock, start: int, end: int) -> tuple[float, float]:
        """How far text and formulas reach above and below the baseline."""
        above = below = 0.0
        available = self._document.textWidth() - 2 * self._document.documentMargin()
        iterator = block.begin()
        while not iterator.atEnd():
            fragment = iterator.fragment()
            at = fragment.position() - block.position()
            if at < end and at + fragment.length() > start:
                form = fragment.charFormat()
                number = form.property(OBJECT)
                if isinstance(number, int):
                    found = self._drawer.objects[number]
                    height = found.size(available).height()
                    above, below = max(above, height - found.descent), max(below, found.descent)
                else:
                    metrics = QFontMetricsF(form.font())
                    above, below = max(above, metrics.ascent() * 0.94), max(below, metrics.descent())
            iterator += 1
        return above, below

    def _spans(
        self, painter: QPainter, spans: list[Span], fill_and_edge: tuple[str, str], clip: QRectF
    ) -> None:
        if not spans:
            return
        path = QPainterPath()
        path.setFillRule(Qt.FillRule.WindingFill)
        for span in spans:
            for rect in self.rects(span):
                if rect.intersects(clip):
                    path.addRoundedRect(rect.adjusted(-2, -1, 2, 1), _MARK_RADIUS, _MARK_RADIUS)
        fill, edge = fill_and_edge
        painter.setPen(QPen(QColor(edge), 1))
        painter.setBrush(QColor(fill))
        painter.drawPath(path.simplified())

    def _block(self, painter: QPainter, placed: Placed, clip: QRectF) -> None:
        block, formats = placed.block, self._drawer.formats
        if not block.quoted and block.kind not in (BlockKind.CODE, BlockKind.RULE, BlockKind.ITEM):
            return
        shown = self._document.findBlock(placed.start)
        rect = self._document.documentLayout().blockBoundingRect(shown)
        if not rect.adjusted(0, -formats.em * 2, 0, formats.em * 2).intersects(clip):
            return
        area = QRectF(self._document.documentMargin(), rect.top(), 0, rect.height())
        area.setRight(self._document.textWidth() - self._document.documentMargin())
        rtl = shown.textDirection() == Qt.LayoutDirection.RightToLeft
        if block.quoted:
            self._bars(painter, placed, area, rtl=rtl)
        inset = formats.indent * (block.indent + block.quoted)
        if block.kind is BlockKind.CODE:
            box = area.adjusted(inset, -formats.padding, 0, formats.padding)
            painter.setPen(QPen(QColor(formats.colours.line), 1))
            painter.setBrush(QColor(formats.colours.sunken))
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), _RADIUS, _RADIUS)
        elif block.kind is BlockKind.RULE:
            painter.fillRect(
                QRectF(area.left(), area.center().y(), area.width(), 1), QColor(formats.colours.line)
            )
        elif block.kind is BlockKind.ITEM:
            self._marker(painter, placed, shown, rtl=rtl)

    def _bars(self, painter: QPainter, placed: Placed, area: QRectF, *, rtl: bool) -> None:
        formats = self._drawer.formats
        shown = self._document.findBlock(placed.start)
        top = area.top()
        before = shown.previous()
        number = self._builder.placed.index(placed)
        if number and self._builder.placed[number - 1].block.quoted and before.isValid():
            top = self._document.documentLayout().blockBoundingRect(before).bottom()
        for depth in range(placed.block.quoted):
            x = area.left() + depth * formats.indent + 2
            if rtl:
                x = area.right() - depth * formats.indent - 5
            bar = QRectF(x, top - 1, 3, area.bottom() - top + 2)
            painter.fillRect(bar, QColor(formats.colours.line_strong))

    def _marker(self, painter: QPainter, placed: Placed, shown: QTextBlock, *, rtl: bool) -> None:
        """The bullet or the number of an item, in the margin beside its first line."""
        formats, block = self._drawer.formats, placed.block
        line = shown.layout().lineAt(0)
        if not line.isValid():
            return
        origin = self._document.documentLayout().blockBoundingRect(shown).topLeft()
        base = origin.y() + line.y() + line.ascent()
        edge = origin.x() + (line.x() + line.width() if rtl else line.x())
        gap = 0.5 * formats.em
        painter.setPen(QColor(formats.colours.ink))
        if block.number is not None:
            font = formats.font(formats.style(block))
            text = f"{_RIGHT_TO_LEFT if rtl else _LEFT_TO_RIGHT}{block.number}.{_END}"
            wide = QFontMetricsF(font).horizontalAdvance(text)
            painter.setFont(font)
            painter.drawText(QPointF(edge + gap if rtl else edge - gap - wide, base), text)
            return
        side = 0.3 * formats.em
        centre = QPointF(edge + gap + side if rtl else edge - gap - side, base - 0.3 * formats.em)
        painter.setPen(QPen(QColor(formats.colours.ink), 1.2))
        painter.setBrush(QColor(formats.colours.ink) if block.level != 2 else Qt.BrushStyle.NoBrush)
        half = side / 2
        if block.level <= 2:
            painter.drawEllipse(centre, half, half)
        else:
            painter.drawRect(QRectF(centre.x() - half, centre.y() - half, side, side))


def x_at(line: QTextLine, position: int) -> float:
    """Where in ``line`` the cursor stands at ``position`` of its block, in pixels."""
    found: Any = line.cursorToX(position)  # with the position, as PySide returns it
    return float(found[0] if isinstance(found, tuple) else found)
