"""What every command shares: where its output goes, and how far a job is."""

import io
import json
import time
from pathlib import Path

import pytest

from engine.paths import DataPaths
from engine.types import Progress
from tutor_app.cli.command import Context, ProgressLine, printable


def _context(*, json_output: bool = False) -> tuple[Context, io.StringIO, io.StringIO]:
    out, err = io.StringIO(), io.StringIO()
    return Context(DataPaths(Path("nowhere")), json_output=json_output, out=out, err=err), out, err


@pytest.mark.parametrize("json_output", [False, True])
def test_lines_for_people_keep_out_of_the_way_of_json(*, json_output: bool) -> None:
    context, out, err = _context(json_output=json_output)
    context.say("Hello.")
    assert (out.getvalue(), err.getvalue()) == (("", "Hello.\n") if json_output else ("Hello.\n", ""))


def test_json_is_one_line_that_keeps_its_characters() -> None:
    context, out, _ = _context(json_output=True)
    context.emit({"answer": "x ≤ 2\n“a”"})
    assert out.getvalue().count("\n") == 1
    assert "≤" in out.getvalue()
    assert json.loads(out.getvalue()) == {"answer": "x ≤ 2\n“a”"}


def test_notices_are_shown_once_and_beside_the_output() -> None:
    context, out, err = _context()
    notices = ["A pack is damaged.", "A backup was used."]
    context.notify(notices)
    context.notify(notices)
    assert out.getvalue() == ""
    assert err.getvalue() == "A pack is damaged.\nA backup was used.\n"


def test_what_a_terminal_would_obey_is_taken_out() -> None:
    context, out, _ = _context()
    context.say("a\x1b[2Jb\x07c\x9b31md\re\tf")
    assert out.getvalue() == "a[2Jbc31mde\tf\n"
    assert printable("≤ é 光\n") == "≤ é 光\n"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def seconds(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The clock of the progress line: its last entry is the time."""
    times = [100.0]
    monkeypatch.setattr(time, "monotonic", lambda: times[-1])
    return times


def test_on_a_terminal_progress_is_one_line_with_speed_and_time_left(seconds: list[float]) -> None:
    stream = Terminal()
    line = ProgressLine(stream)
    for done, now in ((0, 100.0), (10_000_000, 102.0), (10_500_000, 102.01), (20_000_000, 104.0)):
        seconds.append(now)
        line(Progress("Fetching", done, 20_000_000, "bytes"))
    line.close()
    shown = stream.getvalue().split("\r\x1b[K")
    assert shown[1] == "Fetching: 0.0 MB of 20.0 MB (0 %)"
    assert shown[2] == "Fetching: 10.0 MB of 20.0 MB (50 %), 5.0 MB/s, 2 s left"
    assert shown[3] == "Fetching: 20.0 MB of 20.0 MB (100 %), 5.0 MB/s, 0 s left\n"


def test_elsewhere_progress_is_a_line_now_and_then(seconds: list[float]) -> None:
    stream = io.StringIO()
    line = ProgressLine(stream)
    for done in range(0, 100, 4):
        seconds.append(100.0 + done)
        line(Progress("Reading", done, None, "pages"))
    line.close()
    lines = stream.getvalue().splitlines()
    assert len(lines) == 8
    assert lines[0] == "Reading: 12 pages, 1 pages/s"


def test_a_short_job_says_nothing_where_nobody_watches(seconds: list[float]) -> None:
    stream = io.StringIO()
    line = ProgressLine(stream)
    line(Progress("Reading", 5, 5, "pages"))
    line.close()
    assert stream.getvalue() == ""


def test_a_new_job_has_a_speed_of_its_own(seconds: list[float]) -> None:
    stream = Terminal()
    line = ProgressLine(stream)
    for what, done, now in (("A", 0, 100.0), ("A", 100, 101.0), ("B", 0, 110.0), ("B", 10, 111.0)):
        seconds.append(now)
        line(Progress(what, done, 100, "pages"))
    assert stream.getvalue().endswith("B: 10 pages of 100 pages (10 %), 10 pages/s, 9 s left")
