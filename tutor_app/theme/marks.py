"""Pictures for the style sheet: it takes them from files only, so icons are written in the theme's colours.

They lie in a temporary folder that goes when the program ends. Where none can be made, what they mark is still told
by borders and fills.
"""

from __future__ import annotations

import contextlib
import shutil
import tempfile
import weakref
from pathlib import Path

from engine.paths import asset_path


class Marks:
    """Icons as files, each in each colour written once."""

    def __init__(self) -> None:
        self._folder: Path | None = None
        with contextlib.suppress(OSError):
            self._folder = Path(tempfile.mkdtemp(prefix="llm-tutor-marks-"))
            weakref.finalize(self, shutil.rmtree, self._folder, ignore_errors=True)
        self._made: set[str] = set()

    def image(self, name: str, colour: str) -> str:
        """The value of an ``image`` in the style sheet: the icon ``name`` in ``colour``."""
        if self._folder is None:
            return "none"
        file = f"{name}-{colour.removeprefix('#')}.svg"
        path = self._folder / file
        if file not in self._made:
            source = asset_path("icons", f"{name}.svg").read_text(encoding="utf-8")
            try:
                path.write_text(source.replace("currentColor", colour), encoding="utf-8")
            except OSError:
                return "none"
            self._made.add(file)
        return f'url("{path.as_posix()}")'
