"""Calls to a real engine process, and what the window hears when something goes wrong there."""

from __future__ import annotations

import os
import signal
import threading
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from engine.clock import SystemClock
from engine.types import Progress
from tests.tutor_app.workers.own_process import COMMAND
from tutor_app.workers import engine_client
from tutor_app.workers.directory import Process
from tutor_app.workers.engine_client import CRASHED, Call, EngineClient
from tutor_app.workers.messages import Failure

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot


@pytest.fixture
def client(qtbot: QtBot, tmp_path: Path) -> Iterator[EngineClient]:
    made = EngineClient(Process.TUTOR, tmp_path, command=COMMAND)
    yield made
    made.close()


class Heard:
    """What came of a call."""

    def __init__(self, call: Call) -> None:
        self.emitted: list[object] = []
        self.ends: list[object] = []
        call.emitted.connect(self.emitted.append)
        call.finished.connect(self.ends.append)
        call.failed.connect(self.ends.append)

    def end(self, qtbot: QtBot) -> object:
        qtbot.waitUntil(lambda: bool(self.ends), timeout=10_000)
        assert len(self.ends) == 1
        return self.ends[0]


def test_a_call_brings_its_result(client: EngineClient, qtbot: QtBot, tmp_path: Path) -> None:
    assert Heard(client.call("own.add", 2, 3)).end(qtbot) == 5
    assert Heard(client.call("own.root")).end(qtbot) == tmp_path


@pytest.mark.parametrize("ahead", [timedelta(), timedelta(days=1)])
def test_an_engine_has_the_time_that_it_was_started_with(
    qtbot: QtBot, tmp_path: Path, ahead: timedelta
) -> None:
    client = EngineClient(Process.TUTOR, tmp_path, command=COMMAND, ahead_s=round(ahead.total_seconds()))
    before = SystemClock().now()
    told = Heard(client.call("own.now")).end(qtbot)
    client.close()
    assert isinstance(told, datetime)
    assert before <= told - ahead <= SystemClock().now()


def test_what_happens_on_the_way_arrives_in_order(client: EngineClient, qtbot: QtBot) -> None:
    heard = Heard(client.call("own.count", 500))
    assert heard.end(qtbot) == "counted"
    assert heard.emitted == [Progress("Counting", n, 500, "numbers") for n in range(500)]


def test_a_failure_is_two_sentences_and_a_code(client: EngineClient, qtbot: QtBot) -> None:
    assert Heard(client.call("own.fill")).end(qtbot) == Failure(
        "The disk is full.", "Free some space.", "storage.full"
    )


def test_a_fault_of_ours_is_reported_without_anybodys_words(
    client: EngineClient, qtbot: QtBot, tmp_path: Path
) -> None:
    failure = Heard(client.call("own.err")).end(qtbot)
    assert isinstance(failure, Failure)
    assert failure.code == "bug"
    report = next((tmp_path / "logs").glob("crash-*.txt")).read_text(encoding="utf-8")
    assert "ZeroDivisionError" in report
    assert "secret" not in report + failure.what + failure.todo


def test_a_call_can_be_cancelled_while_it_runs(client: EngineClient, qtbot: QtBot) -> None:
    call = client.call("own.wait")
    heard = Heard(call)
    qtbot.waitUntil(lambda: heard.emitted == ["waiting"], timeout=10_000)
    call.cancel()
    assert heard.end(qtbot) == Failure("Stopped.", code="cancelled")


def test_a_call_that_waits_for_its_turn_can_be_cancelled(client: EngineClient, qtbot: QtBot) -> None:
    first, second = client.call("own.wait"), client.call("own.add", 1, 1)
    heard = Heard(second)
    second.cancel()
    first.cancel()
    assert heard.end(qtbot) == Failure("Stopped.", code="cancelled")


def test_another_lane_does_not_wait(client: EngineClient, qtbot: QtBot) -> None:
    waiting = client.call("own.wait")
    assert Heard(client.call("other.add", 1, 1)).end(qtbot) == 2
    waiting.cancel()


def test_what_a_library_prints_does_not_get_between(client: EngineClient, qtbot: QtBot) -> None:
    assert Heard(client.call("own.shout")).end(qtbot) == "still understood"


