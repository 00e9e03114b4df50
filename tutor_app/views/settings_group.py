"""What a group of settings is made of: rows below each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from tutor_app.theme.tokens import SPACE
from tutor_app.widgets.setting_row import SettingRow

if TYPE_CHECKING:
    from tutor_app.app_context import AppContext


FIELD_WIDTH = 420
"""How wide a field to type into is at most, in pixels."""


class SettingsGroup(QWidget):
    """Rows below each other."""

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self.context = context
        self.rows: list[SettingRow] = []
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(SPACE["xl"])

    def add(self, title: str, text: str, control: QWidget | None, *, keywords: str = "") -> SettingRow:
        """Add a setting."""
        made = SettingRow(title, text, control, keywords=keywords)
        self.rows.append(made)
        self.column.addWidget(made)
        return made
