"""The settings: groups on one side, the rows of one beside them; a search shows the rows of all groups that fit."""

from __future__ import annotations

from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from tutor_app.i18n import tr
from tutor_app.place import Page, Place
from tutor_app.theme.tokens import SPACE
from tutor_app.widgets.basics import button, column, label
from tutor_app.widgets.flow_layout import FlowLayout
from tutor_app.widgets.scroll_column import ScrollColumn
from tutor_app.widgets.search_field import SearchField

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from tutor_app.app_context import AppContext

_BESIDE_FROM = 760
_GROUPS_WIDTH = 290
LOOKS, LEARNER, ANSWERS, DATA, PROFILES, DOCTOR, KEYBOARD, ABOUT = (
    "looks", "learner", "answers", "data", "profiles", "doctor", "keyboard", "about",
)  # fmt: skip
_GROUPS = {
    LOOKS: "looks_settings:LooksGroup",
    LEARNER: "learner_settings:LearnerGroup",
    ANSWERS: "answers_settings:AnswersGroup",
    DATA: "data_settings:DataGroup",
    PROFILES: "profiles_panel:ProfilesPanel",
    KEYBOARD: "keyboard_settings:KeyboardGroup",
    DOCTOR: "doctor_panel:DoctorPanel",
    ABOUT: "about_panel:AboutPanel",
}


def group_names() -> dict[str, str]:
    """What the groups are called, in their order."""
    return {
        LOOKS: tr("Looks"),
        LEARNER: tr("You"),
        ANSWERS: tr("Answers"),
        DATA: tr("Your data"),
        PROFILES: tr("Profiles"),
        KEYBOARD: tr("Keyboard"),
        DOCTOR: tr("Check-up"),
        ABOUT: tr("About"),
    }


def group_words() -> dict[str, str]:
    """What else one may look for in the groups that are no rows of settings."""
    return {
        PROFILES: tr("person learner switch rename folder"),
        DOCTOR: tr("doctor problem repair"),
        ABOUT: tr("version licence library font icon"),
    }


class SettingsView(QWidget):
    """The page."""

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self._groups: dict[str, QWidget] = {}
        self._part = LOOKS
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.field = SearchField(context.theme, tr("Search the settings"))
        self.field.search.connect(self._search)
        self.buttons: dict[str, QPushButton] = {}
        self._names = QWidget()
        self._lay_out_names()
        self._page = ScrollColumn(640)
        self._title = label("", "title")
        self._nothing = label("", "mute", wrap=True)
        self._page.column.setSpacing(SPACE["xl"])
        self._page.add(self._title, self._nothing)
        self._page.column.addStretch(1)
        self._across = QHBoxLayout(self)
        self._across.setContentsMargins(0, 0, 0, 0)
        self._across.setSpacing(0)
        self._across.addWidget(self._names)
        self._across.addWidget(self._page, 1)
        context.theme.changed.connect(self._fit)

    def open(self, place: Place) -> None:
        """Show a group."""
        self.field.clear()
        self._show(place.part or self._part)

    def place(self) -> Place:
        """Where it is now."""
        return Place(Page.SETTINGS, part=self._part)

    def focus_start(self) -> None:
        """The search."""
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def begin_search(self) -> None:
        """The search."""
        self.focus_start()

    def stop(self) -> None:
        """Leave the search."""
        self.field.clear()

    def group(self, name: str) -> QWidget:
        """A group, built if it was not shown before."""
        if name not in self._groups:
            made = self._made(name)
            made.hide()
            self._groups[name] = made
            self._page.column.insertWidget(self._page.column.count() - 1, made)
        return self._groups[name]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Names beside the rows, or above them."""
        super().resizeEvent(event)
        self._fit()

    def _lay_out_names(self) -> None:
        self._flow = FlowLayout(space="xs")
        for name, text in group_names().items():
            made = button(text, "nav")
            made.setCheckable(True)
            made.clicked.connect(partial(self._show, name))
            self.buttons[name] = made
            self._flow.addWidget(made)
        inside = column(self.field, space="m")
        inside.addLayout(self._flow)
        inside.addStretch(1)
        inside.setContentsMargins(SPACE["l"], SPACE["xl"], SPACE["l"], SPACE["s"])
        self._names.setLayout(inside)

    def _made(self, name: str) -> QWidget:
        module, _, made = _GROUPS[name].partition(":")
        group: QWidget = getattr(import_module(f"tutor_app.views.{module}"), made)(self._context)
        return group

    def _show(self, name: str, _checked: bool = False) -> None:
        self._part = name if name in group_names() else LOOKS
        for other, made in self.buttons.items():
            made.setChecked(other == self._part)
        self._title.setText(group_names()[self._part])
        self._nothing.hide()
        self.group(self._part)
        for other, group in self._groups.items():
            group.setVisible(other == self._part)
            for line in getattr(group, "rows", ()):
                line.show()
        self._page.verticalScrollBar().setValue(0)

    @Slot(str)
    def _search(self, text: str) -> None:
        """Show the rows that are about ``text``, and whole groups that are called so."""
        if not text.strip():
            self._show(self._part)
            return
        self._title.setText(tr("Found"))
        for made in self.buttons.values():
            made.setChecked(False)
        found = [name for name in group_names() if self._show_found(name, text)]
        self._nothing.setText(tr("No setting is about “{words}”.", words=text))
        self._nothing.setVisible(not found)

    def _show_found(self, name: str, text: str) -> bool:
        called = f"{group_names()[name]} {group_words().get(name, '')}".casefold()
        called_so = all(word in called for word in text.casefold().split())
        if not called_so and name in (PROFILES, DOCTOR, ABOUT):
            if name in self._groups:
                self._groups[name].hide()
            return False
        group = self.group(name)
        rows = getattr(group, "rows", ())
        for line in rows:
            line.setVisible(called_so or line.matches(text))
        shown = called_so or any(line.matches(text) for line in rows)
        group.setVisible(shown)
        return shown

    @Slot()
    def _fit(self) -> None:
        scale = max(1.0, self._context.theme.scale)
        beside = self.width() >= _BESIDE_FROM * scale
        self._across.setDirection(
            QHBoxLayout.Direction.LeftToRight if beside else QHBoxLayout.Direction.TopToBottom
        )
        width = round(_GROUPS_WIDTH * scale)
        self._names.setMinimumWidth(width if beside else 0)
        self._names.setMaximumWidth(width if beside else self.width())
        for made in self.buttons.values():
            made.setMinimumWidth(width - 2 * SPACE["l"] if beside else 0)
