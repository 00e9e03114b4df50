"""The driver and its connections."""

import contextlib
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from engine.errors import (
    BugError,
    StorageBusyError,
    StorageCorruptError,
    StorageError,
    StorageFullError,
    StorageReadOnlyError,
)
from engine.storage import sqlite
from engine.storage.sqlite import (
    Connection,
    OpenMode,
    connect,
    load_vector_extension,
    sqlite_version,
    transaction,
)
from tests.engine.storage.conftest import make_read_only


def _filled(path: Path, mode: OpenMode) -> Path:
    connection = connect(path, mode=mode)
    with transaction(connection):
        connection.execute("CREATE TABLE t (a)")
        connection.execute("INSERT INTO t VALUES (1)")
    connection.close()
    return path


def test_the_library_is_new_enough() -> None:
    assert tuple(int(part) for part in sqlite_version().split(".")) >= sqlite.OLDEST_SQLITE


def test_an_old_library_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "OLDEST_SQLITE", (99, 0, 0))
    monkeypatch.delitem(sys.modules, "sqlite_utils", raising=False)
    with pytest.raises(StorageError, match="too old"):
        sqlite._driver.__wrapped__()


def test_sqlite_utils_works_with_our_driver() -> None:
    code = (
        "import engine.storage.sqlite as s, pathlib, tempfile, sys\n"
        "folder = tempfile.TemporaryDirectory()\n"
        "c = s.connect(pathlib.Path(folder.name) / 'a.db', mode=s.OpenMode.PRECIOUS)\n"
        "import sqlite_utils, sqlcipher3\n"
        "assert sqlite_utils.utils.sqlite3 is sqlcipher3, sqlite_utils.utils.sqlite3\n"
        "c.close(); folder.cleanup()\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_importing_sqlite_utils_first_is_a_bug(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sqlite_utils", ModuleType("sqlite_utils"))
    with pytest.raises(BugError):
        sqlite._driver.__wrapped__()


@pytest.mark.parametrize(
    ("mode", "journal", "synchronous"), [(OpenMode.PRECIOUS, "wal", 2), (OpenMode.REBUILDABLE, "delete", 1)]
)
def test_settings_follow_what_the_file_is_to_us(
    tmp_path: Path, mode: OpenMode, journal: str, synchronous: int
) -> None:
    connection = connect(tmp_path / "a.db", mode=mode)
    values = {
        name: connection.execute(f"PRAGMA {name}").fetchone()[0]
        for name in (
            "journal_mode",
            "synchronous",
            "foreign_keys",
            "trusted_schema",
            "fullfsync",
            "busy_timeout",
        )
    }
    connection.close()
    assert values == {
        "journal_mode": journal,
        "synchronous": synchronous,
        "foreign_keys": 1,
        "trusted_schema": 0,
        "fullfsync": 1,
        "busy_timeout": 5000,
    }


def test_awkward_file_names_are_opened(tmp_path: Path) -> None:
    path = _filled(tmp_path / "ä ?#%20&mode=memory.db", OpenMode.PRECIOUS)
    assert path.stat().st_size > 0


@pytest.mark.parametrize("mode", [OpenMode.READ_ONLY, OpenMode.IMMUTABLE])
def test_a_reader_reads_and_does_not_write(tmp_path: Path, mode: OpenMode) -> None:
    path = _filled(tmp_path / "index.db", OpenMode.REBUILDABLE)
    before = path.read_bytes()
    connection = connect(path, mode=mode)
    assert connection.execute("SELECT a FROM t").fetchall() == [(1,)]
    with pytest.raises(StorageReadOnlyError), transaction(connection):
        connection.execute("INSERT INTO t VALUES (2)")
    connection.close()
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["index.db"]


def test_a_finished_index_opens_on_a_read_only_disk(small_disk: Path) -> None:
    path = _filled(small_disk / "index.db", OpenMode.REBUILDABLE)
    make_read_only(small_disk)
    connection = connect(path, mode=OpenMode.IMMUTABLE)
    assert connection.execute("SELECT a FROM t").fetchall() == [(1,)]
    connection.close()
    with pytest.raises(StorageReadOnlyError):
        connect(small_disk / "new.db", mode=OpenMode.PRECIOUS)


@pytest.mark.parametrize("mode", [OpenMode.READ_ONLY, OpenMode.IMMUTABLE])
def test_a_missing_file_is_named(tmp_path: Path, mode: OpenMode) -> None:
    with pytest.raises(StorageError, match=r"none\.db does not exist"):
        connect(tmp_path / "none.db", mode=mode)


