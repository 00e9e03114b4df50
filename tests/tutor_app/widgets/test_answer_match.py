"""Finding what belongs together: cards into places, by mouse and by keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from tutor_app.widgets.answer_match import AnswerMatch

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tutor_app.preferences import PreferenceStore
    from tutor_app.theme.theme import Theme
from tests.tutor_app.widgets.answer_samples import KEY, made


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
