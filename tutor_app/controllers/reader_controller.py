"""What is read: the shelf, an open book, the leaf of it that is shown, and what a search in it found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from tutor_app.workers.latest_call import LatestCall

if TYPE_CHECKING:
    from tutor_app.app_context import AppContext
    from tutor_app.services.reading import Book, Contents, Leaf
    from tutor_app.workers.messages import Failure

LAST_READ = "read"


class ReaderController(QObject):
    """One book at a time.

    Signals:
        shelf_changed: ``books`` were read.
        opened: the ``Contents`` of a book.
        leaf_shown: a ``Leaf`` and the passage that was asked for.
        found: ``Hits``.
        failed: a ``Failure``: the book cannot be shown.

    Attributes:
        books: None before they were read.
        pack: id of the open book, "" for none.
        passage: the passage that was gone to last.
        quotes: what is marked in it.
        leaf: what is shown.
    """

    shelf_changed = Signal()
    opened = Signal(object)
    leaf_shown = Signal(object)
    found = Signal(object)
    failed = Signal(object)

    def __init__(self, context: AppContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self.books: tuple[Book, ...] | None = None
        self.pack = ""
        self.passage = ""
        self.quotes: tuple[str, ...] = ()
        self.leaf: Leaf | None = None
        self._contents: Contents | None = None
        self._shelf = self._latest(self._have_books)
        self._book = self._latest(self._have_book)
        self._leaf = self._latest(self._have_leaf)
        self._search = self._latest(self.found.emit)
        context.packs_changed.connect(self.read_shelf)
        context.packs_changed.connect(self._look_again)

    @Slot()
    def read_shelf(self) -> None:
        """Read what books there are."""
        self._shelf.ask("reader.books")

    def open(self, pack: str, passage: str = "", quotes: tuple[str, ...] = ()) -> None:
        """Open a book at a passage or section, with ``quotes`` marked; at its beginning by default."""
        if pack != self.pack or self._contents is None:
            self.pack, self._contents, self.leaf = pack, None, None
            self._book.ask("reader.book", pack)
        self.go_to(passage, quotes)

    def close(self) -> None:
        """Put the book back on the shelf."""
        self.pack = self.passage = ""
        self._contents = self.leaf = None
        for call in (self._book, self._leaf, self._search):
            call.cancel()

    def go_to(self, target: str, quotes: tuple[str, ...] = ()) -> None:
        """Show the leaf that holds a passage or section."""
        if not self.pack:
            return
        self.passage, self.quotes = target, quotes
        self._leaf.ask("reader.section", self.pack, target, quotes)

    def search(self, text: str) -> None:
        """Look for words in the open book."""
        self._search.ask("reader.search", self.pack, text)

    def _latest(self, finished: object) -> LatestCall:
        call = LatestCall(self._context.engine, self)
        call.finished.connect(finished)
        call.failed.connect(self._fail)
        return call

    @Slot(object)
    def _have_books(self, books: tuple[Book, ...]) -> None:
        self.books = books
        self.shelf_changed.emit()

    @Slot()
    def _look_again(self) -> None:
        """The open book may be gone now, or another version."""
        if self.pack:
            self._book.ask("reader.book", self.pack)

    @Slot(object)
    def _have_book(self, contents: Contents) -> None:
        before, self._contents = self._contents, contents
        if contents == before:
            return
        self.opened.emit(contents)
        if before is not None or (self.leaf is None and not self._leaf.busy):
            self.go_to(self.passage)  # it is another version, or there again

    @Slot(object)
    def _fail(self, failure: Failure) -> None:
        """What was read before counts for nothing: the book is read anew when it is asked for."""
        self._contents = self.leaf = None
        self.failed.emit(failure)

    @Slot(object)
    def _have_leaf(self, leaf: Leaf) -> None:
        self.leaf = leaf
        self.leaf_shown.emit(leaf)
