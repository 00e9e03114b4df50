"""Downloads that break, stop, lie and continue, against a real server."""

import hashlib
import json
import random
import shutil
import ssl
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from engine.cancel import CancelToken
from engine.download import Downloader, DownloadRequest
from engine.errors import Cancelled, DownloadError, ModelFileError, StorageFullError, StorageReadOnlyError
from engine.http_client import trust
from engine.types import Progress
from tests.engine.models.file_server import serving

CONTENT = random.Random(3).randbytes(3_000_000)
SHA256 = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("served")
    (folder / "model.bin").write_bytes(CONTENT)
    (folder / "login.html").write_bytes(b"<html>Please log in</html>")
    with serving(folder) as address:
        yield address


def _request(
    url: str, folder: Path, *, size: int | None = len(CONTENT), sha256: str | None = SHA256
) -> DownloadRequest:
    return DownloadRequest(url, folder / "model.bin", "The model", bytes=size, sha256=sha256)


def _fetch(
    request: DownloadRequest, *, attempts: int = 3, cancel: CancelToken | None = None
) -> tuple[str, list[Progress]]:
    seen: list[Progress] = []
    downloader = Downloader(attempts=attempts, sleep=lambda _: None)
    sha256 = downloader.fetch(request, cancel=cancel or CancelToken(), on_progress=seen.append)
    return sha256, seen


def _asked(server: str) -> list[str]:
    asked: list[str] = httpx.get(server + "log").json()
    return asked


def test_a_file_arrives_whole_and_leaves_nothing_else(server: str, tmp_path: Path) -> None:
    sha256, seen = _fetch(_request(server + "model.bin", tmp_path))
    assert sha256 == SHA256
    assert (tmp_path / "model.bin").read_bytes() == CONTENT
    assert [path.name for path in tmp_path.glob("model*")] == ["model.bin"]
    assert (seen[-1].done, seen[-1].total, seen[-1].unit) == (len(CONTENT), len(CONTENT), "bytes")


def test_a_file_of_unknown_size_and_sum_is_accepted_and_its_sum_told(server: str, tmp_path: Path) -> None:
    sha256, _ = _fetch(_request(server + "model.bin", tmp_path, size=None, sha256=None))
    assert sha256 == SHA256


def test_a_connection_that_breaks_again_and_again_is_continued_each_time(server: str, tmp_path: Path) -> None:
    _fetch(_request(server + "model.bin?cut=1100000", tmp_path))
    assert (tmp_path / "model.bin").read_bytes() == CONTENT
    assert _asked(server)[-2:] == ["bytes=1100000-", "bytes=2200000-"]


def test_an_answer_of_unstated_length_that_ends_early_is_continued(tmp_path: Path) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        start = int(request.headers.get("Range", "bytes=0-")[6:-1])
        head = {"ETag": '"one"', "Content-Range": f"bytes {start}-{len(CONTENT) - 1}/*"}
        return httpx.Response(
            206 if start else 200, headers=head, content=iter([CONTENT[start : start + 2_000_000]])
        )

    downloader = Downloader(lambda: httpx.Client(transport=httpx.MockTransport(answer)), sleep=lambda _: None)
    request = _request("http://hub/model.bin", tmp_path)
    assert downloader.fetch(request, cancel=CancelToken(), on_progress=lambda _: None) == SHA256


def test_without_progress_it_gives_up_and_keeps_what_arrived(server: str, tmp_path: Path) -> None:
    with pytest.raises(DownloadError, match="connection") as error:
        _fetch(_request(server + "model.bin?cut=0", tmp_path))
    assert "kept" in error.value.todo
    assert not (tmp_path / "model.bin").exists()


def test_a_cancelled_download_goes_on_where_it_stopped(server: str, tmp_path: Path) -> None:
    cancel = CancelToken()
    request = _request(server + "model.bin", tmp_path)
    with pytest.raises(Cancelled):
        Downloader().fetch(request, cancel=cancel, on_progress=lambda _: cancel.cancel())
    kept = request.part.stat().st_size
    assert 0 < kept < len(CONTENT)
    _fetch(request)
    assert (tmp_path / "model.bin").read_bytes() == CONTENT
    assert _asked(server)[-1] == f"bytes={kept}-"


