"""Fetching one file over HTTP so that nothing is lost and nothing wrong is used.

What has arrived lies in ``<target>.part`` with a note of where it came from beside it (``.part.json``), so a
download that was cancelled or killed goes on where it stopped, if the server still has the same file. Only a
file of the right size and sum gets its name. Which file to fetch, and from where, is decided elsewhere.
"""

import hashlib
import json
import logging
import os
import shutil
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING

from engine.atomic import storage_error, write_atomically
from engine.cancel import CancelToken
from engine.errors import DownloadError, ModelFileError, StorageFullError
from engine.http_client import TryAgainError, check_status, http_client, http_errors
from engine.types import Progress

if TYPE_CHECKING:
    import httpx

    from engine.protocols import ProgressCallback

_log = logging.getLogger(__name__)
_SPARE_BYTES = 64 << 20
_LATER = "What has arrived is kept: run the same command again to continue."


@dataclass(frozen=True, slots=True)
class DownloadRequest:
    """One file to fetch.

    Attributes:
        target: where it will lie.
        label: what the person reads.
        bytes: its size, if known.
        sha256: its sum, if known.
    """

    url: str
    target: Path
    label: str
    bytes: int | None = None
    sha256: str | None = None

    @property
    def part(self) -> Path:
        """What has arrived so far."""
        return self.target.with_name(self.target.name + ".part")

    @property
    def note(self) -> Path:
        """Which file of which server the part is of."""
        return self.target.with_name(self.target.name + ".part.json")


