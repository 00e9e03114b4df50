from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QContextMenuEvent, QGuiApplication, QImage, QMouseEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea, QVBoxLayout, QWidget

from engine.types import AnswerPart
from tutor_app.preferences import PreferenceStore, ThemeChoice
from tutor_app.richtext.answer import render_answer
from tutor_app.richtext.document import RichText
from tutor_app.richtext.parser import parse
from tutor_app.widgets.rich_text_view import EDGE, RichTextView
from tutor_app.widgets.text_objects import FormulaObject

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tutor_app.theme.theme import Theme

EVERYTHING = r"""# Title

Some **bold** words, $\frac{1}{2}$ and `code` with a [link](https://example.org).

$$x=\frac{-b\pm\sqrt{b^2-4ac}}{2a}$$

- one
- two

> quoted

```
x = 1
```

| a | b |
|---|---|
| $x$ | 2 |

---

End.
"""


def shown(qtbot: QtBot, theme: Theme, rich: RichText, *, width: int = 500) -> RichTextView:
    view = RichTextView(theme)
    qtbot.addWidget(view)
    view.set_rich_text(rich)
    view.resize(width, view.heightForWidth(width))
    with qtbot.waitExposed(view):
        view.show()
    return view


def answer(*parts: tuple[str, int]) -> RichText:
    return render_answer([AnswerPart(text, number) for text, number in parts])


def point_of(view: RichTextView, what: str) -> QPoint:
    span = next(span for span in view._builder.anchors if span.what == what)
    return view._painter.focus_rects(span)[0].center().toPoint()


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


def colours(image: QImage) -> list[QColor]:
    return [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]


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


def test_a_click_on_a_chip_opens_its_source(qtbot: QtBot, theme: Theme) -> None:
    view = shown(qtbot, theme, answer(("One.", 1), ("Two.", 12)))
    with qtbot.waitSignal(view.citation_activated) as caught:
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=point_of(view, "cite:12"))
    assert caught.args == [12]


def test_terms_and_links_are_opened_by_click(qtbot: QtBot, theme: Theme) -> None:
    view = shown(
        qtbot,
        theme,
        parse("A cell wall and [page](https://a.org/b?c=d%20e)", terms={"cell wall": "Cell wall: 1"}),
    )
    term = next(span.what for span in view._builder.anchors if span.what.startswith("term"))
    link = next(span.what for span in view._builder.anchors if span.what.startswith("link"))
    with qtbot.waitSignal(view.term_activated) as caught:
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=point_of(view, term))
    assert caught.args == ["Cell wall: 1"]
    with qtbot.waitSignal(view.link_activated) as caught:
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=point_of(view, link))
    assert caught.args == ["https://a.org/b?c=d%20e"]


def test_tab_goes_along_what_can_be_opened_and_then_on(qtbot: QtBot, theme: Theme) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    column = QVBoxLayout(page)
    first, second = RichTextView(theme), RichTextView(theme)
    first.set_rich_text(answer(("One.", 1), ("Two.", 2)))
    second.set_rich_text(
        answer(
            ("Three.", 3),
        )
    )
    column.addWidget(first)
    column.addWidget(second)
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()
    first.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(first.hasFocus)
    opened: list[int] = []
    first.citation_activated.connect(opened.append)
    second.citation_activated.connect(opened.append)
    described = []
    for _ in range(2):
        QTest.keyClick(first, Qt.Key.Key_Tab)
        described.append(first.accessibleDescription())
        QTest.keyClick(first, Qt.Key.Key_Return)
    assert opened == [1, 2]
    assert described == ["Source 1. Enter opens it.", "Source 2. Enter opens it."]
    QTest.keyClick(first, Qt.Key.Key_Tab)
    assert second.hasFocus()
    QTest.keyClick(second, Qt.Key.Key_Tab)
    QTest.keyClick(second, Qt.Key.Key_Return)
    assert opened == [1, 2, 3]
    QTest.keyClick(second, Qt.Key.Key_Backtab)
    QTest.keyClick(second, Qt.Key.Key_Backtab)
    assert first.hasFocus()
    QTest.keyClick(first, Qt.Key.Key_Return)
    assert opened == [1, 2, 3, 2]


