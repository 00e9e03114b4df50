"""The zip archives that EPUB and DOCX files are: only named parts are read, each within limits.

Nothing is unpacked to disk. A part's size is what the archive says it is: ``zipfile`` never gives out more, and
refuses what does not match its check sum.
"""

import zipfile
import zlib
from collections.abc import Collection
from types import TracebackType
from typing import Self

from engine.content.importers.job import ImportJob, broken
from engine.errors import DocumentError

_MAX_RATIO = 300
_SMALL = 1_000_000


class Archive:
    """An open archive. Use it in a ``with`` block."""

    def __init__(self, job: ImportJob, kind: str) -> None:
        self._job = job
        self._kind = kind
        try:
            self._zip = zipfile.ZipFile(job.path)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as problem:
            raise broken(job, kind) from problem
        self._names = {info.filename: info for info in self._zip.infolist()}
        self._left = job.limits.part_bytes * 4

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._zip.close()

    def __contains__(self, name: str) -> bool:
        return name in self._names

    @property
    def names(self) -> Collection[str]:
        """The names of all parts."""
        return self._names.keys()

    def read(self, name: str) -> bytes:
        """One part.

        Raises:
            DocumentError: it is missing, damaged, encrypted, or would unpack to far too much.
        """
        info = self._names.get(name)
        if info is None:
            raise broken(self._job, self._kind)
        self._check(info)
        try:
            return self._zip.read(info)
        except (
            zipfile.BadZipFile,
            zlib.error,
            OSError,
            EOFError,
            RuntimeError,
            NotImplementedError,
        ) as problem:
            raise broken(self._job, self._kind) from problem

    def _check(self, info: zipfile.ZipInfo) -> None:
        if info.flag_bits & 1:
            raise DocumentError(
                f"“{self._job.name}” is protected by a password.",
                todo="Save a copy without a password and import that.",
            )
        bomb = info.file_size > _SMALL and info.file_size > _MAX_RATIO * max(1, info.compress_size)
        self._left -= info.file_size
        if bomb or self._left < 0:
            raise DocumentError(
                f"“{self._job.name}” would unpack to far more than a document holds; it was not opened.",
                todo="Get the document again from a source that you trust.",
            )
        self._job.check_part(info.file_size)
