"""What a profile needs before the first question: the default models, the starter packs, their indexes.

Looking whether something is missing reads a few small files and loads nothing, so that every start can ask.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.clock import SystemClock
from engine.content.install import PackInstaller, Watch
from engine.content.pack_store import PackStore
from engine.content.starter_packs import install_starters
from engine.model_loading import chosen_model
from engine.models.install import ModelInstaller
from engine.models.manifest import read_manifest
from engine.models.sources import Job
from engine.paths import asset_path, manifest_path
from engine.rag.pack_index import is_complete
from engine.runtime import index_pack

if TYPE_CHECKING:
    from engine.cancel import CancelToken
    from engine.content.installed_pack import InstalledPack
    from engine.models.manifest import ModelEntry
    from engine.paths import DataPaths
    from engine.protocols import ProgressCallback
    from engine.settings import Settings


def missing_models(paths: DataPaths) -> list[ModelEntry]:
    """The default models that are not installed."""
    return _models(paths).missing_defaults()


def install_models(
    paths: DataPaths, models: list[ModelEntry], *, cancel: CancelToken, progress: ProgressCallback
) -> None:
    """Fetch and try ``models``.

    Raises:
        Cancelled: what has arrived is kept.
        ModelError, DownloadError, StorageError: one could not be fetched or does not work here.
    """
    installer = _models(paths)
    for entry in models:
        installer.install(entry, Job(cancel, progress))


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


def _models(paths: DataPaths) -> ModelInstaller:
    return ModelInstaller(paths, read_manifest(manifest_path()), SystemClock())
