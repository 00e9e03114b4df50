"""The cover of a book, drawn from its title: one calm colour, one quiet pattern, large letters."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from tutor_app.services.reading import Origin
from tutor_app.theme.fonts import text_font
from tutor_app.theme.tokens import CONTRAST, PAPER, RADIUS, SPACE

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from tutor_app.services.reading import Book
    from tutor_app.theme.theme import Theme

_HEIGHT = 112
_HUES = (161, 208, 28, 345, 262, 190, 84)
_SATURATION = 78  # of 255: calm
_LIGHTNESS = 76  # of 255: white letters have at least 7:1 on it
_RINGS = 7


class BookCover(QWidget):
    """Decoration: a screen reader passes it over, for the card says the title."""

    def __init__(self, theme: Theme, book: Book) -> None:
        super().__init__()
        self._theme = theme
        self._book = book
        digest = hashlib.sha256(book.id.encode()).digest()
        self._hue, self._pattern = _HUES[digest[0] % len(_HUES)], digest[1] % len(_PATTERNS)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._renew)

    def sizeHint(self) -> QSize:
        """As wide as its card."""
        return QSize(200, round(_HEIGHT * max(1.0, self._theme.scale)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the cover."""
        ground, ink = self._colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        shape = QPainterPath()
        shape.addRoundedRect(area, RADIUS["control"], RADIUS["control"])
        painter.fillPath(shape, ground)
        painter.setClipPath(shape)
        line = QColor(ink)
        line.setAlpha(38)
        painter.setPen(QPen(line, 1.5))
        painter.save()
        if self.isRightToLeft():  # the title stands at the other side
            painter.translate(self.width(), 0)
            painter.scale(-1, 1)
        _PATTERNS[self._pattern](painter, area)
        painter.restore()
        painter.setClipping(False)
        painter.setPen(QPen(QColor(self._theme.colours.line), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(shape)
        self._write(painter, area, ink)
        painter.end()

    def _write(self, painter: QPainter, area: QRectF, ink: QColor) -> None:
        head = self._book.title.partition(":")[0].strip()
        painter.setPen(ink)
        font = text_font(self._theme.pixels("title"), weight=600)
        flags = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignBottom | Qt.TextFlag.TextWordWrap
        room = area.adjusted(SPACE["l"], SPACE["m"], -SPACE["l"], -SPACE["m"])
        for size in ("title", "heading", "body"):
            font = text_font(self._theme.pixels(size), weight=600)
            painter.setFont(font)
            if painter.boundingRect(room, flags, head).height() <= room.height():
                break
        painter.setClipRect(area)
        painter.drawText(room, flags, head)

    def _colours(self) -> tuple[QColor, QColor]:
        colours = self._theme.colours
        if colours == CONTRAST:
            return QColor(colours.card), QColor(colours.ink)
        if self._book.origin is Origin.DOCUMENT or self._book.damaged:
            return QColor(colours.sunken), QColor(colours.ink)
        return QColor.fromHsl(self._hue, _SATURATION, _LIGHTNESS), QColor(PAPER)

    @Slot()
    def _renew(self) -> None:
        self.updateGeometry()
        self.update()


def _rings(painter: QPainter, area: QRectF) -> None:
    for ring in range(1, _RINGS):
        painter.drawEllipse(area.topRight(), ring * 24.0, ring * 24.0)


def _slopes(painter: QPainter, area: QRectF) -> None:
    step = 22.0
    at = area.right()
    while at > area.center().x():
        painter.drawLine(QPointF(at, area.top()), QPointF(at - area.height(), area.bottom()))
        at -= step


def _waves(painter: QPainter, area: QRectF) -> None:
    for wave in range(6):
        top = area.top() + 10 + wave * 16.0
        path = QPainterPath(QPointF(area.center().x(), top))
        quarter = area.width() / 8
        for part in range(4):
            x = area.center().x() + part * quarter
            path.quadTo(x + quarter / 2, top + (12 if part % 2 else -12), x + quarter, top)
        painter.drawPath(path)


def _squares(painter: QPainter, area: QRectF) -> None:
    for number in range(1, 6):
        side = number * 26.0
        painter.drawRect(QRectF(area.right() - side, area.top(), side, side))


_PATTERNS = (_rings, _slopes, _waves, _squares)
