"""The page for reading: the shelf, or the book that is open; where one was in each book is kept."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QAbstractButton, QStackedWidget, QVBoxLayout, QWidget

from tutor_app.controllers.reader_controller import LAST_READ, ReaderController
from tutor_app.i18n import tr, tr_engine
from tutor_app.place import Page, Place
from tutor_app.widgets.basics import button
from tutor_app.widgets.book_card import BookCard
from tutor_app.widgets.card_grid import CardGrid
from tutor_app.widgets.empty_state import EmptyState
from tutor_app.widgets.page_header import PageHeader
from tutor_app.widgets.scroll_column import ScrollColumn
from tutor_app.widgets.skeleton import APPEARS_MS, Skeleton

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

    from tutor_app.app_context import AppContext
    from tutor_app.services.reading import Book
    from tutor_app.views.book_view import BookView
    from tutor_app.workers.messages import Failure

_SHELF_WIDTH = 960


class ReadView(QWidget):
    """The page."""

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.reader = ReaderController(context, self)
        self.reader.shelf_changed.connect(self._show_shelf)
        self.reader.failed.connect(self._show_failure)
        self.reader.leaf_shown.connect(self._show_book)
        self._books = CardGrid(context.theme, self._card)
        self._shelf = ScrollColumn(_SHELF_WIDTH)
        self._shelf.add(
            PageHeader(tr("Read"), tr("Every course pack and document is a book too.")), self._books
        )
        self._shelf.column.addStretch(1)
        add = button(tr("Open the library"), "primary")
        add.clicked.connect(partial(context.go.emit, Place(Page.LIBRARY)))
        self._empty = EmptyState(
            context.theme,
            "read",
            tr("Nothing to read yet"),
            tr("Course packs appear here by themselves; a document appears when you add it."),
            add,
        )
        self._back = button(tr("All books"), "primary")
        self._back.clicked.connect(self._close_book)
        self._failure = EmptyState(context.theme, "warning", "", "", self._back)
        self._late = QTimer(self, singleShot=True, interval=APPEARS_MS)
        self._late.timeout.connect(self._show_skeleton)
        self._skeleton = Skeleton(context.theme)
        self._book: BookView | None = None
        self._stack = QStackedWidget()
        for part in (self._shelf, self._empty, self._failure, self._skeleton):
            self._stack.addWidget(part)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._stack)

    def open(self, place: Place) -> None:
        """Show the shelf, or a book where one was in it, or at a passage."""
        self.reader.read_shelf()
        if not place.pack:
            self._close_book()
            return
        kept = self._context.state.place(f"{LAST_READ}/{place.pack}")
        wanted = place.passage or (kept.passage if kept is not None else "")
        if self._stack.currentWidget() is not self._failure:
            self._stack.setCurrentWidget(self.book)
        there = (
            place.pack == self.reader.pack and wanted == self.reader.passage and self.reader.leaf is not None
        )
        if not there or place.quotes:
            self.reader.open(place.pack, wanted, place.quotes)
            self._late.start()
        if self.isVisible() and self._stack.currentWidget() is not self._failure:
            self.book.focus_text()

    def place(self) -> Place:
        """Where it is now."""
        return Place(Page.READ, pack=self.reader.pack, passage=self.reader.passage)

    def focus_start(self) -> None:
        """The text, the first book, or the button of what is said instead."""
        shown = self._stack.currentWidget()
        if shown in (self._book, self._skeleton):
            self.book.focus_text()
            return
        for made in shown.findChildren(QAbstractButton) if shown is not None else ():
            if made.isVisible() and made.isEnabled():
                made.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def begin_search(self) -> None:
        """Search in the open book."""
        if self.reader.pack:
            self.book.begin_search()

    def stop(self) -> None:
        """Close what lies over the text."""
        if self.reader.pack:
            self.book.stop()

    def showEvent(self, event: QShowEvent) -> None:
        """Read the shelf."""
        super().showEvent(event)
        if self.reader.books is None:
            self.reader.read_shelf()

    @property
    def book(self) -> BookView:
        """The open book."""
        if self._book is None:
            from tutor_app.views.book_view import BookView

            self._book = BookView(self._context, self.reader)
            self._book.left.connect(self._close_book)
            self._book.reached.connect(self._keep_place)
            self._stack.addWidget(self._book)
        return self._book

    @Slot()
    def _show_skeleton(self) -> None:
        self._stack.setCurrentWidget(self._skeleton)

    @Slot()
    def _show_book(self) -> None:
        self._late.stop()
        self._stack.setCurrentWidget(self.book)

    def _card(self, book: Book) -> BookCard:
        card = BookCard(self._context.theme, book, self._progress(book.id))
        card.setEnabled(not book.damaged)
        card.clicked.connect(partial(self._open_book, book.id))
        return card

    def _progress(self, pack: str) -> tuple[int, int]:
        """Which section of how many is being read; zeros for a book that was not begun."""
        place, _, places = self._context.state.text(f"{LAST_READ}/{pack}").partition("/")
        return (int(place), int(places)) if place.isdecimal() and places.isdecimal() else (0, 0)

    def _open_book(self, pack: str) -> None:
        self.open(Place(Page.READ, pack=pack))
        self.book.focus_text()

    @Slot()
    def _show_shelf(self) -> None:
        books = self.reader.books or ()
        self._books.show_things(books)
        if not self.reader.pack:
            self._stack.setCurrentWidget(self._shelf if books else self._empty)

    @Slot()
    def _close_book(self) -> None:
        left = self.reader.pack
        self.reader.close()
        for card in self._books.cards():
            if isinstance(card, BookCard):
                card.set_progress(*self._progress(card.book.id))
        self._stack.setCurrentWidget(self._empty if self.reader.books == () else self._shelf)
        if left:
            self._focus_book(left)

    def _focus_book(self, pack: str) -> None:
        for card in self._books.cards():
            if isinstance(card, BookCard) and card.book.id == pack and card.isVisible():
                card.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object)
    def _show_failure(self, failure: Failure) -> None:
        self._late.stop()
        self._failure.set_text(tr_engine(failure.what), tr_engine(failure.todo))
        self._stack.setCurrentWidget(self._failure)

    @Slot(str)
    def _keep_place(self, passage: str) -> None:
        self.reader.passage = passage
        place = Place(Page.READ, pack=self.reader.pack, passage=passage)
        self._context.state.keep_place(place, LAST_READ)
        self._context.state.keep_place(place, f"{LAST_READ}/{self.reader.pack}")
        if leaf := self.reader.leaf:
            self._context.state.keep_text(f"{leaf.place}/{leaf.places}", f"{LAST_READ}/{leaf.pack}")
