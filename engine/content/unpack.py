"""Opens a pack archive that may come from anyone: everything is checked before a byte is written.

Only files that a pack may hold are accepted, by the same allow-list as in a folder (``layout.py``), so paths
that lead elsewhere, device names, nested archives and programs have no way in.
"""

import contextlib
import hashlib
import json
import stat
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from engine.atomic import storage_error
from engine.cancel import CancelToken
from engine.content import layout
from engine.errors import PackError, PackUnsafeError
from engine.types import Progress

if TYPE_CHECKING:
    from engine.protocols import ProgressCallback

MAX_RATIO = 100
_LOCAL_HEADER_BYTES = 30
_ENCRYPTED_FLAGS = 0x1 | 0x40 | 0x2000
_START = b"PK\x03\x04"
_SQLITE = b"SQLite format 3\x00"
_BLOCK = 1 << 20


class PackArchive:
    """An archive whose directory has passed all checks."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._entries = {entry.orig_filename: entry for entry in archive.infolist()}

    def unpack(self, into: Path, *, cancel: CancelToken, progress: "ProgressCallback") -> None:
        """Write all files to the empty folder ``into``, each checked against its hash in the manifest.

        Raises:
            PackUnsafeError: the files are not those that the manifest lists.
        """
        digests = self._listed_digests()
        total = sum(entry.file_size for entry in self._entries.values())
        done = 0
        for name, entry in sorted(self._entries.items()):
            digest = hashlib.sha256()
            path = into / name
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                with path.open("xb") as file:
                    for block in self._blocks(entry):
                        cancel.check()
                        file.write(block)
                        digest.update(block)
                        done += len(block)
                        progress(Progress("Unpacking", done, total, "bytes"))
            except OSError as error:
                raise storage_error(error, path) from error
            if name in digests and digest.hexdigest() != digests[name]:
                raise _unsafe(f"its file {name} is not the one that was packed")

    def head(self) -> tuple[bytes, bytes | None]:
        """The manifest, and its signature if it is signed. Neither is checked yet.

        Raises:
            PackError: there is no manifest.
        """
        if layout.MANIFEST not in self._entries:
            raise PackError(
                "The file is not a course pack: it has no manifest.", todo="Ask for the pack again."
            )
        found = [self._entries.get(name) for name in (layout.MANIFEST, layout.SIGNATURE)]
        manifest, signature = (b"".join(self._blocks(entry)) if entry else None for entry in found)
        return manifest or b"", signature

    def _listed_digests(self) -> dict[str, str]:
        if layout.MANIFEST not in self._entries:
            raise PackError(
                "The file is not a course pack: it has no manifest.", todo="Ask for the pack again."
            )
        try:
            manifest = json.loads(b"".join(self._blocks(self._entries[layout.MANIFEST])))
            digests = {str(name): str(digest) for name, digest in manifest["files"].items()}
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
            raise PackError(
                "The archive's manifest does not list its files.",
                todo="Build the archive with `llm-tutor packs build`.",
            ) from error
        packed = set(self._entries) - {layout.MANIFEST, layout.SIGNATURE}
        if packed != set(digests):
            odd = min(packed ^ set(digests))
            raise _unsafe(f"its manifest and its files disagree about {odd!r}")
        return digests

    def _blocks(self, entry: zipfile.ZipInfo) -> Iterator[bytes]:
        first = True
        try:
            with self._archive.open(entry) as file:
                while block := file.read(_BLOCK):
                    if first and entry.filename == layout.INDEX and not block.startswith(_SQLITE):
                        raise _unsafe("its search index is none")
                    first = False
                    yield block
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
            raise _damaged() from error


@contextlib.contextmanager
def open_archive(file: Path) -> Iterator[PackArchive]:
    """Open the pack archive ``file`` and check its directory.

    Raises:
        PackError: it is no archive, or a damaged one.
        PackUnsafeError: it breaks a safety rule.
    """
    with _opened(file) as archive:
        _check_directory(archive.infolist())
        yield PackArchive(archive)


def _opened(file: Path) -> zipfile.ZipFile:
    try:
        with file.open("rb") as start:
            if start.read(4) != _START:
                raise PackError(f"{file.name} is not a course pack.", todo="Choose a .tutorpack file.")
        return zipfile.ZipFile(file)
    except OSError as error:
        raise PackError(
            f"{file} cannot be read.", todo="Check that the file exists and may be read."
        ) from error
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        raise _damaged() from error


def _check_directory(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > layout.MAX_FILES:
        raise _unsafe(f"it holds more than {layout.MAX_FILES} files")
    if sum(entry.file_size for entry in entries) > layout.MAX_TOTAL_BYTES:
        raise _unsafe(f"it would unpack to more than {layout.MAX_TOTAL_BYTES // 1_000_000} MB")
    seen: set[str] = set()
    for entry in entries:
        _check_entry(entry)
        if entry.orig_filename.casefold() in seen:
            raise _unsafe(f"two of its files are called {entry.orig_filename!r}")
        seen.add(entry.orig_filename.casefold())
    _check_overlaps(entries)


def _check_entry(entry: zipfile.ZipInfo) -> None:
    name = entry.orig_filename
    if not layout.may_hold(name):
        raise _unsafe(f"a pack cannot hold a file called {name[:100]!r}")
    if entry.flag_bits & _ENCRYPTED_FLAGS:
        raise _unsafe(f"its file {name} is encrypted")
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise _unsafe(f"its file {name} is packed in an unusual way")
    if stat.S_IFMT(entry.external_attr >> 16) not in (0, stat.S_IFREG):
        raise _unsafe(f"{name} is a link or a special file")
    if entry.file_size > layout.size_limit(name):
        raise _unsafe(f"its file {name} is too large")
    if entry.file_size > MAX_RATIO * max(entry.compress_size, 1):
        raise _unsafe(f"its file {name} would swell more than {MAX_RATIO} times")


def _check_overlaps(entries: list[zipfile.ZipInfo]) -> None:
    """Entries that share bytes are the trick of the densest archive bombs."""
    end = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        if entry.header_offset < end:
            raise _unsafe("its entries overlap")
        end = entry.header_offset + _LOCAL_HEADER_BYTES + len(entry.orig_filename) + entry.compress_size


def _unsafe(why: str) -> PackUnsafeError:
    return PackUnsafeError(
        f"The course pack was refused: {why}.",
        todo="Nothing was installed. Get the pack from its author again.",
    )


def _damaged() -> PackError:
    return PackError("The course pack is damaged.", todo="Nothing was installed. Fetch the file again.")
