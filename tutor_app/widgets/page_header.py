"""The head of a page: its title, a line below it, and what can be done with the whole page."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QWidget

from tutor_app.theme.tokens import SPACE
from tutor_app.widgets.basics import column, label
from tutor_app.widgets.flow_layout import FlowLayout


class PageHeader(QWidget):
    """Title and subtitle; ``trailing`` stands at the far end, or below where there is no room beside the title."""

    def __init__(self, title: str, subtitle: str = "", *trailing: QWidget) -> None:
        super().__init__()
        self._title = label(title, "title", wrap=True)
        self._subtitle = label("", "mute", wrap=True)
        self._words = QWidget()
        words = column(self._title, self._subtitle, space="xs")
        self._words.setLayout(words)
        self._trailing = QWidget()
        self._parts = trailing
        buttons = FlowLayout(space="s")
        for part in trailing:
            buttons.addWidget(part)
        self._trailing.setLayout(buttons)
        self._trailing.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._box = column(space="m")
        self.setLayout(self._box)
        self._beside: bool | None = None
        self._arrange(beside=True)
        if not trailing:
            self._trailing.hide()
        self.set_subtitle(subtitle)

    def set_title(self, title: str) -> None:
        """Show another title."""
        self._title.setText(title)

    def set_subtitle(self, subtitle: str) -> None:
        """Show another line below the title; none where it is empty."""
        self._subtitle.setText(subtitle)
        self._subtitle.setVisible(bool(subtitle))

    def resizeEvent(self, _event: object) -> None:
        """Put the trailing parts where there is room."""
        title = self._title.fontMetrics().horizontalAdvance(self._title.text())
        line = self._subtitle.fontMetrics().horizontalAdvance(self._subtitle.text())
        words = max(title, min(line, self.width() // 2))
        self._arrange(beside=words + SPACE["xl"] + self._trailing.sizeHint().width() <= self.width())

    def _arrange(self, *, beside: bool) -> None:
        if beside == self._beside:
            return
        self._beside = beside
        direction = self._box.Direction.LeftToRight if beside else self._box.Direction.TopToBottom
        self._box.removeWidget(self._words)
        self._box.removeWidget(self._trailing)
        self._box.setDirection(direction)
        self._box.addWidget(self._words, 1 if beside else 0)
        where = Qt.AlignmentFlag.AlignTop if beside else Qt.AlignmentFlag(0)
        self._box.addWidget(self._trailing, 0, where)
