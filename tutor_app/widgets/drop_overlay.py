"""Lies over a page while files are held over the window: let go, and they are added."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QColor, QDragEnterEvent, QPainter, QPen
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from tutor_app.i18n import tr
from tutor_app.theme.tokens import RADIUS, SPACE
from tutor_app.widgets.basics import label

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from tutor_app.theme.theme import Theme

_ICON = 44
_VEIL = 235


class DropOverlay(QWidget):
    """Watches ``parent``, and lies over it while files are. It takes no events: ``parent`` gets the drop."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._over = parent
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._icon = QLabel()
        self._icon.setAlignment(Qt.AlignmentFlag.AlignCenter)
        title = label(tr("Drop to add to your library"), "title", wrap=True)
        text = label(
            tr("PDF, EPUB, Word, Markdown, web pages, text, course packs, or a whole folder"),
            "mute",
            wrap=True,
        )
        layout = QVBoxLayout(self)
        layout.setSpacing(SPACE["m"])
        layout.setContentsMargins(SPACE["xxl"], SPACE["xxl"], SPACE["xxl"], SPACE["xxl"])
        layout.addStretch(1)
        for part in (self._icon, title, text):
            part.setAlignment(Qt.AlignmentFlag.AlignCenter)
            layout.addWidget(part)
        layout.addStretch(1)
        parent.installEventFilter(self)
        self._draw()
        theme.changed.connect(self._draw)
        self.hide()

    def appear(self) -> None:
        """Lie over everything of the parent."""
        self.setGeometry(self._over.rect())
        self.raise_()
        self.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Come with the files, go with them, and stay as large as the parent."""
        kind = event.type()
        if kind == QEvent.Type.Resize:
            self.setGeometry(self._over.rect())
        elif isinstance(event, QDragEnterEvent):
            if any(url.isLocalFile() for url in event.mimeData().urls()):
                self.appear()
        elif kind in (QEvent.Type.DragLeave, QEvent.Type.Drop):
            self.hide()
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A veil, and a line around where one may let go."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        veil = QColor(self._theme.colours.page)
        veil.setAlpha(_VEIL)
        painter.fillRect(self.rect(), veil)
        painter.setPen(QPen(QColor(self._theme.colours.accent), 2, Qt.PenStyle.DashLine))
        tint = QColor(self._theme.colours.accent_soft)
        tint.setAlpha(_VEIL // 2)
        painter.setBrush(tint)
        edge = SPACE["l"]
        room = QRectF(self.rect()).adjusted(edge, edge, -edge, -edge)
        painter.drawRoundedRect(room, RADIUS["card"], RADIUS["card"])
        painter.end()

    def _draw(self) -> None:
        side = round(_ICON * self._theme.scale)
        self._icon.setPixmap(self._theme.icon("import", "accent_ink", size=_ICON).pixmap(side, side))
