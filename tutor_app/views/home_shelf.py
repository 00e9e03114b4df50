"""What the first page shows below the question: examples, practice, what was being done, packs and documents."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tutor_app.controllers.import_controller import ImportController
from tutor_app.controllers.library_controller import LibraryController
from tutor_app.controllers.preparation_controller import PreparationController
from tutor_app.controllers.recent_controller import RecentController
from tutor_app.i18n import tr, trn
from tutor_app.place import Page, Place
from tutor_app.services.holdings import Holding, HoldingKind, HoldingState
from tutor_app.theme.tokens import SPACE
from tutor_app.views.home_practice import HomePractice
from tutor_app.views.preparation_card import PreparationCard
from tutor_app.widgets.banner import Banner
from tutor_app.widgets.basics import button, column, label
from tutor_app.widgets.card_grid import CardGrid
from tutor_app.widgets.elided_button import ElidedButton
from tutor_app.widgets.flow_layout import FlowLayout, flow
from tutor_app.widgets.pack_card import PackCard
from tutor_app.widgets.recent_card import RecentCard

if TYPE_CHECKING:
    from tutor_app.app_context import AppContext
    from tutor_app.item_models.recent import Recent

_PACKS = 6
_DOCUMENTS = 6
_CHIPS = 3


class HomeShelf(QWidget):
    """Each part is hidden until it has something to show.

    Signals:
        asked: an example question was pressed.
    """

    asked = Signal(str)

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self._library = LibraryController.of(context)
        self._imports = ImportController.of(context)
        self._recent = RecentController(context, self)
        theme = context.theme
        self._news = Banner(theme)
        self._chips = QWidget()
        self._chip_flow = FlowLayout(space="s")
        self._chips.setLayout(self._chip_flow)
        self._preparation = PreparationCard(context)
        self.practice = HomePractice(context)
        self._recent_cards = CardGrid(theme, self._recent_card, most_columns=2)
        self._recent_part = _part(tr("Go on where you were"), self._recent_cards)
        self._packs = CardGrid(theme, self._card)
        self._packs_part = _part(tr("Your course packs"), self._packs)
        self._documents = CardGrid(theme, self._card)
        self._add = button(tr("Add a document …"))
        self._add.clicked.connect(self._add_document)
        self._all = button(tr("Open the library"), "link")
        self._all.clicked.connect(self._open_library)
        self._no_documents = label(
            tr("A PDF, a book, your own notes: add it, and ask about it a minute later."), "mute", wrap=True
        )
        self._documents_part = _part(
            tr("Your documents"), self._no_documents, self._documents, _wrapped(self._add, self._all)
        )
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(SPACE["xl"])
        for part in (
            self._chips,
            self._news,
            self._preparation,
            self.practice,
            self._recent_part,
            self._packs_part,
            self._documents_part,
        ):
            whole.addWidget(part)
        self._library.changed.connect(self._show_holdings)
        self._library.examples_changed.connect(self._show_examples)
        self._recent.changed.connect(self._show_recent)
        self._imports.changed.connect(self._offer_interrupted)
        for hidden in (self._chips, self._recent_part, self._packs_part, self._documents_part):
            hidden.hide()

    def begin(self) -> None:
        """Look everything up, and prepare what is missing."""
        self._tell_unclean()
        self._offer_interrupted()
        self._show_holdings()
        self._show_examples()
        self.refresh()
        PreparationController.of(self._context).begin()

    def refresh(self) -> None:
        """Look up what may have changed."""
        self._library.refresh()
        self._recent.refresh()
        self.practice.refresh()

    @Slot()
    def _show_holdings(self) -> None:
        holdings = self._library.holdings
        if holdings is None:
            return
        sound = [holding for holding in holdings if holding.state is not HoldingState.DAMAGED]
        packs = tuple(holding for holding in sound if holding.kind is HoldingKind.PACK)
        documents = tuple(holding for holding in sound if holding.kind is HoldingKind.DOCUMENT)
        self._packs.show_things(packs[:_PACKS])
        self._documents.show_things(documents[:_DOCUMENTS])
        self._packs_part.setVisible(bool(packs))
        self._documents_part.setVisible(True)
        self._documents.setVisible(bool(documents))
        self._no_documents.setVisible(not documents)
        more = len(packs) > _PACKS or len(documents) > _DOCUMENTS
        count = len(packs) + len(documents)
        self._all.setText(trn("Show all {n}", "Show all {n}", count) if more else tr("Open the library"))

    def _card(self, holding: Holding) -> PackCard:
        card = PackCard(self._context.theme, holding, managed=False)
        card.asked.connect(self._ask_in)
        card.read.connect(self._read)
        return card

    def _recent_card(self, recent: Recent) -> RecentCard:
        card = RecentCard(self._context.theme, recent)
        card.clicked.connect(partial(self._context.go.emit, recent.place))
        return card

    @Slot()
    def _show_examples(self) -> None:
        while (item := self._chip_flow.takeAt(0)) is not None:
            if chip := item.widget():
                chip.hide()
                chip.deleteLater()
        for example in self._library.examples[:_CHIPS]:
            chip = ElidedButton(example.question, "chip")
            chip.setAccessibleDescription(tr("Asks this question"))
            chip.clicked.connect(partial(self.asked.emit, example.question))
            self._chip_flow.addWidget(chip)
        self._chips.setVisible(bool(self._library.examples))

    @Slot()
    def _show_recent(self) -> None:
        self._recent_cards.show_things(self._recent.recent)
        self._recent_part.setVisible(bool(self._recent.recent))

    def _tell_unclean(self) -> None:
        if not self._context.unclean:
            return
        place = self._context.state.place()
        actions = []
        if place is not None and place.page != Page.HOME:
            go_on = button(tr("Continue where you were"), "primary")
            go_on.clicked.connect(partial(self._context.go.emit, place))
            actions.append(go_on)
        what = tr("LLM Tutor did not close properly last time. Nothing that was stored is lost.")
        self._news.tell(what, "", *actions)
        self._context.unclean = False

    @Slot()
    def _offer_interrupted(self) -> None:
        left = len(self._imports.interrupted)
        if left and not self._news.isVisibleTo(self):
            go_on = button(tr("Continue"), "primary")
            go_on.clicked.connect(self._resume)
            what = trn("An import was interrupted.", "{n} imports were interrupted.", left)
            self._news.tell(what, "", go_on)

    @Slot()
    def _resume(self) -> None:
        self._news.hide()
        self._imports.resume()
        self._open_library()

    @Slot(object)
    def _ask_in(self, holding: Holding) -> None:
        self._context.go.emit(Place(Page.ASK, pack=holding.id))

    @Slot(object)
    def _read(self, holding: Holding) -> None:
        kept = self._context.state.place(f"read/{holding.id}")
        self._context.go.emit(kept or Place(Page.READ, pack=holding.id))

    @Slot()
    def _add_document(self) -> None:
        self._context.go.emit(Place(Page.LIBRARY, part="add"))

    @Slot()
    def _open_library(self) -> None:
        self._context.go.emit(Place(Page.LIBRARY))


def _part(title: str, *parts: QWidget) -> QWidget:
    made = QWidget()
    made.setLayout(column(label(title, "heading"), *parts, space="m"))
    return made


def _wrapped(*parts: QWidget) -> QWidget:
    made = QWidget()
    made.setLayout(flow(*parts, space="s"))
    return made
