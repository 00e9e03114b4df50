"""Where rich text and its formulas stand: heights, lines, baselines, and the direction of reading."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QScrollArea, QVBoxLayout, QWidget

from tutor_app.preferences import PreferenceStore, ThemeChoice
from tutor_app.richtext.parser import parse
from tutor_app.widgets.rich_text_view import EDGE, RichTextView
from tutor_app.widgets.text_objects import FormulaObject

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tutor_app.theme.theme import Theme
from tests.tutor_app.widgets.rich_text_samples import EVERYTHING, colours, shown


def test_its_height_is_that_of_its_text_at_the_width_given(qtbot: QtBot, theme: Theme) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    view = RichTextView(theme)
    view.set_rich_text(parse("word " * 200))
    column.addWidget(view)
    column.addStretch(1)
    page.resize(600, 900)
    page.show()
    qtbot.waitUntil(lambda: view.height() == view.heightForWidth(600))
    tall = view.height()
    assert view.verticalScrollBar().maximum() == 0
    page.resize(300, 1800)
    qtbot.waitUntil(lambda: view.width() == 300 and view.height() == view.heightForWidth(300))
    assert view.height() > 1.6 * tall
    view.set_rich_text(parse("word"))
    qtbot.waitUntil(lambda: view.height() < tall / 4)


def test_a_text_in_a_scroll_area_is_shown_in_full(qtbot: QtBot, theme: Theme) -> None:
    area = QScrollArea()
    qtbot.addWidget(area)
    area.setWidgetResizable(True)
    inner = QWidget()
    column = QVBoxLayout(inner)
    views = [RichTextView(theme) for _ in range(3)]
    for view in views:
        view.set_rich_text(parse(EVERYTHING))
        column.addWidget(view)
    column.addStretch(1)
    area.setWidget(inner)
    area.resize(500, 300)
    area.show()
    qtbot.waitUntil(lambda: all(view.height() == view.heightForWidth(view.width()) for view in views))


def test_larger_text_takes_more_room(qtbot: QtBot, theme: Theme, preferences: PreferenceStore) -> None:
    view = shown(qtbot, theme, parse(EVERYTHING))
    before = view.heightForWidth(500)
    preferences.change(text_scale=200)
    assert view.heightForWidth(500) > 1.5 * before


@pytest.mark.parametrize("choice", [ThemeChoice.LIGHT, ThemeChoice.DARK, ThemeChoice.CONTRAST])
def test_a_formula_is_drawn_in_the_colour_of_the_theme(
    qtbot: QtBot, theme: Theme, preferences: PreferenceStore, choice: ThemeChoice
) -> None:
    view = shown(qtbot, theme, parse("$$-$$"))
    preferences.change(theme=choice)
    image = view.grab().toImage()
    assert QColor(theme.colours.ink) in colours(image)


def test_a_formula_stands_on_the_baseline_of_its_line(qtbot: QtBot, theme: Theme) -> None:
    view = shown(qtbot, theme, parse(r"A $\frac{1}{2}$ and $H$ and $y_{y_y}$."))
    line = view.document().begin().layout().lineAt(0)
    for number in range(3):
        shape = view._drawer.objects[number]
        box = shape.size(500)
        assert box.height() - shape.descent <= line.ascent() + 0.01
        assert shape.descent <= line.descent() + 0.01
    assert line.height() < 3.2 * view._formats.em


def test_a_wide_formula_is_made_to_fit(qtbot: QtBot, theme: Theme) -> None:
    view = shown(qtbot, theme, parse("$$" + "+".join(["abc"] * 30) + "$$"), width=300)
    (formula,) = view._drawer.objects
    assert formula.size(300 - 2 * EDGE).width() <= 300 - 2 * EDGE
    assert view.document().idealWidth() <= 300


def test_a_formula_that_would_be_too_small_goes_on_in_the_next_row(qtbot: QtBot, theme: Theme) -> None:
    view = shown(qtbot, theme, parse(f"$${' + '.join(f'x_{{{n}}}' for n in range(30))}$$"), width=300)
    formula = view._drawer.objects[0]
    assert isinstance(formula, FormulaObject)
    available = view.document().textWidth() - 2 * EDGE
    assert len(formula.rows(available)) > 2
    assert formula.scale(available) == formula.pixels
    assert formula.size(available).width() <= available
    assert view.height() > len(formula.rows(available)) * formula.pixels


def test_a_full_stop_behind_a_formula_does_not_begin_a_line(qtbot: QtBot, theme: Theme) -> None:
    view = shown(qtbot, theme, parse("Some words before $y = 6$."))
    for width in range(120, 260, 2):
        view.document().setTextWidth(width)
        layout = view.document().firstBlock().layout()
        starts = [layout.lineAt(n).textStart() for n in range(layout.lineCount())]
        assert "." not in {view.toPlainText()[start : start + 1] for start in starts}
    view.selectAll()
    assert view.selected_source() == "Some words before $y = 6$."


def test_the_numbers_of_an_english_list_are_the_same_in_a_mirrored_window(
    qtbot: QtBot, qapp: QApplication, theme: Theme
) -> None:
    view = shown(qtbot, theme, parse("1. one\n2. two"))
    before = view.viewport().grab().toImage()
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        assert view.isRightToLeft()
        assert view.viewport().grab().toImage() == before
    finally:
        qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def test_a_bracket_behind_a_formula_is_not_turned_in_a_mirrored_window(
    qtbot: QtBot, qapp: QApplication, theme: Theme
) -> None:
    view = shown(qtbot, theme, parse("Use it (on Mars $g = 3.7$). Then on."))
    formula = view._drawer.objects[0]
    assert isinstance(formula, FormulaObject)
    assert formula.tail == ")."
    before = view.viewport().grab().toImage()
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        assert view.viewport().grab().toImage() == before
    finally:
        qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def test_right_to_left_text_stands_at_the_right(qtbot: QtBot, theme: Theme) -> None:
    view = shown(qtbot, theme, parse("المعادلة $x=1$ هنا."))
    line = view.document().begin().layout().lineAt(0)
    assert line.naturalTextRect().right() > 480
    assert view.document().begin().textDirection() == Qt.LayoutDirection.RightToLeft


def test_a_picture_is_drawn_when_it_has_been_read(qtbot: QtBot, theme: Theme, tmp_path: Path) -> None:
    (tmp_path / "a.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 100">'
        '<rect width="300" height="100" fill="#ff0000"/></svg>'
    )
    view = shown(qtbot, theme, parse("![red](media/a.svg)", media=tmp_path))
    red = QColor("#ff0000")
    qtbot.waitUntil(lambda: view.grab().toImage().pixelColor(60, 40) == red)
    assert view.accessibleName() == "red"


def test_the_windows_own_sentence_begins_where_the_window_does(
    qtbot: QtBot, theme: Theme, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = RichTextView(theme)
    qtbot.addWidget(view)
    monkeypatch.setattr(QApplication, "layoutDirection", lambda: Qt.LayoutDirection.RightToLeft)
    view.set_rich_text(parse("Not yet."))
    view.begin_with_window()
    view.resize(300, 40)
    view.heightForWidth(300)
    line = view.document().firstBlock().layout().lineAt(0)
    assert line.naturalTextRect().right() == pytest.approx(300 - 2 * EDGE, abs=EDGE + 1)


def test_no_line_ends_between_a_number_and_its_unit_or_within_a_short_equation(
    qtbot: QtBot, theme: Theme
) -> None:
    text = "Water falls with $g$ = 10 N/kg, and a force of 30 N at 2 m/s pulls it for 5 s."
    view = shown(qtbot, theme, parse(text))
    broken = 0
    for width in range(120, 420, 7):
        view.resize(width, view.heightForWidth(width))
        layout = view.document().begin().layout()
        ends = [layout.lineAt(n).textStart() for n in range(1, layout.lineCount())]
        broken += len(ends)
        laid_out = view.document().begin().text()
        assert "\ufffc and" in laid_out  # the equation is drawn as one with the formula that it begins with
        assert not any(laid_out[:end].rstrip().endswith(("=", "10", "30", "5", "/")) for end in ends)
    assert broken > 50
    view.selectAll()
    assert view.selected_source() == text


def test_a_line_of_one_formula_is_about_as_tall_as_a_line_of_text(qtbot: QtBot, theme: Theme) -> None:
    view = shown(qtbot, theme, parse("# Solving $7x - 4 = 3x + 12$"), width=170)
    layout = view.document().begin().layout()
    assert layout.lineCount() == 2
    text, formula = layout.lineAt(0), layout.lineAt(1)
    assert formula.ascent() >= text.ascent() - 1
