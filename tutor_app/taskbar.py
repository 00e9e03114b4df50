"""Progress on the window's icon in the taskbar, where the desktop has it.

Linux: the LauncherEntry interface that Unity brought and KDE, Ubuntu's dock and others listen to. Qt 6 has nothing for
Windows and macOS: there it stays as it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

if TYPE_CHECKING:
    from PySide6.QtDBus import QDBusMessage

_PATH = "/com/canonical/unity/launcherentry/1"
_INTERFACE = "com.canonical.Unity.LauncherEntry"
_STEPS = 200
_DESKTOPS = ("xcb", "wayland")


class Taskbar:
    """The icon of this application."""

    def __init__(self) -> None:
        self._shown: int | None = None

    def show(self, share: float | None) -> None:
        """Show how much is done, 0 to 1; None for nothing under way."""
        step = None if share is None else round(share * _STEPS)
        if step == self._shown or QGuiApplication.platformName() not in _DESKTOPS:
            return
        self._shown = step
        from PySide6.QtDBus import QDBusConnection

        bus = QDBusConnection.sessionBus()
        if bus.isConnected():
            bus.send(update_message(share))


def update_message(share: float | None) -> QDBusMessage:
    """The signal that the desktop listens to."""
    from PySide6.QtDBus import QDBusMessage

    message = QDBusMessage.createSignal(_PATH, _INTERFACE, "Update")
    values = {"progress": float(share or 0.0), "progress-visible": share is not None}
    message.setArguments([f"application://{QGuiApplication.desktopFileName()}.desktop", values])
    return message
