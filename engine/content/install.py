"""Installs packs: checked, complete, and in place in one step, or not at all.

Archives may come from anyone: they are unpacked safely, every hash, the signature and the content are checked.
A folder is taken as its author wrote it. The search index is built afterwards, by engine.runtime: it can always
be built again.
"""

import contextlib
import hashlib
import re
import shutil
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from engine import __version__
from engine.atomic import storage_error
from engine.cancel import CancelToken
from engine.clock import Clock, milliseconds
from engine.content import auto_item_file, document_file, layout
from engine.content.archive import built_manifest, source_files
from engine.content.digest import counts
from engine.content.finding import Finding
from engine.content.installed_pack import InstalledFrom, InstalledPack, InstallRecord
from engine.content.lint import what_blocks
from engine.content.pack import Pack, PackInfo
from engine.content.pack_source import PackSource, read_source
from engine.content.pack_store import PackStore
from engine.content.pack_trash import PackTrash
from engine.content.rules.item_proofs import IMPORT_SEEDS
from engine.content.signature import fingerprint, verify_manifest
from engine.content.trusted_keys import TrustedKeys
from engine.content.unpack import open_archive
from engine.content.version import version_key
from engine.errors import BugError, PackError, PackUnsafeError
from engine.paths import DataPaths
from engine.types import Progress

if TYPE_CHECKING:
    from engine.content.practice_pack import ProvenItems
    from engine.protocols import ProgressCallback

_FOLDER_NAME = re.compile(r"[a-z0-9][a-z0-9.+-]{0,99}")
_UNSAFE_AREAS = ("file", "markup", "media", "tex")


@dataclass(frozen=True, slots=True)
class Watch:
    """Who may stop an installation, and who watches it."""

    cancel: CancelToken
    progress: "ProgressCallback"


