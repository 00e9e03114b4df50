"""Removed folders, kept for a while so that a removal can be undone: packs, models.

What may be removed, and what to say where it cannot be, is for the owner of the folder.
"""

import shutil
from datetime import datetime, timedelta
from pathlib import Path

from engine.atomic import storage_error
from engine.clock import milliseconds

_FOLDER = ".trash"


class Trash:
    """The trash inside ``folder``, for folders that lie directly in it.

    Args:
        folder: need not exist yet.
        kept: how long a removed folder can be put back.
    """

    def __init__(self, folder: Path, *, kept: timedelta) -> None:
        self._owner = folder
        self._folder = folder / _FOLDER
        self._kept = kept

    def take(self, name: str, *, now: datetime) -> None:
        """Move the folder ``name`` here.

        Raises:
            StorageError: the disk does not allow it.
        """
        target = self._folder / f"{milliseconds(now)}" / name
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            (self._owner / name).rename(target)
        except OSError as error:
            raise storage_error(error, target) from error

    def holds(self, name: str) -> bool:
        """Whether ``name`` can be put back."""
        return self._newest(name) is not None

    def put_back(self, name: str) -> None:
        """Put what was removed last under ``name`` back; it must be here, and its place free.

        Raises:
            StorageError: the disk does not allow it.
        """
        removed, place = self._newest(name), self._owner / name
        if removed is None:
            return
        try:
            removed.rename(place)
        except OSError as error:
            raise storage_error(error, place) from error

    def empty(self, *, now: datetime) -> None:
        """Delete what was removed too long ago."""
        oldest = milliseconds(now - self._kept)
        for removal in self._removals():
            if int(removal.name) <= oldest:
                _delete(removal)

    def _newest(self, name: str) -> Path | None:
        found = [removal / name for removal in self._removals() if (removal / name).is_dir()]
        return found[-1] if found else None

    def _removals(self) -> list[Path]:
        if not self._folder.is_dir():
            return []
        folders = [path for path in self._folder.iterdir() if path.name.isdecimal()]
        return sorted(folders, key=lambda path: int(path.name))


def _delete(removal: Path) -> None:
    for folder in removal.iterdir():
        if folder.is_symlink():  # what lies elsewhere is not ours to delete
            folder.unlink(missing_ok=True)
    shutil.rmtree(removal, ignore_errors=True)
