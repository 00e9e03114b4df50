"""The first page: a question can be typed at once; below it, what was being done, and what there is to ask and read.

It is painted before the engine is there: everything that must be looked up is filled in after the first paint.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTime, QTimer, Slot
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout

from tutor_app.i18n import tr
from tutor_app.place import Page, Place
from tutor_app.theme.tokens import SPACE
from tutor_app.widgets.basics import column, label
from tutor_app.widgets.scroll_column import ScrollColumn
from tutor_app.widgets.start_box import StartBox

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QShowEvent

    from tutor_app.app_context import AppContext
    from tutor_app.views.home_shelf import HomeShelf

_WIDTH = 920
_MORNING, _NOON, _EVENING = 5, 12, 18
_DRAFT = "home_question"


class HomeView(QFrame):
    """The page."""

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self._begun = False
        self.shelf: HomeShelf | None = None
        self.setObjectName("page")
        self._greeting = label(self._greet(), "display", wrap=True)
        self._greeting.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        promise = label(
            tr("Ask, and get an answer from your own books, with the place where it stands."),
            "mute",
            wrap=True,
        )
        self.box = StartBox(context.theme)
        self.box.set_text(context.state.text(_DRAFT))
        self.box.asked.connect(self._ask)
        self._page = ScrollColumn(_WIDTH)
        self._page.column.setSpacing(SPACE["l"])
        self._page.add(column(self._greeting, promise, space="xs"), self.box)
        self._page.column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._page)
        context.preferences.changed.connect(self._renew_greeting)

    def open(self, place: Place) -> None:
        """Show it; a question that is brought along goes into the box."""
        if place.question:
            self.box.set_text(place.question)
        self._renew_greeting()
        if self.shelf is not None:
            self.shelf.refresh()
        self.focus_start()

    def place(self) -> Place:
        """Where it is now."""
        self._context.state.keep_text(self.box.text(), _DRAFT)
        return Place(Page.HOME)

    def focus_start(self) -> None:
        """The box for the question."""
        self.box.edit.setFocus()

    def begin_search(self) -> None:
        """Here one finds by asking."""
        self.focus_start()

    def showEvent(self, event: QShowEvent) -> None:
        """Be ready to be typed into."""
        super().showEvent(event)
        self.focus_start()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes as the page is read, though its parts are made as what they show is found."""
        from tutor_app.widgets.reading_order import focus_next

        return focus_next(self, forward=forward) or super().focusNextPrevChild(forward)

    def paintEvent(self, event: QPaintEvent) -> None:
        """After the first paint, fill in the rest."""
        super().paintEvent(event)
        if not self._begun:
            self._begun = True
            QTimer.singleShot(0, self, self._begin)

    @Slot()
    def _begin(self) -> None:
        """Import, build and fill the rest, each in a turn of the event loop of its own."""
        import tutor_app.views.home_shelf
        import tutor_app.widgets.drop_overlay  # noqa: F401 - what takes long is the importing

        QTimer.singleShot(0, self, self._build_shelf)

    @Slot()
    def _build_shelf(self) -> None:
        from tutor_app.views.home_shelf import HomeShelf
        from tutor_app.widgets.drop_overlay import DropOverlay

        self.shelf = HomeShelf(self._context)
        self.shelf.asked.connect(self._ask)
        at = self._page.column.count() - 1
        self._page.column.insertWidget(at, self.shelf)
        DropOverlay(self._context.theme, self.window())
        QTimer.singleShot(0, self.shelf, self.shelf.begin)

    @Slot(str)
    def _ask(self, question: str) -> None:
        self._context.state.keep_text("", _DRAFT)
        self._context.go.emit(Place(Page.ASK, question=question, send=True))

    @Slot()
    def _renew_greeting(self) -> None:
        self._greeting.setText(self._greet())

    def _greet(self) -> str:
        hour = QTime.currentTime().hour()
        name = self._context.preferences.now.name.strip()
        if _MORNING <= hour < _NOON:
            return tr("Good morning, {name}", name=name) if name else tr("Good morning")
        if _NOON <= hour < _EVENING:
            return tr("Good afternoon, {name}", name=name) if name else tr("Good afternoon")
        return tr("Good evening, {name}", name=name) if name else tr("Good evening")
