"""A group of settings: a heading, a card of rows, and a way back to how they were at first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tutor_app.i18n import tr
from tutor_app.theme.tokens import SPACE
from tutor_app.widgets.basics import button, card, column, label, row

if TYPE_CHECKING:
    from PySide6.QtWidgets import QFrame

    from tutor_app.widgets.setting_row import SettingRow


class SettingsGroup(QWidget):
    """Add rows with ``add_row``, anything else with ``add_part``.

    Signals:
        reset: the button for it was pressed.
    """

    reset = Signal()

    def __init__(self, title: str, *, resettable: bool = False) -> None:
        super().__init__()
        self._title = title.casefold()
        self.rows: list[SettingRow] = []
        self._rules: list[QFrame] = []
        self._parts: list[QWidget] = []
        self.reset_button = button(tr("Reset"), "quiet", tip=tr("Set all of this group as it was at first"))
        self.reset_button.setAccessibleName(tr("Reset: {group}", group=title))
        self.reset_button.clicked.connect(self.reset)
        self.reset_button.setVisible(resettable)
        self._card = card()
        self._inner = QVBoxLayout(self._card)
        self._inner.setContentsMargins(0, SPACE["xs"], 0, SPACE["xs"])
        self._inner.setSpacing(0)
        self._card.hide()
        self._whole = column(row(label(title, "heading"), None, self.reset_button), self._card, space="m")
        self.setLayout(self._whole)

    def add_row(self, setting: SettingRow) -> SettingRow:
        """Add a row to the card."""
        if self.rows:
            rule = card("rule")
            self._rules.append(rule)
            self._inner.addWidget(rule)
        self.rows.append(setting)
        self._inner.addWidget(setting)
        self._card.show()
        return setting

    def add_part(self, part: QWidget) -> None:
        """Add something below the card, which a search hides."""
        self._parts.append(part)
        self._whole.addWidget(part)

    def search(self, words: list[str]) -> bool:
        """Show only the rows that have all of ``words``; all where there are none. Returns whether any is left."""
        whole = not words or all(word in self._title for word in words)
        fitting = [whole or setting.matches(words) for setting in self.rows]
        for setting, fits in zip(self.rows, fitting, strict=True):
            setting.setVisible(fits)
        for at, rule in enumerate(self._rules):
            rule.setVisible(any(fitting[: at + 1]) and fitting[at + 1])
        for part in self._parts:
            part.setVisible(whole)
        return whole or any(fitting)
