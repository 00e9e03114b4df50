"""A book, open: contents, glossary and search on one side, the text beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tutor_app.i18n import tr
from tutor_app.place import Page, Place
from tutor_app.theme.tokens import SPACE
from tutor_app.views.book_side import BookSide
from tutor_app.widgets.basics import IconButton, button
from tutor_app.widgets.elided_label import ElidedLabel
from tutor_app.widgets.leaf_view import LeafView
from tutor_app.widgets.picture_overlay import PictureOverlay
from tutor_app.widgets.rich_text_view import RichTextView
from tutor_app.widgets.selection_button import SelectionButton
from tutor_app.widgets.selection_menu import SelectionMenu
from tutor_app.widgets.term_card import TermPopover

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QResizeEvent

    from tutor_app.app_context import AppContext
    from tutor_app.controllers.reader_controller import ReaderController
    from tutor_app.richtext.document import Block
    from tutor_app.services.reading import Contents, Leaf

_BESIDE_FROM = 820
_CONTENTS_WIDTH = 292


class BookView(QWidget):
    """Shows what a ``ReaderController`` reads.

    Signals:
        left: back to the shelf.
        reached: id of the passage that is being read.
    """

    left = Signal()
    reached = Signal(str)

    def __init__(self, context: AppContext, reader: ReaderController) -> None:
        super().__init__()
        self._context = context
        self._reader = reader
        self._contents: Contents | None = None
        self._words: tuple[str, ...] = ()
        self._overlay: PictureOverlay | None = None
        self._menu = SelectionMenu(context, self)
        self._terms = TermPopover(context, self)
        self._terms.introduced.connect(self._open_introduction)
        self._text = LeafView(context.theme)
        self._text.view_added.connect(self._connect_text)
        self._text.turned.connect(reader.go_to)
        self._text.reached.connect(self._follow)
        self._text.enlarged.connect(self._enlarge)
        self._ask_here = SelectionButton(self._menu, self._text)
        self._title = ElidedLabel("", "heading")
        self._title.setProperty("content", True)
        self.side = BookSide(context.theme, reader)
        self._lay_out()
        reader.opened.connect(self._show_contents)
        reader.leaf_shown.connect(self._show_leaf)
        context.theme.changed.connect(self._fit)
        for keys, work in (
            ("Ctrl+Return", self._ask_here.ask),
            ("Ctrl+Enter", self._ask_here.ask),
            ("F3", self.side.next_hit),
            ("Shift+F3", self.side.hit_before),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(work)

    def focus_text(self) -> None:
        """Put the keyboard into the text."""
        self._text.focus_text()

    def begin_search(self) -> None:
        """Put the keyboard into the search."""
        self.side.show()
        self._fit()
        self.side.focus_search()

    def stop(self) -> bool:
        """Close what lies over the text; whether there was something."""
        if self._overlay is not None:
            self._overlay.leave()
            return True
        if self._terms.visible():
            self._terms.hide()
            return True
        if not self._is_wide() and self.side.isVisible():
            self._hide_side()
            return True
        return False

    def hideEvent(self, event: QHideEvent) -> None:
        """Take along what floats over the text."""
        super().hideEvent(event)
        self._terms.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the contents beside the text where there is room."""
        super().resizeEvent(event)
        if self._overlay is not None:
            self._overlay.setGeometry(self.rect())
        if not self._is_wide() and event.oldSize().width() != event.size().width():
            self._hide_side()
        elif self._is_wide():
            self.side.show()
        self._fit()

    def _lay_out(self) -> None:
        theme = self._context.theme
        back = IconButton(theme, "back", tr("All books"))
        back.clicked.connect(self.left)
        toggle = IconButton(theme, "list", tr("Contents"))
        toggle.clicked.connect(self._toggle)
        ask = button(tr("Ask about this book"))
        ask.clicked.connect(self._ask_about_book)
        head = QHBoxLayout()
        head.setContentsMargins(SPACE["l"], SPACE["m"], SPACE["l"], SPACE["s"])
        head.setSpacing(SPACE["s"])
        for part in (back, toggle):
            head.addWidget(part)
        head.addWidget(self._title, 1)
        head.addWidget(ask)
        self._across = QHBoxLayout()
        self._across.setContentsMargins(0, 0, 0, 0)
        self._across.setSpacing(0)
        self.side.chosen.connect(self._go)
        self.side.explained.connect(self._explain)
        self.side.looked_for.connect(self._mark)
        self.side.left.connect(self.focus_text)
        self._across.addWidget(self.side)
        self._across.addWidget(self._text, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(head)
        whole.addLayout(self._across, 1)

    @Slot(object)
    def _show_contents(self, contents: Contents) -> None:
        self._contents = contents
        self._title.setText(contents.book.title)
        self._menu.set_pack(contents.book.id)
        self._words = ()
        self.side.show_contents(contents)

    @Slot(object)
    def _show_leaf(self, leaf: Leaf) -> None:
        self._terms.set_place(leaf.pack, self._reader.passage)
        wanted = self._reader.passage
        ids = {passage.id for passage in leaf.passages}
        if wanted not in ids:
            wanted = leaf.passages[0].id if leaf.passages else ""
        self._ask_here.forget()
        self._text.show_leaf(leaf, wanted, self._words)
        self._follow(wanted)

    @Slot(object, str)
    def _connect_text(self, view: RichTextView, _passage: str) -> None:
        self._terms.watch(view)
        self._ask_here.watch(view)
        view.selection_menu_requested.connect(self._show_menu)

    @Slot(str)
    def _follow(self, passage: str) -> None:
        if passage:
            self.side.tree.show_current(passage)
            self.reached.emit(passage)

    @Slot(str)
    def _go(self, target: str) -> None:
        self._reader.go_to(target)
        if not self._is_wide():
            self._hide_side()

    def _hide_side(self) -> None:
        """Hide it; the keyboard goes on in the text if it was there."""
        had = self.side.isAncestorOf(self.focusWidget() or self)
        self.side.hide()
        self._fit()
        if had:
            self.focus_text()

    @Slot(tuple)
    def _mark(self, words: tuple[str, ...]) -> None:
        self._words = words
        self._text.mark_words(words)

    @Slot(str, QRect)
    def _explain(self, term: str, place: QRect) -> None:
        self._terms.explain(term, place)

    @Slot(str, str)
    def _open_introduction(self, _pack: str, passage: str) -> None:
        self._reader.go_to(passage)

    @Slot(str, QPoint)
    def _show_menu(self, selected: str, where: QPoint) -> None:
        view = self.sender()
        if isinstance(view, RichTextView):
            self._menu.show_for(view, selected, where)

    @Slot(object)
    def _enlarge(self, picture: Block) -> None:
        self._overlay = PictureOverlay(self._context.theme, self, picture)
        self._overlay.closed.connect(self._forget_overlay)
        self._overlay.show_over()

    @Slot()
    def _forget_overlay(self) -> None:
        self._overlay = None
        self._text.focus_text()

    @Slot()
    def _ask_about_book(self) -> None:
        self._context.go.emit(Place(Page.ASK, pack=self._reader.pack))

    @Slot()
    def _toggle(self) -> None:
        if self.side.isHidden():
            reading = self._text.isAncestorOf(self.focusWidget() or self)
            self.side.show()
            self._fit()
            if reading and not self._text.isVisible():
                self.side.tree.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._hide_side()

    def _is_wide(self) -> bool:
        return self.width() >= _BESIDE_FROM * max(1.0, self._context.theme.scale)

    @Slot()
    def _fit(self) -> None:
        wide = self._is_wide()
        width = round(_CONTENTS_WIDTH * max(1.0, self._context.theme.scale))
        self.side.setMinimumWidth(width if wide else 0)
        self.side.setMaximumWidth(width if wide else self.width())
        self._text.setVisible(wide or self.side.isHidden())
