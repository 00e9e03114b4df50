"""What works on this machine, and how to mend what does not: one finding for each part of the product.

Each part is looked at by one function here, and none may take the others down. ``llm-tutor doctor`` and the window
show the same findings; what only one of them can look at (the terminal, the display) it adds itself, with ``look_at``.
"""

from __future__ import annotations

import importlib.util
import platform
import shutil
import sys
import tempfile
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from engine.atomic import storage_error
from engine.clock import SystemClock
from engine.errors import UserFacingError
from engine.paths import DataPaths, manifest_path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_LITTLE_SPACE_MB = 500
_LITTLE_MEMORY_MB = 2000
_OLDEST_PYTHON = (3, 11)
_OTHER_FOLDER = "llm-tutor --profile FOLDER"
_UNTIL_THEN = {
    "llm": "Until then answers are quotations.",
    "embedder": "Until then passages are found by words.",
    "reranker": "Until then simpler rules judge what answers a question.",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """How one part is.

    Attributes:
        mend: what to do about it, in words that hold in a terminal and in a window; empty when it is ok.
        command: what does that in a terminal, where a command does.
    """

    part: str
    state: Literal["ok", "attention", "broken"]
    message: str
    mend: str = ""
    command: str = ""


def parts() -> tuple[str, ...]:
    """What ``look`` looks at, in its order."""
    return tuple(_PARTS)


def look(paths: DataPaths) -> Iterator[Finding]:
    """Look at every part, one after the other; timing a model takes some seconds."""
    for part, check in _PARTS.items():
        yield look_at(part, check, paths)


def look_at(part: str, check: Callable[[DataPaths], Finding], paths: DataPaths) -> Finding:
    """What ``check`` finds; whatever it raises is a finding too."""
    try:
        return check(paths)
    except UserFacingError as error:
        return Finding(part, "broken", error.what, error.todo)
    except Exception as error:  # noqa: BLE001 - a part that cannot be looked at is itself a finding
        return Finding(
            part,
            "broken",
            f"cannot be looked at ({type(error).__name__}: {error})",
            "Install the program again.",
            "make run",
        )


def _python(_: DataPaths) -> Finding:
    about = f"{platform.python_version()} on {platform.system()} {platform.machine()}"
    if sys.version_info < _OLDEST_PYTHON:
        return Finding("Python", "broken", about, "Install Python 3.11 or newer.")
    return Finding("Python", "ok", about)


def _database_driver(_: DataPaths) -> Finding:
    from engine.storage.sqlite import OpenMode, connect, load_vector_extension, sqlite_version

    about = f"SQLite {sqlite_version()} through sqlcipher3 {version('sqlcipher3')}"
    with tempfile.TemporaryDirectory() as folder:
        connection = connect(Path(folder) / "try.db", mode=OpenMode.REBUILDABLE)
        try:
            if load_vector_extension(connection):
                return Finding("Database driver", "ok", f"{about}, with sqlite-vec {version('sqlite-vec')}")
        finally:
            connection.close()
    mend = "Nothing need be done: search by meaning works, a little slower on large packs."
    return Finding("Database driver", "attention", f"{about}, without sqlite-vec", mend)


def _data_folder(paths: DataPaths) -> Finding:
    from engine.storage.file_system import network_file_system

    if paths.root.exists() and not paths.root.is_dir():
        return Finding(
            "Data folder", "broken", f"{paths.root} is not a folder", "Choose another one.", _OTHER_FOLDER
        )
    try:
        paths.root.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=paths.root) as file:
            file.write(b"x")
            file.flush()
    except OSError as error:
        raise storage_error(error, paths.root / "x") from error
    free = shutil.disk_usage(paths.root).free // 1_000_000
    about = f"{paths.root}, {free:,} MB free"
    kind = network_file_system(paths.root)
    if kind:
        return Finding(
            "Data folder",
            "attention",
            f"{about}, on a network drive ({kind})",
            "Choose a folder on this computer.",
            _OTHER_FOLDER,
        )
    if free < _LITTLE_SPACE_MB:
        return Finding(
            "Data folder", "attention", about, "Free some space: models and packs need a few hundred MB."
        )
    return Finding("Data folder", "ok", about)


def _learner_data(paths: DataPaths) -> Finding:
    from engine.storage.backup import check_sound, check_version, list_backups
    from engine.storage.sqlite import OpenMode, connect

    if not paths.learner_db.is_file():
        return Finding("Learner's data", "ok", "none yet")
    connection = connect(paths.learner_db, mode=OpenMode.READ_ONLY)
    try:
        schema = check_version(connection, paths.learner_db)
        check_sound(connection, paths.learner_db)
    finally:
        connection.close()
    return Finding(
        "Learner's data", "ok", f"sound, schema {schema}, {len(list_backups(paths.backups))} backups"
    )


