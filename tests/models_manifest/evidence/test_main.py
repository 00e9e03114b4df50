import importlib.util
import json
from pathlib import Path

import pytest

from models_manifest.evidence import __main__ as command
from models_manifest.evidence.figures import curve, intervals, public_figures, rounded, school_figures
from tests.models_manifest.evidence.test_figures import judged


def test_the_card_is_written_from_the_figures_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = judged()
    figures = {
        "folds": [0, 1],
        "questions": 240,
        "public": rounded(public_figures(one)),
        "intervals": intervals(one),
        "school": rounded(school_figures(one, golden=False)),
        "golden": rounded(school_figures(one, golden=True)),
        "curve": [rounded(point) for point in curve(one)],
    }
    monkeypatch.setattr(command, "FIGURES_FILE", tmp_path / "figures.json")
    monkeypatch.setattr(command, "CARD_FILE", tmp_path / "card.md")
    (tmp_path / "figures.json").write_text(json.dumps(figures), encoding="utf-8")
    assert command.main(["card"]) == 0
    assert "2 folds, 240 readings" in (tmp_path / "card.md").read_text(encoding="utf-8")


def test_without_pytorch_training_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    assert command.main(["train"]) == 1
    assert "make train-evidence" in capsys.readouterr().err
