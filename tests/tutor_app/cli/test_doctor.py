"""``llm-tutor doctor``: every part is looked at, and says how to mend it."""

import json
from pathlib import Path

import pytest

from engine.clock import SystemClock
from engine.models.installed import TrialResult
from engine.paths import DataPaths
from engine.storage.database import open_learner_database
from tutor_app.__main__ import main


def _parts(capsys: pytest.CaptureFixture[str]) -> dict[str, dict[str, str]]:
    return {part["part"]: part for part in json.loads(capsys.readouterr().out)["parts"]}


def test_an_empty_folder_needs_attention_but_the_tutor_can_work(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor", "--json"]) == 0
    parts = _parts(capsys)
    assert parts["Models"]["state"] == "attention"
    assert "llm-tutor prepare" in parts["Models"]["mend"]
    assert "Until then answers are quotations. " in parts["Models"]["mend"]
    assert parts["Database driver"]["state"] in {"ok", "attention"}
    assert all(part["mend"] for part in parts.values() if part["state"] != "ok")


def test_a_person_reads_one_line_a_part_and_a_verdict(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor"]) == 0
    shown = capsys.readouterr().out
    assert shown.rstrip().endswith("The tutor can work.")
    assert "Python: 3." in shown


def test_sound_data_is_called_sound(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    open_learner_database(DataPaths(tmp_path / "home"), SystemClock()).close()
    assert main(["doctor", "--json"]) == 0
    assert _parts(capsys)["Learner's data"]["message"].startswith("sound")


def test_damaged_data_is_broken(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    paths = DataPaths(tmp_path / "home")
    paths.root.mkdir()
    paths.learner_db.write_bytes(b"not a database at all" * 500)
    assert main(["doctor", "--json"]) == 1
    part = _parts(capsys)["Learner's data"]
    assert part["state"] == "broken"
    assert part["mend"]


def test_a_data_folder_that_is_a_file_is_broken(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "home").write_text("a file")
    assert main(["doctor", "--json"]) == 1
    assert "is not a folder" in _parts(capsys)["Data folder"]["message"]


def test_a_part_that_crashes_does_not_take_the_others_down(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("engine.models.hardware.look_at_hardware", lambda: 1 / 0)
    assert main(["doctor", "--json"]) == 1
    parts = _parts(capsys)
    assert "ZeroDivisionError" in parts["Computer"]["message"]
    assert parts["Python"]["state"] == "ok"


def test_the_speed_of_an_installed_model_is_said_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    trial = TrialResult(True, prompt_tokens_s=900.0, decode_tokens_s=100.0, kind="llm")
    monkeypatch.setattr("engine.models.install.try_model", lambda *_, **__: trial)
    (tmp_path / "mine.gguf").write_bytes(b"GGUF" + bytes(10_000_000))
    main(["models", "add", str(tmp_path / "mine.gguf")])
    capsys.readouterr()
    assert main(["doctor", "--json"]) == 0
    assert "mine" in _parts(capsys)["Speed"]["message"]


def test_a_model_that_lost_its_file_needs_attention(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    trial = TrialResult(True, kind="llm")
    monkeypatch.setattr("engine.models.install.try_model", lambda *_, **__: trial)
    (tmp_path / "mine.gguf").write_bytes(b"GGUF")
    main(["models", "add", str(tmp_path / "mine.gguf")])
    (tmp_path / "home" / "models" / "mine" / "mine.gguf").unlink()
    capsys.readouterr()
    assert main(["doctor", "--json"]) == 0
    assert "incomplete" in _parts(capsys)["Models"]["message"]
