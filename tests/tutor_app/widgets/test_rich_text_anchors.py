"""Citations, terms and links in rich text: by the pointer and by the keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tutor_app.richtext.parser import parse
from tutor_app.widgets.rich_text_view import RichTextView

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tutor_app.theme.theme import Theme
from tests.tutor_app.widgets.rich_text_samples import answer, colours, point_of, shown


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
