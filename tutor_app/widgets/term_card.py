"""A word of the glossary, explained beside where it stands: on hover, with the keyboard, or by a click."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QRect, QTimer, Signal, Slot
from PySide6.QtWidgets import QSizePolicy, QWidget

from tutor_app.i18n import tr
from tutor_app.theme.tokens import SPACE
from tutor_app.widgets.basics import button, column, label
from tutor_app.widgets.hover_card import HoverCard
from tutor_app.widgets.rich_text_view import RichTextView
from tutor_app.workers.latest_call import LatestCall

if TYPE_CHECKING:
    from tutor_app.app_context import AppContext
    from tutor_app.services.reading import TermCard

_HOVER_MS = 300


class TermBody(QWidget):
    """What a card says below its title.

    Signals:
        introduced: the passage that introduces the word was asked for.
    """

    introduced = Signal()

    def __init__(self, context: AppContext, card: TermCard, *, here: str = "") -> None:
        super().__init__()
        body = column(space="s")
        definition = RichTextView(context.theme, size="body")
        definition.set_rich_text(card.definition)
        body.addWidget(definition)
        if card.aliases:
            body.addWidget(_line(tr("Also called {names}", names=", ".join(card.aliases)), "caption"))
        for other in card.confusable:
            body.addWidget(_line(tr("Not to be confused with: {word}", word=other.term), "strong"))
            body.addWidget(_line(other.definition, "caption"))
        if card.passage and card.passage != here:
            where = button(tr("Open where it is introduced"), "link", tip=card.place)
            where.clicked.connect(self.introduced)
            body.addWidget(where)
        self.setLayout(body)


class TermPopover(QObject):
    """One card for all texts of a page.

    Args:
        context: of the window.
        page: the card stays inside its window.

    Signals:
        introduced: id of a pack, and of its passage that introduces the word.
    """

    introduced = Signal(str, str)

    def __init__(self, context: AppContext, page: QWidget) -> None:
        super().__init__(page)
        self._context = context
        self._page = page
        self._card: HoverCard | None = None
        self._pack = ""
        self._here = ""
        self._term = ""
        self._anchor = QRect()
        self._shown: TermCard | None = None
        self._request = LatestCall(context.engine, self)
        self._request.finished.connect(self._show)
        self._wait = QTimer(self, singleShot=True, interval=_HOVER_MS)
        self._wait.timeout.connect(self._ask)

    def set_place(self, pack: str, here: str = "") -> None:
        """The book whose words are meant, and the passage that is being read."""
        self._pack, self._here = pack, here
        self._request.cancel()
        self.hide()

    def watch(self, view: RichTextView) -> None:
        """Explain the words in ``view``."""
        view.term_hovered.connect(self._hover)
        view.term_activated.connect(self._activate)

    def visible(self) -> bool:
        """Whether a card is shown."""
        return self._card is not None and self._card.isVisible()

    def hide(self) -> None:
        """Take the card away."""
        self._wait.stop()
        if self._card is not None:
            self._card.hide()

    def explain(self, term: str, anchor: QRect) -> None:
        """Explain ``term`` beside ``anchor``, in the screen's coordinates."""
        self._term, self._anchor = term, anchor
        self._ask()

    @Slot(str, QPoint)
    def _hover(self, term: str, place: QPoint) -> None:
        if not term:
            self._wait.stop()
            if self._card is not None and self.visible():
                self._card.leave()
            return
        line = round(self._context.theme.pixels("reading") * 1.3)
        self._anchor = QRect(place.x(), place.y() - line, 1, line)
        self._term = term
        self._wait.start()

    @Slot(str)
    def _activate(self, term: str) -> None:
        if self.visible() and self._shown is not None and self._shown.term == term and self._shown.passage:
            self._introduce()
        else:
            self._term = term
            self._ask()

    @Slot()
    def _ask(self) -> None:
        self._wait.stop()
        self._request.ask("reader.term", self._pack, self._term)

    @Slot(object)
    def _show(self, card: TermCard) -> None:
        if self._card is None:
            self._card = HoverCard(self._page.window(), self._context.theme)
        self._shown = card
        body = TermBody(self._context, card, here=self._here)
        body.introduced.connect(self._introduce)
        self._card.show_near(self._anchor, card.term, "", body)

    @Slot()
    def _introduce(self) -> None:
        self.hide()
        if self._shown is not None:
            self.introduced.emit(self._shown.pack, self._shown.passage)


def _line(text: str, role: str) -> QWidget:
    made = label(text, role, wrap=True)
    made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
    made.setContentsMargins(SPACE["xs"], 0, 0, 0)
    return made
