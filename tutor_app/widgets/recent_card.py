"""What was being done last, as a card that goes on with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from tutor_app.widgets.basics import column, label, row
from tutor_app.widgets.elided_label import ElidedLabel
from tutor_app.widgets.emblem import Emblem
from tutor_app.widgets.press_card import PressCard

if TYPE_CHECKING:
    from tutor_app.item_models.recent import Recent
    from tutor_app.theme.theme import Theme


class RecentCard(PressCard):
    """Shows a ``Recent``."""

    def __init__(self, theme: Theme, recent: Recent) -> None:
        line = row(space="m")
        words = column(label(recent.kind, "caption"), ElidedLabel(recent.title, "strong"), space="xs")
        if recent.detail:
            words.addWidget(ElidedLabel(recent.detail, "mute"))
        line.addWidget(Emblem(theme, recent.icon), 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(words, 1)
        super().__init__(f"{recent.kind}: {recent.title}", line)
        self.setAccessibleDescription(recent.detail)
