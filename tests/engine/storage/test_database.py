"""Opening the learner's database: new, old, newer, missing, shared, on a bad disk."""

import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from engine.errors import (
    StorageError,
    StorageFullError,
    StorageReadOnlyError,
    StorageTooNewError,
)
from engine.paths import DataPaths
from engine.storage import database as database_module
from engine.storage.backup import list_backups
from engine.storage.database import open_learner_database
from engine.storage.migrations import SCHEMA_VERSION, learner_migrations
from engine.storage.sqlite import OpenMode, connect, transaction
from engine.sync import outbox
from tests.engine.storage import child
from tests.engine.storage.conftest import make_read_only
from tests.engine.storage.profile import SteppingClock, ask, is_sound, questions

if TYPE_CHECKING:
    from sqlite_utils.db import Database
    from sqlite_utils.migrations import Migrations


def _statement(path: Path, sql: str) -> None:
    connection = connect(path, mode=OpenMode.PRECIOUS)
    with transaction(connection):
        connection.execute(sql)
    connection.close()


def test_a_new_profile_is_made_and_opened_again(paths: DataPaths) -> None:
    with open_learner_database(paths, SteppingClock()) as database:
        ask(database, "first")
        assert database.notices == []
    with open_learner_database(paths, SteppingClock()) as database:
        assert questions(database) == ["first"]
        assert database.notices == []
    assert {file.name for file in paths.root.iterdir()} == {"learner.db", "backups"}


