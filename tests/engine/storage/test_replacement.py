"""The learner's data put back as a whole, or erased, and what a backup says of itself."""

from datetime import datetime
from pathlib import Path

import pytest

from engine.cancel import CancelToken
from engine.errors import Cancelled, StorageBusyError, StorageCorruptError, StorageError, StorageTooNewError
from engine.paths import DataPaths
from engine.storage import backup, open_marker
from engine.storage.backup import write_copy
from engine.storage.database import LearnerDatabase, open_learner_database
from engine.storage.replacement import backup_contents, erase, go_back
from engine.storage.sqlite import OpenMode, connect, transaction
from engine.types import Progress
from tests.engine.storage import child
from tests.engine.storage.profile import START, SteppingClock, ask, questions


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


def asked(paths: DataPaths) -> list[str]:
    with open_learner_database(paths, SteppingClock()) as database:
        return questions(database)


def set_version(path: Path, version: int) -> None:
    connection = connect(path, mode=OpenMode.REBUILDABLE)
    with transaction(connection):
        connection.execute(f"PRAGMA user_version = {version}")
    connection.close()


def test_a_backup_tells_what_it_holds(copy: Path) -> None:
    found = backup_contents(copy)
    assert (found.conversations, found.questions, found.answers) == (1, 1, 0)
    assert isinstance(found.newest, datetime)
    assert START < found.newest < START.replace(hour=9)
    assert found.bytes == copy.stat().st_size


def test_when_it_was_made_is_in_the_name_that_backups_are_given(paths: DataPaths, copy: Path) -> None:
    assert backup_contents(copy).made is None
    with open_learner_database(paths, SteppingClock()) as database:
        made = database.back_up()
    assert backup_contents(made.path).made == made.made
    kept = go_back(copy, paths, now=START)
    assert kept is not None
    assert backup_contents(kept).made == START


def test_a_backup_from_before_there_was_practice_tells_what_it_holds() -> None:
    found = backup_contents(Path(__file__).parents[2] / "golden" / "learner_schema_1.db")
    assert found.questions > 0
    assert found.answers == 0


def test_an_empty_backup_tells_of_nothing(paths: DataPaths, tmp_path: Path) -> None:
    with open_learner_database(paths, SteppingClock()) as database, database.reading() as connection:
        write_copy(connection, tmp_path / "copy.db")
    found = backup_contents(tmp_path / "copy.db")
    assert (found.newest, found.conversations, found.questions) == (None, 0, 0)


def test_what_is_no_backup_is_said_in_words(copy: Path) -> None:
    set_version(copy, 99)
    with pytest.raises(StorageTooNewError):
        backup_contents(copy)
    copy.write_bytes(bytes(range(256)) * 400)
    with pytest.raises(StorageCorruptError, match="damaged, encrypted or no backup"):
        backup_contents(copy)


def test_going_back_keeps_what_was_there(paths: DataPaths, copy: Path) -> None:
    kept = go_back(copy, paths, now=START)
    assert asked(paths) == ["old"]
    assert kept is not None
    assert go_back(kept, paths, now=START) is not None
    assert asked(paths) == ["old", "new"]


def test_going_back_in_an_empty_folder_has_nothing_to_keep(copy: Path, tmp_path: Path) -> None:
    paths = DataPaths(tmp_path / "new computer")
    assert go_back(copy, paths, now=START) is None
    assert asked(paths) == ["old"]


def test_the_data_in_use_is_no_backup_of_itself(paths: DataPaths, copy: Path) -> None:
    with pytest.raises(StorageError, match="in use"):
        go_back(paths.learner_db, paths, now=START)


@pytest.mark.parametrize("action", ["go back", "erase"])
def test_data_that_is_open_is_left_alone(paths: DataPaths, copy: Path, action: str) -> None:
    with open_learner_database(paths, SteppingClock()) as database:
        with pytest.raises(StorageBusyError):
            go_back(copy, paths, now=START) if action == "go back" else erase(paths)
        assert questions(database) == ["old", "new"]


@pytest.mark.parametrize("when", ["before", "while copying"])
def test_going_back_can_be_stopped_and_nothing_has_changed(paths: DataPaths, copy: Path, when: str) -> None:
    cancel = CancelToken()
    heard: list[Progress] = []

    def stop(progress: Progress) -> None:
        heard.append(progress)
        cancel.cancel()

    if when == "before":
        cancel.cancel()
    before = {file.name for file in paths.root.rglob("*")}
    with pytest.raises(Cancelled):
        go_back(copy, paths, now=START, cancel=cancel, progress=stop)
    assert bool(heard) == (when == "while copying")
    assert {file.name for file in paths.root.rglob("*")} == before
    assert asked(paths) == ["old", "new"]