def _models(paths: DataPaths) -> Finding:
    from engine.models.install import ModelInstaller
    from engine.models.manifest import read_manifest

    installer = ModelInstaller(paths, read_manifest(manifest_path()), SystemClock())
    models = installer.installed.all()
    bad = [model for model in models if not model.usable]
    if bad:
        why = "incomplete" if bad[0].missing() else bad[0].trial.fault if bad[0].trial else ""
        return Finding(
            "Models",
            "attention",
            f"{bad[0].id} cannot be used: {why}",
            "Remove it, then add it again.",
            f"llm-tutor models remove {bad[0].id}",
        )
    about = ", ".join(model.id if model.verified else f"{model.id} (unverified)" for model in models)
    missing = installer.missing_defaults()
    if missing:
        names = ", ".join(entry.id for entry in missing)
        until_then = [_UNTIL_THEN[entry.kind] for entry in missing if entry.kind in _UNTIL_THEN]
        return Finding(
            "Models",
            "attention",
            f"not installed: {names}; installed: {about or 'none'}",
            " ".join(["Fetch them.", *until_then]),
            "llm-tutor prepare",
        )
    return Finding("Models", "ok", about)


def _model_runtime(_: DataPaths) -> Finding:
    if importlib.util.find_spec("llama_cpp") is None:
        return Finding(
            "Model runtime",
            "attention",
            "llama-cpp-python is not installed",
            "Install the program again with a C++ compiler present. Until then answers are quotations, found by words.",
            "make run",
        )
    return Finding("Model runtime", "ok", f"llama-cpp-python {version('llama-cpp-python')}")


def _processor(_: DataPaths) -> Finding:
    from engine.models.hardware import look_at_hardware

    hardware = look_at_hardware()
    about = (
        f"{hardware.processor or hardware.system}, {hardware.threads} threads, {hardware.memory_mb:,} MB of memory "
        f"({hardware.free_mb:,} free), {' '.join(hardware.instruction_sets) or 'instruction sets unknown'}, "
        f"{', '.join(hardware.gpus) or 'no GPU visible'}"
    )
    if hardware.memory_mb < _LITTLE_MEMORY_MB:
        return Finding("Computer", "attention", about, "Use only the small default models on this computer.")
    if hardware.instruction_sets and not {"avx2", "asimd"} & set(hardware.instruction_sets):
        return Finding(
            "Computer",
            "attention",
            about,
            "Language models will be slow: answers stay quotations for longer.",
        )
    return Finding("Computer", "ok", about)


def _packs(paths: DataPaths) -> Finding:
    from engine.content.pack_store import PackStore
    from engine.preparation import unfinished_packs
    from engine.settings import load_settings

    store = PackStore(paths.packs)
    installed, damaged = store.installed(), store.damaged()
    if damaged:
        return Finding(
            "Packs",
            "attention",
            f"damaged: {', '.join(damaged)}",
            "Remove each, then add it again.",
            "llm-tutor packs remove ID",
        )
    if not installed:
        return Finding(
            "Packs",
            "attention",
            "none installed",
            "Install the starter packs, or add a document of your own.",
            "llm-tutor prepare",
        )
    unfinished = unfinished_packs(paths, load_settings(paths.settings_file))
    if unfinished:
        names = ", ".join(pack.info.title for pack in unfinished)
        return Finding(
            "Packs",
            "attention",
            f"searched by words only: {names}",
            "The window finishes them by itself.",
            "llm-tutor prepare",
        )
    return Finding("Packs", "ok", ", ".join(pack.info.title for pack in installed))


def _speed(paths: DataPaths) -> Finding:
    from engine.models.advise import advise
    from engine.models.hardware import look_at_hardware
    from engine.models.install import ModelInstaller
    from engine.models.manifest import ModelKind, read_manifest
    from engine.models.sources import Job

    manifest = read_manifest(manifest_path())
    installer = ModelInstaller(paths, manifest, SystemClock())
    models = installer.installed.usable(ModelKind.LLM)
    if not models:
        return Finding("Speed", "ok", "no language model to time; answers are quotations, at once")
    timed = installer.time(models[-1], Job())
    advice = advise(look_at_hardware(), manifest.entries, timed)
    best = next((item for item in advice if item.recommended), None)
    words = next((item.words for item in advice if item.id == timed.id), "works")
    if best is None:
        return Finding("Speed", "attention", f"{timed.id}: {words}", "Close other programs, and look again.")
    return Finding("Speed", "ok", f"{timed.id}: {words}; the best model for this computer is {best.id}")


_PARTS: dict[str, Callable[[DataPaths], Finding]] = {
    "Python": _python,
    "Database driver": _database_driver,
    "Data folder": _data_folder,
    "Learner's data": _learner_data,
    "Packs": _packs,
    "Models": _models,
    "Model runtime": _model_runtime,
    "Computer": _processor,
    "Speed": _speed,
}
