"""Crash reports tell where, and nothing that a learner said."""

from pathlib import Path

from engine.paths import DataPaths
from tutor_app.crash_report import write_crash_report


def _raised(error: BaseException, cause: BaseException | None = None) -> BaseException:
    try:
        raise error from cause
    except BaseException as caught:  # noqa: BLE001
        return caught


def test_a_report_holds_places_and_kinds_and_no_message(tmp_path: Path) -> None:
    error = _raised(ValueError("my secret"), _raised(KeyError("my other secret")))
    path = write_crash_report(error, "ask", DataPaths(tmp_path))
    assert path is not None
    text = path.read_text(encoding="utf-8")
    assert "error: builtins.ValueError" in text
    assert text.count("in _raised") == 2
    assert "-- KeyError" in text
    assert "secret" not in text
    assert str(tmp_path) not in text


def test_an_error_that_is_its_own_cause_ends(tmp_path: Path) -> None:
    error = ValueError()
    path = write_crash_report(_raised(error, error), "ask", DataPaths(tmp_path))
    assert path is not None
    assert path.read_text(encoding="utf-8").count("-- ValueError") == 1


def test_where_nothing_can_be_written_there_is_no_report(tmp_path: Path) -> None:
    (tmp_path / "logs").write_text("a file")
    assert write_crash_report(_raised(ValueError()), "ask", DataPaths(tmp_path)) is None
