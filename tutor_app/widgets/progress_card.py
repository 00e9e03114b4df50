"""Something that takes a while: what it is, how far it is, and buttons to hold or end it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QSizePolicy

from tutor_app.i18n import tr
from tutor_app.widgets.basics import button, column, label, row
from tutor_app.widgets.elided_label import ElidedLabel
from tutor_app.widgets.progress_line import ProgressLine

if TYPE_CHECKING:
    from tutor_app.theme.theme import Theme


class ProgressCard(QFrame):
    """Title, what is done right now, a bar, and buttons.

    Args:
        theme: says whether the bar may move while nobody knows how far it is.
        title: what is being done.
        cancellable: whether it can be ended.
        pausable: whether it can be held and resumed.

    Signals:
        cancelled, paused, resumed: a button was pressed; the owner does it.
    """

    cancelled = Signal()
    paused = Signal()
    resumed = Signal()

    def __init__(self, theme: Theme, title: str, *, cancellable: bool = True, pausable: bool = False) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._is_paused = False
        self._title = ElidedLabel(title, "strong", middle=True)
        self._amount = label("", "caption")
        self._detail = label("", "mute", wrap=True)
        self._detail.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._bar = ProgressLine(theme)
        self._bar.setAccessibleName(title)
        self.pause_button = button(tr("Pause"))
        self.pause_button.clicked.connect(self._press_pause)
        self.cancel_button = button(tr("Cancel"))
        self.cancel_button.clicked.connect(self.cancelled)
        head = row(self._title, self._amount)
        head.setStretch(0, 1)
        foot = row(self._detail, self.pause_button, self.cancel_button)
        foot.setStretch(0, 1)
        self.setLayout(column(head, self._bar, foot, space="s", margin="l"))
        if not pausable:
            self.pause_button.hide()
        if not cancellable:
            self.cancel_button.hide()

    def set_title(self, title: str) -> None:
        """Say what is being done."""
        self._title.setText(title)
        self._bar.setAccessibleName(title)

    def set_detail(self, text: str) -> None:
        """Say what is done right now."""
        self._detail.setText(text)

    def set_progress(self, done: float, total: float, text: str = "") -> None:
        """Show how far it is.

        Args:
            done: the part that is done.
            total: all of it; 0 where nobody knows.
            text: the amount in words, such as "12 of 40 pages" or "1.2 GB of 2.4 GB".
        """
        self._bar.set_share(done / total if total > 0 else None)
        self._amount.setText(text)
        self._bar.setAccessibleDescription(text)

    def set_paused(self, paused: bool) -> None:
        """Show whether it is being held."""
        self._is_paused = paused
        self.pause_button.setText(tr("Resume") if paused else tr("Pause"))
        self._bar.set_held(paused)

    @Slot()
    def _press_pause(self) -> None:
        (self.resumed if self._is_paused else self.paused).emit()
