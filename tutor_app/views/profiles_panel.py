"""The profiles of this computer as a list, each to be opened, and a field that makes another."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from tutor_app.controllers.profiles_controller import ProfilesController
from tutor_app.i18n import tr, tr_engine
from tutor_app.theme.tokens import SPACE
from tutor_app.views.settings_group import SettingsGroup
from tutor_app.widgets.basics import button, card, clear, column, label, row
from tutor_app.widgets.elided_label import ElidedLabel
from tutor_app.widgets.setting_row import SettingRow

if TYPE_CHECKING:
    from tutor_app.app_context import AppContext
    from tutor_app.services.kept import KnownProfile
    from tutor_app.workers.messages import Failure


class ProfilesPanel(SettingsGroup):
    """Never removes anything."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(tr("Profiles"))
        self._context = context
        self._profiles = ProfilesController.of(context)
        self.name = QLineEdit()
        self.name.setMaxLength(40)
        self.name.setPlaceholderText(tr("Name of a new profile"))
        self.create_button = button(tr("Create"))
        self.name.returnPressed.connect(self._create)
        self.create_button.clicked.connect(self._create)
        making = QWidget()
        making.setLayout(row(self.name, self.create_button))
        self._making = self.add_row(
            SettingRow(
                tr("New profile"),
                tr("For another person at this computer: conversations, packs and models of their own."),
                making,
                keywords=tr("user account person switch"),
                below=True,
            )
        )
        self._list = card()
        self._lines = column(space="s")
        self._lines.setContentsMargins(SPACE["l"], SPACE["m"], SPACE["l"], SPACE["m"])
        self._list.setLayout(self._lines)
        self.add_part(self._list)
        self._profiles.changed.connect(self._show)
        self._profiles.refused.connect(self._refuse)
        self._profiles.created.connect(self._tell_created)
        self._profiles.left.connect(self._close_window)
        self._show()
        self._profiles.refresh()

    @Slot()
    def _create(self) -> None:
        self._profiles.create(self.name.text())

    @Slot(object)
    def _refuse(self, failure: Failure) -> None:
        self._making.refuse(f"{tr_engine(failure.what)} {tr_engine(failure.todo)}")

    @Slot(object)
    def _tell_created(self, profile: KnownProfile) -> None:
        self.name.clear()
        self._making.refuse("")
        self._context.notice.emit(tr("The profile “{name}” was made.", name=profile.name))

    @Slot()
    def _show(self) -> None:
        clear(self._lines)
        if not self._profiles.profiles:
            self._lines.addWidget(label(tr("Looking for profiles …"), "mute"))
        for profile in self._profiles.profiles:
            self._lines.addWidget(self._line(profile))

    def _line(self, profile: KnownProfile) -> QWidget:
        name = profile.name or (tr("Standard profile") if profile.standard else tr("Profile without a name"))
        title = ElidedLabel(name, "strong")
        folder = ElidedLabel(profile.folder, "caption", middle=True)
        for part in (title, folder):
            part.setProperty("content", True)
        words = column(title, folder, space="xs")
        line = QWidget()
        parts = row(space="m")
        parts.addLayout(words, 1)
        if profile.current:
            parts.addWidget(label(tr("Open now"), "badge"))
        elif profile.found:
            switch = button(tr("Switch"))
            switch.setAccessibleName(tr("Switch to {name}", name=name))
            switch.clicked.connect(partial(self._profiles.switch, profile.folder))
            parts.addWidget(switch)
        else:
            parts.addWidget(label(tr("Its folder is not there now"), "mute"))
        line.setLayout(parts)
        return line

    @Slot()
    def _close_window(self) -> None:
        self.window().close()
