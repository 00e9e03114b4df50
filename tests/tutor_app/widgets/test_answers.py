"""What holds for answering of any kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QAbstractButton

from tutor_app.richtext.parser import parse
from tutor_app.widgets.answer_inputs import stand_as
from tutor_app.widgets.answer_typed import AnswerLine

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tutor_app.theme.theme import Theme
from tests.tutor_app.widgets.answer_samples import GIVEN, made


@pytest.mark.parametrize("kind", GIVEN)
def test_what_was_given_can_be_put_back(qtbot: QtBot, theme: Theme, kind: str) -> None:
    widget = made(qtbot, theme, kind)
    widget.set_response(GIVEN[kind])
    assert widget.response() == GIVEN[kind]
    assert widget.draft() == GIVEN[kind]


@pytest.mark.parametrize("kind", [kind for kind in GIVEN if kind != "order"])
def test_at_first_there_is_nothing_to_check(qtbot: QtBot, theme: Theme, kind: str) -> None:
    assert made(qtbot, theme, kind).response() is None


@pytest.mark.parametrize("kind", GIVEN)
def test_the_keyboard_is_in_it_at_once(qtbot: QtBot, theme: Theme, kind: str) -> None:
    widget = made(qtbot, theme, kind)
    widget.focus_start()
    focused = widget.focusWidget()
    assert focused is not None
    assert focused.hasFocus()
    assert focused.accessibleName()


@pytest.mark.parametrize(
    ("question", "from_right"), [("How many?", False), ("$x$ כמה", True), ("$x = 2$", False)]
)
def test_a_field_stands_as_its_question_does(
    qtbot: QtBot, theme: Theme, question: str, from_right: bool
) -> None:
    line = made(qtbot, theme, "expression")
    assert isinstance(line, AnswerLine)
    stand_as(parse(question), line)
    assert line.field.isRightToLeft() is from_right
    keys = line.findChildren(QAbstractButton)
    assert [key.text() for key in keys] == ["^", "√", "(", ")"]
    assert not keys[0].parentWidget().isRightToLeft()  # type: ignore[union-attr]


@pytest.mark.parametrize("kind", GIVEN)
def test_what_is_put_back_is_told_as_a_change(qtbot: QtBot, theme: Theme, kind: str) -> None:
    widget = made(qtbot, theme, kind)
    with qtbot.waitSignal(widget.changed):
        widget.set_response(GIVEN[kind])


@pytest.mark.parametrize(
    ("kind", "parts", "what"), [("match", ("a", "b"), "place"), ("cloze", ("g1", "g2"), "gap")]
)
def test_what_is_still_empty_is_said(
    qtbot: QtBot, theme: Theme, kind: str, parts: tuple[str, str], what: str
) -> None:
    widget = made(qtbot, theme, kind)
    assert widget.missing() == f"2 {what}s are still empty."
    widget.set_response({parts[0]: "x"})
    assert widget.missing() == f"One {what} is still empty."
    widget.set_response({parts[1]: "x"})
    assert widget.missing() == ""
