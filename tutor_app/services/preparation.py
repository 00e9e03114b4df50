"""What a new profile lacks is made ready by itself, in the order that helps soonest.

The starter packs can be asked by their words after a second or two. The models, a matter of minutes, come in another
lane, so that nobody's documents wait for them. Last, packs and documents are read for their meaning.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from engine import preparation
from engine.content.pack_store import PackStore
from engine.content.starter_packs import starter_folders
from engine.paths import asset_path
from tutor_app.services.holdings import MissingModel, Preparedness, Preparing
from tutor_app.services.seldom import Seldom

if TYPE_CHECKING:
    from engine.content.installed_pack import InstalledPack
    from engine.models.manifest import ModelEntry
    from engine.types import Progress
    from tutor_app.workers.workbench import Job, Workbench


class PreparationService:
    """Packs, and their meaning."""

    def __init__(self, workbench: Workbench) -> None:
        self._workbench = workbench

    def state(self, _job: Job) -> Preparedness:
        """What is missing. Quick: reads small files only."""
        paths = self._workbench.paths
        present = {pack.info.id for pack in PackStore(paths.packs).installed()}
        known = not present and any(starter_folders(asset_path("packs")))
        unfinished = self._unfinished()
        return Preparedness(
            starters=known,
            models=tuple(_missing(entry) for entry in preparation.missing_models(paths)),
            unfinished=tuple(pack.info.title for pack in unfinished),
        )

    def packs(self, job: Job) -> bool:
        """Install what is shipped with the program, and make everything searchable by its words.

        Emits ``Progress`` while one is installed and ``Preparing`` for each whose index is made. Returns whether
        anything changed.

        Raises:
            StorageError: the disk is full or cannot be written to.
            Cancelled: what is done is kept.
        """
        paths = self._workbench.paths
        store = PackStore(paths.packs)
        before = {(pack.info.id, pack.record.installed_ms) for pack in store.installed()}
        preparation.install_starter_packs(paths, cancel=job.cancel, progress=Seldom(job.emit))
        words_only = replace(self._workbench.settings, embedder="none")
        unfinished = preparation.unfinished_packs(paths, words_only)
        for number, pack in enumerate(unfinished, 1):
            job.emit(Preparing(pack.info.title, "pack", number, len(unfinished)))
            preparation.finish_packs(paths, words_only, [pack], cancel=job.cancel, progress=_quiet)
        after = {(pack.info.id, pack.record.installed_ms) for pack in store.installed()}
        return bool(unfinished) or before != after

    def vectors(self, job: Job) -> int:
        """Read packs and documents for their meaning, where an embedder is installed; make questions about documents.

        Emits ``Preparing`` for each, then ``Progress``. Returns how many were finished.

        Raises:
            ModelError: the embedder cannot be loaded.
            StorageError: the disk is full or cannot be written to.
            Cancelled: what is done is kept, and continued by the next call.
        """
        paths, settings = self._workbench.paths, self._workbench.settings
        unfinished = self._unfinished()
        unasked = {pack.folder for pack in preparation.unasked_documents(paths)}
        for number, pack in enumerate(unfinished, 1):
            job.cancel.check()
            job.emit(Preparing(pack.info.title, "meaning", number, len(unfinished)))
            report = Seldom(job.emit)
            if pack.folder in unasked:
                preparation.make_questions(paths, [pack], cancel=job.cancel, progress=report)
            preparation.finish_packs(paths, settings, [pack], cancel=job.cancel, progress=report)
        return len(unfinished)

    def _unfinished(self) -> list[InstalledPack]:
        """Packs and documents with something left to be made, each once."""
        paths, settings = self._workbench.paths, self._workbench.settings
        found = [*preparation.unfinished_packs(paths, settings), *preparation.unasked_documents(paths)]
        return list({pack.folder: pack for pack in found}.values())


class ModelPreparationService:
    """The default models; in the lane of downloads."""

    def __init__(self, workbench: Workbench) -> None:
        self._paths = workbench.paths

    def fetch(self, job: Job) -> int:
        """Get the default models that are missing; what has arrived of them before is kept.

        Emits ``Preparing`` for each, then ``Progress`` in bytes. Returns how many came.

        Raises:
            DownloadError: the network or the server does not give them.
            StorageError: the disk is full or cannot be written to.
            ModelError: one does not work here.
            Cancelled: what has arrived is kept.
        """
        missing = preparation.missing_models(self._paths)
        for number, entry in enumerate(missing, 1):
            job.cancel.check()
            job.emit(Preparing(entry.name, str(entry.kind), number, len(missing)))
            report = Seldom(job.emit)
            preparation.install_models(self._paths, [entry], cancel=job.cancel, progress=report)
        return len(missing)


def _missing(entry: ModelEntry) -> MissingModel:
    return MissingModel(str(entry.kind), entry.name, _size(entry))


def _size(entry: ModelEntry) -> int:
    return sum(file.bytes or 0 for file in entry.files)


def _quiet(_progress: Progress) -> None:
    """Too quick to be told."""
