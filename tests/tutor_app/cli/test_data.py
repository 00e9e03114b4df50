"""``llm-tutor data``."""

import json
from pathlib import Path

import pytest

from engine.clock import SystemClock
from engine.paths import DataPaths
from engine.storage.database import open_learner_database
from tests.engine.storage.profile import ask, questions, recorder
from tutor_app.__main__ import main


@pytest.fixture
def paths(tmp_path: Path) -> DataPaths:
    """A profile in which one question was asked."""
    paths = DataPaths(tmp_path / "profile")
    with open_learner_database(paths, SystemClock()) as database:
        ask(database, "Why is grass green? 🌱")
    return paths


def _run(paths: DataPaths, *arguments: str) -> int:
    return main(["--profile", str(paths.root), "data", *arguments])


def _json(capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    value = json.loads(capsys.readouterr().out)
    assert isinstance(value, dict)
    return value


def _questions(paths: DataPaths) -> list[str]:
    with open_learner_database(paths, SystemClock()) as database:
        return questions(database)


def _ask(paths: DataPaths, question: str) -> None:
    with open_learner_database(paths, SystemClock()) as database:
        ask(database, question)


def test_a_backup_is_made_listed_and_restored(paths: DataPaths, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(paths, "backup", "--json") == 0
    made = _json(capsys)
    _ask(paths, "later")
    assert _run(paths, "list", "--json") == 0
    listed = _json(capsys)["backups"]
    assert isinstance(listed, list)
    assert listed[0]["file"] == made["file"]
    assert listed[0]["bytes"] == made["bytes"]
    assert _run(paths, "restore", "latest", "--json") == 0
    restored = _json(capsys)
    assert restored["restored"] == made["file"]
    assert _questions(paths) == ["Why is grass green? 🌱"]
    kept = DataPaths(paths.root.parent / "kept")
    assert _run(kept, "restore", str(restored["kept"])) == 0
    assert _questions(kept) == ["Why is grass green? 🌱", "later"]


def test_a_backup_goes_to_a_file_that_is_named(
    paths: DataPaths, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "stick" / "my data.db"
    assert _run(paths, "backup", str(target)) == 0
    assert capsys.readouterr().out == f"Backed up to {target}.\n"
    elsewhere = DataPaths(tmp_path / "elsewhere")
    assert _run(elsewhere, "restore", str(target)) == 0
    assert _questions(elsewhere) == ["Why is grass green? 🌱"]


def test_without_data_there_is_nothing_to_back_up(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(DataPaths(tmp_path / "none"), "backup") == 2
    assert "no learner's data" in capsys.readouterr().err
    assert not (tmp_path / "none").exists()
    assert _run(DataPaths(tmp_path / "none"), "restore", "latest") == 2
    assert _run(DataPaths(tmp_path / "none"), "list") == 0


@pytest.mark.parametrize("content", [b"", b"not a database at all" * 1000, None])
def test_a_file_that_is_no_backup_is_refused(
    paths: DataPaths, tmp_path: Path, content: bytes | None, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "file.db"
    if content is not None:
        file.write_bytes(content)
    assert _run(paths, "restore", str(file)) == 1
    assert len(capsys.readouterr().err.splitlines()) == 2
    assert _questions(paths) == ["Why is grass green? 🌱"]


@pytest.mark.parametrize("action", [("restore", "latest"), ("erase", "--yes")])
def test_data_in_use_is_not_replaced(
    paths: DataPaths, action: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    with open_learner_database(paths, SystemClock()) as database:
        assert _run(paths, *action) == 1
        assert "Close it" in capsys.readouterr().err
        assert questions(database) == ["Why is grass green? 🌱"]


@pytest.mark.parametrize("action", ["backup", "export"])
def test_no_copy_takes_the_place_of_the_data(
    paths: DataPaths, action: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = paths.learner_db.stat().st_ino
    assert _run(paths, action, str(paths.learner_db)) == 1
    assert "is the data that is in use" in capsys.readouterr().err
    assert paths.learner_db.stat().st_ino == before
    assert _questions(paths) == ["Why is grass green? 🌱"]


def test_a_damaged_profile_is_mended_by_any_command(
    paths: DataPaths, capsys: pytest.CaptureFixture[str]
) -> None:
    paths.learner_db.write_bytes(b"damage" * 10_000)
    assert _run(paths, "backup", "--json") == 0
    printed = capsys.readouterr()
    assert "was restored" in printed.err
    assert json.loads(printed.out)
    assert _questions(paths) == ["Why is grass green? 🌱"]


def test_an_export_can_be_read_line_by_line(
    paths: DataPaths, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "export.jsonl"
    with open_learner_database(paths, SystemClock()) as database:
        writer = recorder(database, SystemClock())
        store = writer.store
        store.rename(store.conversations()[0].id, "Plants")
    assert _run(paths, "export", str(target), "--json") == 0
    assert _json(capsys) == {"file": str(target), "lines": 4}
    text = target.read_text(encoding="utf-8")
    assert "🌱" in text
    lines = [json.loads(line) for line in text.splitlines()]
    assert [line["type"] for line in lines] == ["conversation", "turn", "event", "event"]
    assert (lines[0]["title"], lines[1]["status"]) == ("Plants", "answered")
    assert lines[1]["citations"][0]["passage"] == "p-chlorophyll-01"
    assert lines[3]["body"]["turn"] == lines[1]["id"]


def test_erasing_asks_first_and_then_leaves_no_word(
    paths: DataPaths, capsys: pytest.CaptureFixture[str]
) -> None:
    paths.settings_file.write_text("{}")
    assert _run(paths, "erase") == 2
    assert "--yes" in capsys.readouterr().err
    assert _questions(paths) == ["Why is grass green? 🌱"]
    assert _run(paths, "erase", "--yes", "--json") == 0
    assert _json(capsys) == {"erased": True}
    assert [file.name for file in paths.root.iterdir()] == ["settings.json"]
    assert _questions(paths) == []


def test_erasing_takes_what_a_window_kept_of_the_learner_along(paths: DataPaths) -> None:
    (paths.root / "window.ini").write_text("[text]\ndraft\\new=my secret\n")
    preferences = paths.root / "preferences.json"
    preferences.write_text('{"name": "Ada", "text_scale": 110}')
    assert _run(paths, "erase", "--yes") == 0
    assert json.loads(preferences.read_text()) == {"text_scale": 110}
    assert [file.name for file in paths.root.iterdir()] == ["preferences.json"]


def test_erasing_after_a_crash_takes_the_log_along(paths: DataPaths) -> None:
    for name in ("learner.db-wal", "learner.db-shm", ".learner.db.open-gone", ".learner.db.77.part"):
        (paths.root / name).touch()
    assert _run(paths, "erase", "--yes") == 0
    assert list(paths.root.iterdir()) == []


def test_an_action_is_needed(paths: DataPaths, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        _run(paths)
    assert stopped.value.code == 2
    assert "ACTION" in capsys.readouterr().err