def test_after_a_crash_every_call_fails_with_a_sentence_and_the_next_works(
    client: EngineClient, qtbot: QtBot
) -> None:
    crashes: list[object] = []
    client.crashed.connect(crashes.append)
    waiting, crashing = Heard(client.call("other.wait")), Heard(client.call("own.crash"))
    assert crashing.end(qtbot) == CRASHED
    assert waiting.end(qtbot) == CRASHED
    assert crashes == [CRASHED]
    assert Heard(client.call("own.add", 1, 2)).end(qtbot) == 3


def test_a_program_that_cannot_be_started_is_a_crash(qtbot: QtBot, tmp_path: Path) -> None:
    client = EngineClient(Process.TUTOR, tmp_path, command=[str(tmp_path / "missing")])
    assert Heard(client.call("own.add", 1, 2)).end(qtbot) == CRASHED
    client.close()


def test_closing_ends_the_process_in_the_middle_of_its_work(client: EngineClient, qtbot: QtBot) -> None:
    number = Heard(client.call("own.process")).end(qtbot)
    assert isinstance(number, int)
    heard = Heard(client.call("own.wait"))
    qtbot.waitUntil(lambda: heard.emitted == ["waiting"], timeout=10_000)
    client.close()
    assert not _runs(number)
    assert heard.ends == []


@pytest.mark.parametrize("method", ["own.wait", "own.ignore"])
def test_closing_ends_a_process_that_was_let_go_before(
    client: EngineClient, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, method: str
) -> None:
    number = Heard(client.call("own.process")).end(qtbot)
    assert isinstance(number, int)
    heard = Heard(client.call(method))
    qtbot.waitUntil(lambda: bool(heard.emitted), timeout=10_000)
    client.hold()
    client.resume()
    assert Heard(client.call("own.process")).end(qtbot) != number
    if method == "own.ignore":
        monkeypatch.setattr(engine_client, "_LEAVE_S", 0.1)
    client.close()
    assert not _runs(number)


def test_a_process_that_was_let_go_and_has_gone_is_forgotten(client: EngineClient, qtbot: QtBot) -> None:
    number = Heard(client.call("own.process")).end(qtbot)
    assert isinstance(number, int)
    client.hold()
    client.resume()
    qtbot.waitUntil(lambda: not client._let_go, timeout=10_000)
    assert not _runs(number)


def test_a_call_after_closing_starts_no_process_that_nobody_would_end(
    client: EngineClient, qtbot: QtBot
) -> None:
    assert Heard(client.call("own.add", 2, 3)).end(qtbot) == 5
    client.close()
    before = threading.active_count()
    client.call("own.add", 2, 3)
    assert threading.active_count() == before  # each process has a thread that writes to it
    assert not client.busy


def test_ctrl_c_in_the_terminal_is_not_the_engines_business(client: EngineClient, qtbot: QtBot) -> None:
    number = Heard(client.call("own.process")).end(qtbot)
    assert isinstance(number, int)
    os.kill(number, signal.SIGINT)
    assert Heard(client.call("own.process")).end(qtbot) == number


def test_while_it_is_held_the_process_goes_and_what_is_asked_waits(
    client: EngineClient, qtbot: QtBot
) -> None:
    number = Heard(client.call("own.process")).end(qtbot)
    assert isinstance(number, int)
    stopped = Heard(client.call("own.wait"))
    qtbot.waitUntil(lambda: stopped.emitted == ["waiting"], timeout=10_000)
    client.hold()
    waiting = Heard(client.call("own.process"))
    client.hold()
    qtbot.waitUntil(lambda: not _runs(number), timeout=10_000)
    assert (stopped.ends, waiting.ends) == ([], [])
    client.resume()
    assert stopped.ends == [Failure("Stopped.", code="cancelled")]
    assert waiting.end(qtbot) not in (None, number)


def test_a_call_that_is_stopped_while_it_is_kept_is_not_asked(client: EngineClient, qtbot: QtBot) -> None:
    client.hold()
    call = client.call("own.add", 2, 3)
    stopped, waiting = Heard(call), Heard(client.call("own.add", 3, 4))
    call.cancel()
    client.resume()
    assert stopped.ends == [Failure("Stopped.", code="cancelled")]
    assert waiting.end(qtbot) == 7


def test_a_held_client_that_is_closed_starts_nothing(client: EngineClient, qtbot: QtBot) -> None:
    assert Heard(client.call("own.add", 2, 3)).end(qtbot) == 5
    client.hold()
    before = threading.active_count()
    client.call("own.add", 2, 3)
    client.close()
    assert threading.active_count() <= before
    assert not client.busy


def _runs(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    return True