class PackInstaller:
    """Puts packs into the data folder ``paths``."""

    def __init__(self, paths: DataPaths, clock: Clock) -> None:
        self._store = PackStore(paths.packs)
        self._trash = PackTrash(paths.packs)
        self._keys = TrustedKeys(paths.keys)
        self._clock = clock

    def add_archive(self, file: Path, watch: Watch, *, accept_new_key: bool = False) -> InstalledPack:
        """Install the archive ``file``.

        Raises:
            PackError: it is damaged, unsound, older than what is installed, or needs a newer program.
            PackUnsafeError: it breaks a safety rule.
            PackSignatureError: its signature is wrong, or the key is not the one that was trusted.
        """
        with self._store.incoming() as folder, open_archive(file) as archive:
            made = folder / "pack"
            made.mkdir()
            archive.unpack(made, cancel=watch.cancel, progress=watch.progress)
            source = _sound(made, seeds=IMPORT_SEEDS)
            manifest = (made / layout.MANIFEST).read_bytes()
            signature = made / layout.SIGNATURE
            key = verify_manifest(manifest, signature.read_bytes()) if signature.exists() else None
            return self._place(source, InstalledFrom.ARCHIVE, key=key, accept_new_key=accept_new_key)

    def add_folder(self, folder: Path, watch: Watch, *, accept_new_key: bool = False) -> InstalledPack:
        """Install the pack in ``folder`` as it stands, unsigned.

        Raises:
            PackError: it is unsound, older than what is installed, or needs a newer program.
            PackSignatureError: earlier versions of it were signed.
        """
        return self._add_folder(folder, InstalledFrom.FOLDER, watch, accept_new_key=accept_new_key)

    def add_starter(self, folder: Path, watch: Watch) -> InstalledPack:
        """Install a starter pack that is shipped with the program."""
        return self._add_folder(folder, InstalledFrom.STARTER, watch, accept_new_key=False)

    def add_document(self, pack: Pack) -> InstalledPack:
        """Keep an imported document."""
        info = pack.info
        if not (_FOLDER_NAME.fullmatch(info.id) and _FOLDER_NAME.fullmatch(info.version)) or layout.is_device(
            info.id
        ):
            raise BugError(f"an importer made the id {info.id!r}, version {info.version!r}")
        with self._store.incoming() as folder:
            made = folder / "pack"
            try:
                made.mkdir()
                document_file.write_document(made, pack)
                digest = hashlib.sha256((made / document_file.FILE).read_bytes()).hexdigest()
            except OSError as error:
                raise storage_error(error, made) from error
            counted = {"passages": len(pack.passages), "sections": len(pack.sections)}
            record = InstallRecord(
                replace(info, origin="document"), InstalledFrom.DOCUMENT, digest, counts=counted
            )
            return self._finish(made, record)

    def add_practice(self, items: "ProvenItems", identifier: str) -> InstalledPack:
        """Keep practice questions that were imported, and proven one by one, as the pack ``identifier``.

        Raises:
            PackError: no question is left.
        """
        from engine.content.practice_pack import write_practice_pack

        if not items.source.items:
            raise PackError(
                f"None of the questions of “{items.source.title}” can be used.",
                todo="The list of what was left out says why.",
            )
        with self._store.incoming() as folder:
            made = folder / "pack"
            try:
                made.mkdir()
                write_practice_pack(made, items, identifier)
                source = _sound(made, seeds=0)
                manifest = built_manifest(source, dict(source_files(made)))
                (made / layout.MANIFEST).write_bytes(manifest)
            except OSError as error:
                raise storage_error(error, made) from error
            return self._place(source, InstalledFrom.PRACTICE, key=None, accept_new_key=False)

    def _add_folder(
        self, folder: Path, origin: InstalledFrom, watch: Watch, *, accept_new_key: bool
    ) -> InstalledPack:
        if not (folder / layout.MANIFEST).is_file():
            todo = f"A pack folder holds {layout.MANIFEST}; see docs/pack-format.md."
            raise PackError(f"{folder} is not a course pack.", todo=todo)
        source = _readable(folder)
        with self._store.incoming() as place:
            made = place / "pack"
            files = dict(source_files(folder))
            try:
                for done, (name, path) in enumerate(files.items(), 1):
                    watch.cancel.check()
                    (made / name).parent.mkdir(parents=True, exist_ok=True)
                    shutil.copyfile(path, made / name)
                    watch.progress(Progress("Copying", done, len(files), "files"))
                copied = {name: made / name for name in files}
                (made / layout.MANIFEST).write_bytes(built_manifest(source, copied))
            except OSError as error:
                raise storage_error(error, made) from error
            # What is installed is what is checked, even if the folder changed meanwhile.
            # The starter packs' items were proven before they were shipped.
            seeds = 0 if origin is InstalledFrom.STARTER else IMPORT_SEEDS
            return self._place(_sound(made, seeds=seeds), origin, key=None, accept_new_key=accept_new_key)

    def _place(
        self, source: PackSource, origin: InstalledFrom, *, key: bytes | None, accept_new_key: bool
    ) -> InstalledPack:
        info = source.pack.info
        _check_program(str(source.manifest["min_app"]), info)
        self._keys.check(info.id, key, accept=accept_new_key)
        installed = self._store.find(info.id)
        if installed and version_key(installed.info.version) > version_key(info.version):
            raise PackError(
                f"{info.title}: version {installed.info.version} is installed, and {info.version} is older.",
                todo=f"To go back, `llm-tutor packs remove {info.id}` first.",
            )
        digest = hashlib.sha256((source.folder / layout.MANIFEST).read_bytes()).hexdigest()
        signed_by = "" if key is None else fingerprint(key)
        record = InstallRecord(info, origin, digest, signed_by, counts=counts(source))
        placed = self._finish(source.folder, record)
        if key is not None:
            self._keys.remember(info.id, key, now=self._clock.now())
        return placed

    def _finish(self, made: Path, record: InstallRecord) -> InstalledPack:
        now = self._clock.now()
        self._trash.empty(now=now)
        installed = self._store.find(record.info.id)
        if installed and installed.record.manifest_sha256 == record.manifest_sha256:
            _keep_made(installed, made)
        return self._store.place(made, replace(record, installed_ms=milliseconds(now)))


def _sound(folder: Path, *, seeds: int) -> PackSource:
    source = read_source(folder)
    if blocking := what_blocks(source, seeds=seeds):
        raise _refusal(blocking)
    return source


def _readable(folder: Path) -> PackSource:
    """A folder whose files can be copied and counted; what they say is checked afterwards."""
    source = read_source(folder)
    if any(finding.blocks_installing for finding in source.findings):
        raise _refusal(what_blocks(source, seeds=0))
    return source


def _refusal(blocking: list[Finding]) -> PackError:
    unsafe = [finding for finding in blocking if finding.rule.split(".")[0] in _UNSAFE_AREAS]
    first = (unsafe or blocking)[0]
    kind = PackUnsafeError if unsafe else PackError
    return kind(
        f"The course pack was refused: {first.where}: {first.message}",
        todo="Nothing was installed. `llm-tutor packs check` shows its author everything that is to be mended.",
    )


def _keep_made(installed: InstalledPack, made: Path) -> None:
    """Adding the same pack again mends it, but must not cost the minutes that its index took, nor its questions."""
    if installed.index_file.is_file() and not (made / layout.INDEX).exists():
        with contextlib.suppress(OSError):
            shutil.copyfile(installed.index_file, made / layout.INDEX)
    if (installed.folder / auto_item_file.FILE).is_file():
        with contextlib.suppress(OSError):
            shutil.copyfile(installed.folder / auto_item_file.FILE, made / auto_item_file.FILE)


def _check_program(wanted: str, info: PackInfo) -> None:
    if version_key(wanted) > version_key(__version__):
        raise PackError(
            f"{info.title} needs LLM Tutor {wanted}; this is {__version__}.",
            todo="Update the program, then add it again.",
        )
