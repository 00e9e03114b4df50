"""The meter sees a blocked event loop, and an idle one."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from tutor_app.measurement.event_gaps import EventGaps

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def test_a_blocked_event_loop_is_seen(qtbot: QtBot) -> None:
    gaps = EventGaps()
    gaps.start()

    def block() -> None:
        until = time.perf_counter() + 0.08
        while time.perf_counter() < until:
            pass

    QTimer.singleShot(20, block)
    qtbot.waitUntil(lambda: gaps.longest_ms > 0 and len(gaps._gaps) > 30)
    gaps.stop()
    assert gaps.longest_ms >= 75
    assert gaps.p99_ms <= gaps.longest_ms


def test_starting_anew_forgets(qtbot: QtBot) -> None:
    gaps = EventGaps()
    gaps.start()
    qtbot.waitUntil(lambda: len(gaps._gaps) > 3)
    gaps.start()
    assert gaps.longest_ms == 0
    gaps.stop()
