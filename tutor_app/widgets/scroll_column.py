"""A page's content: one column in the middle, no wider than reads well, that scrolls up and down."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QSize, Slot
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from tutor_app.qt_numbers import NO_FOCUS, SCROLL_BAR_ALWAYS_OFF
from tutor_app.theme.tokens import READING_WIDTH, SPACE, TYPE

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

_TIGHT_BELOW = 720
_AIR = SPACE["l"]  # pixels below what is scrolled into view, half of it where there is no room for more
_FURTHEST = 2 * SPACE["xxl"]  # pixels that are scrolled for a line not to be cut


class ScrollColumn(QScrollArea):
    """Add parts to ``column``. What gets the keyboard is scrolled into view.

    Sizes are those of the page or its content, never of ``viewport()``: the first call of that would make the classes
    of all widgets that it might be, before the first paint.

    Args:
        max_width: the column's greatest width at normal text size; it grows with the text.

    Attributes:
        column: the layout of the parts.
    """

    def __init__(self, max_width: int = READING_WIDTH) -> None:
        super().__init__()
        self._max_width = max_width
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("horizontalScrollBarPolicy", SCROLL_BAR_ALWAYS_OFF)
        self.setProperty("focusPolicy", NO_FOCUS)
        self._inner = QWidget()
        self.column = QVBoxLayout(self._inner)
        self.column.setSpacing(SPACE["l"])
        self.column.setContentsMargins(0, 0, 0, 0)
        self._whole = _Outer()
        self._whole.setObjectName("column")
        self._outer = QHBoxLayout(self._whole)
        self._outer.addStretch(1)
        self._outer.addWidget(self._inner, 1000)
        self._outer.addStretch(1)
        self.setWidget(self._whole)
        self._fit()
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow_focus)

    def add(self, *parts: QWidget | QVBoxLayout | QHBoxLayout) -> None:
        """Add parts at the end."""
        for part in parts:
            if isinstance(part, QWidget):
                self.column.addWidget(part)
            else:
                self.column.addLayout(part)

    def put_first(self, part: QWidget, height: int) -> None:
        """Put ``part`` before all others, ``height`` pixels high, without squeezing those meanwhile."""
        self._whole.setMinimumHeight(self._whole.height() + height + self.column.spacing())
        self.column.insertWidget(0, part)
        part.show()
        self._whole.setMinimumHeight(0)

    def reveal(self, part: QWidget, down_to: QWidget | None = None, *, uncut: bool = False) -> bool:
        """Scroll as little as shows ``part`` whole, and all that follows it down to the end of another part.

        Of what is higher than the page, the upper end is shown.

        Args:
            part: what is to be seen.
            down_to: what is to be seen, too.
            uncut: scroll a little more or less where else a line above ``part`` were cut by the edge of the page.

        Returns:
            Whether all of it is seen.
        """
        top = self._height_of(part) - SPACE["s"]
        last = down_to or part
        least = self._height_of(last) + last.height() + _AIR - self.height()
        bar = self.verticalScrollBar()
        value = min(top, max(bar.value(), least))
        if uncut:
            value = min(top, self._clear_of_lines(value))
            self._leave_room(value)
        bar.setValue(value)
        return least - _AIR // 2 <= top

    def end_with_content(self) -> None:
        """Leave no room below the content any more, as ``reveal`` may have done."""
        self._whole.setMinimumHeight(0)

    def _clear_of_lines(self, value: int) -> int:
        """Where the upper edge cuts nothing: a little above ``value``, where there is room left, or else below it.

        A long card, or two columns of them, may leave no such height for long: then a card is cut, rather than all
        scrolled away, between two of its lines if that can be.
        """
        from tutor_app.widgets.cut_lines import behind_cut  # of widgets that no first paint needs

        for through_cards in (False, True):
            for edge in range(value, value - _AIR // 2, -1):
                if behind_cut(self._whole, edge, through_cards=through_cards) == edge:
                    return edge
            below = behind_cut(self._whole, value, through_cards=through_cards)
            if below - value <= _FURTHEST:
                return below
        return value

    def _leave_room(self, value: int) -> None:
        """Have the page go on below its content, so that it can be scrolled so far."""
        if value > self.verticalScrollBar().maximum():
            self._whole.setMinimumHeight(value + self.height())
            self._whole.resize(self._whole.width(), value + self.height())

    def _height_of(self, part: QWidget) -> int:
        """How far below the upper end of the content a part begins, in pixels."""
        return part.mapTo(self._whole, QPoint()).y()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave less white at the edges of a narrow page."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Be as wide as the text asks."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.ApplicationFontChange):
            self._fit()

    def _fit(self) -> None:
        grown = max(1.0, QApplication.font().pixelSize() / TYPE["body"])
        self._inner.setMaximumWidth(round(self._max_width * grown))
        edge = SPACE["l"] if self.width() < _TIGHT_BELOW else SPACE["xxl"]
        # The scroll bar takes its room from the edge beside it: the column stays in line with what is below the page.
        barred = edge - max(0, self.width() - self._whole.width())
        left, right = (barred, edge) if self.isRightToLeft() else (edge, barred)
        self._outer.setContentsMargins(left, SPACE["xl"], right, SPACE["xxl"])

    @Slot(QWidget, QWidget)
    def _follow_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now is None or not self.isVisible() or not self._inner.isAncestorOf(now):
            return
        if now.height() <= self.height():
            self.reveal(now)
        else:
            self.ensureWidgetVisible(now, 0, SPACE["xl"])


class _Outer(QWidget):
    """As high as its width asks: the least height that Qt takes from its layout is that of a narrower one."""

    def minimumSizeHint(self) -> QSize:
        """The least width; for the height, the scroll area asks at the width that there is."""
        least = super().minimumSizeHint()
        return QSize(least.width(), 0) if self.hasHeightForWidth() else least
