"""The source beside an answer, read from a real pack by the real engine process."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from tutor_app.place import Page, Place
from tutor_app.richtext.plain import to_plain
from tutor_app.widgets.passage_panel import PassagePanel
from tutor_app.widgets.selection_button import SelectionButton

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tutor_app.app_context import AppContext

PLANTS = "org.example.plants"
QUOTE = "it uses the green light least of all"
WAIT_MS = 20_000


def shown(qtbot: QtBot, context: AppContext, passage: str, *quotes: str) -> PassagePanel:
    panel = PassagePanel(context)
    qtbot.addWidget(panel)
    panel.resize(360, 420)
    panel.show()
    panel.show_passage(PLANTS, passage, quotes)
    qtbot.waitUntil(lambda: panel.page() is not None or panel._stack.currentIndex() == 2, timeout=WAIT_MS)
    return panel


def shown_passage(panel: PassagePanel) -> str:
    page = panel.page()
    return page.id if page is not None else ""


def press(panel: PassagePanel, text: str) -> None:
    made = next(made for made in panel.findChildren(QPushButton) if made.text() == text and made.isVisible())
    QTest.mouseClick(made, Qt.MouseButton.LeftButton)


def test_it_says_where_the_passage_stands_and_whose_it_is(qtbot: QtBot, small_context: AppContext) -> None:
    panel = shown(qtbot, small_context, "p-leaf-03", QUOTE)
    assert panel._book.text() == "Plants"
    assert panel._path.text() == "Plants › 1.1 Leaves"
    assert panel._kind.text() == "Common mistake"
    assert to_plain(panel._title.rich_text()) == "Leaves eat green light"
    assert panel._licence.text() == "A. Teacher · CC BY 4.0"
    assert panel._origin.text() == "Not signed"


def test_the_quote_is_marked_and_in_sight(qtbot: QtBot, small_context: AppContext) -> None:
    panel = shown(qtbot, small_context, "p-leaf-03", QUOTE)
    panel.resize(320, 330)

    def in_sight() -> bool:
        rect = panel._text.mark_rect()
        top = panel._text.mapTo(panel._scroll.viewport(), rect.topLeft()).y()
        return not rect.isEmpty() and 0 <= top < panel._scroll.viewport().height()

    qtbot.waitUntil(in_sight)


def test_the_passages_beside_it_are_a_press_away(qtbot: QtBot, small_context: AppContext) -> None:
    panel = shown(qtbot, small_context, "p-leaf-01", "green")
    assert not panel._before.isEnabled()
    QTest.mouseClick(panel._after, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: shown_passage(panel) == "p-leaf-02", timeout=WAIT_MS)
    assert panel._before.isEnabled()


def test_it_leads_into_the_book_with_the_quote(qtbot: QtBot, small_context: AppContext) -> None:
    panel = shown(qtbot, small_context, "p-leaf-03", QUOTE)
    with qtbot.waitSignal(small_context.go) as gone:
        press(panel, "Read in the book")
    assert gone.args == [Place(Page.READ, pack=PLANTS, passage="p-leaf-03", quotes=(QUOTE,))]


def test_a_quote_is_copied_with_its_source(qtbot: QtBot, small_context: AppContext) -> None:
    panel = shown(qtbot, small_context, "p-leaf-03", QUOTE)
    with qtbot.waitSignal(small_context.notice):
        press(panel, "Copy with source")
    assert QGuiApplication.clipboard().text() == (
        f"“{QUOTE}” (Plants, Plants › 1.1 Leaves, A. Teacher · CC BY 4.0)"
    )


def test_what_is_marked_can_be_asked_about(qtbot: QtBot, small_context: AppContext) -> None:
    panel = shown(qtbot, small_context, "p-leaf-01")
    panel._text.selectAll()
    menu = panel._menu.show_for(panel._text, "sends green light back", panel.mapToGlobal(QPoint(5, 5)))
    ask = next(action for action in menu.actions() if action.text() == "Ask about this")
    with qtbot.waitSignal(small_context.go) as gone:
        ask.trigger()
    menu.close()
    assert gone.args[0].page == Page.ASK
    assert gone.args[0].pack == PLANTS
    assert gone.args[0].question == "Explain this: “sends green light back”"


def test_what_is_marked_is_asked_about_by_button_and_key(qtbot: QtBot, small_context: AppContext) -> None:
    panel = shown(qtbot, small_context, "p-leaf-01")
    panel._text.setTextCursor(panel._text.document().find("Leaves are green"))
    [ask] = panel.findChildren(SelectionButton)
    qtbot.waitUntil(ask.isVisible)
    with qtbot.waitSignal(small_context.go) as by_button:
        ask.click()
    panel.focus_start()
    with qtbot.waitSignal(small_context.go) as by_key:
        QTest.keyClick(panel._text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert by_button.args == by_key.args
    assert by_key.args[0].question == "Explain this: “Leaves are green”"


def test_it_is_seen_that_the_keyboard_is_in_the_text_also_when_that_was_waited_for(
    qtbot: QtBot, small_context: AppContext
) -> None:
    panel = shown(qtbot, small_context, "p-leaf-01")
    panel.activateWindow()
    panel.focus_start()
    qtbot.waitUntil(lambda: panel._text.has_ring)
    panel.show_passage(PLANTS, "p-leaf-02")
    panel._show_skeleton()
    assert not panel._text.hasFocus()
    qtbot.waitUntil(lambda: shown_passage(panel) == "p-leaf-02", timeout=WAIT_MS)
    assert panel._text.hasFocus()
    assert panel._text.has_ring


def test_where_text_is_large_the_text_has_most_of_the_panel(qtbot: QtBot, small_context: AppContext) -> None:
    panel = shown(qtbot, small_context, "p-leaf-01")
    panel.resize(400, 560)
    qtbot.waitUntil(lambda: not panel._scroll.isAncestorOf(panel._foot))
    small_context.preferences.change(text_scale=200)
    qtbot.waitUntil(lambda: panel._scroll.isAncestorOf(panel._foot))
    qtbot.waitUntil(lambda: panel._scroll.height() > 0.6 * panel.height())
    small_context.preferences.change(text_scale=100)
    qtbot.waitUntil(lambda: not panel._scroll.isAncestorOf(panel._foot))
    qtbot.waitUntil(panel._foot.isVisible)  # Qt shows what is put into a layout in the next turn


def test_escape_closes_it(qtbot: QtBot, small_context: AppContext) -> None:
    panel = shown(qtbot, small_context, "p-leaf-01")
    panel.focus_start()
    with qtbot.waitSignal(panel.closed):
        QTest.keyClick(panel._text, Qt.Key.Key_Escape)


def test_a_passage_that_is_gone_is_said_and_can_be_tried_again(
    qtbot: QtBot, small_context: AppContext
) -> None:
    kept = small_context.paths.packs / PLANTS
    aside = small_context.paths.root / "aside"
    shutil.move(kept, aside)
    panel = shown(qtbot, small_context, "p-leaf-01")
    assert panel.page() is None
    assert panel._failure.isVisible()
    assert "no longer on this computer" in panel._failure._title.text()
    shutil.move(aside, kept)
    press(panel, "Try again")
    qtbot.waitUntil(lambda: panel.page() is not None, timeout=WAIT_MS)
    assert panel._text.isVisible()


def test_a_word_of_the_glossary_is_explained_by_the_keyboard(qtbot: QtBot, small_context: AppContext) -> None:
    panel = shown(qtbot, small_context, "p-leaf-02")
    panel._text.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(panel._text, Qt.Key.Key_Tab)
    QTest.keyClick(panel._text, Qt.Key.Key_Return)
    qtbot.waitUntil(panel._terms.visible, timeout=WAIT_MS)
    QTest.keyClick(panel._text, Qt.Key.Key_Return)  # once more: to where it is introduced
    qtbot.waitUntil(lambda: shown_passage(panel) == "p-leaf-01", timeout=WAIT_MS)
