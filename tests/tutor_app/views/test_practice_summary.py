"""The page at the end of a sitting, without an engine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame

from tutor_app.richtext.opening import opening
from tutor_app.services.practising import ChangedSkill, DoneQuestion, Summary
from tutor_app.views.practice_summary import PracticeSummary, _change_mark
from tutor_app.widgets.quiet_text import QuietText

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from tutor_app.theme.theme import Theme


def test_a_question_begins_below_its_skill_also_where_the_window_is_read_from_the_right(
    qtbot: QtBot, qapp: QApplication, theme: Theme
) -> None:
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        page = PracticeSummary(theme)
        qtbot.addWidget(page)
        done = (DoneQuestion("1", "Add", "right", opening("What is it?", 90)),)
        page.show_summary(Summary("s", "practice", 1, 1, 1, (), done))
        page.resize(900, 700)
        page.show()
        (text,) = page.findChildren(QuietText)
        image = text.grab().toImage()
        half = image.width() // 2
        assert {image.pixel(x, y) for x in range(half) for y in range(image.height())} == {image.pixel(0, 0)}
    finally:
        qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def test_the_questions_of_a_sitting_are_told_from_each_other_by_a_rule(qtbot: QtBot, theme: Theme) -> None:
    page = PracticeSummary(theme)
    qtbot.addWidget(page)
    page.resize(900, 700)
    done = tuple(
        DoneQuestion(str(at), "Add", "right", opening(f"What is ${at} + 1$?", 90)) for at in range(3)
    )
    page.show_summary(Summary("s", "practice", 3, 3, 1, (), done))
    page.show()
    rules = [it for it in page.findChildren(QFrame) if it.property("role") == "rule"]
    lines = [it.mapTo(page, it.rect().topLeft()).y() for it in page.findChildren(QuietText)]
    tops = [it.mapTo(page, it.rect().topLeft()).y() for it in rules]
    assert len(lines) == 3
    assert sorted(lines + tops) == [lines[0], tops[0], lines[1], tops[1], lines[2]]


def test_a_skill_that_was_only_begun_is_not_called_a_rise() -> None:
    assert _change_mark(ChangedSkill("Add", "familiar", rose=True)) == ("chevron-up", "good")
    assert _change_mark(ChangedSkill("Add", "attempted", rose=True)) == ("dash", "mute")
    assert _change_mark(ChangedSkill("Add", "familiar", rose=True, missed=True)) == ("dash", "mute")
    assert _change_mark(ChangedSkill("Add", "attempted", rose=False)) == ("chevron-down", "mute")
