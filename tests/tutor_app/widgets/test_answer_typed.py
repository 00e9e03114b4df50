"""What is typed: numbers, mathematics and sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from tutor_app.richtext.formula import typeset
from tutor_app.richtext.parser import parse
from tutor_app.services.practising import Preview, ShownStep
from tutor_app.theme.tokens import SPACE
from tutor_app.widgets.answer_inputs import answer_input
from tutor_app.widgets.answer_typed import AnswerLine, AnswerSentence

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tutor_app.theme.theme import Theme
from tests.tutor_app.widgets.answer_samples import KEY, made


def test_a_book_pasted_into_a_field_is_cut(qtbot: QtBot, theme: Theme) -> None:
    line = AnswerLine(theme, "number")
    qtbot.addWidget(line)
    line.field.setText("1" * 100_000)
    given = line.response()
    assert isinstance(given, str)
    assert len(given) == 500


def test_typed_mathematics_is_previewed_and_numbers_are_left_in_peace(qtbot: QtBot, theme: Theme) -> None:
    widget = made(qtbot, theme, "expression")
    assert isinstance(widget, AnswerLine)
    with qtbot.waitSignal(widget.preview_wanted) as wanted:
        QTest.keyClicks(widget.field, "1/2")
    assert wanted.args == ["1/2", "expression"]
    widget.show_preview(Preview("1/2", typeset("\\frac{1}{2}")))
    assert widget.preview.isVisible()
    assert "half" in widget.preview.accessibleName() or "1" in widget.preview.accessibleName()
    widget.show_preview(Preview("something older", typeset("x")))
    assert "x" not in widget.preview.accessibleName()

    number = made(qtbot, theme, "number")
    assert isinstance(number, AnswerLine)
    number.set_response("16")
    number.show_preview(Preview("16", typeset("16")))
    assert not number.preview.isVisible()


@pytest.mark.parametrize(("language", "example"), [("en", "(2, 5)"), ("de", "(2; 5)")])
def test_values_are_separated_as_the_language_prints_them(
    qtbot: QtBot, theme: Theme, language: str, example: str
) -> None:
    before = QLocale()
    QLocale.setDefault(QLocale(language))
    try:
        line = AnswerLine(theme, "tuple")
    finally:
        QLocale.setDefault(before)
    qtbot.addWidget(line)
    assert line.field.placeholderText().endswith(example)
    assert [key.text() for key in line.findChildren(QAbstractButton)] == ["(", example[2], ")"]


def test_where_a_fraction_is_asked_the_field_says_so_and_has_its_key(qtbot: QtBot, theme: Theme) -> None:
    line = answer_input(theme, ShownStep("s", "number", parse("?"), fraction="2/3"))
    qtbot.addWidget(line)
    assert isinstance(line, AnswerLine)
    assert line.field.placeholderText() == "A fraction, such as 2/3"
    (key,) = line.findChildren(QAbstractButton)
    line.field.setText("1")
    key.click()
    assert line.response() == "1/"
    plain = answer_input(theme, ShownStep("s", "number", parse("?")))
    qtbot.addWidget(plain)
    assert not plain.findChildren(QAbstractButton)


def test_a_fraction_is_not_close_to_the_keys_above_it(qtbot: QtBot, theme: Theme) -> None:
    line = AnswerLine(theme, "expression")
    qtbot.addWidget(line)
    line.show()
    height = line.sizeHint().height()
    line.field.setText("1/2")
    line.show_preview(Preview("1/2", typeset("\\frac{1}{2}")))
    assert line.sizeHint().height() > height
    keys = line.findChildren(QAbstractButton)[0]
    foot = keys.mapTo(line, keys.rect().bottomLeft()).y()
    qtbot.waitUntil(lambda: line.preview.y() - foot >= SPACE["s"] + SPACE["xs"])


def test_a_unit_is_not_previewed_as_a_product(qtbot: QtBot, theme: Theme) -> None:
    quantity = made(qtbot, theme, "number")
    assert isinstance(quantity, AnswerLine)
    quantity.set_response("1/2 m/s")
    quantity.show_preview(Preview("1/2 m/s", typeset("\\frac{m}{2s}")))
    assert not quantity.preview.isVisible()
    quantity.set_response("1/2 pi")
    quantity.show_preview(Preview("1/2 pi", typeset("\\frac{1}{2}\\pi")))
    assert quantity.preview.isVisible()


def test_signs_can_be_written_by_a_click(qtbot: QtBot, theme: Theme) -> None:
    widget = made(qtbot, theme, "expression")
    next(it for it in widget.findChildren(QAbstractButton) if it.text() == "√").click()
    assert widget.response() == "√"


def test_enter_checks_a_sentence_and_shift_enter_begins_a_line(qtbot: QtBot, theme: Theme) -> None:
    widget = made(qtbot, theme, "short")
    assert isinstance(widget, AnswerSentence)
    QTest.keyClicks(widget.box, "a")
    QTest.keyClick(widget.box, KEY.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClicks(widget.box, "b")
    with qtbot.waitSignal(widget.submitted):
        QTest.keyClick(widget.box, KEY.Key_Return)
    assert widget.response() == "a\nb"
