"""From which file each document was imported: names only, in one small file beside the packs."""

from __future__ import annotations

import contextlib
import json
from typing import TYPE_CHECKING

from engine.atomic import write_atomically
from engine.errors import StorageError

if TYPE_CHECKING:
    from pathlib import Path

_FILE = ".sources.json"


class SourceNames:
    """The names, by id of the document. One that is lost leaves a gap in a panel, no more."""

    def __init__(self, packs: Path) -> None:
        self._path = packs / _FILE

    def all(self) -> dict[str, str]:
        """The names that are known."""
        try:
            stored = json.loads(self._path.read_bytes())
        except (OSError, ValueError):
            return {}
        return {str(key): str(name) for key, name in stored.items()} if isinstance(stored, dict) else {}

    def keep(self, identifier: str, name: str) -> None:
        """Remember that ``identifier`` came from the file ``name``."""
        known = self.all()
        if known.get(identifier) != name:
            with contextlib.suppress(StorageError, OSError):
                write_atomically(self._path, json.dumps({**known, identifier: name}, indent=0).encode())
