"""The models page: what this computer is, which models there are, which is used; choosing and removing.

Downloading, importing and testing take long and are in ``downloads``, in a process of their own.
"""

from __future__ import annotations

import shutil
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from engine.errors import ModelError, SettingsError
from engine.model_loading import chosen_model
from engine.models.advise import Advice, advise
from engine.models.hardware import Hardware, look_at_hardware
from engine.models.installed import InstalledModel, InstalledModels
from engine.models.manifest import FileSource, Manifest, ModelEntry, ModelKind, read_manifest
from engine.models.model_trash import ModelTrash
from engine.paths import manifest_path
from engine.settings import Settings, load_settings, save_settings
from tutor_app.services.model_facts import (
    AUTO,
    KINDS,
    ChosenBefore,
    Machine,
    ModelFact,
    ModelsOverview,
    ModelState,
    RemovedModel,
)

if TYPE_CHECKING:
    from pathlib import Path

    from tutor_app.workers.workbench import Job, Workbench

_SPARE_MB = 1500
_FAST = {"avx2", "asimd"}


class ModelsService:
    """Reads what is installed as it is now."""

    def __init__(self, workbench: Workbench) -> None:
        self._workbench = workbench
        self._paths = workbench.paths
        self._installed = InstalledModels(workbench.paths.models)
        self._trash = ModelTrash(workbench.paths.models)
        self._clock = workbench.clock
        self._manifest: Manifest | None = None
        self._hardware: Hardware | None = None

    def overview(self, job: Job) -> ModelsOverview:
        """Everything on the page. Quick: reads small files and sizes, and asks the system what it is.

        Raises:
            ModelError: the list of models is damaged.
        """
        self._trash.empty(now=self._clock.now())
        manifest, settings = self._read_manifest(), self._settings()
        hardware = self._look_at_hardware()
        installed = {model.id: model for model in self._installed.all()}
        job.cancel.check()
        measured = next(iter(reversed(_timed(self._installed))), None)
        advice = {item.id: item for item in advise(hardware, manifest.entries, measured)}
        in_use = {kind: self._in_use(kind, settings) for kind in KINDS}
        facts = [
            self._fact(entry, installed.get(entry.id), advice.get(entry.id), hardware)
            for entry in manifest.entries
            if entry.kind in KINDS or entry.id in installed
        ]
        facts += [
            _imported(model, hardware) for model in installed.values() if manifest.find(model.id) is None
        ]
        facts = [
            replace(
                fact,
                in_use=in_use.get(fact.kind) == fact.id and not (fact.kind == "llm" and settings.server_url),
                chosen=getattr(settings, fact.kind, "") == fact.id,
            )
            for fact in facts
        ]
        return ModelsOverview(
            machine=_machine(hardware, self._paths.root),
            models=tuple(sorted(facts, key=lambda fact: (fact.memory_mb, fact.name))),
            choices={kind: getattr(settings, kind) for kind in KINDS},
            server=settings.server_url,
            used_bytes=sum(_folder_bytes(model.folder) for model in installed.values()),
            measured=measured is not None,
        )

    def choose(self, _job: Job, kind: str, choice: str) -> ChosenBefore:
        """Use ``choice`` ("auto", "none" or the id of an installed model) from now on; returns what was used before.

        Raises:
            ModelError: it is not installed, or does not work.
            SettingsError, StorageError: the settings cannot be read or written.
        """
        settings = self._workbench.settings
        chosen_model(self._paths, kind, choice)
        save_settings(self._paths.settings_file, _choosing(settings, kind, choice))
        return ChosenBefore(kind, getattr(settings, kind))

    def remove(self, _job: Job, identifier: str) -> RemovedModel:
        """Take a model out of use; it can be put back for an hour.

        Raises:
            ModelError: it is not installed.
            StorageError: the disk does not allow it.
        """
        model = self._installed.find(identifier)
        if model is None:
            raise ModelError(f"No model {identifier!r} is installed.", todo="See: llm-tutor models list")
        freed = _folder_bytes(model.folder)
        self._trash.take(identifier, now=self._clock.now())
        settings = self._settings()
        was_chosen = getattr(settings, model.kind, "") == identifier
        if was_chosen:
            save_settings(self._paths.settings_file, _choosing(settings, model.kind, AUTO))
        return RemovedModel(identifier, model.name, model.kind, freed, was_chosen)

    def put_back(self, _job: Job, removed: RemovedModel) -> None:
        """Undo ``remove``.

        Raises:
            ModelError: it has been deleted meanwhile.
        """
        if not self._trash.put_back(removed.id):
            raise ModelError(f"{removed.name} has been deleted meanwhile.", todo="Download it again.")
        if removed.was_chosen:
            settings = _choosing(self._settings(), removed.kind, removed.id)
            save_settings(self._paths.settings_file, settings)

    def _settings(self) -> Settings:
        # A broken settings file is told on the settings page; here the models are still to be seen.
        try:
            return load_settings(self._paths.settings_file)
        except SettingsError:
            return Settings()

    def _read_manifest(self) -> Manifest:
        if self._manifest is None:
            self._manifest = read_manifest(manifest_path())
        return self._manifest

    def _look_at_hardware(self) -> Hardware:
        """Asked once, for graphics tools can take seconds; free memory is as it is now."""
        if self._hardware is None:
            self._hardware = look_at_hardware()
        import psutil

        free = min(psutil.virtual_memory().available // 1_000_000, self._hardware.memory_mb)
        return replace(self._hardware, free_mb=free)

    def _in_use(self, kind: str, settings: Settings) -> str:
        try:
            found = chosen_model(self._paths, kind, getattr(settings, kind))
        except ModelError:
            return ""
        return found.id if found else ""

    def _fact(
        self, entry: ModelEntry, model: InstalledModel | None, advice: Advice | None, hardware: Hardware
    ) -> ModelFact:
        arrived = _folder_bytes(self._paths.downloads / entry.id) if model is None else 0
        state = _state(model) if model else ModelState.PARTLY if arrived else ModelState.OFFERED
        return ModelFact(
            id=entry.id,
            name=entry.name,
            kind=entry.kind,
            state=state,
            bytes=entry.bytes or (_folder_bytes(model.folder) if model else None),
            memory_mb=entry.memory_mb,
            licence=entry.licence,
            languages=entry.languages,
            fault=_fault(model),
            verified=entry.verified,
            fits=advice.fits if advice else entry.memory_mb + _SPARE_MB <= hardware.memory_mb,
            first_word_s=advice.first_word_s if advice else None,
            words_s=advice.words_s if advice else None,
            recommended=advice.recommended if advice else False,
            arrived=arrived,
            sha256=(model.files[0].sha256 or "") if model and not entry.verified else "",
            downloadable=any(not isinstance(source, FileSource) for source in entry.sources),
            bundled=entry.shipped,
        )


def _choosing(settings: Settings, kind: str, choice: str) -> Settings:
    values: dict[str, Any] = {kind: choice}
    return replace(settings, **values)


def _timed(installed: InstalledModels) -> list[InstalledModel]:
    models = installed.usable(ModelKind.LLM)
    return [model for model in models if model.trial and model.trial.decode_tokens_s]


def _imported(model: InstalledModel, hardware: Hardware) -> ModelFact:
    """A model that no manifest knows: what the trial found out about it."""
    trial = model.trial
    return ModelFact(
        id=model.id,
        name=model.name,
        kind=model.kind,
        state=_state(model),
        bytes=_folder_bytes(model.folder),
        memory_mb=trial.memory_mb if trial else 0,
        fault=_fault(model),
        verified=False,
        fits=trial is None or trial.memory_mb + _SPARE_MB <= hardware.memory_mb,
        words_s=round(trial.decode_tokens_s * 0.75, 1) if trial and trial.decode_tokens_s else None,
        sha256=model.files[0].sha256 or "",
        downloadable=False,
    )


def _state(model: InstalledModel) -> ModelState:
    if model.missing():
        return ModelState.INCOMPLETE
    if model.trial is None:
        return ModelState.UNTRIED
    return ModelState.WORKS if model.trial.works else ModelState.BROKEN


def _fault(model: InstalledModel | None) -> str:
    return model.trial.fault if model and model.trial and not model.missing() else ""


def _machine(hardware: Hardware, root: Path) -> Machine:
    sets = set(hardware.instruction_sets)
    return Machine(
        processor=hardware.processor,
        threads=hardware.threads,
        memory_mb=hardware.memory_mb,
        free_mb=hardware.free_mb,
        disk_free_mb=_disk_free(root) // 1_000_000,
        gpus=hardware.gpus,
        slow=bool(sets) and not sets & _FAST,
    )


def _disk_free(folder: Path) -> int:
    """Of the disk that the folder is, or will be, on."""
    for existing in (folder, *folder.parents):
        with suppress(OSError):
            return shutil.disk_usage(existing).free
    return 0


def _folder_bytes(folder: Path) -> int:
    total = 0
    with suppress(OSError):
        for path in folder.iterdir():
            if path.suffix != ".quarantined" and path.is_file():
                total += path.stat().st_size
    return total
