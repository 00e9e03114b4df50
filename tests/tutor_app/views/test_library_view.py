"""The library as a person uses it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from engine.content.signature import fingerprint
from tests.engine.content.importers.conftest import DATA
from tests.tutor_app.services.test_documents import KEY, OTHER, archive
from tutor_app.controllers.library_controller import LibraryController
from tutor_app.place import Page, Place
from tutor_app.services.holdings import Expansion, Holding, HoldingDetails, HoldingKind, HoldingState
from tutor_app.views.library_view import LibraryView
from tutor_app.widgets.pack_card import PackCard
from tutor_app.widgets.pack_details import facts

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from tutor_app.app_context import AppContext

WAIT_MS = 20_000


def shown(qtbot: QtBot, context: AppContext) -> LibraryView:
    view = LibraryView(context)
    qtbot.addWidget(view)
    view.resize(1000, 700)
    view.open(Place(Page.LIBRARY))
    view.show()
    return view


@pytest.fixture
def view(qtbot: QtBot, small_context: AppContext) -> LibraryView:
    """The library of a profile with the pack "Plants"."""
    made = shown(qtbot, small_context)
    qtbot.waitUntil(lambda: titles(made) == ["Plants"], timeout=WAIT_MS)
    return made


def cards(view: LibraryView) -> list[PackCard]:
    return [card for card in view.grid.cards() if isinstance(card, PackCard)]


def titles(view: LibraryView) -> list[str]:
    return [card.holding.title for card in cards(view)]


def press(qtbot: QtBot, inside: QWidget, name: str) -> None:
    """Press the button that is called so, by its text or for a screen reader."""
    for made in inside.findChildren(QPushButton):
        if name in (made.text(), made.accessibleName()) and made.isVisible():
            QTest.mouseClick(made, Qt.MouseButton.LeftButton)
            return
    pytest.fail(f"there is no button {name!r}")


def test_an_empty_library_says_what_to_do(qtbot: QtBot, context: AppContext) -> None:
    view = shown(qtbot, context)
    qtbot.waitUntil(lambda: LibraryController.of(context).holdings == (), timeout=WAIT_MS)
    assert view._empty.isVisible()
    assert not view.search.isVisible()
    filled = [
        made
        for made in view.findChildren(QPushButton)
        if made.property("role") == "primary" and made.isVisible()
    ]
    assert len(filled) == 1


def test_a_card_asks_and_reads_in_its_pack(
    qtbot: QtBot, view: LibraryView, small_context: AppContext
) -> None:
    places: list[Place] = []
    small_context.go.connect(places.append)
    press(qtbot, cards(view)[0], "Ask")
    press(qtbot, cards(view)[0], "Read")
    assert places == [
        Place(Page.ASK, pack="org.example.plants"),
        Place(Page.READ, pack="org.example.plants"),
    ]


def test_a_removed_pack_goes_at_once_and_undo_brings_it_back(
    qtbot: QtBot, view: LibraryView, small_context: AppContext
) -> None:
    with qtbot.waitSignal(small_context.undoable, timeout=WAIT_MS) as told:
        cards(view)[0].removed.emit(cards(view)[0].holding)
        assert cards(view) == []
    sentence, undo = told.args
    assert sentence == "“Plants” was removed."
    undo()
    qtbot.waitUntil(lambda: titles(view) == ["Plants"], timeout=WAIT_MS)


def test_details_are_shown_beside_and_close_by_escape(qtbot: QtBot, view: LibraryView) -> None:
    card = cards(view)[0]
    card.opened.emit(card.holding)
    qtbot.waitUntil(view.details.isVisible, timeout=WAIT_MS)
    assert view.place() == Place(Page.LIBRARY, pack="org.example.plants")
    details = view.details._details
    assert details is not None
    named = dict(facts(details))
    assert named["Version"] == "1.0.0"
    assert "Passages: 3" in named["Contents"]
    assert named["Signature"].startswith("Not signed")
    QTest.keyClick(view.details.close_button, Qt.Key.Key_Escape)
    assert not view.details.isVisible()
    assert view.place() == Place(Page.LIBRARY)


def test_a_title_without_spaces_does_not_widen_the_page(
    qtbot: QtBot, view: LibraryView, small_context: AppContext
) -> None:
    title = "Donaudampfschifffahrtsgesellschaftskapitänswitwenrente"
    LibraryController.of(small_context)._have(
        tuple(Holding(f"local.{n}", title, HoldingKind.DOCUMENT, HoldingState.READY) for n in range(6))
    )
    qtbot.waitUntil(lambda: len(cards(view)) == 6)
    qtbot.waitUntil(lambda: view.grid.width() <= view._page.viewport().width())
    assert all(card.minimumSizeHint().width() < 300 for card in cards(view))


def test_in_a_narrow_window_the_details_stand_alone(qtbot: QtBot, view: LibraryView) -> None:
    view.resize(600, 500)
    card = cards(view)[0]
    card.opened.emit(card.holding)
    qtbot.waitUntil(view.details.isVisible, timeout=WAIT_MS)
    assert not view._page.isVisible()
    view.resize(1000, 500)
    assert view._page.isVisible()
    view.resize(600, 500)
    view.stop()
    assert view._page.isVisible()


def test_a_dropped_document_appears_with_its_import_and_as_a_card(qtbot: QtBot, view: LibraryView) -> None:
    view.add_files([str(DATA / "levers.md")])
    assert view.imports.isVisible()
    qtbot.waitUntil(lambda: len(cards(view)) == 2, timeout=WAIT_MS)
    (row,) = view.imports.rows()
    qtbot.waitUntil(lambda: "is ready" in row.accessibleName(), timeout=WAIT_MS)


def test_a_failed_import_says_why_and_offers_another_try(
    qtbot: QtBot, view: LibraryView, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.4\nnothing follows")
    view.add_files([str(broken)])
    qtbot.waitUntil(lambda: bool(view.imports.rows()), timeout=WAIT_MS)
    (row,) = view.imports.rows()
    qtbot.waitUntil(lambda: row.item.failure is not None, timeout=WAIT_MS)
    assert row.item.failure is not None
    assert row.item.failure.what in row.accessibleName()
    broken.write_bytes((DATA / "levers.pdf").read_bytes())
    press(qtbot, row, "Try again: broken.pdf")
    qtbot.waitUntil(lambda: row.item.added is not None, timeout=WAIT_MS)


def test_an_unknown_author_is_trusted_by_one_press(qtbot: QtBot, context: AppContext, tmp_path: Path) -> None:
    view = shown(qtbot, context)
    view.add_files([str(archive(tmp_path, KEY))])
    qtbot.waitUntil(lambda: bool(view.imports.rows()), timeout=WAIT_MS)
    (row,) = view.imports.rows()
    qtbot.waitUntil(lambda: row.item.author is not None, timeout=WAIT_MS)
    assert row.item.author is not None
    assert row.item.author.fingerprint in row.accessibleName()
    press(qtbot, row, "Trust this author: plants.tutorpack")
    qtbot.waitUntil(lambda: titles(view) == ["Plants"], timeout=WAIT_MS)


@pytest.mark.parametrize("accept", [True, False])
def test_a_changed_key_is_accepted_or_the_old_pack_is_kept(
    qtbot: QtBot, context: AppContext, tmp_path: Path, accept: bool
) -> None:
    view = shown(qtbot, context)
    view.add_files([str(archive(tmp_path, KEY))])
    qtbot.waitUntil(lambda: [row.item.state for row in view.imports.rows()] == ["asking"], timeout=WAIT_MS)
    press(qtbot, view.imports, "Trust this author: plants.tutorpack")
    qtbot.waitUntil(lambda: titles(view) == ["Plants"], timeout=WAIT_MS)
    view.add_files([str(archive(tmp_path, OTHER))])
    qtbot.waitUntil(lambda: [row.item.state for row in view.imports.rows()] == ["asking"], timeout=WAIT_MS)
    (row,) = view.imports.rows()
    assert "signed with another key than before" in row.accessibleName()
    old, new = (fingerprint(key.public_key().public_bytes_raw()) for key in (KEY, OTHER))
    assert old in row.accessibleName()
    assert new in row.accessibleName()
    press(qtbot, row, "Accept the new key" if accept else "Keep the old pack")
    qtbot.waitUntil(
        lambda: [row.item.state for row in view.imports.rows()] == (["done"] if accept else []),
        timeout=WAIT_MS,
    )
    details: list[HoldingDetails] = []
    library = LibraryController.of(context)
    library.details.connect(details.append)
    library.ask_details("org.example.plants")
    qtbot.waitUntil(lambda: bool(details), timeout=WAIT_MS)
    assert details[0].signed_by == (new if accept else old)


def test_interrupted_imports_are_offered(qtbot: QtBot, small_context: AppContext, tmp_path: Path) -> None:
    note = tmp_path / "note.md"
    note.write_text("# A note\n\nA lever is a bar on a pivot.")
    small_context.state.keep_text(f'["{note}"]', "imports")
    view = shown(qtbot, small_context)
    assert view._news.isVisible()
    press(qtbot, view._news, "Continue")
    qtbot.waitUntil(lambda: "A note" in titles(view), timeout=WAIT_MS)
    assert not view._news.isVisible()


def test_thousands_of_documents_are_found_by_search_and_shown_a_page_at_a_time(
    qtbot: QtBot, view: LibraryView, small_context: AppContext
) -> None:
    library = LibraryController.of(small_context)
    many = tuple(
        Holding(f"local.{n}", f"Note {n}", HoldingKind.DOCUMENT, HoldingState.WORDS) for n in range(5000)
    )
    library._have(many)
    qtbot.waitUntil(lambda: len(cards(view)) == 40)
    view.search.setText("note 4321")
    qtbot.waitUntil(lambda: titles(view) == ["Note 4321"])
    view.search.setText("nothing like it")
    qtbot.waitUntil(view._nothing.isVisible)
    press(qtbot, view._nothing, "Show everything")
    assert view.search.text() == ""
    assert cards(view)
    view.filter.chip(HoldingKind.PACK).click()
    qtbot.waitUntil(lambda: cards(view) == [])


def test_a_card_that_did_not_change_keeps_the_keyboard(
    qtbot: QtBot, view: LibraryView, small_context: AppContext
) -> None:
    before = cards(view)[0]
    library = LibraryController.of(small_context)
    other = Holding("local.1", "Note", HoldingKind.DOCUMENT, HoldingState.WORDS)
    library._have((*(library.holdings or ()), other))
    assert cards(view)[0] is before


def test_more_than_can_be_added_at_once_is_said_in_one_sentence(view: LibraryView) -> None:
    view._imports.looked.emit(Expansion(tuple(f"/{n}.txt" for n in range(5000)), left_out=12, folders=True))
    assert "5012 files are more than can be added at once." in view._trouble.accessibleName()


def test_a_folder_with_nothing_in_it_is_named_though_other_files_were_dropped_with_it(
    view: LibraryView,
) -> None:
    view._imports.looked.emit(Expansion(("/a.txt",), empty=("book.pdf",), folders=True))
    assert "There is nothing in “book.pdf” that can be added." in view._trouble.accessibleName()


def test_files_are_chosen_in_a_dialog_that_nobody_waits_for(qtbot: QtBot, view: LibraryView) -> None:
    view.choose_files()
    assert view._dialog is not None
    assert view._dialog.isVisible()
    view._dialog.filesSelected.emit([str(DATA / "levers.md")])
    qtbot.waitUntil(lambda: len(cards(view)) == 2, timeout=WAIT_MS)
