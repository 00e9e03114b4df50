"""The settings: groups to choose from, or all that a search finds; everything is applied at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from tutor_app.i18n import tr
from tutor_app.place import Page, Place
from tutor_app.theme.tokens import SPACE
from tutor_app.views.settings_group import SettingsGroup
from tutor_app.widgets.basics import button, column
from tutor_app.widgets.empty_state import EmptyState
from tutor_app.widgets.page_header import PageHeader
from tutor_app.widgets.scroll_column import ScrollColumn
from tutor_app.widgets.search_field import SearchField
from tutor_app.widgets.segmented import Segmented
from tutor_app.widgets.setting_row import SettingRow

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from tutor_app.app_context import AppContext

_NARROW_BELOW = 900
_LIST_WIDTH = 190
_ICONS = {
    "looks": "sun",
    "learner": "person",
    "answers": "ask",
    "data": "folder",
    "profiles": "globe",
    "doctor": "pulse",
    "keyboard": "keyboard",
    "about": "info",
}


def group_names() -> dict[str, str]:
    """What the groups are called, in their order."""
    return {
        "looks": tr("Looks"),
        "learner": tr("You"),
        "answers": tr("Answers"),
        "data": tr("Data"),
        "profiles": tr("Profiles"),
        "doctor": tr("Doctor"),
        "keyboard": tr("Keyboard"),
        "about": tr("About"),
    }


class SettingsView(QWidget):
    """The page. A group is built when it is first shown or searched."""

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self._part = "looks"
        self._words: list[str] = []
        self.groups: dict[str, SettingsGroup] = {}
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.search = SearchField(context.theme, tr("Search settings"))
        self.search.search.connect(self._search)
        names = group_names()
        self._side = QWidget()
        self._buttons: dict[str, QPushButton] = {}
        self._choice = QButtonGroup(self)
        listed = column(space="xs")
        listed.setContentsMargins(SPACE["xl"], SPACE["xl"], 0, SPACE["xl"])
        for part, name in names.items():
            listed.addWidget(self._list_button(part, name))
        listed.addStretch(1)
        self._side.setLayout(listed)
        self.chips = Segmented(tr("Groups of settings"), list(names.items()), self._part)
        self.chips.changed.connect(self._choose)
        back = button(tr("Show all settings"))
        back.clicked.connect(self._leave_search)
        self._nothing = EmptyState(
            context.theme, "search", tr("Nothing found"), tr("Try another word, such as “dark”."), back
        )
        self._nothing.hide()
        self._content = ScrollColumn()
        self._content.add(PageHeader(tr("Settings"), "", self.search), self.chips)
        self._body = column(space="xl")
        self._content.add(self._body)
        self._content.column.addWidget(self._nothing, 1)
        self._content.column.addStretch(1)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(self._side)
        across.addWidget(self._content, 1)
        self._draw()
        context.theme.changed.connect(self._draw)

    def open(self, place: Place) -> None:
        """Show the group ``place.part``."""
        if place.part in _ICONS:
            self._part = place.part
        self._leave_search()

    def place(self) -> Place:
        """Where it is now."""
        return Place(Page.SETTINGS, part=self._part)

    def focus_start(self) -> None:
        """The search."""
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def find(self) -> None:  # type: ignore[override]  # a static method of Qt that nobody needs
        """Put the keyboard into the search."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def stop(self) -> None:
        """Leave the search."""
        if self._words:
            self._leave_search()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One column where there is little room."""
        super().resizeEvent(event)
        self._fit()

    def _list_button(self, part: str, name: str) -> QPushButton:
        made = QPushButton(f"  {name}")
        made.setAccessibleName(name)
        made.setProperty("role", "nav")
        made.setProperty("part", part)
        made.setCheckable(True)
        made.setCursor(Qt.CursorShape.PointingHandCursor)
        made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        made.toggled.connect(self._press)
        self._choice.addButton(made)
        self._buttons[part] = made
        return made

    @Slot(bool)
    def _press(self, checked: bool) -> None:
        if checked:
            self._choose(str(self.sender().property("part")))

    @Slot(str)
    def _choose(self, part: str) -> None:
        self._part = part
        self._leave_search()

    @Slot()
    def _leave_search(self) -> None:
        self._words = []
        self.search.blockSignals(True)
        self.search.clear()
        self.search.blockSignals(False)
        self._show()

    @Slot(str)
    def _search(self, text: str) -> None:
        self._words = text.casefold().split()
        self._show()

    def _show(self) -> None:
        self._mark_chosen()
        names = group_names()
        if not self._words:
            self._built(self._part)
        found = False
        for part in names:
            if self._words and part != "doctor":  # it examines the computer, which nobody searched for
                self._built(part)
            group = self.groups.get(part)
            if group is None:
                continue
            fits = group.search(self._words) and (bool(self._words) or part == self._part)
            group.setVisible(fits)
            found = found or fits
        self._nothing.setVisible(not found)

    def _mark_chosen(self) -> None:
        chosen = self._buttons[self._part]
        chosen.blockSignals(True)
        chosen.setChecked(True)
        chosen.blockSignals(False)
        self.chips.choose(self._part)

    def _built(self, part: str) -> SettingsGroup:
        if part not in self.groups:
            made = self._make(part)
            self.groups[part] = made
            order = [name for name in _ICONS if name in self.groups]
            self._body.insertWidget(order.index(part), made)
        return self.groups[part]

    def _make(self, part: str) -> SettingsGroup:
        if part in ("looks", "learner"):
            from tutor_app.views.looks_settings import LearnerSettings, LooksSettings

            return LooksSettings(self._context) if part == "looks" else LearnerSettings(self._context)
        if part == "answers":
            from tutor_app.views.answers_settings import AnswersSettings

            return AnswersSettings(self._context)
        if part == "data":
            from tutor_app.views.data_settings import DataSettings

            return DataSettings(self._context)
        if part == "profiles":
            from tutor_app.views.profiles_panel import ProfilesPanel

            return ProfilesPanel(self._context)
        if part == "about":
            from tutor_app.views.about_panel import AboutPanel

            return AboutPanel(self._context)
        return self._keyboard() if part == "keyboard" else self._doctor()

    def _doctor(self) -> SettingsGroup:
        from tutor_app.views.doctor_panel import DoctorPanel

        made = SettingsGroup(group_names()["doctor"])
        made.add_part(DoctorPanel(self._context))
        return made

    def _keyboard(self) -> SettingsGroup:
        made = SettingsGroup(group_names()["keyboard"])
        self.sheet_button = button(tr("Show the shortcuts"))
        self.sheet_button.clicked.connect(self._show_shortcuts)
        made.add_row(
            SettingRow(
                tr("Shortcuts"),
                tr("Everything can be done by keyboard. F1 shows the sheet from everywhere."),
                self.sheet_button,
                keywords=tr("keys hotkeys"),
            )
        )
        return made

    @Slot()
    def _show_shortcuts(self) -> None:
        from tutor_app.views.shortcuts_sheet import ShortcutsSheet

        ShortcutsSheet(self.window(), self._context.theme).open()

    @Slot()
    def _draw(self) -> None:
        theme = self._context.theme
        side = round(20 * theme.scale)
        for part, made in self._buttons.items():
            made.setIcon(theme.icon(_ICONS[part]))
            made.setIconSize(QSize(side, side))
        self._side.setFixedWidth(round(_LIST_WIDTH * max(1.0, theme.scale)) + SPACE["xl"])
        self._fit()

    def _fit(self) -> None:
        narrow = self.width() < _NARROW_BELOW * max(1.0, self._context.theme.scale)
        self._side.setVisible(not narrow)
        self.chips.setVisible(narrow)