class Downloader:
    """Fetches files; one client for a whole job.

    Args:
        client: makes the HTTP client, at the first download.
        attempts: tries without progress before giving up.
        sleep: waits that many seconds between tries.
    """

    def __init__(
        self,
        client: "Callable[[], httpx.Client] | None" = None,
        *,
        attempts: int = 5,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._client = client or http_client
        self._attempts = attempts
        self._sleep = sleep

    def fetch(self, request: DownloadRequest, *, cancel: CancelToken, on_progress: "ProgressCallback") -> str:
        """Fetch the file, continuing an earlier download of it; returns its sha256.

        Raises:
            Cancelled: the token was set; what has arrived is kept.
            DownloadError: the server cannot be reached, or does not have the file.
            ModelFileError: the file is not the one that was wanted; it was set aside.
            StorageError: no room, or no right to write.
        """
        try:
            request.target.parent.mkdir(parents=True, exist_ok=True)
            with request.part.open("ab") as part:
                _lock(part, request)
                check_space(request.target, (request.bytes or 0) - part.tell())
                self._receive(request, part, cancel=cancel, on_progress=on_progress)
                part.flush()
                os.fsync(part.fileno())
            return _accept(request, cancel=cancel)
        except OSError as error:
            raise storage_error(error, request.target) from error

    def _receive(
        self,
        request: DownloadRequest,
        part: IO[bytes],
        *,
        cancel: CancelToken,
        on_progress: "ProgressCallback",
    ) -> None:
        failures = 0
        with self._client() as client:
            while True:
                before = part.tell()
                cancel.check()
                try:
                    _receive_once(client, request, part, cancel=cancel, on_progress=on_progress)
                    return
                except TryAgainError as error:
                    failures = 1 if part.tell() > before else failures + 1
                    _log.info("download of %s interrupted: %s", request.target.name, error)
                    if failures >= self._attempts:
                        raise DownloadError(
                            f"{request.label} could not be downloaded: {error}.", todo=_LATER
                        ) from error
                    self._wait(2.0 ** (failures - 1), cancel)

    def _wait(self, seconds: float, cancel: CancelToken) -> None:
        for _ in range(round(seconds * 10)):
            cancel.check()
            self._sleep(0.1)


def _receive_once(
    client: "httpx.Client",
    request: DownloadRequest,
    part: IO[bytes],
    *,
    cancel: CancelToken,
    on_progress: "ProgressCallback",
) -> None:
    """One request: append what the server sends to ``part``, or start it afresh."""
    if request.bytes is not None and part.tell() >= request.bytes:
        return
    with (
        http_errors(request.label),
        client.stream("GET", request.url, headers=_headers(request, part.tell())) as response,
    ):
        if response.status_code == 416 and _total(response.headers, 0) == part.tell():
            return
        check_status(request.label, response.status_code)
        if response.status_code == 200:
            _start_afresh(request, part)
        elif not response.headers.get("content-range", "").startswith(f"bytes {part.tell()}-"):
            _start_afresh(request, part)
            raise TryAgainError("the server has another file now")
        total = _total(response.headers, part.tell()) or request.bytes
        _remember(request, response.headers, total)
        check_space(request.target, (total or 0) - part.tell())
        for block in response.iter_raw():
            part.write(block)
            on_progress(Progress(request.label, part.tell(), total, "bytes"))
            cancel.check()
            if request.bytes is not None and part.tell() > request.bytes:
                return
        if total is not None and part.tell() < total:
            raise TryAgainError("the connection ended early")


def _headers(request: DownloadRequest, have: int) -> dict[str, str]:
    """Ask for the rest, on condition that it is still the same file (RFC 9110, section 13.1.5)."""
    plain = {"Accept-Encoding": "identity"}
    known = _noted(request)
    if not have or known.get("url") != request.url:
        return plain
    validator = known.get("validator", "")
    if not validator and request.sha256 is None:
        return plain
    return {**plain, "Range": f"bytes={have}-"} | ({"If-Range": validator} if validator else {})


def _noted(request: DownloadRequest) -> dict[str, str]:
    try:
        known = json.loads(request.note.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return known if isinstance(known, dict) else {}


def _remember(request: DownloadRequest, headers: Mapping[str, str], total: int | None) -> None:
    etag = headers.get("etag", "")
    validator = headers.get("last-modified", "") if not etag or etag.startswith("W/") else etag
    note = {"url": request.url, "validator": validator, "total": total}
    write_atomically(request.note, json.dumps(note).encode())


def _start_afresh(request: DownloadRequest, part: IO[bytes]) -> None:
    part.truncate(0)
    part.seek(0)
    request.note.unlink(missing_ok=True)


def _total(headers: Mapping[str, str], have: int) -> int | None:
    """Size of the whole file, from the answer's head."""
    whole = headers.get("content-range", "").rpartition("/")[2]
    if whole.isdigit():
        return int(whole)
    length = headers.get("content-length", "")
    return have + int(length) if length.isdigit() else None


def check_space(target: Path, wanted: int) -> None:
    """Refuse to begin what cannot be finished: ``wanted`` more bytes beside ``target``.

    Raises:
        StorageFullError: there is no room for them.
    """
    free = shutil.disk_usage(target.parent).free
    if wanted > 0 and free < wanted + _SPARE_BYTES:
        raise StorageFullError(
            f"{target.name} needs {wanted / 1e6:,.0f} MB more, and {target.parent} has {free / 1e6:,.0f} MB free.",
            todo="Free some space, or choose another data folder with --profile.",
        )


def _accept(request: DownloadRequest, *, cancel: CancelToken) -> str:
    """Give the finished file its name, or set it aside."""
    size = request.part.stat().st_size
    sha256 = sha256_of(request.part, cancel=cancel)
    request.note.unlink(missing_ok=True)
    if request.bytes not in (None, size):
        raise set_aside(request.part, request.label, f"it has {size:,} bytes instead of {request.bytes:,}")
    if request.sha256 not in (None, sha256):
        raise set_aside(
            request.part, request.label, "its contents are not those that were announced (sha256)"
        )
    request.part.replace(request.target)
    return sha256


def set_aside(path: Path, label: str, why: str) -> ModelFileError:
    """Move a bad file out of the way, under a name that nothing uses; returns the error that says so."""
    name = path.name.removesuffix(".part")
    aside = path.with_name(f"{name}.quarantined")
    path.replace(aside)
    return ModelFileError(
        f"{label} is not the right file: {why}. It was set aside as {aside}.",
        todo="Try again; if it happens twice, do not trust that source, and delete the file.",
    )


def sha256_of(path: Path, *, cancel: CancelToken) -> str:
    """The sha256 of a file, in hexadecimal.

    Raises:
        Cancelled: the token was set.
    """
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 22):
            digest.update(block)
            cancel.check()
    return digest.hexdigest()


def _lock(part: IO[bytes], request: DownloadRequest) -> None:
    """Keep a second process out of the same part file; the lock dies with this process."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(part.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(part.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        raise DownloadError(
            f"Another process is downloading {request.label} already.", todo="Wait until it has finished."
        ) from error
