"""Removed packs: kept for a day, so that a removal can be undone."""

import shutil
from datetime import datetime, timedelta
from pathlib import Path

from engine.errors import PackError
from engine.storage.trash import Trash

_INCOMING = ".incoming"
KEPT = timedelta(days=1)


class PackTrash:
    """The trash inside ``folder`` (``DataPaths.packs``)."""

    def __init__(self, folder: Path) -> None:
        self._packs = folder
        self._trash = Trash(folder, kept=KEPT)

    def take(self, identifier: str, *, now: datetime) -> None:
        """Move the installed pack with this id, sound or damaged, to the trash.

        Raises:
            PackError: no such pack is installed.
            StorageError: the disk does not allow it.
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
        self._trash.take(identifier, now=now)

    def put_back(self, identifier: str) -> None:
        """Put the pack that was removed last under this id back in its place.

        Raises:
            PackError: it is not in the trash any more, or was installed again meanwhile.
            StorageError: the disk does not allow it.
        """
        if not self._trash.holds(identifier):
            raise PackError(
                f"{identifier!r} is not in the trash.",
                todo="Removed packs stay there for a day; add it again.",
            )
        if (self._packs / identifier).exists():
            raise PackError(f"{identifier!r} is installed again already.", todo="Remove that one first.")
        self._trash.put_back(identifier)

    def empty(self, *, now: datetime) -> None:
        """Delete what was removed more than a day ago, and what killed installations left behind."""
        self._trash.empty(now=now)
        oldest = (now - KEPT).timestamp()
        incoming = self._packs / _INCOMING
        for folder in incoming.iterdir() if incoming.is_dir() else ():
            if folder.stat().st_mtime < oldest:
                shutil.rmtree(folder, ignore_errors=True)
