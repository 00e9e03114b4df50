"""Short news at the foot of the window, that go by themselves: what was done, and a way to undo it.

They never lie over what is being typed, or over what is to be pressed next: a page that has such things at its foot
keeps room for them (``ToastRoom``), and on one that does not they go to its upper end where they have to.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, QObject, QPoint, QPropertyAnimation, QRect, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QFrame,
    QGraphicsOpacityEffect,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from tutor_app.i18n import tr
from tutor_app.theme.tokens import NOTE_WIDTH, SPACE
from tutor_app.widgets.basics import announce, button, label, row

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent

    from tutor_app.theme.theme import Theme

NOTICE_MS = 5000
UNDO_MS = 8000
BOTTOM_BAR = "bottomBar"
"""Object name of what has a ``ToastRoom`` and changes its height: the news move with it."""
_MOVES = frozenset({QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide})
_LOOK_AGAIN_MS = 1000
_MOST = 3
_LAST_LETTERS = 12
_NO_BREAK = "\u00a0"


class Toast(QFrame):
    """One piece of news. It stays while the pointer or the keyboard is on it.

    Signals:
        gone: it is to be taken away.
    """

    gone = Signal()

    def __init__(self, text: str, undo: Callable[[], object] | None) -> None:
        super().__init__()
        self._undo = undo
        self.setProperty("role", "toast")
        self.setAccessibleName(text)
        words = label(_with_full_last_line(text), wrap=True)
        words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        parts = row(words, space="l")
        if undo is not None:
            back = button(tr("Undo"), tip=QKeySequence(QKeySequence.StandardKey.Undo).toString())
            back.clicked.connect(self.undo)
            parts.addWidget(back, 0, Qt.AlignmentFlag.AlignVCenter)
        parts.setContentsMargins(SPACE["l"], SPACE["m"], SPACE["m"] if undo else SPACE["l"], SPACE["m"])
        self.setLayout(parts)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._leave)
        self._timer.start(NOTICE_MS if undo is None else UNDO_MS)

    @property
    def can_undo(self) -> bool:
        """Whether it offers to undo something."""
        return self._undo is not None

    @Slot()
    def undo(self) -> None:
        """Do what it offers, once."""
        undo, self._undo = self._undo, None
        self.gone.emit()
        if undo is not None:
            undo()

    @Slot()
    def _leave(self) -> None:
        focus = QApplication.focusWidget()
        if self.underMouse() or (focus is not None and self.isAncestorOf(focus)):
            self._timer.start(_LOOK_AGAIN_MS)
        else:
            self.gone.emit()


class ToastRoom(QWidget):
    """Room that a page keeps for the news, so that they cover nothing of it. While there are none it has no height."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(0)

    def keep(self, height: int) -> None:
        """Have room for news that are ``height`` pixels high."""
        self.setFixedHeight(height + 2 * SPACE["s"] if height else 0)


