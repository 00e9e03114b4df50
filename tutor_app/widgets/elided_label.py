"""A line of text that is cut where the room ends; then its tool tip has the whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QLabel, QSizePolicy

from tutor_app.i18n import isolated

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent

_SHORTEST = 6


class ElidedLabel(QLabel):
    """One line in a role of the style sheet. A screen reader always has the whole text.

    Args:
        text: the line.
        role: a role of labels, as for ``basics.label``.
        middle: cut the middle out instead of the end, for file names.
    """

    def __init__(self, text: str = "", role: str = "body", *, middle: bool = False) -> None:
        super().__init__()
        self._mode = Qt.TextElideMode.ElideMiddle if middle else Qt.TextElideMode.ElideRight
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setText(text)

    def setText(self, text: str) -> None:
        """Show another line; line breaks become spaces."""
        super().setText(" ".join(text.split()))
        self._tell_whole()

    def shown_text(self) -> str:
        """What can be read of it."""
        return self.fontMetrics().elidedText(self.text(), self._mode, self.contentsRect().width())

    def minimumSizeHint(self) -> QSize:
        """A few letters."""
        few = self.fontMetrics().averageCharWidth() * _SHORTEST
        return QSize(min(few, self.sizeHint().width()), self.sizeHint().height())

    def sizeHint(self) -> QSize:
        """The whole line."""
        metrics = self.fontMetrics()
        edge = self.contentsMargins()
        return QSize(
            metrics.horizontalAdvance(self.text()) + 1 + edge.left() + edge.right(),
            metrics.height() + edge.top() + edge.bottom(),
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """See whether the tool tip is needed."""
        super().resizeEvent(event)
        self._tell_whole()

    def changeEvent(self, event: QEvent) -> None:
        """Measure anew in another font."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.updateGeometry()
            self._tell_whole()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw what there is room for."""
        painter = QPainter(self)
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        alignment = self.alignment() | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        painter.drawText(self.contentsRect(), int(alignment), isolated(self.shown_text()))
        painter.end()

    def _tell_whole(self) -> None:
        self.setToolTip(self.text() if self.shown_text() != self.text() else "")
