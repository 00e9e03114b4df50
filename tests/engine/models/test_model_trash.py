"""A removed model can be put back for an hour."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from engine.errors import ModelError
from engine.models.model_trash import KEPT, ModelTrash

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def _model(folder: Path, name: str = "tiny", *, content: bytes = b"GGUF") -> Path:
    made = folder / name
    made.mkdir(parents=True)
    (made / "model.json").write_text("{}")
    (made / "tiny.gguf").write_bytes(content)
    return made


def test_a_removed_model_is_gone_and_can_be_put_back_whole(tmp_path: Path) -> None:
    model = _model(tmp_path)
    trash = ModelTrash(tmp_path)
    trash.take("tiny", now=NOW)
    assert not model.exists()
    assert trash.put_back("tiny")
    assert (model / "tiny.gguf").read_bytes() == b"GGUF"


def test_the_last_of_two_removals_comes_back(tmp_path: Path) -> None:
    trash = ModelTrash(tmp_path)
    for hour, content in enumerate((b"old", b"new")):
        _model(tmp_path, content=content)
        trash.take("tiny", now=NOW + timedelta(hours=hour))
    assert trash.put_back("tiny")
    assert (tmp_path / "tiny" / "tiny.gguf").read_bytes() == b"new"


def test_what_is_installed_anew_is_not_replaced(tmp_path: Path) -> None:
    _model(tmp_path, content=b"old")
    trash = ModelTrash(tmp_path)
    trash.take("tiny", now=NOW)
    _model(tmp_path, content=b"new")
    assert not trash.put_back("tiny")
    assert (tmp_path / "tiny" / "tiny.gguf").read_bytes() == b"new"


def test_after_an_hour_it_is_deleted(tmp_path: Path) -> None:
    _model(tmp_path)
    trash = ModelTrash(tmp_path)
    trash.take("tiny", now=NOW)
    trash.empty(now=NOW + KEPT - timedelta(seconds=1))
    assert list((tmp_path / ".trash").iterdir())
    trash.empty(now=NOW + KEPT)
    assert not list((tmp_path / ".trash").iterdir())
    assert not trash.put_back("tiny")


def test_a_model_that_lies_elsewhere_is_not_deleted_with_its_link(tmp_path: Path) -> None:
    real = _model(tmp_path / "elsewhere")
    models = tmp_path / "models"
    models.mkdir()
    (models / "tiny").symlink_to(real, target_is_directory=True)
    trash = ModelTrash(models)
    trash.take("tiny", now=NOW)
    trash.empty(now=NOW + KEPT)
    assert (real / "tiny.gguf").is_file()


@pytest.mark.parametrize("name", ["", "unknown", "../outside", "."])
def test_only_an_installed_model_can_be_removed(tmp_path: Path, name: str) -> None:
    _model(tmp_path, "outside")
    models = tmp_path / "models"
    models.mkdir()
    with pytest.raises(ModelError):
        ModelTrash(models).take(name, now=NOW)
    assert (tmp_path / "outside" / "model.json").is_file()
