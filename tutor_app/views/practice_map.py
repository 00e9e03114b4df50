"""The tab "Map": the skills of a pack as a map or a list, and beside it everything about the chosen one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Slot
from PySide6.QtWidgets import QBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from tutor_app.controllers.learning_controller import LearningController
from tutor_app.i18n import tr, tr_engine
from tutor_app.item_models.learning_words import skill_line
from tutor_app.item_models.skill_model import SKILL, SkillModel
from tutor_app.place import Page, Place
from tutor_app.theme.tokens import SIDE_WIDTH, SPACE
from tutor_app.views.practice_tabs import Tab
from tutor_app.widgets.basics import IconButton, announce, button
from tutor_app.widgets.empty_state import EmptyState
from tutor_app.widgets.flow_layout import FlowLayout
from tutor_app.widgets.level_mark import level_icon
from tutor_app.widgets.map_legend import MapLegend
from tutor_app.widgets.pack_picker import PackPicker
from tutor_app.widgets.segmented import Segmented
from tutor_app.widgets.skill_details import SkillDetails
from tutor_app.widgets.skill_list import SkillList
from tutor_app.widgets.skill_map import SkillMap

if TYPE_CHECKING:
    from PySide6.QtGui import QIcon, QResizeEvent

    from engine.learner.mastery import Level
    from tutor_app.app_context import AppContext
    from tutor_app.services.learning_facts import SkillFacts
    from tutor_app.services.learning_facts import SkillMap as Found
    from tutor_app.theme.theme import Theme
    from tutor_app.workers.messages import Failure

_BESIDE_FROM = 760
_ANY_WIDTH = 16_777_215  # Qt's greatest
_BELOW_SHARE = 0.3  # of the height: the name, and what can be done; the rest is for the map
_SHOWN_AS = "practice_map"
_MAP, _LIST = "map", "list"


class PracticeMap(QWidget):
    """The tab."""

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        theme = context.theme
        self.learning = LearningController(context, self)
        self._found: Found | None = None
        self._wanted = ""
        self._focus_wanted = False
        self.skills = SkillModel(partial(_icon, theme), self)
        self.map = SkillMap(theme, self.skills)
        self.list = SkillList(theme, self.skills)
        self.list.setSelectionModel(self.map.selectionModel())
        self.details = SkillDetails(theme)
        self.packs = PackPicker()
        self.shown_as = Segmented(
            tr("Show as"),
            ((_MAP, tr("Map")), (_LIST, tr("List"))),
            chosen=context.state.text(_SHOWN_AS) or _MAP,
        )
        self._sizes = [
            IconButton(theme, "dash", tr("Smaller map")),
            IconButton(theme, "plus", tr("Larger map")),
            IconButton(theme, "search", tr("The whole map")),
        ]
        self._views = QStackedWidget()
        self._views.addWidget(self.map)
        self._views.addWidget(self.list)
        self._legend = MapLegend(theme)
        self._both = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._stack = QStackedWidget()
        self._lay_out()
        self._connect()
        self._show_as(self.shown_as.chosen())

    def open(self, place: Place) -> None:
        """Read the map anew; a skill that is named is shown."""
        self._wanted = place.skill
        self.learning.read_map(place.pack or self._shown_pack())

    def place(self) -> Place:
        """Where it is now."""
        skill = self.details.skill
        return Place(
            Page.PRACTICE, part=Tab.MAP, pack=self._shown_pack(), skill=skill.id if skill is not None else ""
        )

    def focus_start(self) -> None:
        """The map or the list; the button of what is said instead."""
        shown = self._stack.currentWidget()
        self._focus_wanted = self._found is None
        if shown is self._empty:
            self._library.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            (self.list if self.shown_as.chosen() == _LIST else self.map).setFocus(
                Qt.FocusReason.OtherFocusReason
            )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put what is said of a skill beside the map where there is room, below it where there is not."""
        super().resizeEvent(event)
        self._fit()

    def _lay_out(self) -> None:
        theme = self._context.theme
        head = FlowLayout(space="m")
        for part in (self.packs, self.shown_as, *self._sizes):
            head.addWidget(part)
        left = QWidget()
        inside = QVBoxLayout(left)
        inside.setContentsMargins(SPACE["l"], SPACE["m"], SPACE["l"], SPACE["m"])
        inside.setSpacing(0)
        inside.addLayout(head)
        inside.addSpacing(SPACE["s"])
        inside.addWidget(self._views, 1)
        inside.addWidget(self._legend)
        page = QWidget()
        self._both.setContentsMargins(0, 0, 0, 0)
        self._both.setSpacing(0)
        self._both.addWidget(left, 1)
        self._both.addWidget(self.details)
        page.setLayout(self._both)
        self.details.setObjectName("side")
        self._library = button(tr("Open the library"), "primary")
        self._library.clicked.connect(self._go_to_library)
        self._empty = EmptyState(
            theme,
            "practice",
            tr("No pack here has skills to practise."),
            tr("Add one with questions in the library; the starter packs have some."),
            self._library,
        )
        self._again = button(tr("Try again"), "primary")
        self._failure = EmptyState(theme, "warning", "", "", self._again)
        blank = QWidget()
        for part in (blank, page, self._empty, self._failure):
            self._stack.addWidget(part)
        self._page = page
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._stack)

    def _connect(self) -> None:
        self.learning.map_read.connect(self._show)
        self.learning.failed.connect(self._fail)
        self._again.clicked.connect(self._read_again)
        self._context.packs_changed.connect(self._read_again)
        self._context.theme.changed.connect(self._fit)
        self.packs.chosen.connect(self._choose_pack)
        self.shown_as.changed.connect(self._show_as)
        smaller, larger, whole = self._sizes
        smaller.clicked.connect(partial(self.map.step_zoom, -1))
        larger.clicked.connect(partial(self.map.step_zoom, 1))
        whole.clicked.connect(self.map.fit_all)
        self.map.selectionModel().currentChanged.connect(self._choose)
        self.map.opened.connect(self._go_to_buttons)
        self.list.activated.connect(self._go_to_buttons)
        self.details.practise.connect(self._practise)
        self.details.read.connect(self._read_about)
        self.details.chosen.connect(self.map.show_skill)

    @Slot()
    def _fit(self) -> None:
        scale = max(1.0, self._context.theme.scale)
        beside = self.width() >= _BESIDE_FROM * scale
        self._both.setDirection(
            QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        )
        self._legend.setVisible(beside)  # the tiles say their levels in words too
        self.details.set_low(not beside)
        width = round(min(SIDE_WIDTH * scale, self.width() * 0.45))
        self.details.setMinimumWidth(width if beside else 0)
        self.details.setMaximumWidth(width if beside else _ANY_WIDTH)
        self.details.setMaximumHeight(_ANY_WIDTH if beside else max(1, round(self.height() * _BELOW_SHARE)))
        self._fit_head(self.width() - (width if beside else 0))

    def _fit_head(self, width: int) -> None:
        """Cut the name of the pack before its row becomes two: the map needs the height."""
        others = [self.shown_as, *(it for it in self._sizes if not it.isHidden())]
        taken = sum(it.sizeHint().width() + SPACE["m"] for it in others)
        room = width - 2 * SPACE["l"] - taken
        least = self.packs.minimumSizeHint().width()
        self.packs.setMaximumWidth(room if room >= least else _ANY_WIDTH)

    @Slot(object)
    def _show(self, found: Found) -> None:
        changed = self._found is None or self._found.pack != found.pack
        self._found = found
        self.packs.set_packs(found.packs, found.pack)
        self.skills.set_map(found)
        if not found.skills:
            self._stack.setCurrentWidget(self._empty)
            return
        self._stack.setCurrentWidget(self._page)
        wanted, self._wanted = self._wanted, ""
        known = {one.id for one in found.skills}
        if wanted in known:
            self.map.show_skill(wanted)
        elif changed or not self.map.currentIndex().isValid():
            self.map.show_skill(found.next if found.next in known else found.skills[0].id)
        self._show_details()
        if self._focus_wanted:
            self.focus_start()

    @Slot(object)
    def _fail(self, failure: Failure) -> None:
        self._failure.set_text(tr_engine(failure.what), tr_engine(failure.todo))
        self._stack.setCurrentWidget(self._failure)

    @Slot()
    def _read_again(self) -> None:
        self.learning.read_map(self._shown_pack())

    @Slot(str)
    def _choose_pack(self, pack: str) -> None:
        self.learning.read_map(pack)

    @Slot(str)
    def _show_as(self, kind: str) -> None:
        self._context.state.keep_text(kind, _SHOWN_AS)
        self._views.setCurrentWidget(self.list if kind == _LIST else self.map)
        for size in self._sizes:
            size.setVisible(kind == _MAP)
        self._legend.tell_frames(told=kind == _MAP)
        self._fit()
        if kind == _LIST:
            self.list.scrollTo(self.list.currentIndex())

    @Slot(QModelIndex, QModelIndex)
    def _choose(self, current: QModelIndex, _before: QModelIndex) -> None:
        skill: SkillFacts | None = current.data(SKILL) if current.isValid() else None
        if skill is not None:
            self._show_details()
            if self.map.hasFocus():
                announce(self.map, skill_line(skill))

    def _show_details(self) -> None:
        current = self.map.currentIndex()
        if self._found is not None and current.isValid():
            self.details.show_skill(current.data(SKILL), self._found.skills, self._found.now)

    @Slot()
    def _go_to_buttons(self) -> None:
        self.details.go.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot(str)
    def _practise(self, skill: str) -> None:
        self.learning.practise(self._shown_pack(), skill)

    @Slot(str)
    def _read_about(self, skill: str) -> None:
        self.learning.read_about(self._shown_pack(), skill)

    @Slot()
    def _go_to_library(self) -> None:
        self._context.go.emit(Place(Page.LIBRARY))

    def _shown_pack(self) -> str:
        return self._found.pack if self._found is not None else ""


def _icon(theme: Theme, level: Level) -> QIcon:
    return level_icon(level, theme)
