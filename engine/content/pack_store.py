"""The installed packs: ``packs/<id>/<version>/`` in the data folder. No SQL; the search index belongs to rag.

A pack is made in ``packs/.incoming`` and renamed into place when it is whole, so that a killed process leaves
the old pack or the new one. Names that begin with a dot are never taken for packs.
"""

import contextlib
import difflib
import errno
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from engine.atomic import storage_error
from engine.content import document_file
from engine.content.installed_pack import (
    InstalledFrom,
    InstalledPack,
    InstallRecord,
    read_record,
    write_record,
)
from engine.content.pack import Pack
from engine.content.pack_folder import read_pack_folder
from engine.content.version import version_key
from engine.errors import PackError, StorageBusyError, StorageFullError

_INCOMING = ".incoming"
_ASIDE = "."
_ASIDE_END = ".old"
_TAKEN = {errno.ENOTEMPTY, errno.EEXIST, errno.EACCES}
_TRIES = 5


class PackStore:
    """The packs in ``folder`` (``DataPaths.packs``), which need not exist yet."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @property
    def folder(self) -> Path:
        """Where the packs lie."""
        return self._folder

    def installed(self) -> list[InstalledPack]:
        """The installed packs, by id. Damaged ones are left out: ``damaged`` names them."""
        packs = []
        for identifier in self._ids():
            with contextlib.suppress(PackError):
                packs.append(self._read(identifier))
        return packs

    def damaged(self) -> list[str]:
        """Ids of packs whose record cannot be read."""
        sound = {pack.info.id for pack in self.installed()}
        return [identifier for identifier in self._ids() if identifier not in sound]

    def find(self, identifier: str) -> InstalledPack | None:
        """The installed pack with exactly this id; None if there is none, or a damaged one."""
        # Not by way of ``installed``: with thousands of documents that would read every record for each new one.
        if not identifier or identifier.startswith(".") or identifier != Path(identifier).name:
            return None
        if not (self._folder / identifier).is_dir():
            return None
        with contextlib.suppress(PackError):
            pack = self._read(identifier)
            if pack.info.id == identifier:
                return pack
        return None

    def get(self, name: str) -> InstalledPack:
        """The pack that ``name`` stands for, as in ``resolve``.

        Raises:
            PackError: there is none, more than one, or it is damaged.
        """
        return self._read(self.resolve(name))

    def resolve(self, name: str) -> str:
        """The id ``name`` of a pack, sound or damaged, or the only id that ends in ".name".

        Raises:
            PackError: there is none, or more than one.
        """
        ids = self._ids()
        found = [name] if name in ids else [known for known in ids if known.endswith(f".{name.lower()}")]
        if len(found) == 1:
            return found[0]
        if found:
            raise PackError(f"{name!r} could be {' or '.join(found)}.", todo="Write the whole id.")
        near = difflib.get_close_matches(name, [*ids, *(known.rpartition(".")[2] for known in ids)], n=1)
        todo = f"Did you mean {near[0]}?" if near else "`llm-tutor packs list` shows what is installed."
        raise PackError(f"No course pack {name!r} is installed.", todo=todo)

    def content(self, pack: InstalledPack) -> Pack:
        """All of a pack's content.

        Raises:
            PackError: its files are damaged.
        """
        if pack.record.source is InstalledFrom.DOCUMENT:
            return document_file.read_document(pack.folder)
        return read_pack_folder(pack.folder)

    @contextlib.contextmanager
    def incoming(self) -> Iterator[Path]:
        """An empty folder to make a pack in; what is still there at the end is deleted."""
        try:
            (self._folder / _INCOMING).mkdir(parents=True, exist_ok=True)
            folder = Path(tempfile.mkdtemp(dir=self._folder / _INCOMING))
        except OSError as error:
            raise storage_error(error, self._folder / _INCOMING) from error
        try:
            yield folder
        except StorageFullError as error:
            # That folder's made-up name tells nobody where to make room.
            raise StorageFullError(f"The disk that holds {self._folder} is full.", todo=error.todo) from error
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def place(self, made: Path, record: InstallRecord) -> InstalledPack:
        """Move the finished pack ``made`` (inside an ``incoming`` folder) to its place; then drop older versions.

        Raises:
            StorageBusyError: other processes kept installing the same pack.
        """
        target = self._folder / record.info.id / record.info.version
        try:
            write_record(made, record)
            _flush(made)
            target.parent.mkdir(parents=True, exist_ok=True)
            self._swap(made, target)
        except OSError as error:
            raise storage_error(error, target) from error
        for other in target.parent.iterdir():
            if other != target:
                self._discard(other)
        return InstalledPack(target, record)

    def _swap(self, made: Path, target: Path) -> None:
        aside = target.with_name(f"{_ASIDE}{target.name}{_ASIDE_END}")
        for _ in range(_TRIES):
            if target.exists():
                self._discard(aside)
                target.rename(aside)  # until the next line is done, readers find the old pack there
            try:
                made.rename(target)
            except OSError as error:
                if error.errno not in _TAKEN:
                    raise
            else:
                return
        raise StorageBusyError(
            f"{target.parent.name} is being installed by another process.",
            todo="Wait until it is done, then try again.",
        )

    def _discard(self, folder: Path) -> None:
        """Delete a folder that nobody should find half-deleted; what is still open elsewhere stays a while."""
        if folder.exists():
            with self.incoming() as bin_, contextlib.suppress(OSError):
                folder.rename(bin_ / folder.name)

    def _ids(self) -> list[str]:
        if not self._folder.is_dir():
            return []
        names = [
            path.name for path in self._folder.iterdir() if path.is_dir() and not path.name.startswith(".")
        ]
        return sorted(name for name in names if self._current(name))

    def _current(self, identifier: str) -> Path | None:
        """Folder of the newest version; the one that was set aside if a swap was cut short."""
        versions = [path for path in (self._folder / identifier).iterdir() if path.is_dir()]
        placed = [path for path in versions if not path.name.startswith(_ASIDE)]
        aside = [path for path in versions if path.name.startswith(_ASIDE) and path.name.endswith(_ASIDE_END)]
        return max(placed or aside, key=lambda path: version_key(_version(path)), default=None)

    def _read(self, identifier: str) -> InstalledPack:
        folder = self._current(identifier)
        if folder is None:
            raise PackError(
                f"No course pack {identifier!r} is installed.", todo="`llm-tutor packs list` shows them."
            )
        return read_record(folder)


def _version(folder: Path) -> str:
    return (
        folder.name.removeprefix(_ASIDE).removesuffix(_ASIDE_END)
        if folder.name.startswith(_ASIDE)
        else folder.name
    )


def _flush(folder: Path) -> None:
    """Make sure that the files are on the disk before the rename says that they are."""
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("rb+") as file:
                os.fsync(file.fileno())
