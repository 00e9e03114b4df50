"""What was removed can be put back for a while."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from engine.storage.trash import Trash

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
KEPT = timedelta(hours=2)


def _folder(owner: Path, content: str) -> Path:
    made = owner / "thing"
    made.mkdir(parents=True)
    (made / "file").write_text(content)
    return made


def test_the_last_of_several_removals_comes_back(tmp_path: Path) -> None:
    trash = Trash(tmp_path, kept=KEPT)
    for minute, content in enumerate(("old", "new")):
        _folder(tmp_path, content)
        trash.take("thing", now=NOW + timedelta(minutes=minute))
    assert not (tmp_path / "thing").exists()
    assert trash.holds("thing")
    trash.put_back("thing")
    assert (tmp_path / "thing" / "file").read_text() == "new"


def test_only_what_was_removed_long_ago_is_deleted(tmp_path: Path) -> None:
    trash = Trash(tmp_path, kept=KEPT)
    _folder(tmp_path, "x")
    trash.take("thing", now=NOW)
    trash.empty(now=NOW + KEPT - timedelta(seconds=1))
    assert trash.holds("thing")
    trash.empty(now=NOW + KEPT)
    assert not trash.holds("thing")


def test_a_link_is_removed_without_what_it_points_at(tmp_path: Path) -> None:
    elsewhere = _folder(tmp_path / "elsewhere", "kept")
    owner = tmp_path / "owner"
    owner.mkdir()
    (owner / "thing").symlink_to(elsewhere, target_is_directory=True)
    trash = Trash(owner, kept=KEPT)
    trash.take("thing", now=NOW)
    trash.empty(now=NOW + KEPT)
    assert (elsewhere / "file").read_text() == "kept"
