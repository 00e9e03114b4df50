"""The learner's database after a crash, and damaged: checked, set aside, restored."""

import os
import threading
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from engine.errors import (
    StorageCorruptError,
    StorageError,
)
from engine.paths import DataPaths
from engine.storage import database as database_module
from engine.storage.backup import list_backups
from engine.storage.database import open_learner_database
from engine.tutor.conversation_store import TurnOutcome
from engine.types import TurnStatus
from tests.engine.storage import child
from tests.engine.storage.profile import SteppingClock, ask, is_sound, questions, recorder

if TYPE_CHECKING:
    pass


def _damage(path: Path, *, offset: int = 4096) -> None:
    with path.open("rb+") as file:
        file.seek(offset)
        file.write(os.urandom(path.stat().st_size - offset))


def _leave_unclean(paths: DataPaths) -> None:
    process = child.start(paths.root, "ready()")
    child.kill(process)


def test_a_process_killed_in_mid_transaction_leaves_nothing_of_it(paths: DataPaths) -> None:
    process = child.start(
        paths.root,
        """
        ask(database, "whole")
        with database.transaction() as connection:
            connection.execute("INSERT INTO conversations (id, title, created) VALUES ('half', 'half', 1)")
            connection.executemany(
                "INSERT INTO turns (id, conversation, n, created, question, mode, status)"
                " VALUES (?, 'half', ?, 1, hex(randomblob(3000)), 'explain', 'asked')",
                [(str(n), n) for n in range(1, 2001)])
            ready()
        """,
    )
    child.kill(process)
    with open_learner_database(paths, SteppingClock()) as database:
        assert questions(database) == ["whole"]
        assert database.notices == []
        assert is_sound(database)


def test_a_process_killed_in_mid_answer_leaves_the_question(paths: DataPaths) -> None:
    process = child.start(
        paths.root,
        "recorder(database, clock).begin(None, 'Why is the sky blue?', AnswerMode.EXPLAIN)\nready()",
    )
    child.kill(process)
    with open_learner_database(paths, SteppingClock()) as database:
        store = recorder(database, SteppingClock()).store
        [turn] = store.turns(store.conversations()[0].id)
        assert (turn.question, turn.outcome) == ("Why is the sky blue?", TurnOutcome(TurnStatus.ASKED))


