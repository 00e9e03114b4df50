"""Ctrl-C in the terminal and the end of the desktop session close the window as its button does.

Python runs signal handlers between its own instructions, of which a waiting event loop executes none: a socket that the
interpreter writes to wakes it up.
"""

from __future__ import annotations

import contextlib
import signal
import socket

from PySide6.QtCore import QObject, QSocketNotifier, Signal, Slot

_SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP")


class Termination(QObject):
    """Listens from its making to ``close``; for the main thread.

    Signals:
        asked: the program is to end.
    """

    asked = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._reading, self._writing = socket.socketpair()
        self._reading.setblocking(False)
        self._writing.setblocking(False)
        self._before = {
            number: signal.signal(number, _nothing)
            for number in (getattr(signal, name, None) for name in _SIGNALS)
            if number is not None
        }
        self._woken = signal.set_wakeup_fd(self._writing.fileno(), warn_on_full_buffer=False)
        self._notifier = QSocketNotifier(self._reading.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._hear)

    def close(self) -> None:
        """Leave signals to whoever had them before."""
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(self._woken)
        for number, handler in self._before.items():
            signal.signal(number, handler)
        self._reading.close()
        self._writing.close()

    @Slot()
    def _hear(self) -> None:
        with contextlib.suppress(OSError):
            self._reading.recv(64)
        self.asked.emit()


def _nothing(*_: object) -> None:
    """The event loop is woken; what is to be done is done there."""
