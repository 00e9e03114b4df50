"""A layout that wraps: parts stand beside each other, and go on in the next line where the room ends."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QApplication, QLayout, QLayoutItem, QWidget

from tutor_app.theme.tokens import SPACE


class FlowLayout(QLayout):
    """Lines of parts as wide as they like to be; from the right where the language is read from the right.

    Args:
        space: the gap between parts and between lines, a key of ``SPACE``.
        alignment: where a line stands that leaves room: ``AlignLeading`` or ``AlignHCenter``.
    """

    def __init__(
        self, *, space: str = "s", alignment: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeading
    ) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self._heights: dict[int, int] = {}
        self._alignment = alignment
        self.setSpacing(SPACE[space])
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        """Take a part in (Qt calls it)."""
        self._items.append(item)

    def count(self) -> int:
        """How many parts there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """The part at ``index``, None outside."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Take a part out."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """It asks for no more room than it needs."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """The narrower, the higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height of its lines at ``width``."""
        height = self._heights.get(width)
        if height is None:
            height = self._heights[width] = self._place(QRect(0, 0, width, 0), move=False)
        return height

    def invalidate(self) -> None:
        """A part changed: heights are to be found anew."""
        self._heights.clear()
        super().invalidate()

    def sizeHint(self) -> QSize:
        """All parts in one line."""
        sizes = [item.sizeHint() for item in self._shown()]
        width = sum(size.width() for size in sizes) + self.spacing() * max(0, len(sizes) - 1)
        return self._with_margins(QSize(width, max((size.height() for size in sizes), default=0)))

    def minimumSize(self) -> QSize:
        """As wide as the widest part."""
        size = QSize()
        for item in self._shown():
            size = size.expandedTo(item.minimumSize())
        return self._with_margins(size)

    def setGeometry(self, rect: QRect) -> None:
        """Place the parts."""
        super().setGeometry(rect)
        self._place(rect, move=True)

    def _with_margins(self, size: QSize) -> QSize:
        edge = self.contentsMargins()
        return QSize(size.width() + edge.left() + edge.right(), size.height() + edge.top() + edge.bottom())

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _place(self, rect: QRect, *, move: bool) -> int:
        inner = rect.marginsRemoved(self.contentsMargins())
        top = inner.top()
        for line in self._lines(inner.width()):
            height = max(size.height() for _, size in line)
            if move:
                self._place_line(line, QRect(inner.left(), top, inner.width(), height))
            top += height + self.spacing()
        used = top - self.spacing() - inner.top() if top > inner.top() else 0
        return used + rect.height() - inner.height()

    def _lines(self, width: int) -> list[list[tuple[QLayoutItem, QSize]]]:
        lines: list[list[tuple[QLayoutItem, QSize]]] = []
        used = 0
        for item in self._shown():
            size = item.sizeHint().boundedTo(QSize(max(width, item.minimumSize().width()), 1 << 20))
            used += self.spacing() + size.width()
            if not lines or used > width:
                lines.append([])
                used = size.width()
            lines[-1].append((item, size))
        return lines

    def _place_line(self, line: list[tuple[QLayoutItem, QSize]], room: QRect) -> None:
        parent = self.parentWidget()
        direction = parent.layoutDirection() if parent is not None else QApplication.layoutDirection()
        used = sum(size.width() for _, size in line) + self.spacing() * (len(line) - 1)
        left = room.left()
        if self._alignment == Qt.AlignmentFlag.AlignHCenter:
            left += max(0, (room.width() - used) // 2)
        for item, size in line:
            at = QRect(QPoint(left, room.top() + (room.height() - size.height()) // 2), size)
            item.setGeometry(_mirrored(at, room) if direction == Qt.LayoutDirection.RightToLeft else at)
            left += size.width() + self.spacing()


def _mirrored(part: QRect, room: QRect) -> QRect:
    return QRect(QPoint(room.left() + room.right() - part.right(), part.top()), part.size())


def flow(*parts: QWidget, space: str = "s") -> FlowLayout:
    """A wrapping layout of ``parts``."""
    made = FlowLayout(space=space)
    for part in parts:
        made.addWidget(part)
    return made
