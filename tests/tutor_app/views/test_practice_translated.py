"""Practice in any language, and for a screen reader: all is translated, not cut, named and reached by Tab."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.tutor_app.practice_profile import ITEMS
from tests.tutor_app.pseudo import PseudoTranslations
from tests.tutor_app.widget_texts import cut, unmarked
from tutor_app import i18n
from tutor_app.richtext.parser import parse
from tutor_app.richtext.plain import to_spoken

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from tutor_app.app_context import AppContext
    from tutor_app.application import TutorApplication
from tests.tutor_app.views.sitting_driver import asked, settle, type_answer


@pytest.fixture
def pseudo(qapp: TutorApplication) -> Iterator[None]:
    i18n.install(PseudoTranslations())
    yield
    i18n.install(i18n.load("en"))


def authored() -> set[str]:
    """What the small pack says, as it is shown."""
    texts = {to_spoken(parse(re.sub(r"\[gap:\w+\]", "…", text))) for text in strings(ITEMS)}
    return texts | {"Plants", "Say why", "…", "LLM Tutor"}


def strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for one in value.values() if isinstance(value, dict) else value:
            yield from strings(one)


@pytest.mark.parametrize("item", [item["id"] for item in ITEMS])
def test_a_question_of_any_kind_says_nothing_that_no_translation_reaches_and_nothing_is_cut(
    qtbot: QtBot, practice_context: AppContext, pseudo: None, item: str
) -> None:
    sitting = asked(qtbot, practice_context, item)
    sitting.resize(880, 540)
    qtbot.wait(50)
    assert unmarked(sitting, authored()) == []
    assert cut(sitting) == []


def test_the_choice_and_the_summary_say_nothing_that_no_translation_reaches(
    qtbot: QtBot, practice_context: AppContext, pseudo: None
) -> None:
    sitting = asked(qtbot, practice_context, "sum")
    type_answer(qtbot, practice_context, sitting, "7")
    sitting.resize(880, 540)
    sitting._finish()
    settle(qtbot, practice_context)
    assert sitting.summary.isVisible()
    assert (unmarked(sitting, authored()), cut(sitting)) == ([], [])
    sitting.practice.offer()
    settle(qtbot, practice_context)
    assert sitting.chooser.isVisible()
    assert (unmarked(sitting, authored()), cut(sitting)) == ([], [])


@pytest.mark.parametrize("item", [item["id"] for item in ITEMS])
def test_every_control_of_a_question_has_a_name_and_is_reached_by_tab(
    qtbot: QtBot, practice_context: AppContext, item: str
) -> None:
    sitting = asked(qtbot, practice_context, item)
    reached: list[QWidget] = []
    for _ in range(60):
        focus = QApplication.focusWidget()
        assert focus is not None
        if focus not in reached:
            reached.append(focus)
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    assert [it for it in reached if not it.accessibleName() and not getattr(it, "text", str)()] == []
    assert sitting.question.buttons.help in reached
    assert sitting.question.buttons.bad in reached
