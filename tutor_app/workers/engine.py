"""The engine as the window sees it: one door for all calls, whatever process answers them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from tutor_app.workers.directory import Process
from tutor_app.workers.engine_client import Call, EngineClient, place_of

if TYPE_CHECKING:
    from pathlib import Path


class Engine(QObject):
    """All engine processes of one profile.

    Args:
        root: the profile's data folder.
        parent: owns this.
        ahead_s: see ``AppContext``.

    Signals:
        crashed: a ``Failure``: a process ended by itself while it had work.
    """

    crashed = Signal(object)

    def __init__(self, root: Path, parent: QObject | None = None, *, ahead_s: int = 0) -> None:
        super().__init__(parent)
        self._clients = {
            process: EngineClient(process, root, ahead_s=ahead_s, parent=self) for process in Process
        }
        for client in self._clients.values():
            client.crashed.connect(self.crashed)

    def call(self, method: str, *arguments: Any) -> Call:
        """Run ``method`` ("service.name"); its result comes back through the signals of the ``Call``."""
        return self._clients[place_of(method)].call(method, *arguments)

    def busy(self, process: Process) -> bool:
        """Whether ``process`` has work."""
        return self._clients[process].busy

    def hold(self) -> None:
        """Have all but the process that replaces the data let go of it; what is asked of them meanwhile waits."""
        for process, client in self._clients.items():
            if process is not Process.REPLACING:
                client.hold()

    def resume(self) -> None:
        """Go on with what was asked since ``hold``."""
        for client in self._clients.values():
            client.resume()

    def kill(self, process: Process) -> None:
        """End a process at once, as a crash would: for tests."""
        self._clients[process].kill()

    def close(self) -> None:
        """End all processes; what they were at is stored and can be continued."""
        for client in self._clients.values():
            client.leave()
        for client in self._clients.values():
            client.close()
