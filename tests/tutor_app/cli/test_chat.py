"""``llm-tutor chat``, by a pipe and on a terminal."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from engine.paths import DataPaths
from engine.settings import Settings, save_settings
from engine.storage.database import open_learner_database
from engine.tutor.conversation_store import ConversationStore
from engine.types import TurnStatus
from tests.contracts.chat_server import ChatServer, Reply, serving
from tests.engine.storage.profile import SteppingClock
from tests.tutor_app.cli import small_profile
from tests.tutor_app.cli.small_profile import QUESTION, make_profile
from tutor_app.__main__ import main

Talk = Callable[..., str]


@pytest.fixture
def paths(tmp_path: Path) -> DataPaths:
    return make_profile(tmp_path / "home")


@pytest.fixture
def talk(paths: DataPaths, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Talk:
    """Type lines into the chat; what it says to them, without its welcome."""

    def typed(*lines: str) -> str:
        waiting = iter(lines)

        def read(_: str = "") -> str:
            try:
                return next(waiting)
            except StopIteration:
                raise EOFError from None

        monkeypatch.setattr("builtins.input", read)
        assert main(["chat", "--no-llm"]) == 0
        return capsys.readouterr().out.partition("/help lists what you can do.")[2]

    return typed


def test_it_says_what_can_be_asked_about_and_how_answers_are_made(
    paths: DataPaths, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("builtins.input", lambda _: "/quit")
    save_settings(paths.settings_file, Settings(server_url="http://school.example/v1", server_model="big"))
    assert main(["chat"]) == 0
    shown = capsys.readouterr().out
    assert "You can ask about: Plants." in shown
    assert "worded by big at http://school.example/v1" in shown
    assert main(["chat", "--no-llm"]) == 0
    assert "answers are quotations" in capsys.readouterr().out


def test_with_no_pack_it_names_the_way_out(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("builtins.input", lambda _: "/quit")
    assert main(["chat"]) == 0
    assert "llm-tutor prepare" in capsys.readouterr().out


def test_a_question_is_answered_and_a_follow_up_goes_on(talk: Talk) -> None:
    shown = talk(QUESTION, "tell me more")
    first, second = shown.split("Next: ")[:2]
    assert "[1] Why leaves are green (Plants, Leaves)" in first
    assert "Quiz me on this" in second
    assert "because of chlorophyll" in second


def test_a_source_can_be_opened_with_its_quotes_marked(talk: Talk) -> None:
    shown = talk(QUESTION, "1", "7")
    opened = shown.partition("Why leaves are green\n-----")[2]
    assert "»The green light reaches our eyes, so we see a green leaf.«" in opened
    assert "The last answer has 1 sources." in opened


@pytest.mark.parametrize(
    "line",
    ["²", "٣", "9" * 5000, "?", "🌱", "\x00", "\udcff" * 30, "x" * 9000, "/", "/nonsense", "/history 99"],
)
def test_nothing_that_is_typed_ends_the_chat(talk: Talk, line: str) -> None:
    shown = talk(line, QUESTION)
    assert "[1] Why leaves are green" in shown


def test_a_quiz_is_posed_and_the_reply_is_judged(talk: Talk) -> None:
    shown = talk("/mode quiz", "chlorophyll in a leaf", "a potato")
    assert "_____" in shown
    assert "Not yet. The missing word is" in shown


def test_modes_and_packs_can_be_changed(talk: Talk) -> None:
    shown = talk(
        "/mode simpler", "/mode sideways", "/packs", "/pack plants", "/pack cooking", "/pack", "/help"
    )
    assert "mode “simpler”" in shown
    assert "The modes are: explain, simpler, example, quiz." in shown
    assert "org.example.plants           Plants" in shown
    assert "Looking only in plants." in shown
    assert "cooking" in shown
    assert "Looking in all packs." in shown
    assert "/history" in shown


def test_a_restriction_can_be_undone(talk: Talk) -> None:
    shown = talk("Why are leaves green in section 1.1?", "/all", "/all")
    assert shown.count("(looking at Leaves (Plants); /all looks everywhere)") == 1


def test_asking_everywhere_before_anything_was_asked_is_told(talk: Talk) -> None:
    assert "There is no question in that." in talk("/all")


def test_a_conversation_can_be_taken_up_again(talk: Talk) -> None:
    assert "No conversations yet" in talk("/history")
    talk(QUESTION)
    shown = talk("/history", "/history 1", "tell me more")
    assert "  1  Why are leaves green?" in shown
    assert "You: Why are leaves green?" in shown
    assert "because of chlorophyll" in shown.partition("You: ")[2].partition("Next:")[0]


def test_a_new_conversation_knows_nothing_of_the_old_one(talk: Talk) -> None:
    assert "cannot find" in talk(QUESTION, "/new", "why?")


def test_a_pack_that_was_taken_away_cannot_be_opened_but_the_chat_goes_on(
    talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.rag.pack_index.PackIndex.passage", lambda *_: None)
    assert "no longer there" in talk(QUESTION, "1")


def test_bytes_that_are_no_text_are_refused_and_the_chat_goes_on(paths: DataPaths) -> None:
    typed = b"\xff\xfe\xfd\xfc" * 20 + b"\n" + QUESTION.encode() + b"\n"
    code, out, err = small_profile.run(paths.root, "chat", "--no-llm", typed=typed)
    assert (code, err) == (0, "")
    assert "binary data" in out
    assert "[1] Why leaves are green" in out


@pytest.fixture
def server(paths: DataPaths) -> Iterator[ChatServer]:
    with serving() as running:
        save_settings(paths.settings_file, Settings(server_url=running.url, server_model="big"))
        yield running


_IN_A_TERMINAL = """
import fcntl, os, sys, termios
os.setsid()
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
os.execv(sys.argv[1], sys.argv[1:])
"""


@pytest.mark.skipif(sys.platform == "win32", reason="terminals are different there")
def test_on_a_terminal_ctrl_c_stops_the_answer_and_not_the_chat(paths: DataPaths, server: ChatServer) -> None:
    import pty

    def endless(reply: Reply) -> None:
        reply.begin()
        reply.piece("Leaves are green because of chlorophyll. ")
        while not server.silence.wait(0.02):
            reply.piece("And ")

    server.behaviour = endless
    terminal, its_end = pty.openpty()
    # Not pty.fork(): the server's thread is running, and a forked child could wait for a lock of it for ever.
    child = subprocess.Popen(
        [sys.executable, "-c", _IN_A_TERMINAL, sys.executable, "-m", "tutor_app", "chat"],
        stdin=its_end,
        stdout=its_end,
        stderr=its_end,
        env={**os.environ, "LLM_TUTOR_HOME": str(paths.root), "TERM": "dumb"},
    )
    os.close(its_end)
    shown = ""

    def until(text: str) -> None:
        nonlocal shown
        while text not in " ".join(shown.split()):
            shown += os.read(terminal, 4096).decode(errors="replace")
        shown = " ".join(shown.split()).partition(text)[2]

    until("You:")
    os.write(terminal, QUESTION.encode() + b"\n")
    until("because of chlorophyll.")
    os.write(terminal, b"\x03")
    until("(stopped)")
    until("You:")
    os.write(terminal, b"1\n")
    until("»Leaves are green because of chlorophyll.«")
    until("You:")
    os.write(terminal, b"\x04")
    assert child.wait() == 0
    os.close(terminal)
    with open_learner_database(paths, SteppingClock()) as database:
        store = ConversationStore(database, SteppingClock())
        [stored] = store.turns(store.conversations()[0].id)
    assert stored.outcome.status is TurnStatus.CANCELLED
    assert "because of chlorophyll." in stored.outcome.answer