class ToastHost(QWidget):
    """Shows the newest three above the lower edge of ``window``; Ctrl+Z undoes the newest."""

    def __init__(self, window: QWidget, theme: Theme) -> None:
        super().__init__(window)
        self._window = window
        self._theme = theme
        self._shown: list[Toast] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(SPACE["s"])
        self._undo = QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), window)
        self._undo.activated.connect(self.undo_newest)
        self._undo.setEnabled(False)
        self._moved = QTimer(self, singleShot=True, interval=0)
        self._moved.timeout.connect(self._place)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._look_again)
        self.hide()

    def show_notice(self, text: str) -> Toast:
        """Say ``text`` for a few seconds."""
        return self._show(Toast(text, None))

    def show_undo(self, text: str, callback: Callable[[], object]) -> Toast:
        """Say ``text``, and offer to undo it by calling ``callback``."""
        return self._show(Toast(text, callback))

    def toasts(self) -> list[Toast]:
        """What is shown, the newest last."""
        return list(self._shown)

    @Slot()
    def undo_newest(self) -> None:
        """Undo what the newest offers."""
        offers = [toast for toast in self.toasts() if toast.can_undo]
        if offers:
            offers[-1].undo()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay where there is room; leave Ctrl+Z to a field only if it has something to undo."""
        if event.type() in _MOVES and self._gives_room(watched):
            self._look_again()
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and self._is_undo(event)
            and not _has_own_undo(QApplication.focusWidget())
        ):
            event.ignore()
            return True
        return False

    def event(self, event: QEvent) -> bool:
        """Grow with what the sentences need."""
        known = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._place()
        return known

    def _gives_room(self, watched: QObject) -> bool:
        return watched is self._window or isinstance(watched, ToastRoom) or watched.objectName() == BOTTOM_BAR

    def _is_undo(self, event: QEvent) -> bool:
        return self._undo.isEnabled() and cast("QKeyEvent", event).matches(QKeySequence.StandardKey.Undo)

    def _show(self, toast: Toast) -> Toast:
        for old in self.toasts()[: -_MOST + 1]:
            self._remove(old)
        self._column.addWidget(toast)
        self._shown.append(toast)
        toast.show()
        toast.gone.connect(self._take_away)
        self._place()
        self.raise_()
        self._watch()
        self._fade_in(toast)
        announce(self._window, toast.accessibleName())
        return toast

    @Slot()
    def _take_away(self) -> None:
        toast = self.sender()
        if toast in self._shown:
            self._remove(toast)
            self._watch()
            self._place()

    def _remove(self, toast: Toast) -> None:
        self._shown.remove(toast)
        self._column.removeWidget(toast)
        toast.hide()
        toast.deleteLater()

    def _watch(self) -> None:
        """Look at keys only while there is something to undo, and at what moves only while something is shown."""
        self._undo.setEnabled(any(toast.can_undo for toast in self.toasts()))
        app = QApplication.instance()
        if app is not None and self.toasts():
            app.installEventFilter(self)
        elif app is not None:
            app.removeEventFilter(self)

    @Slot()
    def _look_again(self) -> None:
        if self._shown:
            self._moved.start()

    @Slot()
    def _place(self) -> None:
        shown = bool(self.toasts())
        self._column.activate()
        widest = round(NOTE_WIDTH * max(1.0, self._theme.scale))
        width = min(widest, self._window.width() - 2 * SPACE["l"])
        height = self._column.totalHeightForWidth(width) if shown else 0
        box = QRect((self._window.width() - width) // 2, 0, width, height)
        rooms = sorted(self._window.findChildren(ToastRoom), key=self._top_of)
        room = next((it for it in rooms if it.isVisible()), None)
        for it in rooms:
            it.keep(height if it is room else 0)
        if room is None:
            box.moveBottom(self._window.height() - SPACE["l"] - SPACE["s"])
            if self._covers(box):
                box.moveTop(SPACE["l"])
        else:
            box.moveTop(self._top_of(room) + SPACE["s"])
        self.setGeometry(box)
        self.setVisible(shown)

    def _top_of(self, part: QWidget) -> int:
        return part.mapTo(self._window, QPoint()).y()

    def _covers(self, box: QRect) -> bool:
        """Whether what is typed into, or what is to be pressed next, lies under ``box``."""
        typed = QApplication.focusWidget()
        primary = (it for it in self._window.findChildren(QPushButton) if it.property("role") == "primary")
        kept: list[QWidget] = [it for it in primary if it.isVisible() and not it.visibleRegion().isEmpty()]
        fields = QLineEdit | QPlainTextEdit | QTextEdit | QAbstractSpinBox
        if isinstance(typed, fields) and self._window.isAncestorOf(typed):
            kept.append(typed)
        return any(box.intersects(QRect(it.mapTo(self._window, QPoint()), it.size())) for it in kept)

    def _fade_in(self, toast: Toast) -> None:
        length = self._theme.motion_ms("long")
        if not length:
            return
        effect = QGraphicsOpacityEffect(toast)
        toast.setGraphicsEffect(effect)
        fade = QPropertyAnimation(effect, b"opacity", toast)
        fade.setDuration(length)
        fade.setStartValue(0.0)
        fade.setEndValue(1.0)
        fade.finished.connect(effect.deleteLater)
        fade.start(QPropertyAnimation.DeletionPolicy.DeleteWhenStopped)


def _with_full_last_line(text: str) -> str:
    """``text`` whose last words stay together, so that the last line is not one short word."""
    last = text.rfind(" ", 0, max(0, len(text) - _LAST_LETTERS))
    return text[: last + 1] + text[last + 1 :].replace(" ", _NO_BREAK) if last >= 0 else text


def _has_own_undo(field: QWidget | None) -> bool:
    if isinstance(field, QLineEdit):
        return field.isUndoAvailable()
    return isinstance(field, QPlainTextEdit | QTextEdit) and field.document().isUndoAvailable()
