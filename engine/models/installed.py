"""Which models this data folder has: one folder a model, with a record beside its files.

A model exists as soon as its ``model.json`` does, which is written last. Reading costs a few small files;
nothing is loaded or summed.
"""

import json
import shutil
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from engine.atomic import storage_error, write_atomically
from engine.errors import ModelError
from engine.models.manifest import ModelFile, ModelKind

_RECORD = "model.json"


@dataclass(frozen=True, slots=True)
class TrialResult:
    """What happened when the file was loaded in a child process.

    Attributes:
        works: it was loaded and gave sensible output.
        fault: why not, in words; empty if it works.
        sha256: of the file that was tried.
        load_s: time to load, in seconds.
        prompt_tokens_s: speed of reading.
        decode_tokens_s: speed of writing; 0 for embedders.
        memory_mb: peak memory of the child.
        dimensions: length of a vector; 0 for language models.
        kind: what the file's own header says it is.
    """

    works: bool
    fault: str = ""
    sha256: str = ""
    load_s: float = 0.0
    prompt_tokens_s: float = 0.0
    decode_tokens_s: float = 0.0
    memory_mb: int = 0
    dimensions: int = 0
    kind: str = ""


@dataclass(frozen=True, slots=True)
class InstalledModel:
    """One model on this disk.

    Attributes:
        folder: where its files lie.
        files: with their sizes and sums when they were installed; the first is what the runtime opens.
        verified: their sums are those that the manifest knows to be right.
        source: where they came from.
        installed: when, in ISO 8601.
        context: longest window in tokens, if known.
        trial: how loading it went; None if it was never tried.
    """

    id: str
    name: str
    kind: ModelKind
    folder: Path
    files: tuple[ModelFile, ...]
    verified: bool
    source: str
    installed: str
    context: int | None = None
    trial: TrialResult | None = None

    @property
    def path(self) -> Path:
        """The file that the runtime opens."""
        return self.folder / self.files[0].name

    @property
    def usable(self) -> bool:
        """All files are there with their sizes, and loading did not fail."""
        return (self.trial is None or self.trial.works) and not self.missing()

    def missing(self) -> list[str]:
        """Names of files that are gone or have another size."""
        return [file.name for file in self.files if _size(self.folder / file.name) != file.bytes]


class InstalledModels:
    """The models in one folder (``DataPaths.models``)."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def all(self) -> list[InstalledModel]:
        """Every model, by id. A folder whose record cannot be read is left out."""
        return sorted(self._read_all(), key=lambda model: model.id)

    def find(self, identifier: str) -> InstalledModel | None:
        """The model called ``identifier``."""
        return next((model for model in self._read_all() if model.id == identifier), None)

    def usable(self, kind: ModelKind) -> list[InstalledModel]:
        """The models of one kind that can be used, the biggest first."""
        found = [model for model in self.all() if model.kind is kind and model.usable]
        return sorted(found, key=lambda model: -(model.files[0].bytes or 0))

    def folder(self, identifier: str) -> Path:
        """Where a model of this name lies, or would lie."""
        return self._root / identifier

    def write(self, model: InstalledModel) -> None:
        """Write or replace the record of ``model``."""
        stored = {name: value for name, value in asdict(model).items() if name != "folder"}
        write_atomically(model.folder / _RECORD, json.dumps(stored, indent=2).encode() + b"\n")

    def remember_trial(self, model: InstalledModel, trial: TrialResult) -> InstalledModel:
        """Keep how a trial went; returns the model with it."""
        tried = replace(model, trial=trial)
        self.write(tried)
        return tried

    def remove(self, identifier: str) -> int:
        """Delete a model; returns the bytes that this freed.

        Raises:
            ModelError: there is no such model.
        """
        model = self.find(identifier)
        if model is None:
            raise ModelError(f"No model {identifier!r} is installed.", todo="See: llm-tutor models list")
        freed = sum(_size(path) or 0 for path in model.folder.iterdir())
        try:
            (model.folder / _RECORD).unlink()
            shutil.rmtree(model.folder)
        except OSError as error:
            raise storage_error(error, model.folder) from error
        return freed

    def _read_all(self) -> Iterator[InstalledModel]:
        for record in self._root.glob(f"*/{_RECORD}"):
            try:
                yield _model(record.parent, json.loads(record.read_text(encoding="utf-8")))
            except (OSError, ValueError, KeyError, TypeError):
                continue


def _model(folder: Path, stored: dict[str, Any]) -> InstalledModel:
    trial = stored["trial"]
    return InstalledModel(
        **{
            **stored,
            "folder": folder,
            "kind": ModelKind(stored["kind"]),
            "files": tuple(ModelFile(**file) for file in stored["files"]),
            "trial": None if trial is None else TrialResult(**trial),
        }
    )


def _size(path: Path) -> int | None:
    return path.stat().st_size if path.is_file() else None
