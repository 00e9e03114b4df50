"""The words of a book, by the alphabet; the beginning of a word narrows the list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Signal, Slot

from tutor_app.i18n import tr
from tutor_app.richtext.document import Text
from tutor_app.widgets.entry_list import Entry, EntryList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tutor_app.services.reading import TermEntry
    from tutor_app.theme.theme import Theme


class GlossaryList(EntryList):
    """The list.

    Signals:
        explained: a word, and where its line stands on the screen.
    """

    explained = Signal(str, QRect)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, tr("Glossary"), captions=False)
        self._terms: tuple[TermEntry, ...] = ()
        self.chosen.connect(self._explain)

    def set_terms(self, terms: tuple[TermEntry, ...]) -> None:
        """Show the words of a book."""
        self._terms = terms
        self.filter("")

    def filter(self, text: str) -> None:
        """Show only words that hold ``text``, those that begin with it first."""
        wanted = text.casefold()
        found = [term for term in self._terms if any(wanted in name.casefold() for name in _names(term))]
        if wanted:
            found.sort(key=lambda term: not term.term.casefold().startswith(wanted))
        self.set_entries([Entry(term.term, term.term, "", (Text(term.definition),)) for term in found])

    @Slot(str)
    def _explain(self, term: str) -> None:
        self.explained.emit(term, self.place_of(term))


def _names(term: TermEntry) -> Sequence[str]:
    return (term.term, *term.aliases)
