"""``llm-tutor ask``: one question, through the whole program."""

import json
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from engine.paths import DataPaths
from engine.settings import Settings, save_settings
from engine.storage.database import open_learner_database
from engine.tutor.conversation_store import ConversationStore, StoredTurn
from engine.types import TurnStatus
from tests.contracts.chat_server import ChatServer, Reply, says, serving
from tests.engine.storage.profile import SteppingClock
from tests.tutor_app.cli import small_profile
from tests.tutor_app.cli.small_profile import PARTLY, QUESTION, make_profile
from tutor_app.__main__ import main


@pytest.fixture
def paths(tmp_path: Path) -> DataPaths:
    return make_profile(tmp_path / "home")


@pytest.fixture
def server(paths: DataPaths) -> Iterator[ChatServer]:
    """A model server that the profile uses."""
    with serving() as running:
        save_settings(paths.settings_file, Settings(server_url=running.url, server_model="big"))
        yield running


def _turns(paths: DataPaths) -> list[StoredTurn]:
    with open_learner_database(paths, SteppingClock()) as database:
        store = ConversationStore(database, SteppingClock())
        return [turn for one in store.conversations() for turn in store.turns(one.id)]


def _report(capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    [line] = capsys.readouterr().out.splitlines()
    report: dict[str, object] = json.loads(line)
    return report


def test_an_answer_is_printed_with_its_sources(paths: DataPaths, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", QUESTION]) == 0
    printed = capsys.readouterr()
    assert "green light" in printed.out
    assert "[1] Why leaves are green (Plants, Leaves)" in printed.out
    assert printed.err == ""


def test_the_json_object_keeps_the_contract(paths: DataPaths, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "--json", QUESTION]) == 0
    report = _report(capsys)
    assert set(report) == {"answer", "answered", "blocked_at", "citations", "act", "timings_ms", "model"}
    assert (report["answered"], report["blocked_at"], report["act"], report["model"]) == (
        True,
        None,
        "explain",
        None,
    )
    assert set(report["timings_ms"]) == {"retrieve", "first_sentence", "total"}  # type: ignore[call-overload]
    citation = report["citations"][0]  # type: ignore[index]
    assert {"pack", "passage", "title", "quote"} <= set(citation)
    assert citation["pack"] == "org.example.plants"


def test_what_the_packs_do_not_hold_is_3(paths: DataPaths, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "--json", "Who was Napoleon?"]) == 3
    assert _report(capsys)["answered"] is False
    assert main(["ask", "Who was Napoleon?"]) == 3
    assert "cannot find an answer" in capsys.readouterr().out


def test_what_may_be_no_answer_is_3_too(paths: DataPaths, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "--json", PARTLY]) == 3
    report = _report(capsys)
    assert (report["answered"], report["act"]) == (False, "partial")
    assert report["citations"]
    assert main(["ask", PARTLY]) == 3
    assert "I am not sure that your packs answer this." in capsys.readouterr().out


@pytest.mark.parametrize("question", ["", "?!", "x" * 100_000, "\udcff\udcfe\udcfd" * 9])
def test_what_is_no_question_is_2(
    paths: DataPaths, capsys: pytest.CaptureFixture[str], question: str
) -> None:
    assert main(["ask", question]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert len(printed.err.splitlines()) == 2


@pytest.mark.parametrize("question", ["Warum sind Blätter grün?", "لماذا الأوراق خضراء؟", "🌱 葉はなぜ緑?"])
def test_another_language_is_not_answered_in_this_one(
    paths: DataPaths, capsys: pytest.CaptureFixture[str], question: str
) -> None:
    assert main(["ask", question]) == 3


def test_a_quiz_does_not_give_its_answer_away(paths: DataPaths, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "--mode", "quiz", "--json", "chlorophyll"]) == 0
    report = _report(capsys)
    assert "_____" in str(report["answer"])
    assert report["citations"] == []


@pytest.mark.parametrize("name", ["org.example.plants", "plants"])
def test_a_pack_can_be_chosen_by_the_end_of_its_name(
    paths: DataPaths, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    assert main(["ask", "--pack", name, QUESTION]) == 0


def test_an_unknown_pack_is_told(paths: DataPaths, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "--pack", "cooking", QUESTION]) != 0
    assert "cooking" in capsys.readouterr().err


