"""What a profile needs before the first question: the default models, the starter packs, their indexes.

Also the questions about imported documents, which come last.

Looking whether something is missing reads a few small files and loads nothing, so that every start can ask.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from engine.clock import SystemClock
from engine.content.auto_item_file import is_made_by, write_auto_items
from engine.content.auto_items import MADE_BY, auto_items
from engine.content.install import PackInstaller, Watch
from engine.content.installed_pack import InstalledFrom
from engine.content.pack_store import PackStore
from engine.content.starter_packs import install_starters
from engine.errors import ModelError
from engine.model_loading import chosen_model
from engine.models.install import ModelInstaller
from engine.models.manifest import read_manifest
from engine.models.sources import Job
from engine.paths import asset_path, manifest_path
from engine.rag.ingest import index_words
from engine.rag.pack_index import PackIndex, is_complete
from engine.runtime import index_pack

if TYPE_CHECKING:
    from engine.cancel import CancelToken
    from engine.content.installed_pack import InstalledPack
    from engine.content.pack import Pack
    from engine.models.manifest import ModelEntry
    from engine.paths import DataPaths
    from engine.protocols import ProgressCallback
    from engine.settings import Settings


_LOG = logging.getLogger(__name__)


def missing_models(paths: DataPaths) -> list[ModelEntry]:
    """The default models that are not installed, in the order in which they are worth having."""
    return _models(paths).missing_defaults()


def install_models(
    paths: DataPaths, models: list[ModelEntry], *, cancel: CancelToken, progress: ProgressCallback
) -> None:
    """Fetch and try ``models``. One that comes with the program and is damaged is left out: ``doctor`` tells of it.

    Raises:
        Cancelled: what has arrived is kept.
        ModelError, DownloadError, StorageError: another could not be fetched or does not work here.
    """
    installer = _models(paths)
    for entry in models:
        try:
            installer.install(entry, Job(cancel, progress))
        except ModelError as error:
            if not entry.shipped:
                raise
            _LOG.warning("%s %s", error.what, error.todo)


def install_starter_packs(paths: DataPaths, *, cancel: CancelToken, progress: ProgressCallback) -> None:
    """Install or update the packs that are shipped with the program; those that a learner removed stay away."""
    installer = PackInstaller(paths, SystemClock())
    install_starters(asset_path("packs"), installer, PackStore(paths.packs), watch=Watch(cancel, progress))


def unfinished_packs(paths: DataPaths, settings: Settings) -> list[InstalledPack]:
    """Installed packs and documents whose index is missing, or still without vectors though there is an embedder."""
    embedder = chosen_model(paths, "embedder", settings.embedder)
    name = embedder.id if embedder else None
    return [
        pack for pack in PackStore(paths.packs).installed() if not is_complete(pack.index_file, embedder=name)
    ]


def finish_packs(
    paths: DataPaths,
    settings: Settings,
    packs: list[InstalledPack],
    *,
    cancel: CancelToken,
    progress: ProgressCallback,
) -> None:
    """Make the indexes of ``packs``, going on where an earlier run stopped."""
    store = PackStore(paths.packs)
    for pack in packs:
        index_pack(paths, settings, store.content(pack), pack.folder, cancel=cancel, progress=progress)


def unasked_documents(paths: DataPaths) -> list[InstalledPack]:
    """Imported documents about which no questions were made yet, or by older rules."""
    return [
        pack
        for pack in PackStore(paths.packs).installed()
        if pack.record.source is InstalledFrom.DOCUMENT and not is_made_by(pack.folder, MADE_BY)
    ]


def make_questions(
    paths: DataPaths, documents: list[InstalledPack], *, cancel: CancelToken, progress: ProgressCallback
) -> None:
    """Make the automatic questions about ``documents``, which then can be practised.

    Raises:
        Cancelled: those of the documents before are there.
        PackError, StorageError: a document is damaged, or its folder cannot be written to.
    """
    store = PackStore(paths.packs)
    for document in documents:
        content = store.content(document)
        index_words(content, document.index_file, cancel=cancel)
        index = PackIndex(document.index_file)

        def search(text: str, limit: int, content: Pack = content, index: PackIndex = index) -> list[str]:
            return [content.passages[row - 1].id for row, _ in index.lexical.search(text, limit)]

        try:
            items = auto_items(content, search, cancel=cancel, progress=progress)
        finally:
            index.close()
        write_auto_items(document.folder, content, MADE_BY, items)


def _models(paths: DataPaths) -> ModelInstaller:
    return ModelInstaller(paths, read_manifest(manifest_path()), SystemClock())
