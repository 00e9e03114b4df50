"""A view of items that lie anywhere on a plane: scrolled, dragged by the pointer, drawn at any size.

It is a list to a screen reader. Where its items lie, how they look and where keys go is told by the class that is made
of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRect,
    QSize,
    QSizeF,
    Qt,
    Signal,
)
from PySide6.QtGui import QCursor, QRegion
from PySide6.QtWidgets import QAbstractItemView, QApplication, QFrame, QListView

if TYPE_CHECKING:
    from PySide6.QtCore import QItemSelectionModel
    from PySide6.QtGui import QMouseEvent, QWheelEvent

_AnyIndex = QModelIndex | QPersistentModelIndex
_SMALLEST, _LARGEST = 0.1, 1.5
_STEP = 1.25
_WHEEL_STEP = 120


class PlaneView(QListView):
    """The view.

    Signals:
        zoomed: the size was changed by hand.

    Attributes:
        plane_size: the size of the plane, in its own pixels.
    """

    zoomed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.plane_size = QSizeF(0, 0)
        self._zoom = 1.0
        self._dragged: QPoint | None = None
        self.setProperty("content", True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.viewport().setAutoFillBackground(False)

    @property
    def zoom(self) -> float:
        """How large it is drawn; 1 is the size of the text."""
        return self._zoom

    def set_zoom(self, zoom: float, at: QPointF | None = None) -> None:
        """Draw it larger or smaller; what is at ``at`` (the middle by default) stays where it is."""
        zoom = min(_LARGEST, max(_SMALLEST, zoom))
        if zoom == self._zoom:
            return
        fixed = at if at is not None else QPointF(self.viewport().rect().center())
        held, before = self.on_plane(fixed), self.plane_size
        self.draw_at(zoom)
        stretched = self.plane_size.height() / before.height() if before.height() else 1.0
        self.scroll_by(self.in_view(QPointF(held.x(), held.y() * stretched)) - fixed)
        self.zoomed.emit()

    def draw_at(self, zoom: float) -> None:
        """Draw it at a size, as its owner wants; the class that is made of it may give it another form then."""
        self._zoom = zoom
        self.fit_bars()
        self.viewport().update()

    def room(self) -> QSize:
        """Pixels for the plane where it has scroll bars. It does not depend on whether it has them now."""
        bars = QSize(
            self.verticalScrollBar().sizeHint().width(), self.horizontalScrollBar().sizeHint().height()
        )
        return self.maximumViewportSize() - bars

    def step_zoom(self, steps: float) -> None:
        """Draw it ``steps`` larger, or smaller below 0."""
        self.set_zoom(self._zoom * _STEP**steps)

    def origin(self) -> QPointF:
        """Where the plane begins in the viewport: scrolled, or in the middle where there is room to spare."""
        room, whole = self.viewport().size(), self.plane_size
        spare_across = max(0.0, room.width() - whole.width() * self._zoom) / 2
        spare_down = max(0.0, room.height() - whole.height() * self._zoom) / 2
        across = self.horizontalScrollBar().value()
        if self.mirrored:  # the bar counts from the right then
            across = self.horizontalScrollBar().maximum() - across
        return QPointF(spare_across - across, spare_down - self.verticalScrollBar().value())

    def in_view(self, point: QPointF) -> QPointF:
        """A point of the plane in the viewport."""
        return self.origin() + point * self._zoom

    def on_plane(self, point: QPointF) -> QPointF:
        """A point of the viewport on the plane."""
        return (point - self.origin()) / self._zoom

    def scroll_by(self, way: QPointF) -> None:
        """Scroll across and down, in pixels of the viewport."""
        across = -way.x() if self.mirrored else way.x()
        for bar, amount in ((self.horizontalScrollBar(), across), (self.verticalScrollBar(), way.y())):
            bar.setValue(round(bar.value() + amount))

    def fit_bars(self) -> None:
        """Have the scroll bars cover the plane; there are none where it fits without them."""
        room, most = self.viewport().size(), self.maximumViewportSize()
        across, down = (
            round(self.plane_size.width() * self._zoom),
            round(self.plane_size.height() * self._zoom),
        )
        if across <= most.width() and down <= most.height():
            room = most
        for bar, has, needs in (
            (self.horizontalScrollBar(), room.width(), across),
            (self.verticalScrollBar(), room.height(), down),
        ):
            bar.setPageStep(has)
            bar.setSingleStep(max(1, has // 12))
            bar.setRange(0, max(0, needs - has))

    @property
    def mirrored(self) -> bool:
        """Whether the window is read from the right."""
        return QApplication.layoutDirection() == Qt.LayoutDirection.RightToLeft

    # What every item view has to know.

    def horizontalOffset(self) -> int:
        """How far it is scrolled across."""
        return self.horizontalScrollBar().value()

    def verticalOffset(self) -> int:
        """How far it is scrolled down."""
        return self.verticalScrollBar().value()

    def updateGeometries(self) -> None:
        """The room that scroll bars have to cover."""
        self.fit_bars()

    def scrollContentsBy(self, _across: int, _down: int) -> None:
        """Draw all anew: what joins items crosses everything."""
        self.viewport().update()

    def isIndexHidden(self, _index: _AnyIndex) -> bool:
        """All items are there."""
        return False

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        """Select what was clicked."""
        index = self.indexAt(rect.topLeft())
        if index.isValid():
            self.selectionModel().select(index, command)

    def visualRegionForSelection(self, _selection: object) -> QRegion:
        """What joins items changes with the selection, so everything is drawn anew."""
        return QRegion(self.viewport().rect())

    # What happens to it.

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Ctrl and the wheel change the size."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.set_zoom(self._zoom * _STEP ** (event.angleDelta().y() / _WHEEL_STEP), event.position())
            event.accept()
        else:
            super().wheelEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Select an item, or take hold of the plane."""
        if self.indexAt(event.position().toPoint()).isValid():
            super().mousePressEvent(event)
        else:
            self._dragged = event.position().toPoint()
            self.viewport().setCursor(QCursor(Qt.CursorShape.ClosedHandCursor))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the plane."""
        at = event.position().toPoint()
        if self._dragged is None:
            over = self.indexAt(at).isValid()
            self.viewport().setCursor(
                Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor
            )
            super().mouseMoveEvent(event)
            return
        self.scroll_by(QPointF(self._dragged - at))
        self._dragged = at

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go of it."""
        self._dragged = None
        super().mouseReleaseEvent(event)
