"""The navigation: one button a page, its keys 1 to 7 in order, icons alone where there is little room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout

from tutor_app.i18n import tr
from tutor_app.place import Page
from tutor_app.theme.tokens import RAIL_WIDTH, SPACE
from tutor_app.widgets.basics import PressButton, column, label

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from tutor_app.theme.theme import Theme

_COMPACT_WIDTH = 64


def page_names() -> dict[Page, str]:
    """What the pages are called."""
    return {
        Page.HOME: tr("Home"),
        Page.ASK: tr("Ask"),
        Page.PRACTICE: tr("Practise"),
        Page.READ: tr("Read"),
        Page.LIBRARY: tr("Library"),
        Page.MODELS: tr("Models"),
        Page.SETTINGS: tr("Settings"),
    }


class NavRail(QFrame):
    """The column of page buttons.

    Signals:
        chosen: the ``Page`` that was pressed.
    """

    chosen = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("rail")
        self.setAccessibleName(tr("Pages"))
        self._theme = theme
        self._compact = False
        self._title = label("LLM Tutor", "heading")
        self._status = label("", "caption", wrap=True)
        self.buttons: dict[Page, QPushButton] = {}
        layout = column(self._title, 8, space="xs", margin="l")
        for page, name in page_names().items():
            self._add(page, name, layout)
        layout.addStretch(1)
        layout.addWidget(self._status)
        self.setLayout(layout)
        self._draw()
        theme.changed.connect(self._draw)

    def show_page(self, page: Page) -> None:
        """Mark ``page`` as the one that is shown."""
        # No exclusive group: of its buttons Tab would reach only the last that was clicked.
        for other, button in self.buttons.items():
            button.setChecked(other is page)
        self.buttons[page].setIcon(self._theme.icon(page.value))

    def set_status(self, text: str) -> None:
        """Show a line at the foot, such as which model answers."""
        self._status.setText(text)
        self._status.setToolTip(text)

    def set_compact(self, compact: bool) -> None:
        """Show icons alone, or icons with names."""
        if compact != self._compact:
            self._compact = compact
            self._draw()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrow keys move along the pages."""
        from PySide6.QtCore import Qt

        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        if step:
            buttons = list(self.buttons.values())
            at = next((n for n, button in enumerate(buttons) if button.hasFocus()), 0)
            buttons[(at + step) % len(buttons)].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().keyPressEvent(event)

    def _add(self, page: Page, name: str, layout: QVBoxLayout) -> None:
        button = PressButton()
        button.setProperty("role", "nav")
        button.setCheckable(True)
        button.setAccessibleName(name)
        button.setProperty("page", page.value)
        button.clicked.connect(self._press)
        self.buttons[page] = button
        layout.addWidget(button)

    def _press(self) -> None:
        self.chosen.emit(Page(self.sender().property("page")))

    def _draw(self) -> None:
        names = page_names()
        for page, button in self.buttons.items():
            # How it looks when chosen is drawn for those that are: see ``show_page``.
            chosen = "on_chosen" if button.isChecked() else "mute"
            button.setIcon(self._theme.icon(page.value, active=chosen))
            side = round(20 * self._theme.scale)
            button.setIconSize(QSize(side, side))
            button.setText("" if self._compact else f"  {names[page]}")
            button.setToolTip(names[page] if self._compact else "")
        for part in (self._title, self._status):
            part.setVisible(not self._compact)
        width = _COMPACT_WIDTH if self._compact else RAIL_WIDTH
        self.setFixedWidth(round(width * max(1.0, 0.5 + self._theme.scale / 2)))
        edge = SPACE["s"] if self._compact else SPACE["l"]
        layout = self.layout()
        if layout is not None:
            layout.setContentsMargins(edge, SPACE["xl"], edge, SPACE["l"])