def test_opening_an_up_to_date_file_needs_no_migration_library(
    paths: DataPaths, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_learner_database(paths, SteppingClock()).close()
    monkeypatch.setattr(database_module, "learner_migrations", lambda: pytest.fail("migrations were loaded"))
    open_learner_database(paths, SteppingClock()).close()


def test_a_newer_file_is_refused_and_left_alone(paths: DataPaths) -> None:
    open_learner_database(paths, SteppingClock()).close()
    _statement(paths.learner_db, f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    before = paths.learner_db.read_bytes()
    with pytest.raises(StorageTooNewError, match="newer version"):
        open_learner_database(paths, SteppingClock())
    assert paths.learner_db.read_bytes() == before
    assert {file.name for file in paths.root.iterdir()} == {"learner.db", "backups"}


def test_somebody_elses_database_is_refused(paths: DataPaths) -> None:
    paths.root.mkdir()
    _statement(paths.learner_db, "CREATE TABLE recipes (name)")
    with pytest.raises(StorageError, match="not a learner's database"):
        open_learner_database(paths, SteppingClock())


def _two_steps(second: str) -> "Migrations":
    migrations = learner_migrations()

    @migrations()
    def m9999_of_the_future(database: "Database") -> None:
        database.execute("ALTER TABLE turns ADD COLUMN mood TEXT")
        database.execute(second)

    return migrations


def test_a_backup_is_made_before_a_migration(paths: DataPaths, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = SteppingClock()
    with open_learner_database(paths, clock) as database:
        ask(database, "old")
    monkeypatch.setattr(database_module, "SCHEMA_VERSION", SCHEMA_VERSION + 1)
    monkeypatch.setattr(database_module, "learner_migrations", lambda: _two_steps("SELECT 1"))
    with open_learner_database(paths, clock) as database, database.reading() as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION + 1,)
        assert connection.execute("SELECT question, mood FROM turns").fetchall() == [("old", None)]
        newest = connect(list_backups(paths.backups)[0].path, mode=OpenMode.IMMUTABLE)
        assert newest.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)
        newest.close()
    assert len(list_backups(paths.backups)) == 2


def test_a_failed_migration_changes_nothing(paths: DataPaths, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_learner_database(paths, SteppingClock()) as database:
        ask(database, "old")
    with monkeypatch.context() as patched:
        patched.setattr(database_module, "SCHEMA_VERSION", SCHEMA_VERSION + 1)
        patched.setattr(database_module, "learner_migrations", lambda: _two_steps("SELECT nonsense"))
        with pytest.raises(Exception, match="nonsense"):
            open_learner_database(paths, SteppingClock())
    with open_learner_database(paths, SteppingClock()) as database:
        assert questions(database) == ["old"]
        with database.reading() as connection:
            assert (
                "mood"
                not in connection.execute("SELECT sql FROM sqlite_master WHERE name = 'turns'").fetchone()[0]
            )


def test_a_missing_file_with_backups_is_pointed_out(paths: DataPaths) -> None:
    with open_learner_database(paths, SteppingClock()) as database:
        ask(database)
    paths.learner_db.write_bytes(b"")
    with open_learner_database(paths, SteppingClock()) as database:
        assert "data restore latest" in database.notices[0]
        assert questions(database) == []


def test_a_network_drive_is_warned_of(paths: DataPaths, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database_module, "network_file_system", lambda _: "nfs4")
    with open_learner_database(paths, SteppingClock()) as database:
        assert "network drive (nfs4)" in database.notices[0]


def test_threads_share_one_open_database(paths: DataPaths) -> None:
    with open_learner_database(paths, SteppingClock()) as database:
        errors: list[BaseException] = []

        def work() -> None:
            try:
                for _ in range(20):
                    ask(database)
                    questions(database)
            except BaseException as error:  # noqa: BLE001 - shown by the test
                errors.append(error)

        threads = [threading.Thread(target=work) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert errors == []
        assert len(questions(database)) == 80
        with database.reading() as connection:
            assert [event.seq for event in outbox.all_events(connection)] == list(range(1, 161))


def test_two_processes_create_one_profile_and_write_at_once(paths: DataPaths) -> None:
    code = """
    ready()
    for n in range(30):
        ask(database, f"{sys.argv[1]} {n}")
    database.close()
    """
    processes = [child.start(paths.root, code) for _ in range(2)]
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    with open_learner_database(paths, SteppingClock()) as database:
        for _ in range(30):
            ask(database)
        for process in processes:
            child.go_on(process)
        assert len(questions(database)) == 90
        assert is_sound(database)
        with database.reading() as connection:
            events = outbox.all_events(connection)
        assert [event.seq for event in events] == list(range(1, 181))
        assert len({event.id for event in events}) == 180
        assert len({event.dev for event in events}) == 1


def test_processes_that_start_at_once_on_a_new_profile_all_work(paths: DataPaths) -> None:
    for round_number in range(3):
        profile = DataPaths(paths.root / str(round_number))
        started = child.start_unwaited(profile.root, "ask(database)\ndatabase.close()", count=3)
        for process in started:
            child.go_on(process)
        with open_learner_database(profile, SteppingClock()) as database:
            assert len(questions(database)) == 3
            assert database.notices == []


def test_a_full_disk_is_named_and_what_was_stored_stays(small_disk: Path) -> None:
    paths = DataPaths(small_disk / "profile")
    stored: list[str] = []

    def fill() -> None:
        with open_learner_database(paths, SteppingClock()) as database:
            while True:
                ask(database, f"{len(stored)} " + "long " * 20_000)
                stored.append(f"{len(stored)}")

    with pytest.raises(StorageFullError):
        fill()
    assert stored
    ballast = sorted(paths.backups.glob("*")) if paths.backups.exists() else []
    for file in ballast:
        file.unlink()
    with open_learner_database(paths, SteppingClock()) as database:
        assert is_sound(database)
        kept = [question.split()[0] for question in questions(database)]
    assert kept[: len(stored)] == stored
    assert len(kept) <= len(stored) + 1  # one may have been asked and not finished


def test_no_space_for_a_new_profile_is_named(small_disk: Path) -> None:
    ballast = small_disk / "ballast"
    with pytest.raises(OSError, match="space"):
        ballast.write_bytes(bytes(5 << 20))
    with pytest.raises(StorageFullError):
        open_learner_database(DataPaths(small_disk), SteppingClock())
    ballast.unlink()
    with open_learner_database(DataPaths(small_disk), SteppingClock()) as database:
        ask(database)
        assert len(questions(database)) == 1


def test_a_read_only_folder_is_named(small_disk: Path) -> None:
    paths = DataPaths(small_disk / "profile")
    with open_learner_database(paths, SteppingClock()) as database:
        ask(database)
    before = paths.learner_db.read_bytes()
    make_read_only(small_disk)
    with pytest.raises(StorageReadOnlyError, match="cannot be written to"):
        open_learner_database(paths, SteppingClock())
    with pytest.raises(StorageReadOnlyError):
        open_learner_database(DataPaths(small_disk / "new"), SteppingClock())
    assert paths.learner_db.read_bytes() == before
