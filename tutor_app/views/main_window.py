"""The window: navigation, one page at a time, what is to be said across pages, and the keys that work everywhere.

Pages are built when first shown, so that the window is there at once. What is on them is their own business.
"""

from __future__ import annotations

from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

from PySide6.QtCore import QByteArray, QTimer, Signal, Slot
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from tutor_app.i18n import tr, tr_engine
from tutor_app.place import Page, Place
from tutor_app.preferences import TEXT_SCALES
from tutor_app.theme.tokens import CONTRAST, SPACE
from tutor_app.widgets.nav_rail import NavRail, page_names

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QEvent, QObject
    from PySide6.QtGui import (
        QCloseEvent,
        QDragEnterEvent,
        QDropEvent,
        QKeySequence,
        QPaintEvent,
        QResizeEvent,
    )

    from tutor_app.app_context import AppContext
    from tutor_app.views.library_view import LibraryView
    from tutor_app.widgets.banner import Banner
    from tutor_app.widgets.toast import ToastHost
    from tutor_app.workers.long_work import LongWork
    from tutor_app.workers.messages import Failure

_PAGES = {
    Page.HOME: "tutor_app.views.home_view:HomeView",
    Page.ASK: "tutor_app.views.ask_view:AskView",
    Page.PRACTICE: "tutor_app.views.practice_view:PracticeView",
    Page.READ: "tutor_app.views.read_view:ReadView",
    Page.LIBRARY: "tutor_app.views.library_view:LibraryView",
    Page.MODELS: "tutor_app.views.models_view:ModelsView",
    Page.SETTINGS: "tutor_app.views.settings_view:SettingsView",
}
_AHEAD = (
    "tutor_app.views.ask_view",
    "tutor_app.widgets.passage_panel",
    "tutor_app.views.ask_turns",
    "tutor_app.views.ask_history",
    "tutor_app.views.ask_start",
    "tutor_app.views.practice_view",
    "tutor_app.widgets.step_card",
    "tutor_app.views.practice_sitting",
    "tutor_app.views.library_view",
    "tutor_app.views.read_view",
    "tutor_app.views.book_view",
    "tutor_app.widgets.model_card",
    "tutor_app.views.models_view",
    "tutor_app.views.looks_settings",
    "tutor_app.views.settings_view",
)
"""What the pages will need, in pieces that are imported quickly."""
_AHEAD_EVERY_MS = 40
_COMPACT_BELOW = 1100
_START_SIZE = (1280, 800)
_TITLE_BAR = 40  # about; where the system draws it, it is not known before the window is shown
_SMALLEST = (640, 440)
_LONGEST_WAY_BACK = 50
_KEEP_EVERY_MS = 10_000


class PageView(Protocol):
    """What the window asks of a page, which is also a ``QWidget``."""

    def open(self, place: Place) -> None:
        """Show ``place``."""

    def place(self) -> Place:
        """Where it is now."""

    def focus_start(self) -> None:
        """Put the keyboard where one begins."""


