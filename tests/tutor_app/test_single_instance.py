"""One window a profile."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from engine.errors import StorageBusyError
from tutor_app.single_instance import SingleInstance

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot


def test_a_second_start_hands_over_its_files_and_its_leave_to_come_forward(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("XDG_ACTIVATION_TOKEN", raising=False)
    first = SingleInstance(tmp_path)
    assert first.take()
    first.listen()
    called: list[list[str]] = []
    first.called.connect(called.append)
    program = (
        "import sys; from pathlib import Path; from PySide6.QtCore import QCoreApplication;"
        "from tutor_app.single_instance import SingleInstance; app = QCoreApplication([]);"
        "one = SingleInstance(Path(sys.argv[1])); print(one.take(), one.hand_over(sys.argv[2:]))"
    )
    files = ["/a/notes.pdf", "/ä/ü.epub"]
    second = subprocess.Popen(
        [sys.executable, "-c", program, str(tmp_path), *files],
        env={**os.environ, "XDG_ACTIVATION_TOKEN": "leave-7"},
        stdout=subprocess.PIPE,
        text=True,
    )
    qtbot.waitUntil(lambda: bool(called), timeout=10_000)
    assert second.communicate(timeout=10)[0].strip() == "False True"
    assert called == [files]
    assert os.environ["XDG_ACTIVATION_TOKEN"] == "leave-7"
    first.release()


def test_a_folder_that_holds_no_lock_is_open_once_too(qtbot: QtBot, tmp_path: Path) -> None:
    """As root nothing is read-only; a folder that is not there cannot be written to either."""
    first = SingleInstance(tmp_path / "unwritable")
    assert first.take()
    first.listen()
    called: list[list[str]] = []
    first.called.connect(called.append)
    second = SingleInstance(tmp_path / "unwritable")
    assert not second.take()
    assert second.hand_over(["a.pdf"])
    qtbot.waitUntil(lambda: ["a.pdf"] in called, timeout=5000)
    first.release()
    assert second.take()


def test_a_profile_can_be_taken_again_once_it_is_free(qtbot: QtBot, tmp_path: Path) -> None:
    first = SingleInstance(tmp_path)
    assert first.take()
    first.release()
    assert SingleInstance(tmp_path).take()


def test_two_profiles_do_not_mind_each_other(qtbot: QtBot, tmp_path: Path) -> None:
    for name in ("mia", "tom"):
        (tmp_path / name).mkdir()
    mia, tom = SingleInstance(tmp_path / "mia"), SingleInstance(tmp_path / "tom")
    assert mia.take()
    assert tom.take()


def test_a_lock_that_a_crash_left_is_taken_over(qtbot: QtBot, tmp_path: Path) -> None:
    program = (
        "import os, sys; from pathlib import Path; from tutor_app.single_instance import SingleInstance;"
        "one = SingleInstance(Path(sys.argv[1])); one.take(); os._exit(1)"
    )
    subprocess.run([sys.executable, "-c", program, str(tmp_path)], check=False)
    assert SingleInstance(tmp_path).take()


def test_a_profile_in_use_by_another_computer_is_refused(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "window.lock").write_text(f"4711\nllm-tutor\nlibrary-pc\n{'0' * 32}\n{'0' * 32}\n")
    with pytest.raises(StorageBusyError, match="library-pc") as refused:
        SingleInstance(tmp_path).take()
    assert f"delete the file {tmp_path / 'window.lock'}" in refused.value.todo


def test_a_folder_that_does_not_exist_yet_can_be_taken(qtbot: QtBot, tmp_path: Path) -> None:
    assert SingleInstance(tmp_path / "new").take()


def test_what_is_no_list_of_files_is_ignored(qtbot: QtBot, tmp_path: Path) -> None:
    from PySide6.QtNetwork import QLocalSocket

    first = SingleInstance(tmp_path)
    first.take()
    first.listen()
    called: list[list[str]] = []
    first.called.connect(called.append)
    for words in (b"\xff\x00", b"[]", json.dumps({"files": [1, "a.pdf"], "token": 3}).encode()):
        socket = QLocalSocket()
        socket.connectToServer(first._name)
        assert socket.waitForConnected(2000)
        socket.write(words)
        socket.waitForBytesWritten(2000)
        socket.disconnectFromServer()
    qtbot.waitUntil(lambda: len(called) == 3, timeout=5000)
    assert called == [[], [], ["a.pdf"]]
    first.release()
