"""A sitting in the terminal: what is typed becomes a response, and a whole question can be done by keyboard."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from engine.content.instance import instantiate
from engine.content.item import Item, ItemKind, Option, Step
from engine.paths import DataPaths
from engine.sync.practice_events import PracticeMode
from engine.tutor.practice.agenda import Aim, Wanted
from tests.engine.tutor.practice.classroom import PACK, Classroom, choosing, right
from tutor_app.cli.command import Context
from tutor_app.cli.sitting import Sitting, read_response


class Room:
    """A runtime as far as a sitting needs one."""

    def __init__(self, classroom: Classroom) -> None:
        self.practice = classroom.practice
        self.agenda = classroom.agenda


def sat(room: Classroom, lines: list[str], monkeypatch: pytest.MonkeyPatch, most: int = 1) -> tuple[int, str]:
    out = io.StringIO()
    monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
    wanted = Wanted(Aim.SKILL, PACK, "add", PracticeMode.PRACTICE)
    context = Context(DataPaths(Path("nowhere")), out=out, err=out)
    closed = Sitting(context, Room(room), wanted, most=most).run()  # type: ignore[arg-type]
    return closed, out.getvalue()


@pytest.fixture
def room(tmp_path: Path) -> Classroom:
    return Classroom(tmp_path / "home")


def test_a_question_is_asked_missed_helped_with_and_solved(
    room: Classroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = room.pose("add-2")
    closed, shown = sat(room, ["999", "?", str(right(asked, "s1"))], monkeypatch)
    assert closed == 1
    assert asked.question.stem in shown
    assert "Not yet." in shown
    assert "Look at both numbers." in shown
    assert room.practice.open() is None


def test_leaving_in_mid_question_keeps_it_open(room: Classroom, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = room.pose("add-2")
    assert sat(room, ["/quit"], monkeypatch)[0] == 0
    now = room.practice.open()
    assert now is not None
    assert now.posed.id == asked.posed.id


def test_a_bad_question_does_not_count(room: Classroom, monkeypatch: pytest.MonkeyPatch) -> None:
    room.pose("add-2")
    _, shown = sat(room, ["/bad"], monkeypatch)
    assert "It does not count." in shown
    assert room.agenda.knowledge().state.questions == 0


def test_just_tell_me_shows_the_solution_in_the_end(room: Classroom, monkeypatch: pytest.MonkeyPatch) -> None:
    room.pose("add-2")
    _, shown = sat(room, ["!", "!", "!"], monkeypatch)
    assert "Count on." in shown


def test_the_number_of_an_option_stands_for_its_id(room: Classroom) -> None:
    room.bank.held[PACK].items["name-1"]
    step = room.pose("name-1").question.steps[0]
    for number, option in enumerate(step.options, 1):
        assert read_response(step, str(number)) == option.id
    assert read_response(step, "0") is None
    assert read_response(step, "4") is None
    assert read_response(step, "sum") is None
    assert choosing().steps[0].options[0] == Option("sum", "A sum")


def test_an_exam_says_what_was_right_at_its_end_only(
    room: Classroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    room.pose("add-2", mode=PracticeMode.EXAM)
    out = io.StringIO()
    monkeypatch.setattr(sys, "stdin", io.StringIO("2 + (\n999\n2\n"))
    wanted = Wanted(Aim.SKILL, PACK, "add", PracticeMode.EXAM)
    context = Context(DataPaths(Path("nowhere")), out=out, err=out)
    Sitting(context, Room(room), wanted, most=2).run()  # type: ignore[arg-type]
    shown = out.getvalue()
    assert "does not count as an answer" in shown
    assert shown.count("Your answer is kept.") == 2
    assert "Not yet" not in shown
    assert "Count on." not in shown
    assert "0 of 1 right." in shown  # the first one was begun in a sitting before


def test_a_question_that_a_window_went_on_with_is_left_to_it(
    room: Classroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    room.pose("add-2")
    window = Classroom(room.folder, room.clock, room.bank)
    window.practice.open()
    sitting_lines = iter(["999", ""])

    def typed(_: str = "") -> str:
        line = next(sitting_lines, "/quit")
        if line == "999":
            window.practice.leave()
            window.pose("add-3")
        return line

    monkeypatch.setattr("builtins.input", typed)
    out = io.StringIO()
    context = Context(DataPaths(Path("nowhere")), out=out, err=out)
    Sitting(context, Room(room), Wanted(Aim.SKILL, PACK, "add"), most=2).run()  # type: ignore[arg-type]
    assert "The question has changed" in out.getvalue()
    now = window.practice.open()
    assert now is not None
    assert out.getvalue().count(now.question.stem) == 1
    assert now.attempts == ()
    window.database.close()


@pytest.mark.parametrize("line", ["@", "B A @", "1", "AB", "", "A"])
def test_letters_that_stand_for_nothing_are_asked_for_again(line: str) -> None:
    step = next(
        it
        for it in instantiate(
            Item(
                "match-1",
                ("add",),
                "Match.",
                (
                    Step(
                        "s1",
                        "add",
                        "",
                        ItemKind.MATCH,
                        {"a": "x", "b": "y"},
                        (Option("a", "a"), Option("b", "b")),
                        right=(Option("x", "x"), Option("y", "y")),
                    ),
                ),
            ),
            0,
        ).steps
    )
    assert read_response(step, line) is None
    assert read_response(step, "b a") is not None


def test_bytes_that_are_no_text_are_asked_for_again(room: Classroom, monkeypatch: pytest.MonkeyPatch) -> None:
    room.pose("add-2")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"\xff\xfe\n/quit\n"), encoding="utf-8"))
    out = io.StringIO()
    context = Context(DataPaths(Path("nowhere")), out=out, err=out)
    Sitting(context, Room(room), Wanted(Aim.SKILL, PACK, "add"), most=1).run()  # type: ignore[arg-type]
    assert "cannot be read" in out.getvalue()
