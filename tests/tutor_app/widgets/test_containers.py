"""Flow layout, elided label, page header, scroll column, banner, empty state, hover card."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from tutor_app.richtext.parser import parse
from tutor_app.widgets.banner import Banner
from tutor_app.widgets.basics import IconButton, button, column, label
from tutor_app.widgets.elided_label import ElidedLabel
from tutor_app.widgets.empty_state import EmptyState
from tutor_app.widgets.flow_layout import flow
from tutor_app.widgets.hover_card import HoverCard
from tutor_app.widgets.page_header import PageHeader
from tutor_app.widgets.rich_text_view import EDGE, RichTextView
from tutor_app.widgets.scroll_column import ScrollColumn
from tutor_app.widgets.side_panels import SidePanels

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tutor_app.theme.theme import Theme

RTL = Qt.LayoutDirection.RightToLeft


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    made.resize(800, 500)
    qtbot.addWidget(made)
    return made


def _squares(window: QWidget, number: int) -> list[QWidget]:
    parts = [QWidget() for _ in range(number)]
    for part in parts:
        part.setFixedSize(100, 20)
    window.setLayout(flow(*parts))
    return parts


def test_parts_wrap_where_the_line_ends(window: QWidget) -> None:
    parts = _squares(window, 3)
    window.resize(220, 100)
    window.show()
    assert parts[0].y() == parts[1].y() < parts[2].y()
    assert window.heightForWidth(220) == 48


def test_lines_begin_at_the_right_in_a_language_read_from_the_right(window: QWidget) -> None:
    window.setLayoutDirection(RTL)
    parts = _squares(window, 2)
    window.resize(300, 100)
    window.show()
    assert parts[0].geometry().right() == 299
    assert parts[1].x() < parts[0].x()


def test_hidden_parts_take_no_room(window: QWidget) -> None:
    parts = _squares(window, 2)
    parts[0].hide()
    window.show()
    assert parts[1].x() == 0


def test_a_cut_line_has_the_whole_in_its_tool_tip(qtbot: QtBot) -> None:
    line = ElidedLabel("A title that is much too long\nfor this line")
    qtbot.addWidget(line)
    line.resize(80, 20)
    line.show()
    assert line.shown_text().endswith("…")
    assert line.toolTip() == line.text() == "A title that is much too long for this line"
    line.resize(2000, 20)
    assert line.toolTip() == ""


def test_a_pages_buttons_go_below_where_there_is_no_room(qtbot: QtBot) -> None:
    add = button("Add documents")
    header = PageHeader("Library", "Your packs", add)
    qtbot.addWidget(header)
    header.resize(900, 80)
    header.show()
    assert add.mapTo(header, add.rect().topLeft()).y() < 20
    header.resize(160, 200)
    qtbot.waitUntil(lambda: add.mapTo(header, add.rect().topLeft()).y() > 30)


def test_a_column_is_no_wider_than_reads_well_and_stands_in_the_middle(qtbot: QtBot) -> None:
    page = ScrollColumn(600)
    part = label("Text")
    page.add(part)
    page.resize(1400, 300)
    qtbot.addWidget(page)
    page.show()
    left = part.mapTo(page, part.rect().topLeft()).x()
    assert part.width() == 600
    assert abs(left - 400) <= 8


def test_what_fits_into_a_column_at_its_width_does_not_scroll(qtbot: QtBot, theme: Theme) -> None:
    page = ScrollColumn(900)
    banner = Banner(theme)
    page.add(banner)
    banner.tell("It could not be downloaded. Check the network, then try again.", "What has arrived is kept.")
    page.resize(960, 1000)
    qtbot.addWidget(page)
    page.show()
    outer = page.widget()
    assert outer is not None
    fitting = outer.heightForWidth(960)
    layout = outer.layout()
    assert layout is not None
    assert layout.minimumSize().height() > fitting, "at its least width it would be higher"
    page.resize(960, fitting)
    qtbot.waitUntil(lambda: page.height() == fitting)
    assert page.verticalScrollBar().maximum() == 0


def test_what_gets_the_keyboard_is_scrolled_into_view(qtbot: QtBot) -> None:
    page = ScrollColumn()
    buttons = [button(str(n)) for n in range(60)]
    page.add(*buttons)
    page.resize(400, 300)
    qtbot.addWidget(page)
    page.show()
    page.activateWindow()
    buttons[-1].setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(lambda: page.viewport().rect().contains(_in(page, buttons[-1])))


@pytest.mark.parametrize("height", range(90, 190, 9))
def test_what_is_shown_uncut_leaves_no_line_cut_above_it_not_even_at_the_end_of_the_page(
    qtbot: QtBot, theme: Theme, height: int
) -> None:
    page = ScrollColumn()
    text = RichTextView(theme)
    text.set_rich_text(parse("A line that is long enough to be told in several lines. " * 4))
    last = button("Last")
    page.add(label("Where"), text, button("Button"), label("More", "title"), last)
    page.column.addStretch(1)
    page.resize(420, height)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: page.verticalScrollBar().maximum() > 0)
    assert page.reveal(last, uncut=True)
    assert page.viewport().rect().contains(_in(page, last))
    edges = [_in(page, part) for part in page.findChildren(QWidget) if part.property("role") is not None]
    block = text.document().firstBlock()
    top = _in(page, text).top() + EDGE
    for number in range(block.layout().lineCount()):
        line = block.layout().lineAt(number)
        edges.append(QRect(0, round(top + line.y()), 1, round(line.height())))
    assert [it for it in edges if it.top() < 0 < it.bottom() - 1] == []
    assert 0 not in [_in(page, it).top() for it in page.findChildren(QLabel)], "it touches the edge"
    page.end_with_content()
    qtbot.waitUntil(lambda: _in(page, last).bottom() + 40 >= page.viewport().height() - 1)


@pytest.mark.parametrize("height", range(300, 460, 40))
def test_two_columns_of_cards_are_not_all_scrolled_away_for_one_to_be_whole(
    qtbot: QtBot, height: int
) -> None:
    page = ScrollColumn()
    places, cards = [QFrame() for _ in range(6)], [QFrame() for _ in range(9)]
    beside = QHBoxLayout()
    for parts, tall in ((places, 72), (cards, 38)):
        for part in parts:
            part.setProperty("role", "card")
            part.setFixedHeight(tall)
        beside.addLayout(column(*parts, None, space="s"))
    last = button("Last")
    page.add(beside, last)
    page.column.addStretch(1)
    page.resize(420, height)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: page.verticalScrollBar().maximum() > 0)
    page.reveal(last, uncut=True)
    assert page.viewport().height() - _in(page, last).bottom() < 100


@pytest.mark.parametrize("height", range(200, 300, 20))
def test_a_long_card_is_cut_between_two_of_its_lines(qtbot: QtBot, height: int) -> None:
    page = ScrollColumn()
    lines = [label(f"Line {n}") for n in range(20)]
    card, last = QFrame(), button("Last")
    card.setProperty("role", "card")
    card.setLayout(column(*lines, space="s"))
    page.add(card, label("Below it"), last)
    page.column.addStretch(1)
    page.resize(420, height)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: page.verticalScrollBar().maximum() > 0)
    page.reveal(last, uncut=True)
    assert [it.text() for it in lines if _in(page, it).top() < 0 <= _in(page, it).bottom()] == []
    assert _in(page, card).bottom() > 0


@pytest.mark.parametrize("height", range(200, 300, 7))
def test_below_what_is_scrolled_into_view_there_is_air(qtbot: QtBot, height: int) -> None:
    page = ScrollColumn()
    buttons = [button(str(n)) for n in range(20)]
    page.add(*buttons)
    page.resize(400, height)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: page.verticalScrollBar().maximum() > 0)
    for uncut in (False, True):
        page.verticalScrollBar().setValue(0)
        assert page.reveal(buttons[12], uncut=uncut)
        air = page.viewport().height() - 1 - _in(page, buttons[12]).bottom()
        assert air >= 8 if uncut else air == 16


def _in(page: ScrollColumn, part: QWidget) -> QRect:
    return QRect(part.mapTo(page.viewport(), part.rect().topLeft()), part.size())


def test_a_banner_says_what_is_so_and_can_be_dismissed(qtbot: QtBot, window: QWidget, theme: Theme) -> None:
    banner = Banner(theme)
    QVBoxLayout(window).addWidget(banner)
    window.show()
    assert banner.isHidden()
    helps = button("Choose another file")
    banner.tell("It could not be read.", "Choose another.", helps, role="alarm")
    assert banner.isVisible()
    assert helps.isVisible()
    assert banner.accessibleName() == "It could not be read. Choose another."
    close = banner.findChild(IconButton)
    assert close is not None
    assert close.accessibleName() == "Dismiss"
    with qtbot.waitSignal(banner.dismissed):
        close.click()
    assert banner.isHidden()


def test_an_empty_page_offers_its_actions(qtbot: QtBot, theme: Theme) -> None:
    add = button("Add documents", "primary")
    empty = EmptyState(theme, "library", "Nothing here yet", "Add a document.", add)
    empty.resize(700, 400)
    qtbot.addWidget(empty)
    empty.show()
    assert add.isVisible()
    middle = add.mapTo(empty, add.rect().center()).x()
    assert abs(middle - 350) <= 2


def test_an_empty_page_shows_its_picture_only_where_there_is_room(qtbot: QtBot, theme: Theme) -> None:
    empty = EmptyState(theme, "library", "Nothing here yet", "Add a document.", button("Add documents"))
    empty.resize(700, 400)
    qtbot.addWidget(empty)
    empty.show()
    picture = next(part for part in empty.findChildren(QLabel) if part.property("role") == "emblem")
    for height, shown in ((400, True), (150, False), (150, False), (400, True)):
        empty.fit(height)
        assert picture.isVisible() is shown


def test_a_hover_card_stays_in_the_window_and_leaves_the_keyboard(
    qtbot: QtBot, window: QWidget, theme: Theme
) -> None:
    field = QPushButton("x", window)
    window.show()
    window.activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    card = HoverCard(window, theme)
    card.show_near(
        QRect(window.mapToGlobal(window.rect().bottomRight()), field.size()), "Root", "A word. " * 20
    )
    assert card.isVisible()
    assert window.rect().contains(card.geometry())
    assert field.hasFocus()
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert card.isHidden()


def test_a_hover_card_that_is_shown_already_is_as_tall_as_the_next_text(
    window: QWidget, theme: Theme
) -> None:
    window.show()
    card = HoverCard(window, theme)
    heights = []
    for _ in range(2):
        card.show_near(QRect(window.mapToGlobal(QPoint(20, 20)), QSize(10, 10)), "", "", QLabel("A word"))
        heights.append(card.height())
    assert card.isVisible()
    assert heights[1] == heights[0]


def test_a_click_elsewhere_closes_a_hover_card(qtbot: QtBot, window: QWidget, theme: Theme) -> None:
    field = QPushButton("x", window)
    window.show()
    card = HoverCard(window, theme)
    card.show_near(QRect(window.mapToGlobal(window.rect().center()), field.size()), "Root", "A word.")
    QTest.mouseClick(field, Qt.MouseButton.LeftButton)
    assert card.isHidden()


@pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight, RTL])
def test_a_panel_has_a_line_towards_the_page_and_none_in_its_place(
    qtbot: QtBot, theme: Theme, direction: Qt.LayoutDirection
) -> None:
    across = SidePanels(theme, QWidget())
    qtbot.addWidget(across)
    across.setLayoutDirection(direction)
    source, history = QWidget(), QWidget()
    for panel, name in ((source, "side"), (history, "history")):
        panel.setObjectName(name)
        panel.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        across.add_panel(panel, 300, leading=panel is history)
    across.resize(1400, 200)
    across.show()
    right = direction == RTL
    assert _lined(source, theme) == ((False, True) if right else (True, False))
    assert _lined(history, theme) == ((True, False) if right else (False, True))
    across.resize(500, 200)
    assert _lined(source, theme) == _lined(history, theme) == (False, False)


def _lined(panel: QWidget, theme: Theme) -> tuple[bool, bool]:
    """Whether there is a line at the left and at the right edge."""
    image = panel.grab().toImage()
    left, right = (image.pixelColor(x, 100).name() == theme.colours.line for x in (0, image.width() - 1))
    return left, right
