"""Adding, importing, checking and trying models: what a person does with model files.

Files are fetched into ``downloads``, tried in a child process where that makes sense, moved into the model's
folder, and recorded last; so at any moment a model is there whole or not at all.
"""

from dataclasses import replace
from pathlib import Path

from engine.atomic import storage_error
from engine.clock import Clock
from engine.download import set_aside, sha256_of
from engine.errors import ModelFileError, UsageError
from engine.models.installed import InstalledModel, InstalledModels, TrialResult
from engine.models.manifest import Manifest, ModelEntry, ModelFile, ModelKind
from engine.models.sources import Job, copy_file, fetch_files
from engine.models.trial import TRIED_KINDS, try_model
from engine.paths import DataPaths
from engine.types import Progress

_ID_CHARACTERS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789.-")


class ModelInstaller:
    """Changes what is in a data folder's ``models``."""

    def __init__(self, paths: DataPaths, manifest: Manifest, clock: Clock) -> None:
        self._paths = paths
        self._manifest = manifest
        self._clock = clock
        self.installed = InstalledModels(paths.models)

    def missing_defaults(self) -> list[ModelEntry]:
        """The embedded models that are not here, those that need no network first, then by size.

        Quick: looks at names and sizes only.
        """
        found = {model.id for model in self.installed.all() if model.usable}
        missing = [entry for entry in self._manifest.defaults() if entry.id not in found]
        return sorted(missing, key=lambda entry: (not entry.shipped, entry.bytes or 0))

    def install(self, entry: ModelEntry, job: Job) -> InstalledModel:
        """Fetch ``entry`` and try it; an installed model that is whole is left as it is.

        Raises:
            Cancelled: the token was set; what has arrived is kept.
            ModelError, DownloadError, StorageError: it could not be fetched, or does not work here.
        """
        present = self.installed.find(entry.id)
        if present is not None and present.usable:
            return present
        staging = self._paths.downloads / entry.id
        try:
            files, source = fetch_files(entry, staging, job)
            model = self._described(entry, files, source)
            trial = self._try(staging / files[0].name, entry.kind, job)
            self._move_in(model, staging, trial)
        except OSError as error:
            raise storage_error(error, staging) from error
        return replace(model, trial=trial)

    def import_file(self, path: Path, job: Job, *, kind: ModelKind | None = None) -> InstalledModel:
        """Copy a GGUF file from the disk into the data folder, after a trial. ``kind`` None: by its header.

        Raises:
            Cancelled: the token was set; nothing was imported.
            ModelError, StorageError: the file is unusable, or there is no room.
        """
        if not path.is_file():
            raise ModelFileError(
                f"{path} is not a file.", todo="Name a GGUF file, or an id of: llm-tutor models list"
            )
        try:
            return self._import(path, job, kind)
        except OSError as error:
            raise storage_error(error, self._paths.models) from error

    def check(self, model: InstalledModel, job: Job) -> InstalledModel:
        """Compare every file with its recorded sum and load the model again; a bad file is set aside.

        Raises:
            Cancelled: the token was set.
            ModelFileError: a file is gone, changed, or does not load.
        """
        for file in model.files:
            path = model.folder / file.name
            job.on_progress(Progress(f"{model.id}: checking {file.name}", 0, file.bytes, "bytes"))
            if not path.is_file():
                raise ModelFileError(
                    f"{path} is gone.", todo=f"Add the model again: llm-tutor models add {model.id}"
                )
            if sha256_of(path, cancel=job.cancel) != file.sha256:
                raise set_aside(path, file.name, "it has changed since it was installed")
        trial = self._try(model.path, model.kind, job)
        return model if trial is None else self.installed.remember_trial(model, trial)

    def time(self, model: InstalledModel, job: Job) -> InstalledModel:
        """Try an installed model once more, for its speed as it is now; returns it with the trial.

        Raises:
            Cancelled: the token was set.
            ModelFileError: it does not load any more.
        """
        trial = try_model(model.path, model.kind, cancel=job.cancel)
        tried = self.installed.remember_trial(model, replace(trial, sha256=model.files[0].sha256 or ""))
        if not trial.works:
            raise _unusable(model.path.name, trial)
        return tried

    def _import(self, path: Path, job: Job, kind: ModelKind | None) -> InstalledModel:
        sha256 = sha256_of(path, cancel=job.cancel)
        entry = self._manifest.by_sha256(sha256)
        file = ModelFile(entry.files[0].name if entry else path.name, path.stat().st_size, sha256)
        trial = try_model(path, kind or (entry.kind if entry else None), cancel=job.cancel)
        if not trial.works:
            raise _unusable(path.name, trial)
        if entry:
            model = self._described(entry, [file], "file")
        else:
            model = self._unknown(path, file, kind or ModelKind(trial.kind))
        staging = self._paths.downloads / model.id
        staging.mkdir(parents=True, exist_ok=True)
        copy_file(path, staging / file.name, job)
        if sha256_of(staging / file.name, cancel=job.cancel) != sha256:
            raise set_aside(staging / file.name, path.name, "it changed while it was copied")
        trial = replace(trial, sha256=sha256)
        self._move_in(model, staging, trial)
        return replace(model, trial=trial)

    def _described(self, entry: ModelEntry, files: list[ModelFile], source: str) -> InstalledModel:
        return InstalledModel(
            id=entry.id,
            name=entry.name,
            kind=entry.kind,
            folder=self.installed.folder(entry.id),
            files=tuple(files),
            verified=entry.verified,
            source=source,
            installed=self._clock.now().isoformat(timespec="seconds"),
            context=entry.context,
        )

    def _unknown(self, path: Path, file: ModelFile, kind: ModelKind) -> InstalledModel:
        """A file that no manifest knows: named after itself, never called verified."""
        identifier = "".join(letter if letter in _ID_CHARACTERS else "-" for letter in path.stem.lower())
        identifier = identifier.strip(".-")[:60]
        present = self.installed.find(identifier)
        if (
            not identifier
            or self._manifest.find(identifier)
            or (present and present.files[0].sha256 != file.sha256)
        ):
            raise UsageError(
                f"A model cannot be called {identifier!r}: the name is taken or empty.",
                todo="Rename the file first.",
            )
        return InstalledModel(
            id=identifier,
            name=path.stem,
            kind=kind,
            folder=self.installed.folder(identifier),
            files=(file,),
            verified=False,
            source="file",
            installed=self._clock.now().isoformat(timespec="seconds"),
        )

    def _try(self, path: Path, kind: ModelKind, job: Job) -> TrialResult | None:
        """Try a GGUF file; None for other kinds of files. A file that fails is set aside."""
        if kind not in TRIED_KINDS or path.suffix != ".gguf":
            return None
        job.on_progress(Progress(f"{path.name}: trying it", 0, None, "steps"))
        trial = try_model(path, kind, cancel=job.cancel)
        if not trial.works:
            set_aside(path, path.name, trial.fault)
            raise _unusable(path.name, trial)
        return replace(trial, sha256=sha256_of(path, cancel=job.cancel))

    def _move_in(self, model: InstalledModel, staging: Path, trial: TrialResult | None) -> None:
        model.folder.mkdir(parents=True, exist_ok=True)
        for file in model.files:
            (staging / file.name).replace(model.folder / file.name)
        self.installed.write(replace(model, trial=trial))
        if not any(staging.iterdir()):
            staging.rmdir()


def _unusable(name: str, trial: TrialResult) -> ModelFileError:
    return ModelFileError(
        f"{name} cannot be used: {trial.fault}.",
        todo="Get the file again, or choose another: llm-tutor models list",
    )
