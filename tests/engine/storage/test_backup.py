"""Backups and the way back from one."""

import itertools
import re
from datetime import timedelta
from pathlib import Path

import pytest

from engine.errors import (
    StorageCorruptError,
    StorageError,
    StorageFullError,
    StorageReadOnlyError,
    StorageTooNewError,
)
from engine.paths import DataPaths
from engine.storage import backup
from engine.storage.backup import list_backups, make_backup, restore, write_copy
from engine.storage.database import open_learner_database
from engine.storage.sqlite import OpenMode, connect, transaction
from engine.sync import outbox
from tests.engine.storage import child
from tests.engine.storage.conftest import make_read_only
from tests.engine.storage.profile import START, SteppingClock, ask, is_sound, questions


@pytest.fixture
def copy(paths: DataPaths, tmp_path: Path) -> Path:
    """A copy of a profile in which "old" was asked; "new" was asked after it."""
    target = tmp_path / "copy.db"
    with open_learner_database(paths, SteppingClock()) as database:
        ask(database, "old")
        with database.reading() as connection:
            write_copy(connection, target)
        ask(database, "new")
    return target


def _questions(path: Path) -> list[str]:
    connection = connect(path, mode=OpenMode.IMMUTABLE)
    rows = connection.execute("SELECT question FROM turns").fetchall()
    connection.close()
    return [row[0] for row in rows]


def test_a_backup_holds_what_is_still_in_the_log(paths: DataPaths) -> None:
    with open_learner_database(paths, SteppingClock()) as database:
        ask(database, "just now")
        assert paths.learner_db.with_name("learner.db-wal").stat().st_size > 0
        made = database.back_up()
        assert _questions(made.path) == ["just now"]
        assert made.bytes == made.path.stat().st_size
    assert [file.name for file in paths.backups.iterdir()] == [made.path.name]


def test_the_newest_thirty_are_kept(paths: DataPaths) -> None:
    with open_learner_database(paths, SteppingClock()) as database, database.reading() as connection:
        for day in range(33):
            make_backup(connection, paths.backups, START + timedelta(days=day))
        kept = list_backups(paths.backups)
        assert [each.made for each in kept] == [START + timedelta(days=day) for day in range(32, 2, -1)]
        after_the_clock_was_set_back = make_backup(connection, paths.backups, START)
        assert after_the_clock_was_set_back.path.exists()
        assert len(list_backups(paths.backups)) == 30


def test_one_a_day_is_made_on_closing(paths: DataPaths) -> None:
    clock = SteppingClock(step=timedelta(hours=5))
    for _ in range(10):
        open_learner_database(paths, clock).close()
    times = [each.made for each in list_backups(paths.backups)]
    assert len(times) >= 3
    assert all(later - earlier >= timedelta(days=1) for later, earlier in itertools.pairwise(times))


def test_a_clock_that_was_set_back_does_not_stop_backups(paths: DataPaths) -> None:
    open_learner_database(paths, SteppingClock(START + timedelta(days=900))).close()
    open_learner_database(paths, SteppingClock(START)).close()
    assert len(list_backups(paths.backups)) == 2


def test_files_that_are_no_backups_are_not_listed(paths: DataPaths) -> None:
    paths.backups.mkdir(parents=True)
    for name in (
        "learner-old.db",
        "damaged-20261125T080000000000Z.db",
        "notes.txt",
        ".learner-20261125T08.db.part",
    ):
        (paths.backups / name).touch()
    assert list_backups(paths.backups) == []
    assert list_backups(paths.root / "none") == []


def test_restoring_brings_back_the_copy_and_keeps_the_present(
    paths: DataPaths, copy: Path, tmp_path: Path
) -> None:
    aside = tmp_path / "aside.db"
    restore(copy, paths.learner_db, aside)
    with open_learner_database(paths, SteppingClock()) as database:
        assert questions(database) == ["old"]
        assert is_sound(database)
    assert _questions(aside) == ["old", "new"]


def test_restoring_after_a_crash_keeps_what_was_only_in_the_log(
    paths: DataPaths, copy: Path, tmp_path: Path
) -> None:
    child.kill(child.start(paths.root, "ask(database, 'newest')\nready()"))
    aside = tmp_path / "aside.db"
    restore(copy, paths.learner_db, aside)
    with open_learner_database(paths, SteppingClock()) as database:
        assert questions(database) == ["old"]
    kept = connect(aside, mode=OpenMode.PRECIOUS)
    assert [row[0] for row in kept.execute("SELECT question FROM turns").fetchall()] == [
        "old",
        "new",
        "newest",
    ]
    kept.close()


