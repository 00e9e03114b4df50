"""The way to the sheet of shortcuts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot

from tutor_app.i18n import tr
from tutor_app.views.settings_group import SettingsGroup
from tutor_app.widgets.basics import button

if TYPE_CHECKING:
    from tutor_app.app_context import AppContext


class KeyboardGroup(SettingsGroup):
    """One row."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        sheet = button(tr("Show the shortcuts"))
        sheet.clicked.connect(self._show_sheet)
        self.add(tr("Shortcuts"), tr("Everything can be done with the keyboard. F1 shows how."), sheet)

    @Slot()
    def _show_sheet(self) -> None:
        from tutor_app.views.shortcuts_sheet import ShortcutsSheet

        ShortcutsSheet(self.window(), self.context.theme).open()
