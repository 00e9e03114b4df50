"""The page for reading, with real packs and the real engine process."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from engine.paths import asset_path
from tutor_app.place import Page, Place
from tutor_app.preferences import ThemeChoice
from tutor_app.theme.tokens import CONTRAST
from tutor_app.views.read_view import ReadView
from tutor_app.widgets.book_card import BookCard
from tutor_app.widgets.picture_overlay import Picture, PictureOverlay
from tutor_app.widgets.turn_card import TurnCard

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tutor_app.app_context import AppContext
    from tutor_app.widgets.passage_card import PassageCard

PLANTS = "org.example.plants"
BIOLOGY = "org.llm-tutor.biology"
WAIT_MS = 20_000


@pytest.fixture
def starter_context(context: AppContext) -> AppContext:
    """A profile with the biology starter pack, installed as at the first start."""
    from engine.cancel import CancelToken
    from engine.clock import SystemClock
    from engine.content.install import PackInstaller, Watch

    watch = Watch(CancelToken(), lambda _: None)
    PackInstaller(context.paths, SystemClock()).add_starter(asset_path("packs", "biology"), watch)
    return context


def made(qtbot: QtBot, context: AppContext, place: Place, width: int = 1100) -> ReadView:
    view = ReadView(context)
    qtbot.addWidget(view)
    view.resize(width, 700)
    with qtbot.waitActive(view):
        view.show()
        view.activateWindow()
    view.open(place)
    return view


def read(qtbot: QtBot, context: AppContext, pack: str, passage: str = "", *quotes: str) -> ReadView:
    view = made(qtbot, context, Place(Page.READ, pack=pack, passage=passage, quotes=quotes))
    wait_for_leaf(qtbot, view)
    return view


def wait_for_leaf(qtbot: QtBot, view: ReadView, passage: str = "") -> None:
    def there() -> bool:
        leaf = view.reader.leaf
        ids = [text.id for text in leaf.passages] if leaf else []
        card = view.book._text.card(ids[-1]) if ids else None
        return card is not None and card.isVisible() and (not passage or passage in ids)

    qtbot.waitUntil(there, timeout=WAIT_MS)


def cards(view: ReadView) -> list[BookCard]:
    return [card for card in view._books.cards() if isinstance(card, BookCard)]


def in_sight(view: ReadView, card: PassageCard) -> bool:
    port = view.book._text._scroll.viewport()
    top = card.mapTo(port, card.mark_rect().topLeft()).y()
    return not card.mark_rect().isEmpty() and 0 <= top < port.height()


def test_without_books_it_says_what_to_do(qtbot: QtBot, context: AppContext) -> None:
    view = made(qtbot, context, Place(Page.READ))
    qtbot.waitUntil(view._empty.isVisible, timeout=WAIT_MS)


def test_a_book_is_opened_from_the_shelf_and_its_place_kept(
    qtbot: QtBot, starter_context: AppContext
) -> None:
    view = made(qtbot, starter_context, Place(Page.READ))
    qtbot.waitUntil(lambda: len(cards(view)) == 1, timeout=WAIT_MS)
    assert cards(view)[0].accessibleName() == "Read Biology: cells and energy"
    assert not cards(view)[0]._bar.isVisible()
    cards(view)[0].click()
    wait_for_leaf(qtbot, view)
    assert view.place() == Place(Page.READ, pack=BIOLOGY, passage="p-alive-01")
    after = next(card for card in view.findChildren(TurnCard) if "Next section" in card.accessibleName())
    after.click()
    wait_for_leaf(qtbot, view, "p-cell-unit-01")

    again = made(qtbot, starter_context, Place(Page.READ, pack=BIOLOGY))
    wait_for_leaf(qtbot, again, "p-cell-unit-01")
    assert again.place().passage == "p-cell-unit-01"
    again.open(Place(Page.READ))
    qtbot.waitUntil(lambda: bool(cards(again)) and cards(again)[0]._bar.isVisible(), timeout=WAIT_MS)
    assert cards(again)[0]._where.text().startswith("Section 2 of ")


def test_a_quote_is_marked_and_in_sight(qtbot: QtBot, starter_context: AppContext) -> None:
    quote = "Most biologists do not count viruses as living things"
    view = read(qtbot, starter_context, BIOLOGY, "p-alive-04", quote)
    card = view.book._text.card("p-alive-04")
    assert card is not None
    bar = view.book._text._scroll.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.value() > 0 and in_sight(view, card))
    assert view.place().passage == "p-alive-04"


def test_the_contents_follow_and_lead(qtbot: QtBot, starter_context: AppContext) -> None:
    view = read(qtbot, starter_context, BIOLOGY, "p-alive-03")
    tree = view.book.side.tree
    qtbot.waitUntil(lambda: "Thinking that everything that moves is alive" in tree.currentIndex().data())
    tree.setFocus()
    QTest.keyClick(tree, Qt.Key.Key_Down)
    QTest.keyClick(tree, Qt.Key.Key_Down)
    assert "Cells: the unit of life" in tree.currentIndex().data()
    QTest.keyClick(tree, Qt.Key.Key_Return)
    wait_for_leaf(qtbot, view, "p-cell-unit-01")


def test_a_search_lists_hits_and_marks_their_words(qtbot: QtBot, starter_context: AppContext) -> None:
    view = read(qtbot, starter_context, BIOLOGY)
    view.begin_search()
    assert view.focusWidget() is view.book.side.field
    QTest.keyClicks(view.book.side.field, "pondw")
    qtbot.waitUntil(
        lambda: view.book.side.hits.isVisible() and view.book.side.hits.count() > 1, timeout=WAIT_MS
    )
    QTest.keyClick(view.book.side.field, Qt.Key.Key_Return)
    first = view.book.side.hits.currentIndex().row()
    qtbot.waitUntil(lambda: any(text.extraSelections() for text in view.book._text.views()), timeout=WAIT_MS)
    QTest.keyClick(view.book, Qt.Key.Key_F3)
    assert view.book.side.hits.currentIndex().row() == first + 1
    QTest.keyClick(view.book.side.field, Qt.Key.Key_Escape)
    assert view.book.side.tree.isVisible()
    assert not any(text.extraSelections() for text in view.book._text.views())


def test_enter_right_after_typing_opens_the_first_hit(qtbot: QtBot, starter_context: AppContext) -> None:
    view = read(qtbot, starter_context, BIOLOGY)
    QTest.keyClicks(view.book.side.field, "pondw")
    QTest.keyClick(view.book.side.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: view.book.side.hits.currentIndex().row() == 0, timeout=WAIT_MS)
    wait_for_leaf(qtbot, view, view.reader.passage)
    assert view.reader.passage != "p-alive-01"


def test_what_is_searched_for_is_looked_for_in_the_list_that_is_chosen(
    qtbot: QtBot, small_context: AppContext
) -> None:
    view = read(qtbot, small_context, PLANTS)
    side = view.book.side
    side.choice.chip("glossary").click()
    QTest.keyClicks(side.field, "maple")
    qtbot.waitUntil(lambda: side.glossary.count() == 0)
    side.choice.chip("contents").click()
    qtbot.waitUntil(lambda: side.hits.isVisible() and side.hits.count() == 1, timeout=WAIT_MS)


def test_in_high_contrast_what_is_looked_for_is_seen_in_the_chosen_hit_too(
    qtbot: QtBot, small_context: AppContext
) -> None:
    small_context.preferences.change(theme=ThemeChoice.CONTRAST)
    view = read(qtbot, small_context, PLANTS)
    QTest.keyClicks(view.book.side.field, "green")
    hits = view.book.side.hits
    qtbot.waitUntil(lambda: hits.isVisible() and hits.count() > 0, timeout=WAIT_MS)
    hits.choose(0)
    picture = hits.viewport().grab(hits.visualRect(hits.currentIndex())).toImage()
    lines = (
        "".join(
            "#" if picture.pixelColor(x, y).name() == CONTRAST.on_chosen else " "
            for x in range(picture.width())
        )
        for y in range(picture.height())
    )
    assert any("#" * 20 in line for line in lines), "the marked word stands on a dark ground"


def test_a_search_without_hits_says_so(qtbot: QtBot, small_context: AppContext) -> None:
    view = read(qtbot, small_context, PLANTS)
    QTest.keyClicks(view.book.side.field, "zebra")
    qtbot.waitUntil(view.book.side.count.isVisible, timeout=WAIT_MS)
    assert view.book.side.count.text() == "Nothing in this book has these words."


def test_the_glossary_explains_its_words(qtbot: QtBot, small_context: AppContext) -> None:
    view = read(qtbot, small_context, PLANTS)
    view.book.side.choice.chip("glossary").click()
    assert view.book.side.glossary.isVisible()
    view.book.side.glossary.choose(0)
    QTest.keyClick(view.book.side.glossary, Qt.Key.Key_Return)
    qtbot.waitUntil(view.book._terms.visible, timeout=WAIT_MS)
    assert view.book.stop()
    assert not view.book._terms.visible()


def test_what_is_marked_is_asked_about_by_button_and_key(qtbot: QtBot, small_context: AppContext) -> None:
    view = read(qtbot, small_context, PLANTS)
    text = view.book._text.views()[0]
    text.setTextCursor(text.document().find("Leaves are green"))
    qtbot.waitUntil(view.book._ask_here.isVisible)
    with qtbot.waitSignal(small_context.go) as by_button:
        view.book._ask_here.click()
    text.setFocus()
    with qtbot.waitSignal(small_context.go) as by_key:
        QTest.keyClick(text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    asked = Place(Page.ASK, pack=PLANTS, question="Explain this: “Leaves are green”")
    assert by_button.args == by_key.args == [asked]


def test_only_one_text_has_something_marked(qtbot: QtBot, small_context: AppContext) -> None:
    view = read(qtbot, small_context, PLANTS)
    first, second = view.book._text.views()[:2]
    first.selectAll()
    second.selectAll()
    assert not first.textCursor().hasSelection()
    assert second.textCursor().hasSelection()


def test_a_picture_is_enlarged_and_closed(qtbot: QtBot, starter_context: AppContext) -> None:
    view = read(qtbot, starter_context, BIOLOGY, "p-parts-03")
    picture = view.findChildren(Picture)[0]
    assert picture.accessibleName().startswith("Picture: A drawing of an animal cell and a plant cell")
    picture.setFocus()
    QTest.keyClick(picture, Qt.Key.Key_Return)
    overlay = view.findChildren(PictureOverlay)[0]
    assert overlay.isVisible()
    QTest.keyClick(overlay, Qt.Key.Key_Escape)
    assert not overlay.isVisible()


def test_a_narrow_page_shows_the_contents_or_the_text(qtbot: QtBot, small_context: AppContext) -> None:
    view = read(qtbot, small_context, PLANTS)
    assert view.book.side.tree.isVisible()
    view.resize(600, 600)
    qtbot.waitUntil(lambda: not view.book.side.tree.isVisible())
    view.begin_search()
    assert view.book.side.tree.isVisible()
    assert view.book.stop()
    assert not view.book.side.tree.isVisible()
    assert view.book._text.isVisible()


def test_on_a_narrow_page_the_keyboard_goes_on_in_the_text_with_a_hit(
    qtbot: QtBot, small_context: AppContext
) -> None:
    view = read(qtbot, small_context, PLANTS)
    view.resize(600, 600)
    qtbot.waitUntil(lambda: not view.book.side.isVisible())
    view.begin_search()
    QTest.keyClicks(view.book.side.field, "green")
    QTest.keyClick(view.book.side.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: view.focusWidget() in view.book._text.views(), timeout=WAIT_MS)


def test_on_a_narrow_page_the_keyboard_goes_from_the_text_to_the_contents_and_back(
    qtbot: QtBot, small_context: AppContext
) -> None:
    view = read(qtbot, small_context, PLANTS)
    view.resize(600, 600)
    qtbot.waitUntil(lambda: not view.book.side.isVisible())
    view.book.focus_text()
    view.book._toggle()
    assert view.focusWidget() is view.book.side.tree
    view.book._toggle()
    assert view.focusWidget() in view.book._text.views()


def test_words_are_marked_while_one_searches_and_those_before_no_longer(
    qtbot: QtBot, small_context: AppContext
) -> None:
    view = read(qtbot, small_context, PLANTS)
    QTest.keyClicks(view.book.side.field, "green")
    qtbot.waitUntil(lambda: any(text.extraSelections() for text in view.book._text.views()), timeout=WAIT_MS)
    QTest.keyClicks(view.book.side.field, "zebra")
    qtbot.waitUntil(lambda: view.book.side.hits.count() == 0, timeout=WAIT_MS)
    assert not any(text.extraSelections() for text in view.book._text.views())


def test_a_book_that_vanishes_while_it_is_read_is_said(qtbot: QtBot, small_context: AppContext) -> None:
    view = read(qtbot, small_context, PLANTS)
    shutil.rmtree(small_context.paths.packs / PLANTS)
    small_context.packs_changed.emit()
    qtbot.waitUntil(view._failure.isVisible, timeout=WAIT_MS)
    assert "no longer on this computer" in view._failure._title.text()


def test_a_book_that_vanished_stays_so_when_one_comes_back_until_it_is_there_again(
    qtbot: QtBot, small_context: AppContext
) -> None:
    view = read(qtbot, small_context, PLANTS)
    pack, away = small_context.paths.packs / PLANTS, small_context.paths.root / "away"
    shutil.move(pack, away)
    small_context.packs_changed.emit()
    qtbot.waitUntil(view._failure.isVisible, timeout=WAIT_MS)
    with qtbot.waitSignal(view.reader.failed, timeout=WAIT_MS):
        view.open(view.place())
    assert view._failure.isVisible()
    view.focus_start()
    assert view.focusWidget() is view._back
    shutil.move(away, pack)
    small_context.packs_changed.emit()
    qtbot.waitUntil(view.book.isVisible, timeout=WAIT_MS)
    assert view.book._text.views()


def test_a_damaged_book_cannot_be_opened_and_says_why(qtbot: QtBot, small_context: AppContext) -> None:
    (small_context.paths.packs / PLANTS / "1.0.0" / ".install.json").write_text("{", encoding="utf-8")
    view = made(qtbot, small_context, Place(Page.READ))
    qtbot.waitUntil(lambda: len(cards(view)) == 1, timeout=WAIT_MS)
    assert not cards(view)[0].isEnabled()
    view.open(Place(Page.READ, pack=PLANTS))
    qtbot.waitUntil(view._failure.isVisible, timeout=WAIT_MS)


def test_tab_goes_from_the_search_to_the_contents_to_the_text(
    qtbot: QtBot, small_context: AppContext
) -> None:
    view = read(qtbot, small_context, PLANTS)
    view.begin_search()
    reached = []
    for _ in range(6):
        QTest.keyClick(view.focusWidget(), Qt.Key.Key_Tab)
        reached.append(view.focusWidget())
    assert view.book.side.tree in reached
    assert view.book._text.views()[0] in reached
    assert reached.index(view.book.side.tree) < reached.index(view.book._text.views()[0])


def test_the_keyboard_goes_from_the_shelf_through_the_leaves_and_back(
    qtbot: QtBot, starter_context: AppContext
) -> None:
    view = made(qtbot, starter_context, Place(Page.READ))
    qtbot.waitUntil(lambda: len(cards(view)) == 1, timeout=WAIT_MS)
    view.focus_start()
    assert view.focusWidget() is cards(view)[0]
    QTest.keyClick(view.focusWidget(), Qt.Key.Key_Return)
    wait_for_leaf(qtbot, view)
    qtbot.waitUntil(lambda: view.focusWidget() is view.book._text.views()[0], timeout=WAIT_MS)
    after = next(card for card in view.findChildren(TurnCard) if "Next section" in card.accessibleName())
    after.setFocus()
    QTest.keyClick(after, Qt.Key.Key_Return)
    wait_for_leaf(qtbot, view, "p-cell-unit-01")
    assert view.focusWidget() is view.book._text.views()[0]
    view.book.left.emit()
    assert view.focusWidget() is cards(view)[0]


def test_a_book_that_arrives_leaves_the_keyboard_to_who_types(
    qtbot: QtBot, starter_context: AppContext
) -> None:
    view = made(qtbot, starter_context, Place(Page.READ, pack=BIOLOGY))
    view.focus_start()
    view.begin_search()
    wait_for_leaf(qtbot, view)
    assert view.focusWidget() is view.book.side.field


def test_scrolling_moves_the_place(qtbot: QtBot, starter_context: AppContext) -> None:
    view = read(qtbot, starter_context, BIOLOGY)
    scroll = view.book._text._scroll
    qtbot.waitUntil(lambda: not view.book._text._placing and scroll.verticalScrollBar().maximum() > 0)
    scroll.verticalScrollBar().setValue(scroll.verticalScrollBar().maximum())
    assert view.place().passage == "p-alive-04"
    assert view.book._text.mapToGlobal(QPoint(0, 0)).x() > view.book.side.tree.mapToGlobal(QPoint(0, 0)).x()
