"""Files come into the library: documents are imported, packs installed, one by one and each so that it can go on.

What is added can be asked by its words at once; its meaning is read afterwards, by ``preparation.vectors``, so that
the next file need not wait for that.
"""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from engine.cancel import CancelToken
from engine.content import layout
from engine.content.archive import EXTENSION
from engine.content.importers import SUFFIXES, document_id, import_document
from engine.content.importers.practice_format import PRACTICE_SUFFIXES, practice_format
from engine.content.install import PackInstaller, Watch
from engine.content.pack_store import PackStore
from engine.content.signature import fingerprint
from engine.content.trusted_keys import TrustedKeys
from engine.errors import DocumentError
from engine.rag.ingest import index_words
from engine.types import Progress
from tutor_app.services.holdings import Added, ChangedKey, Expansion, HoldingKind, UnknownAuthor
from tutor_app.services.signed_archive import Signer, signer_of
from tutor_app.services.source_names import SourceNames

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.content.installed_pack import InstalledPack
    from tutor_app.workers.workbench import Job, Workbench

MOST_FILES = 5000
_FILE_ENDINGS = (*SUFFIXES, *PRACTICE_SUFFIXES, EXTENSION)


class IntakeService:
    """Looks what files there are in what was chosen or dropped. In a lane of its own: a disk may be slow."""

    def __init__(self, _workbench: Workbench) -> None:
        pass

    def expand(self, job: Job, paths: tuple[str, ...]) -> Expansion:
        """The files to import: those named as they are, folders with what can be read in them, hidden ones left out.

        Raises:
            DocumentError: there is nothing in it that could be imported.
            Cancelled: it was stopped.
        """
        found: dict[str, None] = {}
        unreadable: list[str] = []
        empty: list[str] = []
        left_out = 0
        folders = False
        for name in paths:
            path = Path(name)
            whole = not path.is_dir() or _is_one(path)
            folders = folders or not whole
            files = [name] if whole else list(_files_in(path, job.cancel, unreadable))
            if not files and path.name not in unreadable:
                empty.append(path.name)
            for file in files:
                if len(found) < MOST_FILES:
                    found[file] = None
                elif file not in found:
                    left_out += 1
        if not found and not unreadable:
            names = ", ".join(f"“{Path(name).name}”" for name in paths[:3])
            raise DocumentError(
                f"There is nothing in {names} that can be added.",
                todo="PDF, EPUB, Word, Markdown, HTML and text files can be, and course packs.",
            )
        return Expansion(tuple(found), left_out, tuple(unreadable), tuple(empty), folders)


class DocumentsService:
    """Adds one file at a time."""

    def __init__(self, workbench: Workbench) -> None:
        self._paths = workbench.paths
        self._store = PackStore(workbench.paths.packs)
        self._clock = workbench.clock
        self._installer = PackInstaller(workbench.paths, self._clock)
        self._names = SourceNames(workbench.paths.packs)

    def add(self, job: Job, name: str, trusted: str | None = None) -> Added | UnknownAuthor | ChangedKey:
        """Import the document, or install the pack, that ``name`` is the path of; go on where it was stopped.

        Args:
            job: watches it.
            name: path of a document, of a pack's archive or of its folder.
            trusted: fingerprint of the key that the learner trusts, for a pack of an unknown author or with a
                changed key; empty where it is all right that the pack is not signed.

        Raises:
            DocumentError, PackError, PackSignatureError, StorageError: it cannot be added; says what helps.
            Cancelled: it was stopped; nothing of it stays behind.
        """
        path = Path(name)
        watch = Watch(job.cancel, job.emit)
        archive = path.suffix.lower() == EXTENSION and path.is_file()
        if not archive and not (path.is_dir() and (path / layout.MANIFEST).is_file()):
            if practice_format(path) is not None:
                return self._practice(path, job)
            return self._document(path, job)
        signer = signer_of(path)
        accepted = signer is not None and signer.fingerprint == trusted
        doubt = self._doubt(signer) if signer is not None and not accepted else None
        if doubt is not None:
            return doubt
        install = self._installer.add_archive if archive else self._installer.add_folder
        return self._ready(install(path, watch, accept_new_key=accepted), job)

    def _document(self, path: Path, job: Job) -> Added:
        job.emit(Progress("Reading", 0, None, "pages"))
        present = self._store.find(document_id(path, cancel=job.cancel))
        if present is None:
            content = import_document(path, cancel=job.cancel, progress=job.emit)
            installed = self._installer.add_document(content)
            self._names.keep(installed.info.id, path.name)
            return self._ready(installed, job)
        return self._ready(present, job, present=True)

    def _practice(self, path: Path, job: Job) -> Added:
        from engine.tutor.practice.importing import import_practice

        watch = Watch(job.cancel, job.emit)
        done = import_practice(path, self._paths, self._clock, watch)
        left_out = tuple((one.what, one.reason) for one in done.skipped)
        return replace(self._ready(done.pack, job), questions=done.questions, left_out=left_out)

    def _ready(self, pack: InstalledPack, job: Job, *, present: bool = False) -> Added:
        """Make sure that ``pack`` can be asked by its words. What is stored stays stored: this is quick."""
        job.emit(Progress("Indexing", 0, None, "sentences"))
        index_words(self._store.content(pack), pack.index_file, cancel=CancelToken())
        document = pack.info.origin == "document"
        return Added(
            pack.info.id,
            pack.info.title,
            HoldingKind.DOCUMENT if document else HoldingKind.PACK,
            passages=pack.record.counts.get("passages", 0),
            present=present,
        )

    def _doubt(self, signer: Signer) -> UnknownAuthor | ChangedKey | None:
        """What the learner is to be asked about a pack before it is installed."""
        key = TrustedKeys(self._paths.keys).known(signer.pack)
        if key is None:
            if signer.fingerprint:
                return UnknownAuthor(signer.title, signer.authors, signer.fingerprint)
            return None
        known = fingerprint(key)
        if known == signer.fingerprint:
            return None
        installed = self._store.find(signer.pack) is not None
        return ChangedKey(signer.title, signer.authors, signer.fingerprint, known, installed)


def _is_one(folder: Path) -> bool:
    """Whether the folder as a whole is one thing to import: a pack, a book in modules, a pool of questions."""
    if (folder / layout.MANIFEST).is_file() or any(folder.glob("*.cnxml*")):
        return True
    return practice_format(folder) is not None


def _files_in(folder: Path, cancel: CancelToken, unreadable: list[str]) -> Iterator[str]:
    """What can be imported in ``folder`` and below, in the order of names. Links to folders are not followed."""

    def refuse(error: OSError) -> None:
        unreadable.append(Path(error.filename or folder).name)

    for at, folders, files in os.walk(folder, onerror=refuse):
        cancel.check()
        packs = [name for name in folders if (Path(at) / name / layout.MANIFEST).is_file()]
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in packs)
        yield from (str(Path(at) / name) for name in sorted(packs) if not name.startswith("."))
        for name in sorted(files):
            if name.lower().endswith(_FILE_ENDINGS) and not name.startswith((".", "~$")):
                yield str(Path(at) / name)
