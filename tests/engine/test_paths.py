"""One folder holds everything a learner has."""

from pathlib import Path

import pytest

from engine.paths import DataPaths, asset_path, data_paths, manifest_path


def test_the_chosen_folder_wins_over_the_environment(tmp_path: Path) -> None:
    environment = {"LLM_TUTOR_HOME": str(tmp_path / "other")}
    assert data_paths(tmp_path, environment).root == tmp_path
    assert data_paths(None, environment).root == tmp_path / "other"


def test_without_either_it_is_the_platforms_own_place_whatever_the_current_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for environment in ({}, {"LLM_TUTOR_HOME": ""}):
        root = data_paths(None, environment).root
        assert root.is_absolute()
        assert root.name == "llm-tutor"
        assert tmp_path not in root.parents


def test_a_relative_folder_and_a_home_folder_become_absolute(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "me"))
    monkeypatch.setenv("USERPROFILE", str(tmp_path / "me"))
    assert data_paths(Path("profile"), {}).root == tmp_path / "profile"
    assert data_paths(Path("~/profile"), {}).root == tmp_path / "me" / "profile"
    assert data_paths(None, {"LLM_TUTOR_HOME": "~/profile"}).root == tmp_path / "me" / "profile"


def test_everything_lies_in_the_folder_and_nothing_is_made_by_naming_it(tmp_path: Path) -> None:
    paths = DataPaths(tmp_path / "profile")
    named = [
        paths.learner_db, paths.backups, paths.packs, paths.models, paths.downloads, paths.settings_file,
        paths.keys, paths.logs,
    ]  # fmt: skip
    assert all(path.parent == paths.root for path in named)
    assert len(set(named)) == len(named)
    assert not paths.root.exists()


def test_what_is_shipped_with_the_program_is_there() -> None:
    assert asset_path("packs").is_dir()
    assert (manifest_path() / "schema.json").is_file()
