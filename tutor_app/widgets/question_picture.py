"""The picture of a question: drawn on white in every theme, because its own lines are made for that."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QRectF, QSize, QSizeF, Qt, Slot
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QSizePolicy, QWidget

from tutor_app.i18n import tr
from tutor_app.theme.tokens import PAPER, PAPER_INK, RADIUS, SPACE

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from tutor_app.services.practising import ShownPicture
    from tutor_app.theme.theme import Theme

_WIDEST, _HIGHEST = 560, 300
_LARGEST_GROWTH = 1.6
_MOST_SHRUNK = 0.55
_LEAST_LETTERS = 10  # pixels at normal text size
_LETTERS = re.compile(rb"""font-size\s*[:=]\s*["']?([0-9.]+)""")


class QuestionPicture(QWidget):
    """As large as is easy to read, never wider than its page. What cannot be drawn is said in words.

    It gives way to what stands below it, as far as its letters can still be read.
    """

    def __init__(self, theme: Theme, picture: ShownPicture) -> None:
        super().__init__()
        self._theme = theme
        self._alt = picture.alt
        self._room: int | None = None
        data = QByteArray(picture.data)
        self._drawn = QSvgRenderer(data) if b"<svg" in picture.data[:2000] else None
        sizes = [float(size) for size in _LETTERS.findall(picture.data)] if self._drawn is not None else []
        self._letters = min(sizes, default=0.0)
        self._pixmap = QPixmap()
        if self._drawn is None:
            self._pixmap.loadFromData(data)
        self.setAccessibleName(tr("Picture"))
        self.setAccessibleDescription(picture.alt)
        self.setToolTip(picture.alt)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self._renew)

    def set_room(self, height: int | None) -> None:
        """Be no higher than so many pixels, where that can still be read; None for as high as it likes."""
        if height != self._room:
            self._room = height
            self._renew()

    def whole_height(self) -> int:
        """How high it likes to be at its width, in pixels."""
        return round(self._liked(self.width())[0].height()) + 2 * SPACE["m"]

    def hasHeightForWidth(self) -> bool:
        """It keeps its shape."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height of the card at ``width``."""
        return round(self._fitting(width).height()) + 2 * SPACE["m"]

    def sizeHint(self) -> QSize:
        """The size at its widest."""
        return QSize(_WIDEST, self.heightForWidth(_WIDEST))

    def minimumSizeHint(self) -> QSize:
        """It can be made small."""
        return QSize(120, 60)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the card and the picture on it."""
        colours = self._theme.colours
        size = self._fitting(self.width())
        edge = SPACE["m"]
        wide = size.width() + 2 * edge
        left = self.width() - wide if self.isRightToLeft() else 0.0
        card = QRectF(left + 0.5, 0.5, wide - 1, size.height() + 2 * edge - 1)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setPen(QPen(QColor(colours.line)))
        painter.setBrush(QColor(PAPER))
        painter.drawRoundedRect(card, RADIUS["control"], RADIUS["control"])
        room = QRectF(left + edge, edge, size.width(), size.height())
        if self._drawn is not None and self._drawn.isValid():
            self._drawn.render(painter, room)
        elif not self._pixmap.isNull():
            painter.drawPixmap(room, self._pixmap, QRectF(self._pixmap.rect()))
        else:
            painter.setPen(QColor(PAPER_INK))
            painter.drawText(room, Qt.TextFlag.TextWordWrap, self._alt)
        painter.end()

    def _fitting(self, width: int) -> QSizeF:
        """The size of the picture in a page so wide, in the room that it has."""
        liked, own = self._liked(width)
        return liked if self._room is None else liked * self._shrunk(liked.height(), own.height())

    def _liked(self, width: int) -> tuple[QSizeF, QSizeF]:
        """The size that it would have with any room, and the one that it was drawn in."""
        natural = self._drawn.defaultSize() if self._drawn is not None else self._pixmap.size()
        own = (
            QSizeF(natural) if natural.width() > 0 and natural.height() > 0 else QSizeF(_WIDEST, _HIGHEST / 2)
        )
        grown = max(1.0, self._theme.scale)
        most = QSizeF(min(_WIDEST * grown, width - 2 * SPACE["m"]), _HIGHEST * grown)
        fitting = own.scaled(most, Qt.AspectRatioMode.KeepAspectRatio)
        most_grown = own * (_LARGEST_GROWTH * grown)
        return (most_grown if fitting.width() > most_grown.width() else fitting), own

    def _shrunk(self, height: float, own: float) -> float:
        """By how much a picture is made smaller for its room: 1.0 for not at all."""
        letters = self._letters * height / own
        readable = _LEAST_LETTERS * max(1.0, self._theme.scale)
        least = max(_MOST_SHRUNK, readable / letters if letters else 0.0)
        wished = ((self._room or 0) - 2 * SPACE["m"]) / height
        return min(1.0, max(wished, least))

    @Slot()
    def _renew(self) -> None:
        self.updateGeometry()
        self.update()