def test_a_download_killed_in_the_middle_goes_on_where_it_stopped(server: str, tmp_path: Path) -> None:
    url = server + "model.bin?slow=0.02"
    code = (
        "import sys; from pathlib import Path; from engine.cancel import CancelToken;"
        "from engine.download import Downloader, DownloadRequest;"
        f"r = DownloadRequest({url!r}, Path({str(tmp_path / 'model.bin')!r}), 'x', {len(CONTENT)}, {SHA256!r});"
        "Downloader().fetch(r, cancel=CancelToken(), on_progress=lambda p: print(p.done, flush=True))"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        while int(child.stdout.readline()) < 1_000_000:
            pass
        child.kill()
    assert not (tmp_path / "model.bin").exists()
    kept = (tmp_path / "model.bin.part").stat().st_size
    assert kept > 0
    _fetch(_request(url, tmp_path))
    assert (tmp_path / "model.bin").read_bytes() == CONTENT
    assert _asked(server)[-1] == f"bytes={kept}-"


def test_another_version_on_the_server_is_fetched_from_the_start(server: str, tmp_path: Path) -> None:
    request = _request(server + "model.bin?etag=two", tmp_path)
    request.part.write_bytes(b"old" * 1000)
    request.note.write_text(json.dumps({"url": request.url, "validator": '"one"', "total": len(CONTENT)}))
    _fetch(request)
    assert (tmp_path / "model.bin").read_bytes() == CONTENT


def test_a_part_that_is_already_whole_is_not_fetched_again(server: str, tmp_path: Path) -> None:
    request = _request(server + "model.bin", tmp_path, size=None)
    request.part.write_bytes(CONTENT)
    request.note.write_text(json.dumps({"url": request.url, "validator": '"one"', "total": len(CONTENT)}))
    _, seen = _fetch(request)
    assert seen == []
    assert (tmp_path / "model.bin").read_bytes() == CONTENT


@pytest.mark.parametrize(
    ("path", "size", "why"),
    [("login.html", len(CONTENT), "bytes"), ("model.bin", 100, "bytes"), ("login.html", 26, "sha256")],
)
def test_the_wrong_file_is_set_aside_with_a_sentence(
    server: str, tmp_path: Path, path: str, size: int, why: str
) -> None:
    request = _request(server + path, tmp_path, size=size)
    with pytest.raises(ModelFileError, match=why) as error:
        _fetch(request)
    aside = tmp_path / "model.bin.quarantined"
    assert aside.is_file()
    assert str(aside) in error.value.what
    assert not request.target.exists()
    assert not request.part.exists()


def test_a_file_that_is_not_there_is_not_asked_for_twice(server: str, tmp_path: Path) -> None:
    before = len(_asked(server))
    with pytest.raises(DownloadError, match="status 404"):
        _fetch(_request(server + "nothing.bin", tmp_path))
    assert len(_asked(server)) == before + 1


def test_a_server_that_is_busy_is_asked_again(server: str, tmp_path: Path) -> None:
    before = len(_asked(server))
    with pytest.raises(DownloadError, match="status 503"):
        _fetch(_request(server + "model.bin?status=503", tmp_path))
    assert len(_asked(server)) == before + 3


def test_nobody_listening_is_said_plainly(tmp_path: Path) -> None:
    with pytest.raises(DownloadError, match="cannot be reached"):
        _fetch(_request("http://127.0.0.1:9/model.bin", tmp_path))


def test_too_little_space_is_said_before_anything_is_fetched(
    server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr("shutil.disk_usage", lambda _: usage._replace(free=1_000_000))
    before = len(_asked(server))
    with pytest.raises(StorageFullError, match="3 MB more"):
        _fetch(_request(server + "model.bin", tmp_path))
    assert len(_asked(server)) == before


@pytest.mark.parametrize(("code", "expected"), [(28, StorageFullError), (30, StorageReadOnlyError)])
def test_a_disk_that_refuses_in_the_middle_is_said_plainly(
    server: str, tmp_path: Path, code: int, expected: type[Exception]
) -> None:
    def refused(_: Progress) -> None:
        raise OSError(code, "refused")

    with pytest.raises(expected):
        Downloader().fetch(
            _request(server + "model.bin", tmp_path), cancel=CancelToken(), on_progress=refused
        )
    assert (tmp_path / "model.bin.part").stat().st_size > 0


def test_two_processes_do_not_write_the_same_part(server: str, tmp_path: Path) -> None:
    request = _request(server + "model.bin", tmp_path)

    def second(_: Progress) -> None:
        with pytest.raises(DownloadError, match="Another process"):
            _fetch(request)

    Downloader().fetch(request, cancel=CancelToken(), on_progress=second)
    assert (tmp_path / "model.bin").read_bytes() == CONTENT


def test_a_named_certificate_file_is_the_one_that_is_trusted(tmp_path: Path) -> None:
    wrong = tmp_path / "school.pem"
    wrong.write_text("not a certificate")
    with pytest.raises(ssl.SSLError):
        trust({"PIP_CERT": str(wrong)})
    assert trust({"SSL_CERT_FILE": str(tmp_path / "gone.pem")}).verify_mode is ssl.CERT_REQUIRED
