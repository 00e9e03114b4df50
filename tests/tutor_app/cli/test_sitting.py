"""A sitting in the terminal: what is typed becomes a response, and a whole question can be done by keyboard."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from engine.content.item import Option
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
    room.bank.held[PACK].items["name-1"]  # noqa: B018 - it must be there
    step = room.pose("name-1").question.steps[0]
    for number, option in enumerate(step.options, 1):
        assert read_response(step, str(number)) == option.id
    assert read_response(step, "0") is None
    assert read_response(step, "4") is None
    assert read_response(step, "sum") is None
    assert choosing().steps[0].options[0] == Option("sum", "A sum")
