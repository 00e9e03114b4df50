"""What stands on the page for questions before anything was asked: what can be asked about, and how one begins."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from tutor_app.controllers.library_controller import LibraryController
from tutor_app.i18n import tr
from tutor_app.place import Page, Place
from tutor_app.services.holdings import HoldingState
from tutor_app.theme.tokens import SPACE
from tutor_app.widgets.basics import button, clear, label
from tutor_app.widgets.empty_state import EmptyState
from tutor_app.widgets.press_card import PressCard
from tutor_app.widgets.scroll_column import ScrollColumn

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from tutor_app.app_context import AppContext

_EXAMPLES = 4


class AskStart(QWidget):
    """Examples to press, or what to do where there is nothing to ask about.

    Signals:
        asked: an example was pressed.
        packs_changed: what can be asked about is other than before.
    """

    asked = Signal(str)
    packs_changed = Signal()

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self._library = LibraryController.of(context)
        self._page = ScrollColumn(560)
        self._title = label(tr("What would you like to understand?"), "title", wrap=True)
        self._title.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._about = label("", "mute", wrap=True)
        self._about.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        for part in (self._title, self._about):
            part.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._examples = QVBoxLayout()
        self._examples.setSpacing(SPACE["s"])
        self._page.column.addStretch(1)
        self._page.add(self._title, self._about, self._examples)
        self._page.column.addStretch(2)
        add = button(tr("Add a document …"), "primary")
        add.clicked.connect(partial(context.go.emit, Place(Page.LIBRARY)))
        home = button(tr("See what is being prepared"))
        home.clicked.connect(partial(context.go.emit, Place(Page.HOME)))
        self._empty = EmptyState(
            context.theme,
            "library",
            tr("There is nothing to ask about yet"),
            tr("Add a document of your own, or wait a moment for the course packs that come along."),
            add,
            home,
        )
        self._whole = QVBoxLayout(self)
        self._whole.setContentsMargins(0, 0, 0, 0)
        self._whole.addWidget(self._page)
        self._whole.addWidget(self._empty)
        self._empty.hide()
        self._library.changed.connect(self._show)
        self._library.examples_changed.connect(self._show)
        context.theme.changed.connect(self._fit)
        self._library.refresh()
        self._show()

    def packs(self) -> tuple[tuple[str, str], ...]:
        """Id and title of everything that can be asked about."""
        holdings = self._library.holdings or ()
        return tuple((one.id, one.title) for one in holdings if one.state is not HoldingState.DAMAGED)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """See whether there is room for a picture above the composer."""
        super().resizeEvent(event)
        self._fit()

    @Slot()
    def _fit(self) -> None:
        self._whole.activate()  # the empty state learns its width
        self._empty.fit(self.height())

    @Slot()
    def _show(self) -> None:
        packs = self.packs()
        known = self._library.holdings is not None
        self._empty.setVisible(known and not packs)
        self._page.setVisible(not known or bool(packs))
        self._fit()
        names = ", ".join(title for _, title in packs[:_EXAMPLES])
        self._about.setText(tr("You can ask about: {packs}", packs=names) if packs else "")
        clear(self._examples)
        for example in self._library.examples[:_EXAMPLES]:
            card = PressCard(example.question)
            card.setProperty("content", True)
            card.body.setContentsMargins(SPACE["l"], SPACE["m"], SPACE["l"], SPACE["m"])
            card.body.addWidget(label(example.question, wrap=True))
            card.clicked.connect(partial(self.asked.emit, example.question))
            self._examples.addWidget(card)
        self.packs_changed.emit()