def test_what_is_no_database_is_called_damaged(tmp_path: Path) -> None:
    path = tmp_path / "text.db"
    path.write_bytes(b"This is a letter, and no database at all. " * 200)
    with pytest.raises(StorageCorruptError):
        connect(path, mode=OpenMode.IMMUTABLE)


def test_a_failed_block_leaves_nothing(tmp_path: Path) -> None:
    connection = connect(tmp_path / "a.db", mode=OpenMode.PRECIOUS)
    with contextlib.suppress(ZeroDivisionError), transaction(connection):
        connection.execute("CREATE TABLE t (a)")
        _ = 1 / 0
    assert connection.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)
    assert not connection.in_transaction
    connection.close()


def test_waiting_for_another_writer_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = _filled(tmp_path / "a.db", OpenMode.PRECIOUS)
    holder = connect(path, mode=OpenMode.PRECIOUS)
    monkeypatch.setattr(sqlite, "BUSY_TIMEOUT_S", 0.05)
    other = connect(path, mode=OpenMode.PRECIOUS)
    with transaction(holder):
        with pytest.raises(StorageBusyError), transaction(other):
            pytest.fail("got in")
        assert other.execute("SELECT a FROM t").fetchall() == [(1,)]
    with transaction(other):
        other.execute("INSERT INTO t VALUES (2)")
    holder.close()
    other.close()


def test_turning_the_log_on_waits_for_another_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "BUSY_TIMEOUT_S", 0.05)
    monkeypatch.setattr("time.monotonic", lambda: 0.0)
    path = _filled(tmp_path / "a.db", OpenMode.REBUILDABLE)
    holder = connect(path, mode=OpenMode.REBUILDABLE)
    holder.execute("BEGIN IMMEDIATE")
    monkeypatch.setattr("time.sleep", lambda _: holder.execute("COMMIT"))
    connection = connect(path, mode=OpenMode.PRECIOUS)
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    connection.close()
    holder.close()


def test_waiting_to_turn_the_log_on_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "BUSY_TIMEOUT_S", 0.05)
    path = _filled(tmp_path / "a.db", OpenMode.REBUILDABLE)
    holder = connect(path, mode=OpenMode.REBUILDABLE)
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises(StorageBusyError):
        connect(path, mode=OpenMode.PRECIOUS)
    holder.close()


def test_a_wrong_statement_is_our_bug(tmp_path: Path) -> None:
    connection = connect(tmp_path / "a.db", mode=OpenMode.PRECIOUS)
    with pytest.raises(BugError), transaction(connection):
        connection.execute("SELECT nonsense")
    connection.close()
    with pytest.raises(BugError), transaction(connection):
        pytest.fail("it is closed")


@pytest.mark.parametrize("mode", [OpenMode.PRECIOUS, OpenMode.REBUILDABLE])
def test_a_full_disk_is_named_and_nothing_is_lost(small_disk: Path, mode: OpenMode) -> None:
    path = _filled(small_disk / "a.db", mode)
    connection = connect(path, mode=mode)
    with pytest.raises(StorageFullError):
        _fill(connection)
    assert not connection.in_transaction
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert connection.execute("SELECT count(*) FROM t WHERE a = 1").fetchone() == (1,)
    connection.close()


def _fill(connection: Connection) -> None:
    while True:
        with transaction(connection):
            connection.execute("INSERT INTO t VALUES (randomblob(100000))")


def test_a_file_size_limit_fails_without_harm(tmp_path: Path) -> None:
    code = (
        "import resource, sys, pathlib\n"
        "from engine.storage.sqlite import *\n"
        "from engine.errors import StorageError\n"
        "c = connect(pathlib.Path(sys.argv[1]), mode=OpenMode.PRECIOUS)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))\n"
        "try:\n"
        "    with transaction(c): c.execute('INSERT INTO t VALUES (randomblob(1000000))')\n"
        "except StorageError: sys.exit(7)\n"
    )
    pytest.importorskip("resource")
    path = _filled(tmp_path / "a.db", OpenMode.PRECIOUS)
    assert subprocess.run([sys.executable, "-c", code, path], check=False).returncode == 7
    connection = connect(path, mode=OpenMode.PRECIOUS)
    assert connection.execute("SELECT a FROM t").fetchall() == [(1,)]
    connection.close()


def test_the_vector_extension_loads_where_it_is_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("sqlite_vec")
    connection = connect(tmp_path / "a.db", mode=OpenMode.REBUILDABLE)
    assert load_vector_extension(connection)
    assert connection.execute("SELECT vec_version()").fetchone()[0].startswith("v")
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    assert not load_vector_extension(connection)
    connection.close()
