"""One window a profile: a second start hands over what it was given, and the first comes to the front."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from PySide6.QtCore import QLockFile, QObject, Signal, Slot

from engine.errors import StorageBusyError

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtNetwork import QLocalServer, QLocalSocket

_LOCK = "window.lock"
_CONNECT_MS = 2000
_LONGEST = 1 << 20
_LEAVE = "XDG_ACTIVATION_TOKEN"  # under Wayland, the leave to come to the front: only the program just started has it


class SingleInstance(QObject):
    """The lock on one profile, and the door for later starts.

    Signals:
        called: another start happened; the files that it was given, as a list of paths.
    """

    called = Signal(list)

    def __init__(self, root: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._root = root
        self._lock = QLockFile(str(root / _LOCK))
        self._lock.setStaleLockTime(0)
        self._server: QLocalServer | None = None

    def take(self, *, wait_ms: int = 0) -> bool:
        """Take the profile for this process; False if another window still has it after ``wait_ms``.

        Raises:
            StorageBusyError: the window that has it runs on another computer.
        """
        if self._lock.tryLock(wait_ms):
            return True
        if self._lock.error() != QLockFile.LockError.LockFailedError:
            # A folder that cannot be written to holds no lock: who answers has it. It is reported where one writes.
            return self._reach() is None
        found = self._lock.getLockInfo()
        host = str(found[1]) if isinstance(found, tuple) else ""
        if host and host != _this_host():
            raise StorageBusyError(
                f"This profile is open on the computer {host}.",
                todo="Close LLM Tutor there first, or choose another folder with --profile. "
                f"If it does not run there any more, delete the file {self._root / _LOCK}.",
            )
        return False

    def hand_over(self, files: list[str]) -> bool:
        """Give ``files`` to the window that has the profile; whether it answered."""
        import json  # most starts have nobody to talk to

        socket = self._reach()
        if socket is None:
            return False
        socket.write(json.dumps({"files": files, "token": os.environ.get(_LEAVE, "")}).encode())
        sent = socket.waitForBytesWritten(_CONNECT_MS)
        socket.disconnectFromServer()
        return sent

    def listen(self) -> None:
        """Begin to hear of later starts. Called after the first paint: the network module is not needed before."""
        from PySide6.QtNetwork import QLocalServer

        QLocalServer.removeServer(self._name)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._greet)
        self._server.listen(self._name)

    def release(self) -> None:
        """Give the profile free."""
        if self._server is not None:
            self._server.close()
        self._lock.unlock()

    def _reach(self) -> QLocalSocket | None:
        """A line to the window that has the profile; None if it does not answer."""
        from PySide6.QtNetwork import QLocalSocket

        socket = QLocalSocket()
        socket.connectToServer(self._name)
        return socket if socket.waitForConnected(_CONNECT_MS) else None

    @property
    def _name(self) -> str:
        import hashlib  # loads OpenSSL, and is not needed before the first paint

        return "llm-tutor-" + hashlib.sha256(str(self._root.resolve()).encode()).hexdigest()[:24]

    @Slot()
    def _greet(self) -> None:
        socket = self._server.nextPendingConnection() if self._server else None
        if socket is not None:
            socket.disconnected.connect(self._hear)

    @Slot()
    def _hear(self) -> None:
        from PySide6.QtNetwork import QLocalSocket

        socket = self.sender()
        if not isinstance(socket, QLocalSocket):
            return
        files, token = _read(bytes(socket.read(_LONGEST).data()))
        socket.deleteLater()
        if token:
            os.environ[_LEAVE] = token  # Qt takes it from there when the window is activated
        self.called.emit(files)


def _read(message: bytes) -> tuple[list[str], str]:
    """The files and the token of another start; what is not as expected is left out."""
    import json

    try:
        said = json.loads(message)
    except ValueError:
        return [], ""
    files, token = (said.get("files"), said.get("token")) if isinstance(said, dict) else (None, None)
    return (
        [name for name in files if isinstance(name, str)] if isinstance(files, list) else [],
        token if isinstance(token, str) and "\0" not in token else "",
    )


def _this_host() -> str:
    from PySide6.QtCore import QSysInfo

    return QSysInfo.machineHostName()
