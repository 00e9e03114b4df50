"""The page for practising: what is practised now, and beside it, as tabs, how far one has come and what is planned."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from tutor_app.i18n import tr
from tutor_app.place import Page, Place
from tutor_app.theme.tokens import SPACE
from tutor_app.views.practice_tabs import TABS, PracticeTab, Tab, tab_names
from tutor_app.widgets.basics import row

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

    from tutor_app.app_context import AppContext
    from tutor_app.workers.messages import Failure


class PracticeView(QWidget):
    """The page. A tab's widget is made when it is first shown."""

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self._shown: dict[Tab, QWidget] = {}
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.tabs = QTabBar()
        self.tabs.setAccessibleName(tr("Practice"))
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        names = tab_names()
        for tab in TABS:
            at = self.tabs.addTab(names[tab])
            self.tabs.setTabData(at, tab.value)
        self.tabs.currentChanged.connect(self._choose)
        self._stack = QStackedWidget()
        head = row(self.tabs, None)
        head.setContentsMargins(SPACE["l"], SPACE["s"], SPACE["l"], 0)
        rule = QFrame()
        rule.setProperty("role", "rule")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(head)
        whole.addWidget(rule)
        whole.addWidget(self._stack, 1)

    def open(self, place: Place) -> None:
        """Show a tab, and in it what ``place`` says."""
        part = Tab(place.part) if place.part in TABS else Tab.PRACTISE
        was = self.tabs.blockSignals(True)
        self.tabs.setCurrentIndex(list(TABS).index(part))
        self.tabs.blockSignals(was)
        shown = self.tab(part)
        self._stack.setCurrentWidget(shown)
        cast(PracticeTab, shown).open(place)

    def place(self) -> Place:
        """Where it is now."""
        shown = self._stack.currentWidget()
        return cast(PracticeTab, shown).place() if shown is not None else Place(Page.PRACTICE)

    def focus_start(self) -> None:
        """Where one begins in the tab that is shown."""
        shown = self._stack.currentWidget()
        if shown is not None:
            cast(PracticeTab, shown).focus_start()

    def tab(self, tab: Tab) -> QWidget:
        """A tab's widget, made if it was not shown before."""
        if tab not in self._shown:
            module, _, name = TABS[tab].partition(":")
            made: QWidget = getattr(import_module(module), name)(self._context)
            self._stack.addWidget(made)
            self._shown[tab] = made
        return self._shown[tab]

    def stop(self) -> None:
        """Close what floats or stands beside the tab."""
        stop = getattr(self._stack.currentWidget(), "stop", None)
        if callable(stop):
            stop()

    def tells(self, failure: Failure) -> bool:
        """Whether the tab says it itself."""
        tells = getattr(self._stack.currentWidget(), "tells", None)
        return callable(tells) and bool(tells(failure))

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes as the tab is read, though a question is made after the buttons below it."""
        from tutor_app.widgets.reading_order import focus_next

        return focus_next(self, forward=forward) or super().focusNextPrevChild(forward)

    def showEvent(self, event: QShowEvent) -> None:
        """Be ready for the keyboard."""
        super().showEvent(event)
        self.focus_start()

    @Slot(int)
    def _choose(self, at: int) -> None:
        tab = Tab(self.tabs.tabData(at))
        place = cast(PracticeTab, self.tab(tab)).place()
        self._context.go.emit(place)
