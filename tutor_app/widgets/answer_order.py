"""Putting things in order: drag a line, press its arrows, or Alt with an arrow key."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout

from tutor_app.i18n import tr
from tutor_app.richtext.plain import to_spoken
from tutor_app.theme.tokens import SPACE
from tutor_app.widgets.answer_input import AnswerInput
from tutor_app.widgets.basics import IconButton, announce, column, label
from tutor_app.widgets.icon_mark import IconMark
from tutor_app.widgets.option_frame import OptionFrame

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent

    from tutor_app.services.practising import Response, ShownOption
    from tutor_app.theme.theme import Theme


class OrderLine(OptionFrame):
    """One line that can be moved.

    Signals:
        moved: by this many places, less than 0 for up.
        dragged: to this height in the widget that it stands in.
        left: the keyboard is to go on by so many lines.
    """

    moved = Signal(int)
    dragged = Signal(int)
    left = Signal(int)

    def __init__(self, theme: Theme, option: ShownOption) -> None:
        self.id = option.id
        self.spoken = to_spoken(option.text)
        self.up = IconButton(theme, "chevron-up", tr("Move up"))
        self.down = IconButton(theme, "chevron-down", tr("Move down"))
        self.place = label("", "mute")
        super().__init__(theme, option.text, (IconMark(theme, "grip"), self.place), (self.up, self.down))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.up.clicked.connect(partial(self.moved.emit, -1))
        self.down.clicked.connect(partial(self.moved.emit, 1))
        for arrow in (self.up, self.down):
            arrow.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Alt and an arrow key do the same

    def set_place(self, place: int, places: int) -> None:
        """Show and say which line it is, from 1."""
        self.place.setText(f"{place}.")
        self.up.setEnabled(place > 1)
        self.down.setEnabled(place < places)
        self.setAccessibleName(
            tr("{place} of {places}: {line}", place=place, places=places, line=self.spoken)
        )
        self.setAccessibleDescription(tr("Alt and an arrow key move it"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt moves the line, without it the keyboard goes on."""
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        if step and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.moved.emit(step)
        elif step:
            self.left.emit(step)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show it."""
        super().focusInEvent(event)
        self.set_active(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show it no longer."""
        super().focusOutEvent(event)
        self.set_active(False)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of it."""
        super().mousePressEvent(event)
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.set_chosen(True)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Carry it along."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self.dragged.emit(self.mapToParent(event.position().toPoint()).y())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        super().mouseReleaseEvent(event)
        self.set_chosen(False)


class AnswerOrder(AnswerInput):
    """The lines in the order that they are in now."""

    def __init__(self, theme: Theme, options: tuple[ShownOption, ...]) -> None:
        super().__init__()
        self._lines = [OrderLine(theme, option) for option in options]
        whole = column(
            label(
                tr("Drag the lines into the right order, or move them with Alt and an arrow key."),
                "caption",
                wrap=True,
            ),
            space="s",
        )
        self._column = QVBoxLayout()
        self._column.setSpacing(SPACE["s"])
        whole.addLayout(self._column)
        self.setLayout(whole)
        for line in self._lines:
            line.moved.connect(partial(self._move, line))
            line.dragged.connect(partial(self._drag, line))
            line.left.connect(partial(self._go_on, line))
        self._arrange()

    def response(self) -> Response | None:
        """All ids in order."""
        return tuple(line.id for line in self._lines)

    def set_response(self, response: Response) -> None:
        """Put them in an order; what it does not name comes last."""
        wanted = list(response)
        self._lines.sort(key=lambda line: wanted.index(line.id) if line.id in wanted else len(wanted))
        self._arrange()
        self.changed.emit()

    def focus_start(self) -> None:
        """The first line."""
        self._lines[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def lines(self) -> list[OrderLine]:
        """The lines as they stand."""
        return list(self._lines)

    def _move(self, line: OrderLine, step: int) -> None:
        at = self._lines.index(line)
        to = min(max(at + step, 0), len(self._lines) - 1)
        if to == at:
            return
        self._lines.insert(to, self._lines.pop(at))
        self._arrange()
        line.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self, line.accessibleName())
        self.changed.emit()

    def _drag(self, line: OrderLine, height: int) -> None:
        others = [other for other in self._lines if other is not line]
        to = sum(other.geometry().center().y() < height for other in others)
        self._move(line, to - self._lines.index(line))

    def _go_on(self, line: OrderLine, step: int) -> None:
        at = self._lines.index(line) + step
        if 0 <= at < len(self._lines):
            self._lines[at].setFocus(Qt.FocusReason.TabFocusReason)

    def _arrange(self) -> None:
        for place, line in enumerate(self._lines, 1):
            self._column.removeWidget(line)
            self._column.addWidget(line)
            line.set_place(place, len(self._lines))
        for before, after in zip(self._lines, self._lines[1:], strict=False):
            self.setTabOrder(before, after)