def test_a_copy_that_is_stopped_leaves_the_file_as_it_was(paths: DataPaths, tmp_path: Path) -> None:
    cancel = CancelToken()
    cancel.cancel()
    target = tmp_path / "mine" / "copy.db"
    target.parent.mkdir()
    target.write_text("mine")
    with (
        open_learner_database(paths, SteppingClock()) as database,
        database.reading() as connection,
        pytest.raises(Cancelled),
    ):
        write_copy(connection, target, cancel=cancel)
    assert [(file.name, file.read_text()) for file in target.parent.iterdir()] == [("copy.db", "mine")]


def test_killed_between_setting_aside_and_replacing_nothing_of_a_crash_before_is_lost(
    paths: DataPaths, copy: Path, tmp_path: Path
) -> None:
    child.kill(child.start(paths.root, "ask(database, 'only in the log')\nready()"))
    assert paths.learner_db.with_name("learner.db-wal").stat().st_size > 0
    process = child.start(
        tmp_path / "other",
        f"""
        from datetime import UTC, datetime
        from engine.storage import backup, replacement
        original = backup.set_aside
        def set_aside(*arguments):
            original(*arguments)
            ready()
        backup.set_aside = set_aside
        there = DataPaths(Path({str(paths.root)!r}))
        replacement.go_back(Path({str(copy)!r}), there, now=datetime.now(UTC))
        """,
    )
    child.kill(process)
    assert asked(paths) == ["old", "new", "only in the log"]


def test_erasing_leaves_no_word_and_no_backup(paths: DataPaths, copy: Path) -> None:
    (paths.root / "packs").mkdir()
    paths.logs.mkdir()
    erase(paths)
    assert [file.name for file in paths.root.iterdir()] == ["packs"]
    assert asked(paths) == []


def test_data_that_is_opened_while_the_backup_is_copied_is_left_alone(paths: DataPaths, copy: Path) -> None:
    opened: list[LearnerDatabase] = []

    def open_it(_progress: Progress) -> None:
        if not opened:
            opened.append(open_learner_database(paths, SteppingClock()))

    with pytest.raises(StorageBusyError):
        go_back(copy, paths, now=START, progress=open_it)
    ask(opened[0], "newest")
    opened[0].close()
    assert asked(paths) == ["old", "new", "newest"]


def test_data_is_not_opened_between_the_last_look_and_the_replacing(
    paths: DataPaths, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_aside = backup.set_aside
    refused: list[StorageBusyError] = []

    def open_it(database: Path, aside: Path) -> None:
        with pytest.raises(StorageBusyError) as error:
            open_learner_database(paths, SteppingClock())
        refused.append(error.value)
        set_aside(database, aside)

    monkeypatch.setattr(backup, "set_aside", open_it)
    monkeypatch.setattr(open_marker, "_LONGEST_WAIT_S", 0.0)
    go_back(copy, paths, now=START)
    assert refused
    assert asked(paths) == ["old"]


def test_data_is_not_opened_while_it_is_erased(
    paths: DataPaths, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    remove = Path.unlink
    refused: list[StorageBusyError] = []

    def open_it(file: Path, missing_ok: bool = False) -> None:
        if file == paths.learner_db:
            with pytest.raises(StorageBusyError) as error:
                open_learner_database(paths, SteppingClock())
            refused.append(error.value)
        remove(file, missing_ok=missing_ok)

    monkeypatch.setattr(Path, "unlink", open_it)
    monkeypatch.setattr(open_marker, "_LONGEST_WAIT_S", 0.0)
    erase(paths)
    assert refused
    assert list(paths.root.iterdir()) == []


def test_erasing_what_is_not_there_makes_nothing(tmp_path: Path) -> None:
    erase(DataPaths(tmp_path / "none"))
    assert list(tmp_path.iterdir()) == []


def test_what_a_damaged_file_had_in_its_log_is_kept_beside_it(paths: DataPaths, copy: Path) -> None:
    child.kill(child.start(paths.root, "ask(database, 'only in the log')\nready()"))
    log = paths.learner_db.with_name("learner.db-wal").read_bytes()
    paths.learner_db.write_bytes(bytes(100) + paths.learner_db.read_bytes()[100:])
    kept = go_back(copy, paths, now=START)
    assert kept is not None
    assert kept.with_name(f"{kept.name}-wal").read_bytes() == log
    assert asked(paths) == ["old"]
