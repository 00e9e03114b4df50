"""One setting: what it is called, what it does, how it is set, and why a value was refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

from tutor_app.theme.tokens import SPACE
from tutor_app.widgets.basics import announce, column, label

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

_LEAST_WORDS = 220


class SettingRow(QWidget):
    """Words at the start, the control at the end; below them where there is no room.

    Args:
        title: the name, also the control's for a screen reader if it has none.
        description: what it does; may be empty.
        control: how it is set.
        keywords: other words that it is found by.
        below: always put the control below.
    """

    def __init__(
        self, title: str, description: str, control: QWidget, *, keywords: str = "", below: bool = False
    ) -> None:
        super().__init__()
        self._searched = f"{title} {description} {keywords}".casefold()
        self._control = control
        self._below = below
        if not control.accessibleName():
            control.setAccessibleName(title)
        if not control.accessibleDescription():
            control.setAccessibleDescription(description)
        self._words = QWidget()
        about = label(description, "mute", wrap=True)
        about.setVisible(bool(description))
        self._words.setLayout(column(label(title, "strong", wrap=True), about, space="xs"))
        self.problem = label("", "bad", wrap=True)
        self.problem.hide()
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._line.setSpacing(SPACE["m"])
        self._line.addWidget(self._words, 1)
        self._line.addWidget(control, 0, Qt.AlignmentFlag.AlignVCenter)
        whole = column(self._line, self.problem, space="s")
        whole.setContentsMargins(SPACE["l"], SPACE["m"], SPACE["l"], SPACE["m"])
        self.setLayout(whole)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        if below:
            self._turn(below=True)

    def matches(self, words: list[str]) -> bool:
        """Whether it has all of ``words``, which are casefolded."""
        return all(word in self._searched for word in words)

    def refuse(self, why: str) -> None:
        """Say why a value was refused; "" once it is well."""
        self.problem.setText(why)
        self.problem.setVisible(bool(why))
        if why:
            announce(self, why)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the control where there is room."""
        super().resizeEvent(event)
        need = self._control.sizeHint().width() + _LEAST_WORDS + 3 * SPACE["l"]
        self._turn(below=self._below or need > self.width())

    def _turn(self, *, below: bool) -> None:
        wanted = QBoxLayout.Direction.TopToBottom if below else QBoxLayout.Direction.LeftToRight
        if self._line.direction() != wanted:
            self._line.setDirection(wanted)
            where = Qt.AlignmentFlag(0) if below else Qt.AlignmentFlag.AlignVCenter
            self._line.setAlignment(self._control, where)