def test_without_any_pack_the_way_out_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", QUESTION]) == 1
    assert "llm-tutor prepare" in capsys.readouterr().err


def test_settings_that_cannot_be_read_are_told(paths: DataPaths, capsys: pytest.CaptureFixture[str]) -> None:
    paths.settings_file.write_text("{")
    assert main(["ask", QUESTION]) == 1
    assert "settings.json" in capsys.readouterr().err


def test_a_damaged_index_is_made_again(paths: DataPaths, capsys: pytest.CaptureFixture[str]) -> None:
    [index] = paths.packs.rglob("index.sqlite")
    index.write_bytes(b"SQLite format 3\x00" + bytes(5000))
    assert main(["ask", QUESTION]) == 0
    assert "green light" in capsys.readouterr().out


def test_a_damaged_database_is_told_with_a_way_back(
    paths: DataPaths, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["ask", QUESTION]) == 0
    capsys.readouterr()
    paths.learner_db.write_bytes(b"SQLite format 3\x00" + b"\xff" * 20_000)
    code = main(["ask", QUESTION])
    printed = capsys.readouterr()
    assert code in (0, 1)
    assert "went wrong inside" not in printed.err
    assert "backup" in printed.err or "restore" in printed.err


def test_a_servers_sentences_are_checked_and_its_name_is_shown(
    server: ChatServer, capsys: pytest.CaptureFixture[str]
) -> None:
    server.behaviour = says("Leaves eat green light. ", "Leaves are green because of chlorophyll. ")
    assert main(["ask", "--json", QUESTION]) == 0
    report = _report(capsys)
    assert "Leaves are green because of chlorophyll." in str(report["answer"])
    assert "eat" not in str(report["answer"])
    assert report["model"] == "big at 127.0.0.1"


def test_without_a_model_no_word_leaves_the_computer(server: ChatServer) -> None:
    assert main(["ask", "--no-llm", QUESTION]) == 0
    assert server.asked == []


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/v1", "nonsense", "http://["])
def test_a_server_that_is_not_there_leaves_the_answer_to_the_quotes(
    paths: DataPaths, capsys: pytest.CaptureFixture[str], url: str
) -> None:
    save_settings(paths.settings_file, Settings(server_url=url, server_model="big"))
    assert main(["ask", QUESTION]) == 0
    printed = capsys.readouterr()
    assert "green light" in printed.out
    assert "Traceback" not in printed.err


def _halfway(server: ChatServer) -> Callable[[Reply], None]:
    """A reply that goes on only when the server is closed."""

    def behave(reply: Reply) -> None:
        reply.begin()
        reply.piece("Leaves are green because of chlorophyll. It ")
        server.silence.wait(30)

    return behave


def test_killed_in_mid_answer_the_turn_stays_asked_and_the_next_start_works(
    paths: DataPaths, server: ChatServer
) -> None:
    server.behaviour = _halfway(server)
    with small_profile.start(paths.root, "ask", QUESTION) as process:
        small_profile.wait_for(process, "because of chlorophyll.")
        process.kill()
    [stored] = _turns(paths)
    assert (stored.question, stored.outcome.status, stored.outcome.answer) == (QUESTION, TurnStatus.ASKED, "")
    server.behaviour = says("Chlorophyll is a green substance. ")
    code, out, err = small_profile.run(paths.root, "ask", QUESTION)
    assert code == 0, err
    assert "green light" in out
    assert [turn.outcome.status for turn in _turns(paths)] == [TurnStatus.ANSWERED, TurnStatus.ASKED]


def test_interrupted_in_mid_answer_what_was_shown_is_stored(paths: DataPaths, server: ChatServer) -> None:
    server.behaviour = _halfway(server)
    with small_profile.start(paths.root, "ask", QUESTION) as process:
        small_profile.wait_for(process, "because of chlorophyll.")
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert b"Stopped." in err
    [stored] = _turns(paths)
    assert stored.outcome.status is TurnStatus.CANCELLED
    assert "because of chlorophyll." in stored.outcome.answer
