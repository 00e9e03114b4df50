"""How long llama.cpp's threads spin is decided by how busy the computer is, unless somebody else decided."""

import logging
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from engine import native


@pytest.fixture
def spins(monkeypatch: pytest.MonkeyPatch) -> Callable[..., str | None]:
    """The spins chosen on two cores with a load of ``busy``, ``given`` these variables."""

    def chosen(busy: float | None, **given: str) -> str | None:
        for name in ("OMP_WAIT_POLICY", "GOMP_SPINCOUNT"):
            monkeypatch.setenv(name, given.get(name, ""))
            if name not in given:
                monkeypatch.delenv(name)
        monkeypatch.setattr(os, "cpu_count", lambda: 2)
        if busy is None:
            monkeypatch.delattr(os, "getloadavg", raising=False)
        else:
            monkeypatch.setattr(os, "getloadavg", lambda: (busy, 0.0, 0.0), raising=False)
        assert native.llama_cpp().__name__ == "llama_cpp"
        return os.environ.get("GOMP_SPINCOUNT")

    return chosen


def test_threads_spin_on_a_quiet_computer_and_sleep_on_a_busy_one(spins: Callable[..., str | None]) -> None:
    assert spins(0.2) == "10000"
    assert spins(1.8) == "0"


def test_where_the_load_is_unknown_they_spin(spins: Callable[..., str | None]) -> None:
    assert spins(None) == "10000"


def test_what_was_decided_before_stays(spins: Callable[..., str | None]) -> None:
    assert spins(1.8, GOMP_SPINCOUNT="7") == "7"
    assert spins(1.8, OMP_WAIT_POLICY="active") is None


def test_nothing_is_left_open_at_the_end() -> None:
    program = "from engine.native import llama_cpp; llama_cpp()"
    done = subprocess.run(
        [sys.executable, "-X", "dev", "-c", program], capture_output=True, text=True, check=True
    )
    assert "unclosed" not in done.stderr


def test_what_llama_cpp_calls_an_error_is_logged_and_the_rest_is_not(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "bad.gguf").write_bytes(b"GGUF but not really")
    package = native.llama_cpp()
    caplog.set_level(logging.INFO)
    with pytest.raises(ValueError, match=r"bad\.gguf"):
        package.Llama(str(tmp_path / "bad.gguf"), vocab_only=True, verbose=False)
    assert caplog.messages != []
    assert all(message.startswith("llama.cpp: ") for message in caplog.messages)
