"""The manifests that are shipped."""

import json
import shutil
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from engine.errors import ModelError
from engine.models.manifest import AssetSource, Manifest, ModelKind, WheelSource, read_manifest
from engine.paths import manifest_path


def faults(folder: Path) -> list[str]:
    """What the JSON Schema finds wrong in ``folder``, one line a fault."""
    validator = Draft202012Validator(json.loads((folder / "schema.json").read_text(encoding="utf-8")))
    return [
        f"{kind}.json: {fault.json_path}: {fault.message}"
        for kind in ModelKind
        for fault in validator.iter_errors(json.loads((folder / f"{kind}.json").read_text(encoding="utf-8")))
    ]


@pytest.fixture(scope="module")
def manifest() -> Manifest:
    return read_manifest(manifest_path())


def test_the_shipped_files_follow_their_schema() -> None:
    assert faults(manifest_path()) == []


def test_every_kind_has_entries_and_no_id_or_file_sum_is_used_twice(manifest: Manifest) -> None:
    assert {entry.kind for entry in manifest.entries} == set(ModelKind)
    ids = [entry.id for entry in manifest.entries]
    assert len(ids) == len(set(ids))
    sums = [entry.files[0].sha256 for entry in manifest.entries if entry.files[0].sha256]
    assert len(sums) == len(set(sums))


def test_the_default_models_come_from_pinned_wheels_or_with_the_program_and_are_verified(
    manifest: Manifest,
) -> None:
    fetched = ["smollm2-135m-instruct", "all-minilm-l6-v2"]
    assert [entry.id for entry in manifest.defaults()] == [*fetched, "llm-tutor-evidence"]
    for entry in manifest.defaults():
        assert isinstance(entry.sources[0], WheelSource if entry.id in fetched else AssetSource)
        assert entry.verified


def test_every_entry_can_be_added_from_a_folder(manifest: Manifest) -> None:
    assert all(type(entry.sources[-1]).__name__ == "FileSource" for entry in manifest.entries)


def test_no_package_index_is_named(manifest: Manifest) -> None:
    for path in manifest_path().glob("*.json"):
        text = path.read_text(encoding="utf-8")
        assert "pypi" not in text
        assert "pythonhosted" not in text
    assert manifest.find("nothing") is None


def test_an_entry_without_a_sum_may_not_be_called_verified(tmp_path: Path) -> None:
    shutil.copytree(manifest_path(), tmp_path, dirs_exist_ok=True)
    stored = json.loads((tmp_path / "safety.json").read_text(encoding="utf-8"))
    stored["models"][0]["verified"] = True
    (tmp_path / "safety.json").write_text(json.dumps(stored), encoding="utf-8")
    assert any("safety.json" in fault for fault in faults(tmp_path))


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"format": 2, "kind": "llm", "models": []}'])
def test_a_damaged_manifest_is_said_plainly(tmp_path: Path, content: str) -> None:
    shutil.copytree(manifest_path(), tmp_path, dirs_exist_ok=True)
    (tmp_path / "llm.json").write_text(content, encoding="utf-8")
    with pytest.raises(ModelError, match="damaged"):
        read_manifest(tmp_path)
