"""A book on the shelf: its cover, what it is about, and how far it was read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QProgressBar, QSizePolicy, QVBoxLayout

from tutor_app.i18n import dotted, tr
from tutor_app.item_models.reading_words import licence_line, reading_time
from tutor_app.services.reading import Origin
from tutor_app.theme.tokens import SPACE
from tutor_app.widgets.basics import label
from tutor_app.widgets.book_cover import BookCover
from tutor_app.widgets.pack_card import shortened
from tutor_app.widgets.press_card import PressCard

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLabel

    from tutor_app.services.reading import Book
    from tutor_app.theme.theme import Theme


class BookCard(PressCard):
    """Pressed to open the book.

    Args:
        theme: for its cover.
        book: what it shows.
        progress: which section of how many is being read; zeros if it was not begun.
    """

    def __init__(self, theme: Theme, book: Book, progress: tuple[int, int] = (0, 0)) -> None:
        body = QVBoxLayout()
        super().__init__(tr("Read {title}", title=book.title), body)
        self.book = book
        body.setSpacing(SPACE["s"])
        body.setContentsMargins(SPACE["s"], SPACE["s"], SPACE["s"], SPACE["m"])
        body.addWidget(BookCover(theme, book))
        words = QVBoxLayout()
        words.setSpacing(SPACE["xs"])
        words.setContentsMargins(SPACE["s"], 0, SPACE["s"], 0)
        body.addLayout(words, 1)
        words.addWidget(_line(book.title, "strong"))
        if book.description:
            words.addWidget(_line(shortened(book.description), "mute"))
        words.addStretch(1)
        words.addSpacing(SPACE["xs"])
        for fact in _facts(book):
            words.addWidget(_line(fact, "caption"))
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(tr("How far you have read"))
        self._where = _line("", "caption")
        words.addWidget(self._bar)
        words.addWidget(self._where)
        self.set_progress(*progress)

    def set_progress(self, place: int, places: int) -> None:
        """Show which section of how many is being read."""
        begun = 0 < place <= places
        self._bar.setVisible(begun)
        self._where.setVisible(begun)
        if begun:
            self._bar.setRange(0, places)
            self._bar.setValue(place)
            self._where.setText(tr("Section {place} of {places}", place=place, places=places))


def _facts(book: Book) -> list[str]:
    if book.damaged:
        return [tr("Damaged: remove it in the library, then add it again.")]
    kind = tr("Your document") if book.origin is Origin.DOCUMENT else tr("Course pack")
    facts = dotted(kind, reading_time(book.minutes))
    return [part for part in (facts, licence_line(book)) if part]


def _line(text: str, role: str) -> QLabel:
    made = label(text, role, wrap=True)
    made.setProperty("content", True)
    made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
    return made
