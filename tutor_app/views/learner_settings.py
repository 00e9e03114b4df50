"""What the tutor knows of the learner: a name, if one is given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLineEdit

from tutor_app.i18n import tr
from tutor_app.views.settings_group import FIELD_WIDTH, SettingsGroup

if TYPE_CHECKING:
    from tutor_app.app_context import AppContext


class LearnerGroup(SettingsGroup):
    """The name."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self.name = QLineEdit(context.preferences.now.name)
        self.name.setMaximumWidth(FIELD_WIDTH)
        self.name.setMaxLength(60)
        self.name.textEdited.connect(self._keep)
        self.add(
            tr("Your name"),
            tr("For the greeting, and as the name of this profile. It stays on this computer."),
            self.name,
        )

    @Slot(str)
    def _keep(self, name: str) -> None:
        self.context.preferences.change(name=name.strip())
