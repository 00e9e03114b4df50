"""What is drawn in the line by hand: formulas on the baseline, citation chips, pictures."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPainterPath,
    QPen,
    QPyTextObject,
    QTextDocument,
    QTextFormat,
)

from tutor_app.richtext.outline_rows import rows_of, width_of
from tutor_app.theme.fonts import text_font
from tutor_app.theme.tokens import PAPER
from tutor_app.widgets.picture_loader import picture_loader
from tutor_app.widgets.rich_text_formats import OBJECT, Formats, font_with_descent

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtCore import QObject

    from tutor_app.richtext.document import Outline
    from tutor_app.richtext.outline_path import Step

_PATHS_KEPT = 2000
_paths: dict[tuple[str, bool], QPainterPath] = {}
_PICTURE_RADIUS = 10.0
_BEARING = 0.05
"""Space on either side of a formula in the line, in em."""
_SMALLEST = 0.8
"""A formula that would have to be smaller than this share of its size to fit is cut into rows."""
_BETWEEN_ROWS = 0.4
"""Space between those, in em."""


@dataclass(slots=True)
class FormulaObject:
    """A formula of ``pixels`` a font size. Its ``tail`` stands right behind it: a full stop, a comma.

    A line that has nothing else in it is as tall as one of text, which reaches ``beside`` pixels above the baseline.
    """

    outline: Outline
    pixels: float
    inset: float
    marked: bool = False
    source: str = ""
    beside: float = 0.0
    href: str = ""
    path: QPainterPath = field(init=False)
    font: QFont = field(init=False)
    descent: float = field(init=False)
    broken: tuple[float, tuple[tuple[float, QPainterPath], ...]] | None = field(init=False, default=None)
    tail: str = field(init=False, default="")
    tail_font: QFont = field(init=False)
    tail_width: float = field(init=False, default=0.0)

    def __post_init__(self) -> None:
        self.path = path_of(self.outline)
        self.font, self.descent = font_with_descent(int(self.outline.descent * self.pixels + 0.999))

    def add_tail(self, text: str, font: QFont) -> None:
        """Have ``text`` stand behind it."""
        self.tail, self.tail_font = text, font
        self.tail_width = QFontMetricsF(font).horizontalAdvance(text)

    def scale(self, available: float) -> float:
        """The size that it is drawn in: smaller where its rows would not fit into the width."""
        wide = max(width for width, _ in self.rows(available)) * self.pixels
        room = self._room(available)
        return self.pixels * (room / wide if wide > room > 0 else 1.0)

    def rows(self, available: float) -> tuple[tuple[float, QPainterPath], ...]:
        """The width and the path of each row; more than one where it would have to be too small to be read."""
        wide = self.outline.width * self.pixels
        room = self._room(available)
        if not self.outline.path or not 0 < room < _SMALLEST * wide:  # a gap to be filled is never cut
            return ((self.outline.width, self.path),)
        if self.broken is None or self.broken[0] != room:
            rows = tuple((width_of(row), _drawn(row)) for row in rows_of(self.outline, room / self.pixels))
            self.broken = (room, rows)
        return self.broken[1]

    def drop(self, scale: float) -> float:
        """From the baseline of a row to that of the next, at a size."""
        return (self.outline.ascent + self.outline.descent + _BETWEEN_ROWS) * scale

    def _room(self, available: float) -> float:
        return available - self.inset - self.tail_width

    @property
    def bearing(self) -> float:
        """Space on either side."""
        return 0.0 if self.outline.display else _BEARING * self.pixels

    def size(self, available: float) -> QSizeF:
        """Width and height of its box in a text ``available`` pixels wide."""
        scale, rows = self.scale(available), self.rows(available)
        return QSizeF(
            max(width for width, _ in rows) * scale + 2 * self.bearing + self.tail_width,
            (len(rows) - 1) * self.drop(scale) + max(self.outline.ascent * scale, self.beside) + self.descent,
        )


@dataclass(slots=True)
class ChipObject:
    """The number of a citation in a pill."""

    number: int
    em: float
    source: str
    href: str
    rtl: bool = False
    font: QFont = field(init=False)
    descent: float = field(init=False)
    label: QFont = field(init=False)
    width: float = field(init=False)
    height: float = field(init=False)

    def __post_init__(self) -> None:
        self.label = text_font(max(9, round(0.74 * self.em)), weight=600)
        self.height = round(1.1 * self.em)
        self.width = max(
            self.height, QFontMetricsF(self.label).horizontalAdvance(str(self.number)) + 0.6 * self.em
        )
        self.font, self.descent = font_with_descent(int(max(1.0, self.height / 2 - 0.33 * self.em) + 0.5))

    @property
    def gap(self) -> float:
        """Space before the pill."""
        return round(0.22 * self.em)

    def size(self, _available: float) -> QSizeF:
        """Width and height of its box."""
        return QSizeF(self.gap + self.width + self.gap / 3, self.height)

    def pill(self, box: QRectF) -> QRectF:
        """Where the pill is in its box."""
        left = box.left() + (self.gap / 3 if self.rtl else self.gap)
        return QRectF(left, box.top(), self.width, self.height)


@dataclass(slots=True)
class PictureObject:
    """A picture on a light card: its labels are made for paper."""

    file: str
    natural: QSizeF
    scale: float
    inset: float
    source: str
    padding: float
    href: str = ""
    font: QFont = field(init=False)
    descent: float = field(init=False)

    def __post_init__(self) -> None:
        self.font, self.descent = font_with_descent(round(0.5 * self.padding))

    def size(self, available: float) -> QSizeF:
        """Width and height of its card: as large as drawn, at most as wide as the text."""
        room = max(40.0, available - self.inset)
        width = min(room, self.natural.width() * self.scale + 2 * self.padding)
        inner = max(1.0, width - 2 * self.padding)
        return QSizeF(
            width, inner * self.natural.height() / self.natural.width() + 2 * self.padding + self.descent
        )


TextObject = FormulaObject | ChipObject | PictureObject


def path_of(outline: Outline) -> QPainterPath:
    """The outline as a path of Qt's, one em being 1."""
    key = (outline.tex, outline.display)
    path = _paths.get(key)
    if path is None:
        path = _drawn(outline.path)
        if len(_paths) >= _PATHS_KEPT:
            del _paths[next(iter(_paths))]
        _paths[key] = path
    return path


