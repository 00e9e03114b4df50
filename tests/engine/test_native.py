"""The threads of llama.cpp sleep while they wait, unless somebody wants it otherwise."""

import os

import pytest

from engine import native


@pytest.mark.parametrize(("given", "used"), [(None, "passive"), ("active", "active")])
def test_threads_sleep_while_they_wait(monkeypatch: pytest.MonkeyPatch, given: str | None, used: str) -> None:
    monkeypatch.setenv("OMP_WAIT_POLICY", given or "")
    if given is None:
        monkeypatch.delenv("OMP_WAIT_POLICY")
    assert native.llama_cpp().__name__ == "llama_cpp"
    assert os.environ["OMP_WAIT_POLICY"] == used