class MainWindow(QMainWindow):
    """One profile's window.

    Signals:
        painted: it was painted for the first time.
        closed: it was closed.
    """

    painted = Signal()
    closed = Signal()

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self._pages: dict[Page, QWidget] = {}
        self._way_back: list[Place] = []
        self._was_painted = False
        self._ahead: list[str] = []
        self.setWindowTitle("LLM Tutor")
        self.setMinimumSize(*_SMALLEST)
        self.setAcceptDrops(True)
        self.rail = NavRail(context.theme)
        self._stack = QStackedWidget()
        self._stack.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._right = QWidget()
        self._news = QVBoxLayout()
        self._banner: Banner | None = None
        self._toast_host: ToastHost | None = None
        self._lay_out()
        self._keeping = QTimer(self, interval=_KEEP_EVERY_MS)
        self._keeping.timeout.connect(self.keep_state)
        self.painted.connect(self._keeping.start)
        self.rail.chosen.connect(self._choose)
        context.go.connect(self.open)
        context.theme.changed.connect(self._fit)
        context.status_changed.connect(self.rail.set_status)
        context.notice.connect(self._tell_notice)
        context.undoable.connect(self._offer_undo)
        context.failed.connect(self._tell_failure)
        context.working.connect(self._show_work)
        for work in context.under_way:
            self._show_work(work)
        self._restore_geometry()

    def open(self, place: Place) -> None:
        """Show ``place``; where one was before is one step back."""
        before = self.place()
        if before is not None and before != place:
            self._way_back = [*self._way_back[-_LONGEST_WAY_BACK:], before]
        self._show(place)

    def place(self) -> Place | None:
        """Where the window is now."""
        page = self._stack.currentWidget()
        return cast(PageView, page).place() if page is not None else None

    def page(self, page: Page) -> QWidget:
        """The page's widget, built if it was not shown before."""
        if page not in self._pages:
            module, _, name = _PAGES[page].partition(":")
            built: QWidget = getattr(import_module(module), name)(self._context)
            self._stack.addWidget(built)
            self._pages[page] = built
        return self._pages[page]

    def import_ahead(self) -> None:
        """In a quiet moment, import what the pages are made of, so that the first look at one does not wait for it."""
        self._ahead = list(_AHEAD)
        self._import_next()

    @Slot()
    def _import_next(self) -> None:
        import_module(self._ahead.pop(0))
        if self._ahead:
            QTimer.singleShot(_AHEAD_EVERY_MS, self, self._import_next)

    @Slot()
    def keep_state(self) -> None:
        """Remember where the window is, for the next start; now and then, since a crash does not announce itself."""
        self._context.state.keep_geometry(QByteArray(self.saveGeometry()))
        self._context.state.keep_contrast(wanted=self._context.theme.system is CONTRAST)
        place = self.place()
        if place is not None:
            self._context.state.keep_place(place)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tell of the first paint, once it has reached the screen."""
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self, self.painted.emit)
            QTimer.singleShot(0, self, self._bind_keys)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """News come and go."""
        if event.type() in (event.Type.Show, event.Type.Hide):
            self._fit_news()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the page the room of the navigation where there is little."""
        super().resizeEvent(event)
        self._fit()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember where everything was."""
        self.keep_state()
        super().closeEvent(event)
        self.closed.emit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files from anywhere onto any page."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Dropped files are imported."""
        files = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if files:
            event.acceptProposedAction()
            self.import_files(files)

    def import_files(self, files: list[str]) -> None:
        """Import documents and packs, and show how that goes."""
        self.open(Place(Page.LIBRARY))
        cast("LibraryView", self.page(Page.LIBRARY)).add_files(files)

    @Slot()
    def go_back(self) -> None:
        """Return to where one was before."""
        if self._way_back:
            self._show(self._way_back.pop())

    def _show(self, place: Place) -> None:
        page = Page(place.page)
        shown = self.page(page)
        self._stack.setCurrentWidget(shown)
        self.rail.show_page(page)
        cast(PageView, shown).open(place)
        self.setWindowTitle(f"{page_names()[page]} – LLM Tutor")

    @Slot(object)
    def _choose(self, page: Page) -> None:
        shown = self._pages.get(page)
        self.open(cast(PageView, shown).place() if shown is not None else Place(page))
        cast(PageView, self.page(page)).focus_start()

    def _lay_out(self) -> None:
        self._right.setObjectName("page")
        beside = QVBoxLayout(self._right)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(0)
        beside.addLayout(self._news)
        beside.addWidget(self._stack, 1)
        whole = QWidget()
        across = QHBoxLayout(whole)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(self.rail)
        across.addWidget(self._right, 1)
        self.setCentralWidget(whole)

    @Slot()
    def _fit(self) -> None:
        self.rail.set_compact(self.width() < _COMPACT_BELOW * max(1.0, self._context.theme.scale))

    def _restore_geometry(self) -> None:
        kept = self._context.state.geometry()
        if kept is None or not self.restoreGeometry(kept):
            room = self.screen().availableSize()
            self.resize(min(_START_SIZE[0], room.width()), min(_START_SIZE[1], room.height() - _TITLE_BAR))

    @Slot()
    def _bind_keys(self) -> None:
        """After the first paint: nobody is quicker, and the table takes a while to import."""
        from tutor_app.shortcuts import Action, shortcuts

        actions = {
            Action.BACK: self.go_back,
            Action.FIND: self._find,
            Action.NEW: self._begin_conversation,
            Action.ASK: self._write_question,
            Action.HISTORY: self._show_history,
            Action.IMPORT: self._choose_files,
            Action.SETTINGS: partial(self._choose, Page.SETTINGS),
            Action.SHORTCUTS: self.show_shortcuts,
            Action.STOP: self._stop,
            Action.LARGER: partial(self._scale_text, 1),
            Action.SMALLER: partial(self._scale_text, -1),
            Action.NORMAL: partial(self._context.preferences.change, text_scale=100),
            Action.FULL_SCREEN: self._full_screen,
            Action.CLOSE: self.close,
            Action.QUIT: self.close,
        }
        for shortcut in shortcuts():
            for keys in shortcut.keys:
                if shortcut.action in actions:
                    self._bind(keys, actions[shortcut.action])
        for number, page in enumerate(Page, 1):
            self._bind(f"Ctrl+{number}", partial(self._choose, page))

    def _bind(self, keys: QKeySequence | str, work: object) -> None:
        QShortcut(keys, self).activated.connect(work)

    @Slot()
    def _begin_conversation(self) -> None:
        self._context.go.emit(Place(Page.ASK))
        self._tell_page("begin_new")

    @Slot()
    def _write_question(self) -> None:
        self._choose(Page.ASK)

    @Slot()
    def _find(self) -> None:
        self._tell_page("begin_search")

    @Slot()
    def _stop(self) -> None:
        self._tell_page("stop")

    @Slot()
    def _show_history(self) -> None:
        self._choose(Page.ASK)
        self._tell_page("show_history")

    @Slot()
    def _choose_files(self) -> None:
        self._choose(Page.LIBRARY)
        self._tell_page("choose_files")

    # What is said across pages is rare: its widgets are made when there is something to say.

    @Slot(str)
    def _tell_notice(self, text: str) -> None:
        self._toasts.show_notice(tr_engine(text))

    @Slot(str, object)
    def _offer_undo(self, text: str, undo: Callable[[], object]) -> None:
        self._toasts.show_undo(text, undo)

    @Slot(object)
    def _tell_failure(self, failure: Failure) -> None:
        tells = getattr(self._stack.currentWidget(), "tells", None)
        if callable(tells) and tells(failure):
            return
        if self._banner is None:
            from tutor_app.widgets.banner import Banner

            self._banner = Banner(self._context.theme)
            self._add_news(self._banner)
        self._banner.tell(tr_engine(failure.what), tr_engine(failure.todo), role="alarm")

    @Slot(object)
    def _show_work(self, work: LongWork) -> None:
        from tutor_app.widgets.work_card import WorkCard

        self._add_news(WorkCard(self._context.theme, work, tr("You can go on meanwhile.")))

    def _add_news(self, news: QWidget) -> None:
        self._news.addWidget(news)
        self._news.setSpacing(SPACE["s"])
        news.installEventFilter(self)
        self._fit_news()

    def _fit_news(self) -> None:
        """An edge around the news while some are shown: Qt would keep it also around none."""
        edge = 0 if self._news.isEmpty() else SPACE["m"]
        self._news.setContentsMargins(edge, edge, edge, 0)

    @property
    def _toasts(self) -> ToastHost:
        if self._toast_host is None:
            from tutor_app.widgets.toast import ToastHost

            self._toast_host = ToastHost(self._right, self._context.theme)
        return self._toast_host

    def _tell_page(self, wish: str) -> None:
        """Pass a key on to the page that is shown, if it has a use for it."""
        work = getattr(self._stack.currentWidget(), wish, None)
        if callable(work):
            work()

    def _scale_text(self, step: int) -> None:
        preferences = self._context.preferences
        at = TEXT_SCALES.index(preferences.now.text_scale) + step
        preferences.change(text_scale=TEXT_SCALES[min(max(at, 0), len(TEXT_SCALES) - 1)])

    @Slot()
    def _full_screen(self) -> None:
        if self.isFullScreen():
            self.showNormal()
        else:
            self.showFullScreen()

    @Slot()
    def show_shortcuts(self) -> None:
        """Show what the keys do."""
        from tutor_app.views.shortcuts_sheet import ShortcutsSheet

        ShortcutsSheet(self, self._context.theme).open()
