"""The widgets for answering: by mouse and by keyboard, with what was given put back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QLocale, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from tutor_app.richtext.formula import typeset
from tutor_app.richtext.parser import parse
from tutor_app.services.gapped_text import with_gaps
from tutor_app.services.practising import Preview, ShownOption, ShownStep
from tutor_app.theme.tokens import SPACE
from tutor_app.widgets.answer_cloze import AnswerCloze
from tutor_app.widgets.answer_inputs import answer_input, stand_as
from tutor_app.widgets.answer_match import AnswerMatch
from tutor_app.widgets.answer_options import AnswerOptions
from tutor_app.widgets.answer_order import AnswerOrder
from tutor_app.widgets.answer_typed import AnswerLine, AnswerSentence
from tutor_app.widgets.icon_mark import IconMark
from tutor_app.widgets.option_frame import OptionFrame
from tutor_app.widgets.rich_text_view import EDGE
from tutor_app.widgets.scroll_column import ScrollColumn

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tutor_app.preferences import PreferenceStore
    from tutor_app.services.practising import Response
    from tutor_app.theme.theme import Theme
    from tutor_app.widgets.answer_input import AnswerInput
    from tutor_app.widgets.rich_text_view import RichTextView

KEY, BUTTON = Qt.Key, Qt.MouseButton.LeftButton


def option(identifier: str, text: str = "") -> ShownOption:
    return ShownOption(identifier, parse(text or identifier))


ABC = (option("a", "one $x$"), option("b", "two"), option("c", "three"))
STEPS = {
    "choice": ShownStep("s", "choice", parse("?"), options=ABC),
    "multiple": ShownStep("s", "multiple", parse("?"), options=ABC),
    "order": ShownStep("s", "order", parse("?"), options=ABC),
    "match": ShownStep(
        "s", "match", parse("?"), options=ABC[:2], right=(option("x"), option("y"), option("z"))
    ),
    "cloze": ShownStep(
        "s", "cloze", with_gaps("A [gap:g1], and $x$ or [gap:g2]."), gaps=("g1", "g2"), bank=("red", "blue")
    ),
    "short": ShownStep("s", "short", parse("?")),
    "text": ShownStep("s", "text", parse("?")),
    "number": ShownStep("s", "number", parse("?"), after="cm"),
    "expression": ShownStep("s", "expression", parse("?")),
}
GIVEN: dict[str, Response] = {
    "choice": "b",
    "multiple": ("a", "c"),
    "order": ("c", "a", "b"),
    "match": {"a": "y", "b": "y"},
    "cloze": {"g1": "red", "g2": "blue"},
    "short": "because",
    "text": "word",
    "number": "7",
    "expression": "2x",
}


def made(qtbot: QtBot, theme: Theme, kind: str) -> AnswerInput:
    widget = answer_input(theme, STEPS[kind])
    qtbot.addWidget(widget)
    widget.resize(640, 400)
    with qtbot.waitActive(widget):
        widget.show()
        widget.activateWindow()
    return widget


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


def test_a_book_pasted_into_a_field_is_cut(qtbot: QtBot, theme: Theme) -> None:
    line = AnswerLine(theme, "number")
    qtbot.addWidget(line)
    line.field.setText("1" * 100_000)
    given = line.response()
    assert isinstance(given, str)
    assert len(given) == 500


def test_an_option_is_chosen_by_a_click_anywhere_in_its_line(qtbot: QtBot, theme: Theme) -> None:
    widget = made(qtbot, theme, "choice")
    assert isinstance(widget, AnswerOptions)
    with qtbot.waitSignal(widget.changed):
        line = widget.control("b").parentWidget()
        assert line is not None
        QTest.mouseClick(line, BUTTON, pos=QPoint(line.width() - 5, 5))
    assert widget.response() == "b"


def test_an_option_is_chosen_with_the_arrow_keys(qtbot: QtBot, theme: Theme) -> None:
    widget = made(qtbot, theme, "choice")
    assert isinstance(widget, AnswerOptions)
    widget.focus_start()
    QTest.keyClick(widget.control("a"), KEY.Key_Space)
    assert widget.response() == "a"
    QTest.keyClick(widget.control("a"), KEY.Key_Down)
    assert widget.response() == "b"


def test_ticks_are_set_with_the_keyboard_alone(qtbot: QtBot, theme: Theme) -> None:
    widget = made(qtbot, theme, "multiple")
    widget.focus_start()
    for key in (KEY.Key_Space, KEY.Key_Down, KEY.Key_Down, KEY.Key_Space):
        focused = widget.focusWidget()
        assert isinstance(focused, QAbstractButton)
        QTest.keyClick(focused, key)
    assert widget.response() == ("a", "c")


def test_a_formula_in_an_option_is_said_in_words(qtbot: QtBot, theme: Theme) -> None:
    widget = made(qtbot, theme, "choice")
    assert isinstance(widget, AnswerOptions)
    assert widget.control("a").accessibleName() == "one x"


def test_a_line_is_moved_by_alt_and_an_arrow_and_says_where_it_is(qtbot: QtBot, theme: Theme) -> None:
    widget = made(qtbot, theme, "order")
    assert isinstance(widget, AnswerOrder)
    first = widget.lines()[0]
    first.setFocus()
    QTest.keyClick(first, KEY.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert widget.response() == ("b", "a", "c")
    assert first.hasFocus()
    assert first.accessibleName() == "2 of 3: one x"
    QTest.keyClick(first, KEY.Key_Down)
    assert widget.lines()[2].hasFocus()


def test_a_line_is_dragged_to_its_place(qtbot: QtBot, theme: Theme) -> None:
    widget = made(qtbot, theme, "order")
    assert isinstance(widget, AnswerOrder)
    first, *_, last = widget.lines()
    QTest.mousePress(first, BUTTON, pos=QPoint(5, 5))
    first.dragged.emit(last.geometry().bottom())
    QTest.mouseRelease(first, BUTTON)
    assert widget.response() == ("b", "c", "a")


def test_the_ends_of_the_order_go_no_further(qtbot: QtBot, theme: Theme) -> None:
    widget = made(qtbot, theme, "order")
    assert isinstance(widget, AnswerOrder)
    first = widget.lines()[0]
    assert not first.up.isEnabled()
    first.moved.emit(-1)
    assert widget.response() == ("a", "b", "c")


def test_cards_that_are_pressed_fill_one_place_after_the_other(qtbot: QtBot, theme: Theme) -> None:
    widget = made(qtbot, theme, "match")
    assert isinstance(widget, AnswerMatch)
    widget.cards["z"].click()
    assert widget.response() is None
    assert widget.draft() == {"a": "z"}
    widget.cards["x"].click()
    assert widget.response() == {"a": "z", "b": "x"}


def test_a_place_is_filled_and_emptied_with_the_keyboard(qtbot: QtBot, theme: Theme) -> None:
    widget = made(qtbot, theme, "match")
    assert isinstance(widget, AnswerMatch)
    place = widget.places["b"]
    place.setFocus()
    QTest.keyClick(place, KEY.Key_Up)
    assert widget.draft() == {"b": "z"}
    QTest.keyClick(place, KEY.Key_Down)
    assert widget.draft() == {"b": "x"}
    assert place.accessibleName() == "two: x"
    QTest.keyClick(place, KEY.Key_Backspace)
    assert widget.draft() is None


def test_a_dropped_card_goes_into_that_place(qtbot: QtBot, theme: Theme) -> None:
    widget = made(qtbot, theme, "match")
    assert isinstance(widget, AnswerMatch)
    widget.places["b"].given.emit("y")
    assert widget.draft() == {"b": "y"}


def test_pairs_that_are_right_are_marked_until_they_change(qtbot: QtBot, theme: Theme) -> None:
    widget = made(qtbot, theme, "match")
    assert isinstance(widget, AnswerMatch)
    widget.set_response({"a": "x", "b": "y"})
    widget.show_right(("a",))
    assert widget.places["a"].accessibleName().endswith("right")
    widget.places["a"].turned.emit(1)
    assert not widget.places["a"].accessibleName().endswith("right")


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


@pytest.mark.parametrize("from_right", [False, True])
@pytest.mark.parametrize("words", ["7", "one", "כמה"])
def test_an_option_begins_beside_its_mark_whichever_letters_it_begins_with(
    qtbot: QtBot, theme: Theme, words: str, from_right: bool
) -> None:
    widget = answer_input(theme, replace(STEPS["choice"], options=(option("a", words), option("b"))))
    stand_as(parse("כמה" if from_right else "How many"), widget)
    qtbot.addWidget(widget)
    widget.resize(640, 200)
    widget.show()
    view = widget.findChildren(OptionFrame)[0].view
    line = view.document().firstBlock().layout().lineAt(0).naturalTextRect()
    beside = view.width() - line.right() if from_right else line.left()
    assert beside <= 2 * EDGE + 1


def text_middle(view: RichTextView, whole: QWidget) -> float:
    """How far down in ``whole`` the middle of the letters of the first line is, in pixels."""
    block = view.document().firstBlock()
    line = block.layout().lineAt(0)
    top = view.document().documentLayout().blockBoundingRect(block).top() + line.y()
    return view.mapTo(whole, QPoint()).y() + top + (line.ascent() + line.descent()) / 2


@pytest.mark.parametrize("kind", ["choice", "multiple", "order"])
def test_the_words_of_an_option_stand_in_the_middle_of_its_row_and_so_does_its_mark(
    qtbot: QtBot, theme: Theme, kind: str
) -> None:
    widget = made(qtbot, theme, kind)
    for row in widget.findChildren(OptionFrame):
        mark = row.findChildren(QAbstractButton)[0] if kind != "order" else row.findChildren(IconMark)[0]
        middle = mark.mapTo(row, mark.rect().center()).y()
        assert abs(text_middle(row.view, row) - middle) <= 1
        assert abs(text_middle(row.view, row) - row.height() / 2) <= 1


@pytest.mark.parametrize("kind", ["choice", "multiple", "order"])
def test_a_row_that_has_the_keyboard_from_the_beginning_is_as_high_as_the_others(
    qtbot: QtBot, theme: Theme, kind: str
) -> None:
    widget = answer_input(theme, replace(STEPS[kind], options=tuple(map(option, ("one", "two", "three")))))
    rows = widget.findChildren(OptionFrame)
    rows[0].set_active(True)
    page = ScrollColumn()
    qtbot.addWidget(page)
    page.add(widget)
    page.column.addStretch(1)
    page.resize(640, 400)
    page.show()
    qtbot.waitUntil(lambda: rows[0].height() > 0 and page.isVisible())
    qtbot.wait(20)
    assert len({row.height() for row in rows}) == 1
    assert len({row.view.y() for row in rows}) == 1


def test_the_keyboard_goes_to_the_option_that_the_mouse_chose(qtbot: QtBot, theme: Theme) -> None:
    widget = made(qtbot, theme, "choice")
    assert isinstance(widget, AnswerOptions)
    widget.focus_start()
    button = widget.control("b")
    QTest.mouseClick(button, BUTTON)
    assert button.hasFocus()
    row = widget.control("c").parentWidget()
    assert row is not None
    QTest.mouseClick(row, BUTTON, pos=QPoint(row.width() - 5, 5))
    assert widget.control("c").hasFocus()
    assert [it.property("active") for it in widget.findChildren(OptionFrame)] == [False, False, True]


@pytest.mark.parametrize("kind", GIVEN)
def test_what_is_put_back_is_told_as_a_change(qtbot: QtBot, theme: Theme, kind: str) -> None:
    widget = made(qtbot, theme, kind)
    with qtbot.waitSignal(widget.changed):
        widget.set_response(GIVEN[kind])


def test_a_card_that_lies_in_a_place_looks_used_and_names_the_places(qtbot: QtBot, theme: Theme) -> None:
    widget = made(qtbot, theme, "match")
    assert isinstance(widget, AnswerMatch)

    def used(card: str) -> tuple[bool, list[str], str]:
        one = widget.cards[card]
        shown = [it.text() for it in one.findChildren(QLabel) if it.text() and it.isVisible()]
        return one.property("used"), shown, one.accessibleDescription()

    widget.set_response({"a": "y", "b": "y"})
    assert used("y") == (True, ["1, 2"], "Put with one x; two")
    assert used("x") == (False, [], "")
    widget.places["a"].emptied.emit()
    assert used("y") == (True, ["2"], "Put with two")
    widget.places["b"].turned.emit(1)
    assert used("y") == (False, [], "")
    assert used("z") == (True, ["2"], "Put with two")


def test_places_and_cards_begin_at_one_height_beside_each_other(qtbot: QtBot, theme: Theme) -> None:
    widget = made(qtbot, theme, "match")
    assert isinstance(widget, AnswerMatch)
    place, card = widget.places["a"], widget.cards["x"]
    assert place.mapTo(widget, QPoint()).y() == card.mapTo(widget, QPoint()).y()
    assert place.mapTo(widget, QPoint()).x() < card.mapTo(widget, QPoint()).x()


def test_where_there_is_no_room_beside_each_other_the_cards_come_first_as_many_in_a_row_as_fit(
    qtbot: QtBot, theme: Theme
) -> None:
    widget = made(qtbot, theme, "match")
    assert isinstance(widget, AnswerMatch)
    widget.resize(400, 400)
    place, cards = widget.places["a"], list(widget.cards.values())

    def lowest() -> int:
        return max(it.mapTo(widget, it.rect().bottomLeft()).y() for it in cards)

    qtbot.waitUntil(lambda: lowest() < place.mapTo(widget, QPoint()).y())
    assert len({it.y() for it in cards}) == 1
    widget.resize(640, 400)
    qtbot.waitUntil(lambda: len({it.x() for it in cards}) == 1)


def test_larger_text_leaves_no_room_beside_each_other(
    qtbot: QtBot, theme: Theme, preferences: PreferenceStore
) -> None:
    widget = made(qtbot, theme, "match")
    assert isinstance(widget, AnswerMatch)
    preferences.change(text_scale=150)
    place, card = widget.places["a"], widget.cards["x"]
    qtbot.waitUntil(lambda: card.mapTo(widget, QPoint()).y() < place.mapTo(widget, QPoint()).y())


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
