"""Settings survive a round trip; a wrong value is named, with what it must be."""

import json
from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import SettingsError
from engine.settings import Settings, load_settings, save_settings

_SETTINGS = st.builds(
    Settings,
    llm=st.text(),
    embedder=st.text(),
    reranker=st.text(),
    server_url=st.text(),
    server_model=st.text(),
    server_key_variable=st.text(),
    threads=st.integers(0, 512),
    context_tokens=st.integers(512, 131_072),
    answer_limit_s=st.floats(1, 3600),
)


@given(_SETTINGS)
def test_what_is_saved_is_loaded(tmp_path_factory: pytest.TempPathFactory, settings: Settings) -> None:
    path = tmp_path_factory.getbasetemp() / "settings.json"
    save_settings(path, settings)
    assert load_settings(path) == settings


def test_a_missing_file_and_missing_values_mean_the_defaults(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    assert load_settings(path) == Settings()
    path.write_text('{"threads": 3}')
    assert load_settings(path) == Settings(threads=3)


def test_settings_of_a_newer_version_are_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text('{"threads": 3, "voice": {"speed": 2}}')
    assert load_settings(path) == Settings(threads=3)


_WRONG: dict[str, list[object]] = {
    "llm": [None, 1, ["a"], True],
    "embedder": [None, 1],
    "reranker": [None, {}],
    "server_url": [None, 80],
    "server_model": [None, 7],
    "server_key_variable": [None, False],
    "threads": [-1, 513, 2.5, "4", None, True],
    "context_tokens": [511, 131_073, 4096.0, "4096", None, False],
    "answer_limit_s": [0.5, 3601, float("nan"), float("inf"), -1, "60", None, True],
}


def test_every_setting_has_wrong_values_here() -> None:
    assert set(_WRONG) == {field.name for field in fields(Settings)}


@pytest.mark.parametrize(
    ("name", "value"), [(name, value) for name, wrong in _WRONG.items() for value in wrong]
)
def test_a_wrong_value_is_refused_by_its_name(tmp_path: Path, name: str, value: object) -> None:
    path = tmp_path / "settings.json"
    path.write_text(json.dumps({name: value}))
    with pytest.raises(SettingsError, match=name) as caught:
        load_settings(path)
    assert caught.value.todo.startswith("It must be")


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"\xff\xfe\x00", b"[" * 100_000, b"[1, 2]", b'"text"', b"null"],
    ids=["a", "b", "c", "d", "e", "f", "g"],
)
def test_a_file_that_is_no_settings_file_is_refused_with_its_name(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "settings.json"
    path.write_bytes(content)
    with pytest.raises(SettingsError, match=r"settings\.json") as caught:
        load_settings(path)
    assert "elete it" in caught.value.todo
    assert path.read_bytes() == content


def test_a_folder_in_its_place_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError):
        load_settings(tmp_path)