def test_restored_data_goes_on_as_another_device(paths: DataPaths, copy: Path, tmp_path: Path) -> None:
    restore(copy, paths.learner_db, tmp_path / "aside.db")
    with open_learner_database(paths, SteppingClock()) as database:
        ask(database)
        with database.reading() as connection:
            events = outbox.all_events(connection)
    before, after = events[:2], events[2:]
    assert {event.dev for event in before}.isdisjoint(event.dev for event in after)
    assert [event.seq for event in after] == [1, 2]
    assert after[0].hlc > before[-1].hlc


def test_restoring_into_an_empty_folder_needs_nothing_there(copy: Path, tmp_path: Path) -> None:
    paths = DataPaths(tmp_path / "new computer")
    restore(copy, paths.learner_db, tmp_path / "aside.db")
    with open_learner_database(paths, SteppingClock()) as database:
        assert questions(database) == ["old"]
    assert not (tmp_path / "aside.db").exists()


def _too_new(path: Path) -> None:
    connection = connect(path, mode=OpenMode.REBUILDABLE)
    with transaction(connection):
        connection.execute("PRAGMA user_version = 99")
    connection.close()


def _damaged(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:4096] + bytes(8192) + path.read_bytes()[12288:])


def _cut_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:20_000])


def _someone_elses(path: Path) -> None:
    path.unlink()
    connection = connect(path, mode=OpenMode.REBUILDABLE)
    with transaction(connection):
        connection.execute("CREATE TABLE recipes (name)")
    connection.close()


def _empty(path: Path) -> None:
    path.write_bytes(b"")


@pytest.mark.parametrize(
    ("spoil", "error"),
    [
        (_too_new, StorageTooNewError),
        (_damaged, StorageCorruptError),
        (_cut_short, StorageCorruptError),
        (_someone_elses, StorageError),
        (_empty, StorageError),
        (Path.unlink, StorageError),
    ],
)
def test_a_bad_copy_is_refused_and_nothing_changes(
    paths: DataPaths, copy: Path, tmp_path: Path, spoil: "object", error: type[StorageError]
) -> None:
    assert callable(spoil)
    spoil(copy)
    before = paths.learner_db.read_bytes()
    with pytest.raises(error, match=re.escape(copy.name) + " "):
        restore(copy, paths.learner_db, tmp_path / "aside.db")
    assert paths.learner_db.read_bytes() == before
    assert not (tmp_path / "aside.db").exists()
    assert {file.name for file in paths.root.iterdir()} == {"learner.db", "backups"}


def test_a_backup_that_is_not_sound_is_not_kept(paths: DataPaths, monkeypatch: pytest.MonkeyPatch) -> None:
    def find_damage(*_: object) -> None:
        raise StorageCorruptError("It is damaged.", todo="Use another.")

    with open_learner_database(paths, SteppingClock()) as database:
        with monkeypatch.context() as patched, database.reading() as connection:
            patched.setattr(backup, "check_sound", find_damage)
            with pytest.raises(StorageCorruptError):
                make_backup(connection, paths.backups, START)
        assert list(paths.backups.iterdir()) == []


def test_a_full_disk_leaves_no_half_backup_and_closing_works(paths: DataPaths, small_disk: Path) -> None:
    with open_learner_database(paths, SteppingClock()) as database:
        ask(database, "long " * 1_500_000)
        with database.reading() as connection, pytest.raises(StorageFullError):
            make_backup(connection, small_disk, START)
        assert list(small_disk.iterdir()) == []
        assert is_sound(database)


def test_a_read_only_backup_folder_is_named(paths: DataPaths, small_disk: Path) -> None:
    make_read_only(small_disk)
    with (
        open_learner_database(paths, SteppingClock()) as database,
        database.reading() as connection,
        pytest.raises(StorageReadOnlyError),
    ):
        make_backup(connection, small_disk, START)


def test_a_process_killed_while_restoring_leaves_the_old_or_the_new(paths: DataPaths, copy: Path) -> None:
    for step in ("_copy", "_renew_device", "set_aside"):
        process = child.start(
            paths.root,
            f"""
            database.close()
            from engine.storage import backup
            original = backup.{step}
            def step(*arguments):
                original(*arguments)
                ready()
            backup.{step} = step
            backup.restore(Path({str(copy)!r}), paths.learner_db, paths.backups / "aside.db")
            """,
        )
        child.kill(process)
        with open_learner_database(paths, SteppingClock()) as database:
            assert questions(database) == ["old", "new"]
            assert database.notices == []
