"""The files of a folder, or of a zip archive of it, by their paths; nothing outside is ever read."""

import contextlib
import os
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Self

from engine.content.importers.archive import Archive
from engine.content.importers.job import ImportJob, broken
from engine.errors import DocumentError

_MOST_FILES = 500_000


class FolderOrZip:
    """Use it in a ``with`` block. Paths have forward slashes; links are not followed."""

    def __init__(self, job: ImportJob, kind: str) -> None:
        self._job = job
        self._kind = kind
        self._open = contextlib.ExitStack()
        self._archive: Archive | None = None
        self._files: dict[str, Path] = {}

    def __enter__(self) -> Self:
        if self._job.path.is_dir():
            self._files = dict(self._walked())
        else:
            self._archive = self._open.enter_context(Archive(self._job, self._kind))
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    @property
    def names(self) -> Collection[str]:
        """The paths of all files."""
        return self._files.keys() if self._archive is None else self._archive.names

    def read(self, name: str) -> bytes:
        """One file.

        Raises:
            DocumentError: it is missing, too large or cannot be read.
        """
        if self._archive is not None:
            return self._archive.read(name)
        path = self._files.get(name)
        if path is None:
            raise broken(self._job, self._kind)
        try:
            self._job.check_part(path.stat().st_size)
            return path.read_bytes()
        except OSError as problem:
            raise broken(self._job, self._kind) from problem

    def _walked(self) -> Iterator[tuple[str, Path]]:
        count = 0
        for root, folders, files in os.walk(self._job.path):
            self._job.cancel.check()
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            for name in sorted(files):
                path = Path(root) / name
                if name.startswith(".") or path.is_symlink():
                    continue
                count += 1
                if count > _MOST_FILES:
                    raise DocumentError(
                        f"“{self._job.name}” holds more than {_MOST_FILES:,} files.",
                        todo="Choose a smaller folder.",
                    )
                yield path.relative_to(self._job.path).as_posix(), path
