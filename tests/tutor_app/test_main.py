"""The command line as a whole: exit codes, output, and what a fault of ours looks like."""

import argparse
import io
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from engine import __version__
from engine.errors import Cancelled, StorageFullError, UsageError
from tutor_app import __main__
from tutor_app.__main__ import COMMANDS, main

_SECRET = "Why is my secret diary green?"


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], int]], None]:
    """Put a function in the place of ``llm-tutor ask``."""

    def replace(run: Callable[[], int]) -> None:
        module = SimpleNamespace(
            add_arguments=lambda parser: parser.add_argument("question"), run=lambda *_: run()
        )
        original = __main__._module
        monkeypatch.setattr(__main__, "_module", lambda name: module if name == "ask" else original(name))

    return replace


def test_the_version_is_the_packages(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"llm-tutor {__version__}\n"


@pytest.mark.parametrize("code", [0, 1, 2, 3])
def test_a_commands_exit_code_is_the_programs(
    command: Callable[[Callable[[], int]], None], code: int
) -> None:
    command(lambda: code)
    assert main(["ask", "What is a cell?"]) == code


@pytest.mark.parametrize("given", [[], ["--verbose"], ["--profile", "somewhere"]])
@pytest.mark.parametrize(("display", "expected"), [(":7", "window"), ("", "chat")])
def test_without_a_command_it_is_the_window_or_without_a_display_the_chat(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, given: list[str], display: str, expected: str
) -> None:
    run: list[str] = []

    def module(name: str) -> SimpleNamespace:
        def note(*_: object) -> int:
            run.append(name)
            return 0

        return SimpleNamespace(add_arguments=lambda _: None, run=note)

    monkeypatch.setattr(__main__, "_module", module)
    monkeypatch.setattr("sys.platform", "linux")
    for name in ("QT_QPA_PLATFORM", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DISPLAY", display)
    monkeypatch.chdir(tmp_path)
    assert main(given) == 0
    assert run == [expected]


@pytest.mark.parametrize("given", [["window"], ["--profile", "somewhere", "window"]])
def test_what_starts_a_window_without_a_parser_is_read_as_by_one(given: list[str]) -> None:
    assert __main__._plain(given) == __main__._parsed(given)


@pytest.mark.parametrize(
    "given",
    [["window", "book.pdf"], ["--verbose", "window"], ["--profile", "--verbose", "window"], ["ask", "?"]],
)
def test_all_else_is_left_to_the_parser(given: list[str]) -> None:
    assert __main__._plain(given) is None


def test_a_file_instead_of_a_command_is_for_the_window(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    given: list[list[str]] = []

    def run(arguments: argparse.Namespace, _: object) -> int:
        given.append(arguments.files)
        return 0

    window = SimpleNamespace(add_arguments=lambda parser: parser.add_argument("files", nargs="*"), run=run)
    monkeypatch.setattr(__main__, "_module", lambda name: {"window": window}[name])
    (tmp_path / "notes.pdf").touch()
    assert main(["--profile", str(tmp_path), str(tmp_path / "notes.pdf")]) == 0
    assert given == [[str(tmp_path / "notes.pdf")]]


@pytest.mark.parametrize(
    "error", [UsageError("No such pack.", todo="Look."), StorageFullError("Full.", todo="Free some.")]
)
def test_an_error_is_two_sentences_and_its_exit_code(
    command: Callable[[Callable[[], int]], None], capsys: pytest.CaptureFixture[str], error: UsageError
) -> None:
    def fails() -> int:
        raise error

    command(fails)
    assert main(["ask", "What is a cell?"]) == error.exit_code
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err == f"{error.what}\n{error.todo}\n"


@pytest.mark.parametrize("stop", [KeyboardInterrupt, Cancelled])
def test_a_stop_is_130(
    command: Callable[[Callable[[], int]], None],
    capsys: pytest.CaptureFixture[str],
    stop: type[BaseException],
) -> None:
    def stops() -> int:
        raise stop

    command(stops)
    assert main(["ask", "What is a cell?"]) == 130
    assert capsys.readouterr().err == "Stopped.\n"


@pytest.mark.parametrize(
    "given", [["dance"], ["ask"], ["ask", "a", "b"], ["--nothing"], ["ask", "a", "--nothing"]]
)
def test_a_command_that_makes_no_sense_is_2(capsys: pytest.CaptureFixture[str], given: list[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(given)
    assert caught.value.code == 2
    assert "usage:" in capsys.readouterr().err


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["--help"])
    assert caught.value.code == 0
    shown = capsys.readouterr().out
    assert all(name in shown for name in COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(capsys: pytest.CaptureFixture[str], name: str) -> None:
    with pytest.raises(SystemExit) as caught:
        main([name, "--help"])
    assert caught.value.code == 0
    assert f"llm-tutor {name}" in capsys.readouterr().out


def _crashes(question: str) -> int:
    try:
        raise KeyError(question)
    except KeyError as error:
        raise ValueError(f"cannot do {question}") from error


@pytest.mark.parametrize("where", ["variable", "profile", "profile="])
def test_a_fault_of_ours_is_a_sentence_and_a_report_without_the_learners_words(
    command: Callable[[Callable[[], int]], None],
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    where: str,
) -> None:
    command(lambda: _crashes(_SECRET))
    home = tmp_path / ("home" if where == "variable" else "other")
    options = {"variable": [], "profile": ["--profile", str(home)], "profile=": [f"--profile={home}"]}[where]
    assert main([*options, "ask", _SECRET]) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "Something went wrong inside the tutor (ValueError)" in printed.err
    assert "Traceback" not in printed.err
    [report] = (home / "logs").iterdir()
    assert str(report) in printed.err
    text = report.read_text(encoding="utf-8")
    assert "command: ask" in text
    assert "KeyError" in text
    assert "in _crashes" in text
    for said in (printed.err, text):
        assert not any(word in said for word in ("secret", "diary", "green"))


def test_a_fault_on_a_disk_that_takes_no_report_is_still_a_sentence(
    command: Callable[[Callable[[], int]], None], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "home").write_text("a file where the folder should be")
    command(lambda: _crashes(_SECRET))
    assert main(["ask", _SECRET]) == 1
    assert "No report could be written" in capsys.readouterr().err


def test_a_reader_who_has_left_gets_no_complaint() -> None:
    reading = [sys.executable, "-c", "import sys; sys.stdin.close()"]
    code = (
        "import sys\nfrom tutor_app import __main__ as m\n"
        "m._dispatch = lambda _: [print('x' * 9999) for _ in range(99)]\nsys.exit(m.main(['ask', 'a']))"
    )
    writing = [sys.executable, "-c", code]
    with (
        subprocess.Popen(reading, stdin=subprocess.PIPE) as reader,
        subprocess.Popen(writing, stdout=reader.stdin, stderr=subprocess.PIPE) as writer,
    ):
        assert reader.stdin is not None
        reader.stdin.close()
        assert writer.stderr is not None
        assert writer.stderr.read() == b""
        assert writer.wait(timeout=30) == 1


def test_a_terminal_without_unicode_gets_question_marks_and_no_fault(
    command: Callable[[Callable[[], int]], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="ascii"))

    def prints() -> int:
        print("x ≤ 2 \ud800")
        return 0

    command(prints)
    assert main(["ask", "What is a cell?"]) == 0
    sys.stdout.flush()
    assert raw.getvalue() == b"x ? 2 ?\n"
