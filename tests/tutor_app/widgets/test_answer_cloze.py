"""Filling the gaps of a text."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel

from tutor_app.services.gapped_text import with_gaps
from tutor_app.widgets.answer_cloze import AnswerCloze

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tutor_app.theme.theme import Theme
from tests.tutor_app.widgets.answer_samples import KEY, STEPS, made


@pytest.mark.parametrize("width", [640, 300])
def test_the_fields_of_a_cloze_stand_in_its_gaps(qtbot: QtBot, theme: Theme, width: int) -> None:
    widget = made(qtbot, theme, "cloze")
    assert isinstance(widget, AnswerCloze)
    widget.resize(width, 400)
    first, second = widget.fields["g1"], widget.fields["g2"]

    def stand() -> bool:
        inside = widget.text.viewport().rect()
        return (
            inside.width() == width
            and inside.contains(first.geometry())
            and inside.contains(second.geometry())
        )

    qtbot.waitUntil(stand)
    assert first.geometry().left() > 10
    assert not first.geometry().intersects(second.geometry())


def test_words_fill_the_gaps_in_turn(qtbot: QtBot, theme: Theme) -> None:
    widget = made(qtbot, theme, "cloze")
    for word in ("red", "blue"):
        chip = next(it for it in widget.findChildren(QAbstractButton) if it.text() == word)
        chip.click()
    assert widget.response() == {"g1": "red", "g2": "blue"}


def test_enter_goes_to_the_next_gap_and_checks_at_the_last(qtbot: QtBot, theme: Theme) -> None:
    widget = made(qtbot, theme, "cloze")
    assert isinstance(widget, AnswerCloze)
    widget.focus_start()
    QTest.keyClicks(widget.fields["g1"], "red")
    QTest.keyClick(widget.fields["g1"], KEY.Key_Return)
    assert widget.fields["g2"].hasFocus()
    QTest.keyClicks(widget.fields["g2"], "blue")
    with qtbot.waitSignal(widget.submitted):
        QTest.keyClick(widget.fields["g2"], KEY.Key_Return)


def test_a_gap_that_the_text_does_not_name_is_listed(qtbot: QtBot, theme: Theme) -> None:
    widget = AnswerCloze(theme, replace(STEPS["cloze"], ask=with_gaps("Only [gap:g1].")))
    qtbot.addWidget(widget)
    assert widget.fields["g2"].parentWidget() is widget


def test_right_gaps_are_marked_until_they_change(qtbot: QtBot, theme: Theme) -> None:
    widget = made(qtbot, theme, "cloze")
    assert isinstance(widget, AnswerCloze)
    widget.set_response({"g1": "red", "g2": "blue"})
    widget.show_right(("g1",))
    assert widget.fields["g1"].property("right")
    assert not widget.fields["g2"].property("right")
    QTest.keyClicks(widget.fields["g1"], "x")
    assert not widget.fields["g1"].property("right")


def test_a_text_says_below_it_how_many_of_its_gaps_are_empty_and_nothing_moves_when_none_is(
    qtbot: QtBot, theme: Theme
) -> None:
    widget = made(qtbot, theme, "cloze")
    lines = [it for it in widget.findChildren(QLabel) if "empty" in it.text()]
    assert [it.text() for it in lines if it.isVisible()] == ["2 gaps are still empty."]
    before = widget.sizeHint()
    widget.set_response({"g1": "red", "g2": "blue"})
    assert not any(it.isVisible() for it in lines)
    assert widget.sizeHint() == before
    widget.set_response({"g2": " "})
    assert [it.text() for it in lines if it.isVisible()] == ["One gap is still empty."]
