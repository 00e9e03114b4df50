"""The side of an open book: its contents, its glossary, and what a search in it found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt, Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from tutor_app.i18n import dotted, tr, trn
from tutor_app.item_models.reading_words import page_name
from tutor_app.theme.tokens import SPACE
from tutor_app.widgets.basics import label
from tutor_app.widgets.contents_tree import ContentsTree
from tutor_app.widgets.entry_list import Entry, EntryList
from tutor_app.widgets.glossary_list import GlossaryList
from tutor_app.widgets.search_field import SearchField
from tutor_app.widgets.segmented import Segmented

if TYPE_CHECKING:
    from tutor_app.controllers.reader_controller import ReaderController
    from tutor_app.services.reading import Contents, Hit, Hits
    from tutor_app.theme.theme import Theme

_CONTENTS, _GLOSSARY = "contents", "glossary"


class BookSide(QWidget):
    """One list at a time, a search above them.

    Signals:
        chosen: id of the section or passage to go to.
        explained: a word of the glossary, and where its line stands on the screen.
        looked_for: the words that are to be marked in the text now; none for an emptied search.
        left: the keyboard is to go on in the text.

    Attributes:
        field: the search.
        choice: contents or glossary.
        tree, glossary, hits: the lists.
        count: how much was found.
    """

    chosen = Signal(str)
    explained = Signal(str, QRect)
    looked_for = Signal(tuple)
    left = Signal()

    def __init__(self, theme: Theme, reader: ReaderController) -> None:
        super().__init__()
        self._reader = reader
        self._found_for = ""
        self._open_first = False
        self.setObjectName("history")  # the style of every list beside a page
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.field = SearchField(theme, tr("Search in this book"))
        self.choice = Segmented(
            tr("What is listed"), ((_CONTENTS, tr("Contents")), (_GLOSSARY, tr("Glossary")))
        )
        self.tree = ContentsTree()
        self.glossary = GlossaryList(theme)
        self.hits = EntryList(theme, tr("What was found"))
        self.count = label("", "caption", wrap=True)
        self.count.hide()
        self._lists = QStackedWidget()
        for listed in (self.tree, self.glossary, self.hits):
            self._lists.addWidget(listed)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(SPACE["m"], SPACE["s"], SPACE["m"], SPACE["m"])
        inside.setSpacing(SPACE["s"])
        for part in (self.field, self.choice, self.count):
            inside.addWidget(part)
        inside.addWidget(self._lists, 1)
        self._connect()

    def show_contents(self, contents: Contents) -> None:
        """Show the lists of a book, its contents first."""
        self.tree.set_contents(contents)
        self.glossary.set_terms(contents.terms)
        self.choice.chip(_GLOSSARY).setEnabled(bool(contents.terms))
        self.field.clear()
        self._choose_list(_CONTENTS)

    def focus_search(self) -> None:
        """Put the keyboard into the search."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    @Slot()
    def next_hit(self) -> None:
        """Open the hit after the chosen one; after the last comes the first."""
        self._step(1)

    @Slot()
    def hit_before(self) -> None:
        """Open the hit before the chosen one; before the first comes the last."""
        self._step(-1)

    def _connect(self) -> None:
        self.field.search.connect(self._search)
        self.field.left.connect(self.left)
        self.field.returnPressed.connect(self._enter)
        self.choice.changed.connect(self._choose)
        self.tree.chosen.connect(self.chosen)
        self.glossary.explained.connect(self.explained)
        self.hits.chosen.connect(self.chosen)
        self._reader.found.connect(self._show_hits)

    @Slot(str)
    def _search(self, text: str) -> None:
        self._open_first = False
        if self._lists.currentWidget() is self.glossary:
            self.glossary.filter(text)
        elif text:
            self._reader.search(text)
        else:
            self.looked_for.emit(())
            self._choose_list(self.choice.chosen())

    @Slot(object)
    def _show_hits(self, hits: Hits) -> None:
        if hits.text != self.field.text().strip():
            return  # something else is looked for by now, or nothing
        self._found_for = hits.text
        self.hits.set_entries([_entry(hit) for hit in hits.hits])
        found = len(hits.hits) + hits.more
        many = trn("{n} passage", "{n} passages", found)
        self.count.setText(many if found else tr("Nothing in this book has these words."))
        self.count.show()
        self._lists.setCurrentWidget(self.hits)
        self.looked_for.emit(hits.words)
        if self._open_first:
            self._step(1)

    @Slot()
    def _enter(self) -> None:
        """Open the next hit; the first one as soon as it is found, if the search is still under way."""
        if self._lists.currentWidget() is self.hits and self._found_for == self.field.text().strip():
            self._step(1)
        else:
            self._open_first = bool(self.field.text().strip())

    def _step(self, step: int) -> None:
        self._open_first = False
        if self._lists.currentWidget() is self.hits and self.hits.count():
            self.hits.choose_next(step)

    @Slot(str)
    def _choose(self, name: str) -> None:
        """Show another list, and look in that for what is written in the search."""
        self._choose_list(name)
        self.looked_for.emit(())
        self._search(self.field.text().strip())

    def _choose_list(self, name: str) -> None:
        self.choice.choose(name)
        self.count.hide()
        self._lists.setCurrentWidget(self.glossary if name == _GLOSSARY else self.tree)


def _entry(hit: Hit) -> Entry:
    where = (f"{hit.number} {hit.section}".strip(), page_name(hit.page))
    return Entry(hit.passage, hit.title, dotted(*where), hit.snippet)
