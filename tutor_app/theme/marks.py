"""Pictures for the style sheet: it takes them from files only, so icons are written in the theme's colours.

They lie in a temporary folder that goes when the program ends. Where none can be made, what they mark is still told
by borders and fills.
"""

from __future__ import annotations

import weakref
from pathlib import Path

from PySide6.QtCore import QDir, QTemporaryDir

from engine.paths import asset_path


class Marks:
    """Icons as files, each in each colour written once."""

    def __init__(self) -> None:
        self._folder = QTemporaryDir(f"{QDir.tempPath()}/llm-tutor-marks-XXXXXX")
        weakref.finalize(self, self._folder.remove)
        self._made: set[str] = set()

    def image(self, name: str, colour: str) -> str:
        """The value of an ``image`` in the style sheet: the icon ``name`` in ``colour``."""
        file = f"{name}-{colour.removeprefix('#')}.svg"
        path = Path(self._folder.path()) / file
        if file not in self._made:
            source = asset_path("icons", f"{name}.svg").read_text(encoding="utf-8")
            try:
                path.write_text(source.replace("currentColor", colour), encoding="utf-8")
            except OSError:
                return "none"
            self._made.add(file)
        return f'url("{path.as_posix()}")'
