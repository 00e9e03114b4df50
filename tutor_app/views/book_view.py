"""A book, open: contents, glossary and search on one side, the text beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from tutor_app.i18n import tr, trn
from tutor_app.item_models.reading_words import page_name
from tutor_app.place import Page, Place
from tutor_app.theme.tokens import SPACE
from tutor_app.widgets.basics import IconButton, button, label
from tutor_app.widgets.contents_tree import ContentsTree
from tutor_app.widgets.elided_label import ElidedLabel
from tutor_app.widgets.entry_list import Entry, EntryList
from tutor_app.widgets.glossary_list import GlossaryList
from tutor_app.widgets.leaf_view import LeafView
from tutor_app.widgets.picture_overlay import PictureOverlay
from tutor_app.widgets.rich_text_view import RichTextView
from tutor_app.widgets.search_field import SearchField
from tutor_app.widgets.segmented import Segmented
from tutor_app.widgets.selection_button import SelectionButton
from tutor_app.widgets.selection_menu import SelectionMenu
from tutor_app.widgets.term_card import TermPopover

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QResizeEvent

    from tutor_app.app_context import AppContext
    from tutor_app.controllers.reader_controller import ReaderController
    from tutor_app.richtext.document import Block
    from tutor_app.services.reading import Contents, Hit, Hits, Leaf

_BESIDE_FROM = 820
_CONTENTS_WIDTH = 292
_CONTENTS, _GLOSSARY = "contents", "glossary"


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
        self._lay_out()
        reader.opened.connect(self._show_contents)
        reader.leaf_shown.connect(self._show_leaf)
        reader.found.connect(self._show_hits)
        context.theme.changed.connect(self._fit)
        for keys, work in (
            ("Ctrl+Return", self._ask_here.ask),
            ("Ctrl+Enter", self._ask_here.ask),
            ("F3", self._next_hit),
            ("Shift+F3", self._hit_before),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(work)

    def focus_text(self) -> None:
        """Put the keyboard into the text."""
        self._text.focus_text()

    def find(self) -> None:  # type: ignore[override]  # a static method of Qt that nobody needs
        """Put the keyboard into the search."""
        self._side.show()
        self._fit()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def stop(self) -> bool:
        """Close what lies over the text; whether there was something."""
        if self._overlay is not None:
            self._overlay.leave()
            return True
        if self._terms.visible():
            self._terms.hide()
            return True
        if not self._is_wide() and self._side.isVisible():
            self._side.hide()
            self._fit()
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
            self._side.hide()
        elif self._is_wide():
            self._side.show()
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
        self._side = self._made_side()
        self._across.addWidget(self._side)
        self._across.addWidget(self._text, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(head)
        whole.addLayout(self._across, 1)

    def _made_side(self) -> QWidget:
        theme = self._context.theme
        side = QWidget()
        side.setObjectName("history")
        side.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.field = SearchField(theme, tr("Search in this book"))
        self.field.search.connect(self._search)
        self.field.left.connect(self.focus_text)
        self.field.returnPressed.connect(self._next_hit)
        self._choice = Segmented(
            tr("What is listed"), ((_CONTENTS, tr("Contents")), (_GLOSSARY, tr("Glossary")))
        )
        self._choice.changed.connect(self._choose_list)
        self.tree = ContentsTree()
        self.tree.chosen.connect(self._go)
        self.glossary = GlossaryList(theme)
        self.glossary.explained.connect(self._explain)
        self.hits = EntryList(theme, tr("What was found"))
        self.hits.chosen.connect(self._open_hit)
        self._lists = QStackedWidget()
        for listed in (self.tree, self.glossary, self.hits):
            self._lists.addWidget(listed)
        self._count = label("", "caption", wrap=True)
        self._count.hide()
        inside = QVBoxLayout(side)
        inside.setContentsMargins(SPACE["m"], SPACE["s"], SPACE["m"], SPACE["m"])
        inside.setSpacing(SPACE["s"])
        for part in (self.field, self._choice, self._count):
            inside.addWidget(part)
        inside.addWidget(self._lists, 1)
        return side

    @Slot(object)
    def _show_contents(self, contents: Contents) -> None:
        self._contents = contents
        self._title.setText(contents.book.title)
        self.tree.set_contents(contents)
        self.glossary.set_terms(contents.terms)
        self._choice.chip(_GLOSSARY).setEnabled(bool(contents.terms))
        self._menu.set_pack(contents.book.id)
        self.field.clear()
        self._choose_list(_CONTENTS)

    @Slot(object)
    def _show_leaf(self, leaf: Leaf) -> None:
        self._terms.set_place(leaf.pack, self._reader.passage)
        wanted = self._reader.passage
        ids = {passage.id for passage in leaf.passages}
        if wanted not in ids:
            wanted = leaf.passages[0].id if leaf.passages else ""
        self._ask_here.forget()
        self._text.show_leaf(leaf, wanted, self._words if self._lists.currentWidget() is self.hits else ())
        self._follow(wanted)

    @Slot(object, str)
    def _connect_text(self, view: RichTextView, _passage: str) -> None:
        self._terms.watch(view)
        self._ask_here.watch(view)
        view.selection_menu_requested.connect(self._show_menu)

    @Slot(str)
    def _follow(self, passage: str) -> None:
        if passage:
            self.tree.show_current(passage)
            self.reached.emit(passage)

    @Slot(str)
    def _go(self, target: str) -> None:
        self._reader.go_to(target)
        if not self._is_wide():
            self._side.hide()
            self._fit()

    @Slot(str)
    def _open_hit(self, passage: str) -> None:
        self._reader.go_to(passage)
        if not self._is_wide():
            self._side.hide()
            self._fit()

    @Slot(str)
    def _search(self, text: str) -> None:
        if self._choice.chosen() == _GLOSSARY and self._lists.currentWidget() is self.glossary:
            self.glossary.filter(text)
        elif text.strip():
            self._reader.search(text)
        else:
            self._words = ()
            self._text.mark_words(())
            self._choose_list(self._choice.chosen())

    @Slot(object)
    def _show_hits(self, hits: Hits) -> None:
        if not self.field.text().strip():
            return  # the search was emptied while this was on its way
        self._words = hits.words
        self.hits.set_entries([_entry(hit) for hit in hits.hits])
        found = len(hits.hits) + hits.more
        many = trn("{n} passage", "{n} passages", found)
        self._count.setText(many if found else tr("Nothing in this book has these words."))
        self._count.show()
        self._lists.setCurrentWidget(self.hits)

    @Slot(str)
    def _choose_list(self, name: str) -> None:
        self._choice.choose(name)
        self._count.hide()
        self._lists.setCurrentWidget(self.glossary if name == _GLOSSARY else self.tree)

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

    @Slot()
    def _next_hit(self) -> None:
        self._step(1)

    @Slot()
    def _hit_before(self) -> None:
        self._step(-1)

    def _step(self, step: int) -> None:
        """Open the hit after or before the chosen one; from the last, the first follows."""
        if self._lists.currentWidget() is self.hits and self.hits.count():
            self.hits.choose_next(step)

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
        self._side.setVisible(self._side.isHidden())
        self._fit()

    def _is_wide(self) -> bool:
        return self.width() >= _BESIDE_FROM * max(1.0, self._context.theme.scale)

    @Slot()
    def _fit(self) -> None:
        wide = self._is_wide()
        width = round(_CONTENTS_WIDTH * max(1.0, self._context.theme.scale))
        self._side.setMinimumWidth(width if wide else 0)
        self._side.setMaximumWidth(width if wide else self.width())
        self._text.setVisible(wide or self._side.isHidden())


def _entry(hit: Hit) -> Entry:
    where = (f"{hit.number} {hit.section}".strip(), page_name(hit.page))
    return Entry(hit.passage, hit.title, " · ".join(part for part in where if part), hit.snippet)
