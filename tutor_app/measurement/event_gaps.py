"""How long the event loop keeps somebody waiting: a timer that should fire every 5 ms, and when it did."""

from __future__ import annotations

import time

from PySide6.QtCore import QObject, Qt, QTimer, Slot

EVERY_MS = 5


class EventGaps(QObject):
    """Measures from ``start`` to ``stop``."""

    def __init__(self) -> None:
        super().__init__()
        self._gaps: list[float] = []
        self._last = 0.0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self._tick)

    def start(self) -> None:
        """Begin anew."""
        self._gaps = []
        self._last = time.perf_counter()
        self._timer.start()

    def stop(self) -> None:
        """Stop measuring; the figures stay."""
        self._timer.stop()

    @property
    def longest_ms(self) -> float:
        """The longest time between two events of the timer."""
        return max(self._gaps, default=0.0)

    @property
    def p99_ms(self) -> float:
        """99 of 100 times between two events of the timer were at most this long."""
        ordered = sorted(self._gaps)
        return ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))] if ordered else 0.0

    @Slot()
    def _tick(self) -> None:
        now = time.perf_counter()
        self._gaps.append((now - self._last) * 1000)
        self._last = now
