"""How the window looks and speaks: what a person chose, kept in ``preferences.json`` of the profile.

What the engine does is in ``engine.settings``; where the window was left is in ``window_state``.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QObject, Signal

from engine.atomic import write_atomically

if TYPE_CHECKING:
    from pathlib import Path

TEXT_SCALES = (80, 90, 100, 110, 125, 150, 175, 200)


class ThemeChoice(StrEnum):
    """Which theme is used."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"


class Motion(StrEnum):
    """Whether things move."""

    SYSTEM = "system"
    OFF = "off"


class Preferences(NamedTuple):
    """What a person chose about the window.

    Attributes:
        theme: the colours.
        text_scale: size of all text, in per cent, 80 to 200.
        language: code of a language, "" for the system's.
        motion: whether things move.
        name: what the tutor calls the learner; may be empty.
    """

    theme: ThemeChoice = ThemeChoice.SYSTEM
    text_scale: int = 100
    language: str = ""
    motion: Motion = Motion.SYSTEM
    name: str = ""


class PreferenceStore(QObject):
    """Reads the preferences once, and keeps every change. A damaged file counts as none.

    Signals:
        changed: the new ``Preferences``.
        failed: a sentence: the change holds for now, but could not be kept.
    """

    changed = Signal(object)
    failed = Signal(str)

    def __init__(self, path: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path = path
        self._now = _read(path)

    @property
    def now(self) -> Preferences:
        """The preferences in force."""
        return self._now

    def change(self, **values: Any) -> None:
        """Change some preferences, by name, at once and for later."""
        changed = self._now._replace(**values)
        if changed == self._now:
            return
        self._now = changed
        self.changed.emit(changed)
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            import json

            write_atomically(self._path, json.dumps(changed._asdict(), indent=2).encode() + b"\n")
        except Exception as error:  # noqa: BLE001 - OSError or StorageError: a look that is lost harms nobody
            self.failed.emit(str(error))


def _read(path: Path) -> Preferences:
    try:
        text = path.read_text(encoding="utf-8")
        import json  # who chose nothing does without

        values = {name: value for name, value in json.loads(text).items() if name in Preferences._fields}
        if "theme" in values:
            values["theme"] = ThemeChoice(values["theme"])
        if "motion" in values:
            values["motion"] = Motion(values["motion"])
        scale = values.get("text_scale", 100)
        values["text_scale"] = scale if scale in TEXT_SCALES else 100
        return Preferences(**values)
    except (OSError, ValueError, TypeError, AttributeError):
        return Preferences()
