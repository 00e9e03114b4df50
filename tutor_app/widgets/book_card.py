"""A book on the shelf: a calm cover with its title, and what kind of book it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QSizePolicy, QVBoxLayout

from tutor_app.i18n import tr, trn
from tutor_app.services.reading import Origin
from tutor_app.theme.tokens import SPACE
from tutor_app.widgets.basics import label
from tutor_app.widgets.press_card import PressCard
from tutor_app.widgets.reading_words import licence_line, reading_time

if TYPE_CHECKING:
    from tutor_app.services.reading import Book

_DESCRIPTION = 140


class BookCard(PressCard):
    """Pressed to open the book."""

    def __init__(self, book: Book) -> None:
        body = QVBoxLayout()
        super().__init__(tr("Read {title}", title=book.title), body)
        self.book = book
        kind = tr("Your document") if book.origin is Origin.DOCUMENT else tr("Course pack")
        self.body.setSpacing(SPACE["s"])
        badge = label(kind, "badge")
        badge.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.body.addWidget(badge)
        self._say(book.title, "heading")
        text = book.description
        if text:
            self._say(text if len(text) <= _DESCRIPTION else f"{text[:_DESCRIPTION]}…", "mute")
        body.addStretch(1)
        sections = trn("{n} section", "{n} sections", book.sections)
        self._say(" · ".join(part for part in (sections, reading_time(book.minutes)) if part), "caption")
        licence = licence_line(book)
        if licence:
            self._say(licence, "caption")

    def _say(self, text: str, role: str) -> None:
        line = label(text, role, wrap=True)
        line.setProperty("content", True)
        line.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.body.addWidget(line)
