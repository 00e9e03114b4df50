"""The one clear start: a large box for a question, ready to be typed into. It needs no engine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, QTimer, Signal, Slot
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QFrame, QPlainTextEdit

from tutor_app.i18n import tr
from tutor_app.qt_numbers import SCROLL_BAR_ALWAYS_OFF, SCROLL_BAR_AS_NEEDED
from tutor_app.theme.tokens import SPACE
from tutor_app.widgets.basics import button, column, restyle, row

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QKeyEvent

    from tutor_app.theme.theme import Theme

_FEWEST_LINES = 1
_MOST_LINES = 6
_ICON = 20
_NEXT_FRAME_MS = 16  # styling anew needs much of Qt that the first paint does not


class StartBox(QFrame):
    """Enter asks, Shift+Enter begins a new line; it grows with the text, up to six lines.

    Signals:
        asked: the question.
        stopped: what is being answered is to be stopped.
    """

    asked = Signal(str)
    stopped = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._running = False
        self.setProperty("role", "composer")
        self.setProperty("active", False)
        self.edit = _Field()
        self.edit.setPlaceholderText(tr("What would you like to understand?"))
        self.edit.setAccessibleName(tr("Your question"))
        self.edit.setAccessibleDescription(tr("Enter asks, Shift and Enter begin a new line"))
        self.edit.setTabChangesFocus(True)
        self.edit.setFrameShape(QFrame.Shape.NoFrame)
        self.edit.entered.connect(self._ask)
        self.edit.focus_moved.connect(self._move_focus)
        self._marking = QTimer(self, singleShot=True, interval=_NEXT_FRAME_MS)
        self._marking.timeout.connect(self._mark)
        self.edit.textChanged.connect(self._change)
        self.edit.cursorPositionChanged.connect(self._fit)  # a paste is laid out after its text has changed
        self.edit.setAcceptDrops(False)  # files are dropped on the window, whatever lies under the pointer
        self.send = button("", "primary", tip=tr("Ask"))
        self.send.setAccessibleName(tr("Ask"))
        self.send.setEnabled(False)
        self.send.clicked.connect(self._press)
        line = row(self.edit, column(None, self.send, space="xs"), space="s")
        line.setStretch(0, 1)
        line.setContentsMargins(SPACE["m"], SPACE["s"], SPACE["s"], SPACE["s"])
        self.setLayout(line)
        self.setFocusProxy(self.edit)
        self._draw()
        theme.changed.connect(self._draw)

    def text(self) -> str:
        """What was typed so far."""
        return self.edit.toPlainText()

    def set_text(self, text: str) -> None:
        """Put ``text`` into it."""
        self.edit.setPlainText(text)

    def set_running(self, running: bool) -> None:
        """Turn the button into one that stops; Enter then keeps the text."""
        self._running = running
        name = tr("Stop") if running else tr("Ask")
        self.send.setAccessibleName(name)
        self.send.setToolTip(name)
        self._change()
        self._draw()

    @Slot()
    def _move_focus(self) -> None:
        self._marking.start()

    @Slot()
    def _mark(self) -> None:
        restyle(self, "active", self.edit.hasFocus())

    @Slot()
    def _press(self) -> None:
        if self._running:
            self.stopped.emit()
        else:
            self._ask()

    @Slot()
    def _ask(self) -> None:
        text = self.text().strip()
        if text and not self._running:
            self.edit.clear()
            self.asked.emit(text)

    @Slot()
    def _change(self) -> None:
        self.send.setEnabled(self._running or bool(self.text().strip()))
        self._fit()

    @Slot()
    def _draw(self) -> None:
        side = round(_ICON * self._theme.scale)
        name = "stop" if self._running else "send"
        icon = self._theme.icon(name, "on_accent", size=_ICON)
        icon.addPixmap(self._theme.icon(name, "mute", size=_ICON).pixmap(side, side), QIcon.Mode.Disabled)
        self.send.setIcon(icon)
        self.send.setIconSize(QSize(side, side))
        self._fit()

    @Slot()
    def _fit(self) -> None:
        height = self.edit.fontMetrics().lineSpacing()
        needed = round(self.edit.document().size().height()) if self.text() else _FEWEST_LINES
        lines = min(max(needed, _FEWEST_LINES), _MOST_LINES)
        # 2 x 4 pixels margin of the document, 2 x 2 of the style sheet, 4 to breathe
        self.edit.setFixedHeight(lines * height + 16)
        more = lines >= _MOST_LINES
        bar = SCROLL_BAR_AS_NEEDED if more else SCROLL_BAR_ALWAYS_OFF
        self.edit.setProperty("verticalScrollBarPolicy", bar)


class _Field(QPlainTextEdit):
    """What is typed into.

    Signals:
        entered: Enter was pressed, without Shift.
        focus_moved: the keyboard came or went.
    """

    entered = Signal()
    focus_moved = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter begins no line; Shift+Enter does."""
        from PySide6.QtCore import Qt

        plain = not event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard is here."""
        super().focusInEvent(event)
        self.focus_moved.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The keyboard is elsewhere."""
        super().focusOutEvent(event)
        self.focus_moved.emit()
