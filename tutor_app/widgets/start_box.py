"""The one clear start: a large box for a question, ready to be typed into. It needs no engine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QIcon, QKeyEvent
from PySide6.QtWidgets import QFrame, QPlainTextEdit

from tutor_app.i18n import tr
from tutor_app.theme.tokens import SPACE
from tutor_app.widgets.basics import button, restyle, row

if TYPE_CHECKING:
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
        self.edit = QPlainTextEdit()
        self.edit.setPlaceholderText(tr("What would you like to understand?"))
        self.edit.setAccessibleName(tr("Your question"))
        self.edit.setAccessibleDescription(tr("Enter asks, Shift and Enter begin a new line"))
        self.edit.setTabChangesFocus(True)
        self.edit.setFrameShape(QFrame.Shape.NoFrame)
        self.edit.installEventFilter(self)
        self._marking = QTimer(self, singleShot=True, interval=_NEXT_FRAME_MS)
        self._marking.timeout.connect(self._mark)
        self.edit.textChanged.connect(self._change)
        self.edit.cursorPositionChanged.connect(self._fit)  # a paste is laid out after its text has changed
        self.edit.setAcceptDrops(False)  # files are dropped on the window, whatever lies under the pointer
        self.send = button("", "primary", tip=tr("Ask"))
        self.send.setAccessibleName(tr("Ask"))
        self.send.setEnabled(False)
        self.send.clicked.connect(self._press)
        line = row(self.edit, space="s")
        line.addWidget(self.send, 0, Qt.AlignmentFlag.AlignBottom)
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

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter asks; the box shows that the keyboard is in it."""
        if watched is self.edit:
            if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
                plain = not event.modifiers() & Qt.KeyboardModifier.ShiftModifier
                if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
                    self._ask()
                    return True
            elif event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
                self._marking.start()
        return super().eventFilter(watched, event)

    @Slot()
    def _mark(self) -> None:
        restyle(self, "active", self.edit.hasFocus())

    @Slot()
    def _press(self) -> None:
        if self._running:
            self.stopped.emit()
        else:
            self._ask()

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
        lines = min(max(round(self.edit.document().size().height()), _FEWEST_LINES), _MOST_LINES)
        # 2 x 4 pixels margin of the document, 2 x 2 of the style sheet, 4 to breathe
        self.edit.setFixedHeight(lines * height + 16)
        more = lines >= _MOST_LINES
        bar = Qt.ScrollBarPolicy.ScrollBarAsNeeded if more else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.edit.setVerticalScrollBarPolicy(bar)
