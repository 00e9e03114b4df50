"""Every test runs with its own data folder and without a network; loopback stays open for local servers.

So do the processes that a test starts: what they ask of the world goes to a door where nobody answers.
"""

import os
import socket
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
MODELS_HOME = Path(os.environ.get("LLM_TUTOR_TEST_MODELS", ROOT / ".models"))
SHARED = ROOT.parent / "shared" / "data"
_NOBODY = "http://127.0.0.1:9"


@pytest.fixture(autouse=True)
def _own_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LLM_TUTOR_HOME", str(tmp_path / "home"))


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in (
            "127.0.0.1",
            "::1",
            "localhost",
        ):
            pytest.fail(f"a test tried to reach {address}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)
    for name in ("HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, _NOBODY)
        monkeypatch.setenv(name.lower(), _NOBODY)
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.setenv(name, "127.0.0.1,localhost,::1")
    monkeypatch.setenv("PIP_INDEX_URL", f"{_NOBODY}/")


def _model_file(identifier: str) -> Path:
    folder = MODELS_HOME / "models" / identifier
    found = sorted(folder.glob("*.gguf"))
    if not found:
        pytest.skip(f"{identifier} is not installed: run `make models`")
    return found[0]


@pytest.fixture(scope="session")
def llm_path() -> Path:
    """The embedded default language model."""
    return _model_file("smollm2-135m-instruct")


@pytest.fixture(scope="session")
def embedder_path() -> Path:
    """The embedded default embedder."""
    return _model_file("all-minilm-l6-v2")


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The evaluation sets, which are no part of the product."""
    if not SHARED.is_dir():
        pytest.skip("the evaluation sets are not here")
    return SHARED
