import importlib.util

import pytest

from models_manifest.evidence import __main__ as command


def test_without_pytorch_training_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    assert command.main(["train"]) == 1
    assert "make train-evidence" in capsys.readouterr().err
