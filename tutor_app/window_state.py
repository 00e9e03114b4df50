"""Where the window was left: its place on the screen, the page, the conversation, the passage that was read.

Kept in ``window.ini`` of the profile. Losing it loses nothing of the learner's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSettings

from tutor_app.place import Place

if TYPE_CHECKING:
    from pathlib import Path


FILE = "window.ini"
"""Where it is kept in a profile's data folder."""


class WindowState:
    """Reads and writes ``path``; a damaged or read-only file is as good as none."""

    def __init__(self, path: Path) -> None:
        self._kept = QSettings(str(path), QSettings.Format.IniFormat)
        self._forgets = False

    def geometry(self) -> QByteArray | None:
        """Size and position, as ``QWidget.saveGeometry`` gives it."""
        found = self._kept.value("geometry")
        return found if isinstance(found, QByteArray) else None

    def keep_geometry(self, geometry: QByteArray) -> None:
        """Remember size and position."""
        self._keep("geometry", geometry)

    def contrast(self) -> bool:
        """Whether the system wanted high contrast when the window was closed."""
        return bool(self._kept.value("contrast") == "true")

    def keep_contrast(self, *, wanted: bool) -> None:
        """Remember whether the system wants high contrast: a start cannot ask it before the first paint."""
        self._keep("contrast", "true" if wanted else "false")

    def place(self, name: str = "last") -> Place | None:
        """A place that was kept under ``name``: "last" where the window was, "read/<pack>" in each pack."""
        import json

        found = self._kept.value(f"place/{name}")
        try:
            values = json.loads(found) if isinstance(found, str) else None
            if not values:
                return None
            beside = tuple((pack, passage) for pack, passage in values.get("beside", ()))
            return Place(**{**values, "quotes": tuple(values["quotes"]), "beside": beside})
        except (ValueError, TypeError, KeyError, AttributeError):
            return None

    def keep_place(self, place: Place, name: str = "last") -> None:
        """Remember ``place`` under ``name``."""
        import json

        if not self._forgets:
            self._keep(f"place/{name}", json.dumps(place._asdict()))

    def text(self, name: str) -> str:
        """A text that was kept under ``name``, such as an unsent question; empty for none."""
        found = self._kept.value(f"text/{name}")
        return found if isinstance(found, str) else ""

    def keep_text(self, text: str, name: str) -> None:
        """Remember ``text`` under ``name``."""
        if not self._forgets:
            self._keep(f"text/{name}", text)

    def forget(self) -> None:
        """Remove places and texts, for good: this object keeps none from now on."""
        self._forgets = True
        for group in ("place", "text"):
            self._kept.remove(group)
        self._kept.sync()

    def flush(self) -> None:
        """Write now."""
        self._kept.sync()

    def _keep(self, key: str, value: str | QByteArray) -> None:
        if self._kept.value(key) != value:  # setting it writes the file in any case
            self._kept.setValue(key, value)