def _drawn(steps: Sequence[Step]) -> QPainterPath:
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    draw: dict[str, Callable[..., None]] = {
        "M": path.moveTo,
        "L": path.lineTo,
        "Q": path.quadTo,
        "C": path.cubicTo,
    }
    for step, *numbers in steps:
        if step == "Z":
            path.closeSubpath()
        else:
            draw[str(step)](*numbers)
    return path


class TextObjectDrawer(QPyTextObject):
    """Qt asks it how large an object is, and to draw it.

    Attributes:
        objects: the objects of the document; formats hold their numbers.
        formats: the theme they are drawn in.
        hovered: the object under the pointer.
    """

    def __init__(self, formats: Formats, parent: QObject) -> None:
        super().__init__(parent)
        self.objects: list[TextObject] = []
        self.formats = formats
        self.hovered: TextObject | None = None

    def intrinsicSize(self, doc: QTextDocument, _position: int, format: QTextFormat) -> QSizeF:  # noqa: A002
        """The box of the object."""
        found = self._object(format)
        if found is None:
            return QSizeF()
        return found.size(max(1.0, doc.textWidth() - 2 * doc.documentMargin()))

    def drawObject(
        self,
        painter: QPainter,
        rect: QRectF | QRect,
        doc: QTextDocument,
        _position: int,
        format: QTextFormat,  # noqa: A002
    ) -> None:
        """Draw an object where Qt wants it."""
        found = self._object(format)
        if found is not None:
            self.draw(painter, QRectF(rect), found, doc)

    def draw(
        self,
        painter: QPainter,
        rect: QRectF,
        found: TextObject,
        doc: QTextDocument,
        *,
        selected: bool = False,
    ) -> None:
        """Draw ``found``; its baseline is its descent above the foot of ``rect``."""
        colours = self.formats.colours
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if selected and not isinstance(found, PictureObject):
            painter.fillRect(rect, QColor(colours.accent))
        if isinstance(found, FormulaObject):
            ink = colours.on_accent if selected else colours.on_mark if found.marked else self.formats.ink
            available = doc.textWidth() - 2 * doc.documentMargin()
            self._formula(painter, rect, found, QColor(ink), available)
        elif isinstance(found, ChipObject):
            self._chip(painter, rect, found)
        else:
            self._picture(painter, rect, found)
        painter.restore()

    def _object(self, format: QTextFormat) -> TextObject | None:  # noqa: A002
        number = format.property(OBJECT)
        return self.objects[number] if isinstance(number, int) and 0 <= number < len(self.objects) else None

    @staticmethod
    def _formula(
        painter: QPainter, rect: QRectF, found: FormulaObject, ink: QColor, available: float
    ) -> None:
        scale, rows = found.scale(available), found.rows(available)
        first = rect.bottom() - found.descent - (len(rows) - 1) * found.drop(scale)
        for number, (_, path) in enumerate(rows):
            painter.save()
            painter.translate(rect.left() + found.bearing, first + number * found.drop(scale))
            painter.scale(scale, scale)
            painter.fillPath(path, ink)
            painter.restore()
        if found.tail:
            painter.setPen(ink)
            painter.setFont(found.tail_font)
            # Only text that is read from the left has a tail; a mirrored window would turn its brackets.
            painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
            end = rect.left() + rows[-1][0] * scale + 2 * found.bearing
            painter.drawText(QPointF(end, rect.bottom() - found.descent), found.tail)

    def _chip(self, painter: QPainter, rect: QRectF, found: ChipObject) -> None:
        colours = self.formats.colours
        hovered = self.hovered is found
        pill = found.pill(rect)
        edge = colours.line_strong if colours.accent_soft == colours.page else colours.accent_soft
        painter.setPen(QPen(QColor(colours.accent if hovered else edge), 1))
        painter.setBrush(QColor(colours.accent if hovered else colours.accent_soft))
        radius = (found.height - 1) / 2
        painter.drawRoundedRect(pill.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        painter.setPen(QColor(colours.on_accent if hovered else colours.accent_ink))
        painter.setFont(found.label)
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, str(found.number))

    def _picture(self, painter: QPainter, rect: QRectF, found: PictureObject) -> None:
        colours = self.formats.colours
        rect = rect.adjusted(0, 0, 0, -found.descent)
        painter.setPen(QPen(QColor(colours.line), 1))
        painter.setBrush(QColor(PAPER))
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), _PICTURE_RADIUS, _PICTURE_RADIUS)
        inner = rect.adjusted(found.padding, found.padding, -found.padding, -found.padding)
        density = painter.device().devicePixelRatioF()
        image = picture_loader().image(found.file, (inner.size() * density).toSize())
        if image is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(inner, image, QRectF(QPointF(0, 0), QSizeF(image.size())))
