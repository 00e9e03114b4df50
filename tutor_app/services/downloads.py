"""Getting models and trying them: work of minutes, in a process of its own. What has arrived is kept when it stops."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from engine.errors import ModelError
from engine.models.install import ModelInstaller
from engine.models.manifest import ModelKind, read_manifest
from engine.models.model_trash import ModelTrash
from engine.models.sources import Job as ModelJob
from engine.paths import manifest_path
from tutor_app.services.seldom import Seldom

if TYPE_CHECKING:
    from engine.models.installed import InstalledModel
    from tutor_app.workers.workbench import Job, Workbench


class DownloadsService:
    """One model after the other. Emits ``Progress``."""

    def __init__(self, workbench: Workbench) -> None:
        self._paths = workbench.paths
        self._installer = ModelInstaller(workbench.paths, read_manifest(manifest_path()), workbench.clock)
        self._trash = ModelTrash(workbench.paths.models)

    def add(self, job: Job, identifier: str) -> str:
        """Fetch a model of the manifest and try it, going on where an earlier run stopped; returns its name.

        Raises:
            DownloadError: it cannot be fetched now; what has arrived is kept.
            ModelError, StorageError: it does not work here, or there is no room.
            Cancelled: what has arrived is kept.
        """
        entry = read_manifest(manifest_path()).find(identifier)
        if entry is None:
            raise ModelError(f"No model is called {identifier!r}.", todo="Choose another.")
        if not self._trash.put_back(identifier):
            self._installer.install(entry, _job(job))
        return entry.name

    def import_file(self, job: Job, path: str) -> str:
        """Copy a GGUF file of the learner's into the profile, after a trial; returns its name.

        Raises:
            ModelError, StorageError: the file is no model that works here, or there is no room.
            Cancelled: nothing was imported.
        """
        return self._installer.import_file(Path(path), _job(job)).name

    def check(self, job: Job, identifier: str) -> str:
        """Compare a model's files with their sums, and load it; returns its name.

        Raises:
            ModelError: a file is gone, has changed, or does not load.
        """
        return self._installer.check(self._find(identifier), _job(job)).name

    def measure(self, job: Job) -> str:
        """Time the smallest installed language model, from which the others are estimated; returns its name.

        Raises:
            ModelError: none is installed, or it does not load.
        """
        models = self._installer.installed.usable(ModelKind.LLM)
        if not models:
            raise ModelError(
                "There is no language model to measure with.", todo="Download the smallest one first."
            )
        return self._installer.time(models[-1], _job(job)).name

    def _find(self, identifier: str) -> InstalledModel:
        model = self._installer.installed.find(identifier)
        if model is None:
            raise ModelError(f"No model {identifier!r} is installed.", todo="Download it first.")
        return model


def _job(job: Job) -> ModelJob:
    return ModelJob(job.cancel, Seldom(job.emit))
