import importlib.util
from pathlib import Path

import pytest

from models_manifest.evidence import __main__ as command


def test_without_pytorch_training_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    assert command.main(["train"]) == 1
    assert "make train-evidence" in capsys.readouterr().err


def test_nothing_is_published_before_there_are_file_and_figures(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(command, "FIGURES_FILE", tmp_path / "figures.json")
    (tmp_path / "model.gguf").write_bytes(b"weights")
    assert command.main(["publish", "--model", str(tmp_path / "model.gguf")]) == 1
    assert "figures.json is not there yet" in capsys.readouterr().err