def test_the_ring_shows_what_has_the_keyboard(qtbot: QtBot, theme: Theme) -> None:
    view = shown(
        qtbot,
        theme,
        answer(
            ("One.", 1),
        ),
    )
    view.clearFocus()
    view.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(view.hasFocus)
    ring = QColor(theme.colours.focus)
    assert ring in colours(view.grab().toImage())
    view.clearFocus()
    assert ring not in colours(view.grab().toImage())


def test_the_pointer_over_a_term_says_so_and_again_when_it_leaves(qtbot: QtBot, theme: Theme) -> None:
    view = shown(qtbot, theme, parse("A cell is small and other words.", terms=["cell"]))
    heard: list[str] = []
    view.term_hovered.connect(_listener(heard))
    move(view, point_of(view, "term:cell"))
    move(view, point_of(view, "term:cell") + QPoint(1, 0))
    move(view, QPoint(400, 15))
    assert heard == ["cell", ""]


def _listener(heard: list[str]) -> object:
    def listen(term: str, _place: QPoint) -> None:
        heard.append(term)

    return listen


def move(view: RichTextView, place: QPoint) -> None:
    none = Qt.MouseButton.NoButton
    event = QMouseEvent(
        QEvent.Type.MouseMove,
        QPointF(place),
        QPointF(view.viewport().mapToGlobal(place)),
        none,
        none,
        Qt.KeyboardModifier.NoModifier,
    )
    QGuiApplication.sendEvent(view.viewport(), event)


def test_the_pointer_over_a_chip_is_a_hand(qtbot: QtBot, theme: Theme) -> None:
    view = shown(
        qtbot,
        theme,
        answer(
            ("One.", 1),
        ),
    )
    move(view, point_of(view, "cite:1"))
    assert view.viewport().cursor().shape() == Qt.CursorShape.PointingHandCursor


def test_copied_text_has_tex_and_numbers(qtbot: QtBot, theme: Theme) -> None:
    view = shown(qtbot, theme, answer((r"So $\frac{3}{4}$ **holds**.", 2), ("- a\n- $b$", 1)))
    view.selectAll()
    view.copy()
    text = "So $\\frac{3}{4}$ holds. [2]\n\n• a\n• $b$ [1]"
    assert QGuiApplication.clipboard().text() == text
    view.copy_all()
    assert QGuiApplication.clipboard().text() == text


def test_all_of_a_text_is_copied_as_to_plain_says(qtbot: QtBot, theme: Theme) -> None:
    view = shown(qtbot, theme, parse(EVERYTHING))
    view.selectAll()
    copied = view.selected_source()
    view.copy_all()
    assert [line for line in copied.splitlines() if line] == [
        line for line in QGuiApplication.clipboard().text().splitlines() if line
    ]


def test_keys_select_as_in_every_text(qtbot: QtBot, theme: Theme) -> None:
    view = RichTextView(theme)
    qtbot.addWidget(view)
    view.set_rich_text(parse("Leaves are green."))
    with qtbot.waitActive(view):
        view.show()
        view.activateWindow()
    view.setFocus()
    view.moveCursor(QTextCursor.MoveOperation.Start)
    for _ in range(6):
        QTest.keyClick(view, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert view.selected_source() == "Leaves"
    view.clearFocus()
    assert view.selected_source() == "Leaves"


def test_a_selection_inside_a_line_is_copied_without_its_bullet(qtbot: QtBot, theme: Theme) -> None:
    view = shown(qtbot, theme, parse("- one two\n- three"))
    select(view, 4, 7)
    assert view.selected_source() == "two"


def select(view: RichTextView, start: int, end: int) -> None:
    cursor = view.textCursor()
    cursor.setPosition(start)
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    view.setTextCursor(cursor)


def test_the_menu_is_the_pages(qtbot: QtBot, theme: Theme) -> None:
    view = shown(qtbot, theme, parse("one $x$ two"))
    view.selectAll()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, QPoint(5, 5), view.mapToGlobal(QPoint(5, 5)))
    with qtbot.waitSignal(view.selection_menu_requested) as caught:
        QGuiApplication.sendEvent(view.viewport(), event)
    assert caught.args == ["one $x$ two", view.mapToGlobal(QPoint(5, 5))]


