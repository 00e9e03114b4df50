"""A small card beside what it explains. It never takes the keyboard; Escape or a click elsewhere closes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer, Slot
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QGraphicsDropShadowEffect, QSizePolicy, QWidget

from tutor_app.theme.tokens import ELEVATION, POPOVER_WIDTH, SPACE
from tutor_app.widgets.basics import align_by_words, announce, clear, column, label
from tutor_app.widgets.rich_text_view import EDGE

if TYPE_CHECKING:
    from PySide6.QtGui import QEnterEvent

    from tutor_app.theme.theme import Theme

_LINGER_MS = 250
_CLOSING = frozenset({QEvent.Type.MouseButtonPress, QEvent.Type.Wheel, QEvent.Type.WindowDeactivate})


class HoverCard(QFrame):
    """One card of a window, shown for one thing after another.

    Args:
        window: the card stays inside it.
        theme: for its shadow and its width.
    """

    def __init__(self, window: QWidget, theme: Theme) -> None:
        super().__init__(window)
        self._window = window
        self._theme = theme
        self.setProperty("role", "popover")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._body = column(space="xs", margin="l")
        self.setLayout(self._body)
        self._linger = QTimer(self)
        self._linger.setSingleShot(True)
        self._linger.setInterval(_LINGER_MS)
        self._linger.timeout.connect(self.hide)
        self._draw()
        theme.changed.connect(self._draw)
        self.hide()

    def show_near(self, anchor: QRect, title: str, text: str, *parts: QWidget) -> None:
        """Show a title and a text beside ``anchor``.

        Args:
            anchor: what it explains, in the screen's coordinates.
            title: in bold; may be empty.
            text: the explanation; may be empty where ``parts`` have it.
            parts: what else stands in the card, such as a ``RichTextView`` or a link button.
        """
        self._linger.stop()
        self.hide()  # what is put into a card that is shown has no height until later
        clear(self._body)
        for words, role in ((title, "strong"), (text, "body")):
            if words:
                line = label(words, role, wrap=True)
                align_by_words(line)
                line.setContentsMargins(EDGE, 0, EDGE, 0)  # in line with the texts among the parts
                line.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
                self._body.addWidget(line)
        for part in parts:
            self._body.addWidget(part)
        self.setAccessibleName(f"{title}. {text}".strip(". "))
        self._place(anchor)
        self.show()
        self.raise_()
        announce(self._window, self.accessibleName())

    def leave(self) -> None:
        """The pointer left what is explained: close in a moment, unless it comes onto the card."""
        self._linger.start()

    def enterEvent(self, _event: QEnterEvent) -> None:
        """Stay while the pointer is on it."""
        self._linger.stop()

    def leaveEvent(self, _event: QEvent) -> None:
        """Go when the pointer goes."""
        self._linger.start()

    def setVisible(self, visible: bool) -> None:
        """Watch the window only while the card is shown."""
        super().setVisible(visible)
        app = QApplication.instance()
        if app is not None and visible:
            app.installEventFilter(self)
        elif app is not None:
            app.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Close on Escape, on a press or a turn of the wheel elsewhere, and when the window is left."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape:
                self.hide()
                return True
        elif event.type() in _CLOSING and isinstance(watched, QWidget) and not self._holds(watched):
            self.hide()
        return False

    def _holds(self, widget: QWidget) -> bool:
        return widget is self or self.isAncestorOf(widget)

    def _place(self, anchor: QRect) -> None:
        widest = self._window.width() - 2 * SPACE["m"]
        width = min(round(POPOVER_WIDTH * max(1.0, self._theme.scale)), widest)
        self._body.activate()
        height = max(self._body.totalHeightForWidth(width), self._body.totalMinimumSize().height())
        self.resize(width, min(height, self._window.height() - 2 * SPACE["m"]))
        near = QRect(self._window.mapFromGlobal(anchor.topLeft()), anchor.size())
        right_to_left = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        left = near.right() - width if right_to_left else near.left()
        top = near.bottom() + SPACE["s"]
        if top + self.height() > self._window.height() - SPACE["m"]:
            top = near.top() - SPACE["s"] - self.height()
        left = max(SPACE["m"], min(left, self._window.width() - width - SPACE["m"]))
        self.move(QPoint(left, max(SPACE["m"], top)))

    @Slot()
    def _draw(self) -> None:
        shadow = QGraphicsDropShadowEffect(self)
        shadow.setBlurRadius(ELEVATION["popover"])
        shadow.setOffset(0, ELEVATION["popover"] // 4)
        shadow.setColor(QColor(self._theme.colours.shadow))
        self.setGraphicsEffect(shadow)
