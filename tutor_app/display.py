"""Whether a window can be shown here, found out without starting Qt, which would end the program if not."""

from __future__ import annotations

import importlib
import importlib.util
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from engine.errors import UserFacingError

if TYPE_CHECKING:
    from collections.abc import Mapping

PACKAGES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
}
"""Debian's packages of the system libraries that Qt is linked with."""


class DisplayError(UserFacingError):
    """The window cannot be shown on this computer as it is."""

    code = "display"


def has_display(environment: Mapping[str, str] = os.environ) -> bool:
    """Whether there is a screen to show a window on."""
    if sys.platform in ("win32", "darwin"):
        return True
    return any(environment.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def check_display(environment: Mapping[str, str] = os.environ) -> None:
    """Look whether Qt's libraries and its plug-in for X11 or Wayland can be loaded, and whether the X server answers.

    Qt itself names the wrong library, and ends the program.

    Raises:
        DisplayError: says what is missing, and how to mend it.
    """
    if sys.platform != "linux":
        return
    found = importlib.util.find_spec("PySide6")
    if found is None or found.origin is None:
        raise DisplayError("PySide6, which draws the window, is not installed.", todo="Run: make setup")
    qt = Path(found.origin).parent / "Qt"
    try:
        importlib.import_module("PySide6.QtWidgets")
    except ImportError as error:
        raise _missing(str(error)) from error
    if environment.get("DISPLAY") and "xcb" in environment.get("QT_QPA_PLATFORM", "xcb"):
        _load(qt / "plugins" / "platforms" / "libqxcb.so")
        _check_x11(environment)
    elif environment.get("WAYLAND_DISPLAY") and "wayland" in environment.get("QT_QPA_PLATFORM", "wayland"):
        _load(qt / "plugins" / "platforms" / "libqwayland.so")


def _load(plugin: Path) -> None:
    import ctypes

    try:
        ctypes.CDLL(str(plugin))
    except OSError as error:
        raise _missing(str(error)) from error


def _check_x11(environment: Mapping[str, str]) -> None:
    if not environment.get("WAYLAND_DISPLAY") and not _answers(environment["DISPLAY"]):
        raise DisplayError(
            f"The display {environment['DISPLAY']} does not answer.",
            todo="Start it from your desktop, or use the terminal: llm-tutor chat",
        )


def _answers(display: str) -> bool:
    import ctypes

    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return True  # Qt will say
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(display.encode(), None))
    fault = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    return not fault


def _missing(message: str) -> DisplayError:
    name = message.partition(":")[0].strip()
    package = PACKAGES.get(name)
    todo = (
        f"Run: sudo apt-get install {package}"
        if package
        else "Install it with your system's package manager."
    )
    return DisplayError(f"The system library {name} is missing, which the window needs.", todo=todo)