def test_after_an_unclean_end_the_file_is_checked_once(
    paths: DataPaths, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked: list[Path] = []
    monkeypatch.setattr(database_module, "check_sound", lambda _, path: checked.append(path))
    open_learner_database(paths, SteppingClock()).close()
    assert checked == []
    _leave_unclean(paths)
    open_learner_database(paths, SteppingClock()).close()
    open_learner_database(paths, SteppingClock()).close()
    assert checked == [paths.learner_db]


@pytest.mark.parametrize("offset", [0, 4096])
def test_a_damaged_file_is_set_aside_and_the_backup_restored(paths: DataPaths, offset: int) -> None:
    with open_learner_database(paths, SteppingClock()) as database:
        ask(database, "kept")
    _damage(paths.learner_db, offset=offset)
    damaged = paths.learner_db.read_bytes()
    if offset:  # a header that is gone shows by itself
        _leave_unclean_by_hand(paths)
    with open_learner_database(paths, SteppingClock()) as database:
        assert questions(database) == ["kept"]
        assert is_sound(database)
        [notice] = database.notices
        ask(database, "after")
    [aside] = paths.backups.glob("damaged-*.db")
    assert aside.read_bytes() == damaged
    assert str(aside) in notice
    assert "2026-11-25 08:00 UTC was restored" in notice
    with open_learner_database(paths, SteppingClock()) as database:
        assert database.notices == []
        assert questions(database) == ["kept", "after"]


def _leave_unclean_by_hand(paths: DataPaths) -> None:
    (paths.root / f".{paths.learner_db.name}.open-gone").touch()


def test_a_damaged_backup_is_passed_over(paths: DataPaths) -> None:
    clock = SteppingClock(step=timedelta(days=2))
    for question in ("first", "second"):
        with open_learner_database(paths, clock) as database:
            ask(database, question)
    newest, oldest = list_backups(paths.backups)
    _damage(newest.path)
    _damage(paths.learner_db, offset=0)
    with open_learner_database(paths, SteppingClock()) as database:
        assert questions(database) == ["first"]
        assert f"{oldest.made:%Y-%m-%d}" in database.notices[0]


def test_damage_without_any_backup_begins_anew_and_keeps_the_file(paths: DataPaths) -> None:
    with open_learner_database(paths, SteppingClock()) as database:
        ask(database)
    for backup in list_backups(paths.backups):
        backup.path.unlink()
    _damage(paths.learner_db, offset=0)
    damaged = paths.learner_db.read_bytes()
    with open_learner_database(paths, SteppingClock()) as database:
        assert questions(database) == []
        assert "no backup" in database.notices[0]
    [aside] = paths.backups.glob("damaged-*.db")
    assert aside.read_bytes() == damaged


def test_damage_that_shows_while_working_is_mended_at_the_next_start(paths: DataPaths) -> None:
    with open_learner_database(paths, SteppingClock()) as database:
        ask(database, "kept")
        with database.reading() as connection:
            (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'turns'").fetchone()
            (bytes_a_page,) = connection.execute("PRAGMA page_size").fetchone()
    # The schema stays readable, so that it is not noticed on opening.
    with paths.learner_db.open("rb+") as file:
        file.seek((page - 1) * bytes_a_page)
        file.write(os.urandom(bytes_a_page))
    with open_learner_database(paths, SteppingClock()) as database, pytest.raises(StorageCorruptError):
        questions(database)
    with open_learner_database(paths, SteppingClock()) as database:
        assert questions(database) == ["kept"]
        assert len(database.notices) == 1


@pytest.mark.parametrize("left", ["no header", "nothing"])
def test_a_damaged_file_is_set_aside_with_what_a_crash_left_in_its_log(paths: DataPaths, left: str) -> None:
    open_learner_database(paths, SteppingClock()).close()
    child.kill(child.start(paths.root, "ask(database, 'only in the log')\nready()"))
    log = paths.learner_db.with_name("learner.db-wal").read_bytes()
    paths.learner_db.write_bytes(
        b"" if left == "nothing" else bytes(100) + paths.learner_db.read_bytes()[100:]
    )
    with open_learner_database(paths, SteppingClock()) as database:
        assert questions(database) == []
        assert "was damaged" in " ".join(database.notices)
    [aside] = paths.backups.glob("damaged-*.db")
    assert aside.with_name(f"{aside.name}-wal").read_bytes() == log


@pytest.mark.parametrize(
    ("step", "work"),
    [
        ("_renew_device", "backup.restore(copy, paths.learner_db, paths.backups / 'aside.db')"),
        ("check_sound", "database.back_up()"),
    ],
)
def test_what_was_being_copied_when_its_process_was_killed_is_removed_at_the_next_start(
    paths: DataPaths, step: str, work: str
) -> None:
    with open_learner_database(paths, SteppingClock()) as database:
        copy = database.back_up().path
    process = child.start(
        paths.root,
        f"""
        from engine.storage import backup
        backup.{step} = lambda *_: ready()
        copy = Path({str(copy)!r})
        {work}
        """,
    )
    child.kill(process)
    assert len(list(paths.root.rglob("*.part"))) == 1
    open_learner_database(paths, SteppingClock()).close()
    assert not list(paths.root.rglob("*.part*"))


def test_a_damaged_file_in_use_elsewhere_is_left_alone(paths: DataPaths) -> None:
    with open_learner_database(paths, SteppingClock()) as database:
        ask(database, "kept")
    process = child.start(paths.root, "ready()")
    _damage(paths.learner_db)
    _leave_unclean_by_hand(paths)
    damaged = paths.learner_db.read_bytes()
    with pytest.raises(StorageCorruptError, match="another LLM Tutor has it open"):
        open_learner_database(paths, SteppingClock())
    assert paths.learner_db.read_bytes() == damaged
    child.kill(process)
    with open_learner_database(paths, SteppingClock()) as database:
        assert questions(database) == ["kept"]


def test_threads_that_open_a_damaged_file_at_once_do_not_take_each_other_for_another_program(
    paths: DataPaths,
) -> None:
    with open_learner_database(paths, SteppingClock()) as database:
        ask(database, "kept")
    found: list[list[str] | StorageError] = []

    def work(ready: threading.Barrier) -> None:
        ready.wait()
        try:
            with open_learner_database(paths, SteppingClock()) as opened:
                found.append(questions(opened))
        except StorageError as error:
            found.append(error)

    for _ in range(3):
        _damage(paths.learner_db, offset=0)
        ready = threading.Barrier(3)
        threads = [threading.Thread(target=work, args=(ready,)) for _ in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert found == [["kept"]] * 9
