"""Removed packs: kept for a day, so that a removal can be undone."""

import shutil
from datetime import datetime, timedelta
from pathlib import Path

from engine.atomic import storage_error
from engine.clock import milliseconds
from engine.errors import PackError

_FOLDER = ".trash"
_INCOMING = ".incoming"
KEPT = timedelta(days=1)


class PackTrash:
    """The trash inside ``folder`` (``DataPaths.packs``)."""

    def __init__(self, folder: Path) -> None:
        self._packs = folder
        self._folder = folder / _FOLDER

    def take(self, identifier: str, *, now: datetime) -> None:
        """Move the installed pack with this id, sound or damaged, to the trash.

        Raises:
            PackError: no such pack is installed.
        """
        source = self._packs / identifier
        if (
            not identifier
            or identifier.startswith(".")
            or source.parent != self._packs
            or not source.is_dir()
        ):
            raise PackError(
                f"No course pack {identifier!r} is installed.",
                todo="`llm-tutor packs list` shows what is installed.",
            )
        target = self._folder / f"{milliseconds(now)}" / identifier
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            source.rename(target)
        except OSError as error:
            raise storage_error(error, target) from error

    def put_back(self, identifier: str) -> None:
        """Put the pack that was removed last under this id back in its place.

        Raises:
            PackError: it is not in the trash any more, or was installed again meanwhile.
        """
        removed = [folder / identifier for folder in self._removals() if (folder / identifier).is_dir()]
        if not removed:
            raise PackError(
                f"{identifier!r} is not in the trash.",
                todo="Removed packs stay there for a day; add it again.",
            )
        if (self._packs / identifier).exists():
            raise PackError(f"{identifier!r} is installed again already.", todo="Remove that one first.")
        try:
            removed[-1].rename(self._packs / identifier)
        except OSError as error:
            raise storage_error(error, self._packs / identifier) from error

    def empty(self, *, now: datetime) -> None:
        """Delete what was removed more than a day ago, and what killed installations left behind."""
        oldest = now - KEPT
        for folder in self._removals():
            if int(folder.name) < milliseconds(oldest):
                shutil.rmtree(folder, ignore_errors=True)
        incoming = self._packs / _INCOMING
        for folder in incoming.iterdir() if incoming.is_dir() else ():
            if folder.stat().st_mtime < oldest.timestamp():
                shutil.rmtree(folder, ignore_errors=True)

    def _removals(self) -> list[Path]:
        if not self._folder.is_dir():
            return []
        folders = [path for path in self._folder.iterdir() if path.name.isdecimal()]
        return sorted(folders, key=lambda path: int(path.name))
