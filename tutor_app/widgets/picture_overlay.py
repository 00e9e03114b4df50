"""Pictures of a book: in the text, as wide as the column allows; pressed, as large as the window allows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from tutor_app.i18n import tr
from tutor_app.theme.tokens import LIGHT, RADIUS, SPACE
from tutor_app.widgets.picture_loader import picture_loader

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent

    from tutor_app.richtext.document import Block
    from tutor_app.theme.theme import Theme

_HIGHEST = 460
_VEIL = 225


class Picture(QAbstractButton):
    """A picture in the text, on a light ground, since its labels are made for paper. Pressing it enlarges it."""

    def __init__(self, theme: Theme, block: Block) -> None:
        super().__init__()
        self._theme = theme
        self.block = block
        shows = picture_text(block)
        self.setAccessibleName(tr("Picture: {shows}", shows=shows) if shows else tr("Picture"))
        self.setAccessibleDescription(tr("Enter enlarges it."))
        self.setToolTip(tr("Enlarge the picture"))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        picture_loader().arrived.connect(self.update)

    def hasHeightForWidth(self) -> bool:
        """Its height follows from its width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height in ``width`` pixels."""
        return round(self._fitted(width).height()) + 2 * SPACE["m"]

    def sizeHint(self) -> QSize:
        """As large as it is made to be, as far as there is room."""
        return QSize(480, self.heightForWidth(480))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses it too."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the ground, the picture, and the ring of the keyboard."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ring = self.hasFocus()
        painter.setPen(QColor(self._theme.colours.focus if ring else self._theme.colours.line))
        painter.setBrush(QColor(LIGHT.card))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), RADIUS["card"], RADIUS["card"])
        size = self._fitted(self.width())
        area = QRectF((self.width() - size.width()) / 2, SPACE["m"], size.width(), size.height())
        _draw(painter, self.block.image, area, self.devicePixelRatioF())
        painter.end()

    def _fitted(self, width: int) -> QSizeF:
        own = QSizeF(*self.block.size)
        grown = own * max(1.0, self._theme.scale, 1.25 if own.width() < 500 else 1.0)
        room = QSizeF(max(1, width - 2 * SPACE["m"]), _HIGHEST * max(1.0, self._theme.scale))
        if grown.width() > room.width() or grown.height() > room.height():
            return own.scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
        return grown


class PictureOverlay(QWidget):
    """A picture over the whole page. Escape, Enter or a click closes it.

    Signals:
        closed: it was closed.
    """

    closed = Signal()

    def __init__(self, theme: Theme, page: QWidget, block: Block) -> None:
        super().__init__(page)
        self._theme = theme
        self._block = block
        self.setAccessibleName(picture_text(block) or tr("Picture"))
        self.setAccessibleDescription(tr("Escape closes it."))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setGeometry(page.rect())
        picture_loader().arrived.connect(self.update)

    def show_over(self) -> None:
        """Show it, with the keyboard."""
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    def leave(self) -> None:
        """Close it."""
        self.hide()
        self.closed.emit()
        self.deleteLater()

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        """A click closes it."""
        self.leave()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape, Enter and Space close it."""
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.leave()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint a veil over the page, and the picture on it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        veil = QColor(self._theme.colours.page)
        veil.setAlpha(_VEIL)
        painter.fillRect(self.rect(), veil)
        edge = SPACE["xxl"]
        room = QRectF(self.rect()).adjusted(edge, edge, -edge, -edge)
        size = QSizeF(*self._block.size).scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
        area = QRectF(room.center().x() - size.width() / 2, room.center().y() - size.height() / 2, 0, 0)
        area.setSize(size)
        pad = SPACE["m"]
        painter.setPen(QColor(self._theme.colours.line_strong))
        painter.setBrush(QColor(LIGHT.card))
        painter.drawRoundedRect(area.adjusted(-pad, -pad, pad, pad), RADIUS["card"], RADIUS["card"])
        _draw(painter, self._block.image, area, self.devicePixelRatioF())
        painter.end()


def picture_text(block: Block) -> str:
    """What a picture shows, in words."""
    return "".join(getattr(run, "text", "") for run in block.runs)


def _draw(painter: QPainter, file: str, area: QRectF, density: float) -> None:
    loader = picture_loader()
    image = loader.image(file, (area.size() * density).toSize()) or loader.stand_in(file)
    if image is not None:
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(area, image)
