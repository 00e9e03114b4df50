"""Removed models: kept for an hour, so that a removal can be undone without fetching everything again."""

import shutil
from datetime import datetime, timedelta
from pathlib import Path

from engine.atomic import storage_error
from engine.clock import milliseconds
from engine.errors import ModelError

_FOLDER = ".trash"
KEPT = timedelta(hours=1)


class ModelTrash:
    """The trash inside ``folder`` (``DataPaths.models``)."""

    def __init__(self, folder: Path) -> None:
        self._models = folder
        self._folder = folder / _FOLDER

    def take(self, identifier: str, *, now: datetime) -> None:
        """Move the installed model with this id to the trash.

        Raises:
            ModelError: no such model is installed.
            StorageError: the disk does not allow it.
        """
        source = self._models / identifier
        if not identifier or source.parent != self._models or not (source / "model.json").is_file():
            raise ModelError(f"No model {identifier!r} is installed.", todo="See: llm-tutor models list")
        target = self._folder / f"{milliseconds(now)}" / identifier
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            source.rename(target)
        except OSError as error:
            raise storage_error(error, target) from error

    def put_back(self, identifier: str) -> bool:
        """Put the model that was removed last under this id back in its place; False if it is not there any more.

        Raises:
            StorageError: the disk does not allow it.
        """
        removed = [folder / identifier for folder in self._removals() if (folder / identifier).is_dir()]
        if not removed or (self._models / identifier).exists():
            return False
        try:
            removed[-1].rename(self._models / identifier)
            removed[-1].parent.rmdir()
        except OSError as error:
            raise storage_error(error, self._models / identifier) from error
        return True

    def empty(self, *, now: datetime, kept: timedelta = KEPT) -> None:
        """Delete what was removed longer ago than ``kept``."""
        oldest = milliseconds(now - kept)
        for folder in self._removals():
            if int(folder.name) <= oldest:
                _delete(folder)

    def _removals(self) -> list[Path]:
        if not self._folder.is_dir():
            return []
        folders = [path for path in self._folder.iterdir() if path.name.isdecimal()]
        return sorted(folders, key=lambda path: int(path.name))


def _delete(folder: Path) -> None:
    for model in folder.iterdir():
        if model.is_symlink():  # a model that lies elsewhere is not ours to delete
            model.unlink(missing_ok=True)
    shutil.rmtree(folder, ignore_errors=True)
