"""Ctrl-C in the terminal and the end of the desktop session close the window as its button does.

Python runs signal handlers between its own instructions, of which a waiting event loop executes none: a pipe that the
interpreter writes to wakes it up. Windows, where only a socket can do that, sends none of these to a window.
"""

from __future__ import annotations

import contextlib
import os
import signal

from PySide6.QtCore import QObject, QSocketNotifier, Signal, Slot

_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Termination(QObject):
    """Listens from its making to ``close``; for the main thread.

    Signals:
        asked: the program is to end.
    """

    asked = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._reading, self._writing = os.pipe()
        os.set_blocking(self._reading, False)
        os.set_blocking(self._writing, False)
        self._woken = signal.set_wakeup_fd(self._writing, warn_on_full_buffer=False)
        self._before = {number: signal.signal(number, _nothing) for number in _SIGNALS}
        self._notifier = QSocketNotifier(self._reading, QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._hear)

    def close(self) -> None:
        """Leave signals to whoever had them before."""
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(self._woken)
        for number, handler in self._before.items():
            signal.signal(number, handler)
        os.close(self._reading)
        os.close(self._writing)

    @Slot()
    def _hear(self) -> None:
        with contextlib.suppress(OSError):
            os.read(self._reading, 64)
        self.asked.emit()


def _nothing(*_: object) -> None:
    """The event loop is woken; what is to be done is done there."""
