"""A question that comes with a worked example: its steps, and the learner's own task below it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from tests.tutor_app.practice_profile import pose
from tests.tutor_app.views.sitting_driver import field, made, seen, type_answer
from tests.tutor_app.views.test_practice_in_view import is_seen, settle_view
from tutor_app.richtext.parser import parse
from tutor_app.services.practising import ExampleStep, WorkedExample
from tutor_app.widgets.example_note import ExampleNote
from tutor_app.widgets.rich_text_view import RichTextView

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tutor_app.app_context import AppContext
    from tutor_app.views.practice_sitting import PracticeSitting

LONG = WorkedExample(
    parse("First add $1 + 2$, then double it."),
    (
        ExampleStep(parse("What is the sum?"), tuple(map(parse, ["$1 + 2 = 3$."] * 8))),
        ExampleStep(parse("And the double of it?"), (parse("$3 + 3 = 6$."),)),
    ),
)


@pytest.fixture
def sitting(qtbot: QtBot, practice_context: AppContext) -> PracticeSitting:
    pose(practice_context.paths, "twice", example=True)
    shown = made(qtbot, practice_context)
    shown.resize(900, 520)
    question = shown.question.question
    assert question is not None
    assert question.example is not None
    shown.question.show_question(replace(question, id="anew", example=LONG))
    settle_view(qtbot, shown)
    return shown


def note(sitting: PracticeSitting) -> ExampleNote:
    (found,) = seen(sitting.question, ExampleNote)
    assert isinstance(found, ExampleNote)
    return found


def headings(sitting: PracticeSitting) -> list[str]:
    labels = [it for it in sitting.question.findChildren(QLabel) if it.isVisible()]
    return [it.text() for it in labels if it.property("role") in ("kind", "heading")]


def test_the_steps_of_the_example_are_numbered_and_the_own_task_has_a_heading(
    sitting: PracticeSitting,
) -> None:
    assert headings(sitting) == ["Step 1", "Step 2", "Now you", "Step 1"]
    texts = [it.toPlainText() for it in note(sitting).findChildren(RichTextView)]
    assert texts.index("What is the sum?") + 9 == texts.index("And the double of it?")


def test_where_the_example_is_hidden_the_own_task_has_its_room_and_the_keyboard(
    qtbot: QtBot, sitting: PracticeSitting
) -> None:
    assert not is_seen(field(sitting), sitting)
    note(sitting).fold_up.setFocus()
    QTest.keyClick(note(sitting).fold_up, Qt.Key.Key_Space)
    settle_view(qtbot, sitting)
    assert is_seen(field(sitting), sitting)
    assert field(sitting).field.hasFocus()
    assert headings(sitting) == ["Step 1"]


def test_the_example_can_be_looked_at_again_and_the_keyboard_is_on_the_way_back(
    qtbot: QtBot, sitting: PracticeSitting
) -> None:
    note(sitting).fold_up.click()
    settle_view(qtbot, sitting)
    again = note(sitting).look_again
    again.setFocus()
    QTest.keyClick(again, Qt.Key.Key_Return)
    assert not again.isVisible()
    assert QApplication.focusWidget() is note(sitting).fold_up
    assert headings(sitting) == ["Step 1", "Step 2", "Now you", "Step 1"]


def test_the_example_folds_up_with_the_first_answer_and_stays_as_the_learner_has_it(
    qtbot: QtBot, practice_context: AppContext
) -> None:
    pose(practice_context.paths, "twice", example=True)
    sitting = made(qtbot, practice_context)
    assert not note(sitting).folded
    type_answer(qtbot, practice_context, sitting, "4")
    assert note(sitting).folded
    note(sitting).look_again.click()
    type_answer(qtbot, practice_context, sitting, "6")
    assert not note(sitting).folded
    type_answer(qtbot, practice_context, sitting, "5")
    assert note(sitting).folded


def test_nothing_of_an_example_is_a_window_of_its_own(sitting: PracticeSitting) -> None:
    assert [it for it in QApplication.topLevelWidgets() if it.isVisible()] == [sitting]