def test_what_came_before_and_the_selection_stay_when_an_answer_grows(qtbot: QtBot, theme: Theme) -> None:
    parts = [("First $x^2$.", 1), ("- a\n- b", 2), ("Then.", 2)]
    view = shown(qtbot, theme, answer(*parts))
    select(view, 0, 5)
    kept = view._builder.placed[0]
    view.set_rich_text(answer(*parts, ("More.", 3)))
    assert view._builder.placed[0] is kept
    assert view.selected_source() == "First"
    assert [span.what for span in view._builder.anchors] == ["cite:1", "cite:2", "cite:2", "cite:3"]
    select(view, view.document().characterCount() - 6, view.document().characterCount() - 4)
    selected = view.selected_source()
    view.set_rich_text(answer(*parts, ("More.", 3), ("Again.", 3)))
    assert view.selected_source() == selected or not view.textCursor().hasSelection()


@pytest.mark.parametrize("cut", range(1, 12))
def test_a_text_that_grew_is_the_text_built_at_once(qtbot: QtBot, theme: Theme, cut: int) -> None:
    whole = parse(EVERYTHING)
    grown, fresh = RichTextView(theme), RichTextView(theme)
    qtbot.addWidget(grown)
    qtbot.addWidget(fresh)
    fresh.set_rich_text(whole)
    grown.set_rich_text(RichText(whole.blocks[:cut]))
    grown.set_rich_text(whole)
    assert grown.document().toPlainText() == fresh.document().toPlainText()
    assert grown.heightForWidth(500) == fresh.heightForWidth(500)
    grown.set_rich_text(RichText(whole.blocks[:cut]))
    fresh.set_rich_text(RichText(whole.blocks[:cut]))
    assert grown.heightForWidth(500) == fresh.heightForWidth(500)
    assert len(grown._drawer.objects) == len(fresh._drawer.objects)
    grown.set_rich_text(RichText())
    assert grown.document().toPlainText() == ""


def test_the_first_mark_can_be_scrolled_to(qtbot: QtBot, theme: Theme) -> None:
    view = shown(
        qtbot,
        theme,
        parse("word " * 100 + "\n\nThis is *meant*. " + "word " * 50, marks=["This is *meant*."]),
    )
    assert view.first_mark_y() == view.mark_rect().top() > 50
    image = view.grab().toImage()
    assert QColor(theme.colours.mark) in [image.pixelColor(x, view.first_mark_y() + 2) for x in range(300)]
    assert shown(qtbot, theme, parse("none")).first_mark_y() == 0


def test_a_screen_reader_gets_words(qtbot: QtBot, theme: Theme) -> None:
    view = shown(
        qtbot,
        theme,
        answer(
            (r"So $\frac{1}{2}$.", 2),
        ),
    )
    assert view.accessibleName() == "So 1 over 2. (source 2)"


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


def test_keys_that_scroll_and_the_wheel_are_left_to_what_is_around(qtbot: QtBot, theme: Theme) -> None:
    area = QScrollArea()
    qtbot.addWidget(area)
    area.setWidgetResizable(True)
    view = RichTextView(theme)
    view.set_rich_text(parse("word " * 800))
    inner = QWidget()
    QVBoxLayout(inner).addWidget(view)
    area.setWidget(inner)
    area.resize(300, 200)
    with qtbot.waitExposed(area):
        area.show()
    qtbot.waitUntil(lambda: area.verticalScrollBar().maximum() > 500)
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_PageDown)
    assert area.verticalScrollBar().value() > 0


def test_nothing_is_loaded_from_anywhere(qtbot: QtBot, theme: Theme) -> None:
    view = shown(qtbot, theme, parse("x"))
    view.document().setHtml('<img src="file:///etc/hostname"><img src="http://example.org/a.png">')
    view.grab()  # the network guard fails the test if it is reached


def test_a_message_is_built_fast(qtbot: QtBot, theme: Theme) -> None:
    rich = parse("word **word** " * 50 + r"$x^2$ and $\frac{1}{2}$ and $\sqrt{2}$")
    views = [RichTextView(theme) for _ in range(20)]
    for view in views:
        qtbot.addWidget(view)
    views[0].set_rich_text(rich)
    times = []
    for view in views:
        started = time.perf_counter()
        view.set_rich_text(rich)
        view.heightForWidth(600)
        times.append(time.perf_counter() - started)
    assert sorted(times)[len(times) // 2] < 0.02  # 1.5 ms on a quiet machine


def test_none_is_not_used_up(qtbot: QtBot, theme: Theme) -> None:
    view = shown(qtbot, theme, parse(EVERYTHING))
    before = sys.getrefcount(None)
    for _ in range(20):
        view.grab()
    assert sys.getrefcount(None) > before - 50  # PySide6 6.12 lost one a call


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
