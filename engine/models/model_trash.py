"""Removed models: kept for an hour, so that a removal can be undone without fetching everything again."""

from datetime import datetime, timedelta
from pathlib import Path

from engine.errors import ModelError
from engine.storage.trash import Trash

KEPT = timedelta(hours=1)


class ModelTrash:
    """The trash inside ``folder`` (``DataPaths.models``)."""

    def __init__(self, folder: Path) -> None:
        self._models = folder
        self._trash = Trash(folder, kept=KEPT)

    def take(self, identifier: str, *, now: datetime) -> None:
        """Move the installed model with this id to the trash.

        Raises:
            ModelError: no such model is installed.
            StorageError: the disk does not allow it.
        """
        source = self._models / identifier
        if not identifier or source.parent != self._models or not (source / "model.json").is_file():
            raise ModelError(f"No model {identifier!r} is installed.", todo="See: llm-tutor models list")
        self._trash.take(identifier, now=now)

    def put_back(self, identifier: str) -> bool:
        """Put the model that was removed last under this id back in its place; False if it cannot be.

        Raises:
            StorageError: the disk does not allow it.
        """
        if not self._trash.holds(identifier) or (self._models / identifier).exists():
            return False
        self._trash.put_back(identifier)
        return True

    def empty(self, *, now: datetime) -> None:
        """Delete what was removed too long ago."""
        self._trash.empty(now=now)
