"""The turns of a conversation in one column that scrolls: stays at the end while one reads there, and only there.

At most ``LIVE`` turns have widgets. Earlier ones are asked for while they are still some screens away, and the latest
ones leave; "To the latest" brings those back. A turn takes longer to make than a frame has time, so that one before
those that are shown is made in steps, with room for a frame between them.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, QTimer, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tutor_app.i18n import tr
from tutor_app.services.turns import AskRequest
from tutor_app.theme.tokens import SPACE
from tutor_app.widgets.basics import button
from tutor_app.widgets.scroll_column import ScrollColumn
from tutor_app.widgets.turn_view import TurnView

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from PySide6.QtGui import QResizeEvent

    from tutor_app.services.turns import ShownTurn
    from tutor_app.theme.theme import Theme

LIVE = 30
_NEAR = 24
_SCREENS_AHEAD = 2
_BETWEEN_STEPS_MS = 12


class ConversationView(QWidget):
    """Shows turns.

    Signals:
        turn_added: a ``TurnView`` that is to be connected.
        earlier_wanted: the start of what is shown is near; how many turns there are from there to the end.
        latest_wanted: turns at the end are to be read again.
    """

    turn_added = Signal(object)
    earlier_wanted = Signal(int)
    latest_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._views: list[TurnView] = []
        self._waiting: deque[ShownTurn] = deque()
        self._made: TurnView | None = None
        self._steps: Iterator[None] | None = None
        self._has_earlier = False
        self._cut = 0
        self._stick = True
        self._from_end = 0
        self._moving = False
        self._scroll = ScrollColumn()
        self._scroll.column.setSpacing(SPACE["xl"])
        self._scroll.column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._scroll)
        self._latest = button(tr("To the latest"), "chip")
        self._latest.setParent(self)
        self._latest.clicked.connect(self.go_to_latest)
        self._latest.hide()
        bar = self._scroll.verticalScrollBar()
        bar.rangeChanged.connect(self._keep_place)
        bar.valueChanged.connect(self._scrolled)
        self._building = QTimer(self, singleShot=True)
        self._building.timeout.connect(self._build)
        self._draw()
        theme.changed.connect(self._draw)

    @property
    def turns(self) -> Sequence[TurnView]:
        """The turns that are shown, the oldest first."""
        return self._views

    @property
    def is_cut(self) -> bool:
        """Whether the latest turns are not shown, to keep the window light."""
        return self._cut > 0

    def clear(self) -> None:
        """Show nothing."""
        self._waiting.clear()
        self._steps = None
        if self._made is not None:
            self._made.deleteLater()
            self._made = None
        while self._views:
            self._remove(self._views[-1])
        self._cut, self._has_earlier = 0, False
        self._stick = True

    def show_latest(self, turns: Sequence[ShownTurn], *, earlier: bool) -> None:
        """Show the end of a conversation."""
        self.clear()
        self._has_earlier = earlier
        self._waiting.extend(reversed(turns))
        self._build()

    def show_earlier(self, turns: Sequence[ShownTurn], *, earlier: bool) -> None:
        """Show turns before those that are shown."""
        self._has_earlier = earlier
        self._waiting.extend(reversed(turns))
        if not self._building.isActive():
            self._building.start(0)

    def add(self, request: AskRequest) -> TurnView:
        """Add a turn at the end, and go there."""
        if self._cut:
            self.clear()
            self._has_earlier = True
        view = TurnView(self._theme, request)
        for old in self._views[: max(0, len(self._views) + 1 - LIVE)]:
            self._remove(old)
            self._has_earlier = True
        self._views.append(view)
        self._scroll.column.insertWidget(self._scroll.column.count() - 1, view)
        self.turn_added.emit(view)
        self._stick = True
        self._keep_place()
        return view

    @Slot()
    def go_to_latest(self) -> None:
        """Show the end."""
        self._stick = True
        self._latest.hide()
        if self._cut:
            self.latest_wanted.emit()
        else:
            self._keep_place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the way to the end in its place."""
        super().resizeEvent(event)
        self._place_latest()

    @Slot()
    def _build(self) -> None:
        """Make a turn, the latest first: at once what fills the window, in steps what lies before it."""
        if self._steps is None:
            if not self._waiting:
                return
            self._steps = self._insert(self._waiting.popleft())
        whole = not self._is_filled
        for _ in self._steps:
            if not whole:
                self._building.start(_BETWEEN_STEPS_MS)
                return
        self._steps = None
        if self._waiting:
            self._building.start(_BETWEEN_STEPS_MS if self._is_filled else 0)
        else:
            self._ask_for_earlier()

    @property
    def _is_filled(self) -> bool:
        """Whether there is more than fits into the window."""
        return bool(self._views) and self._scroll.verticalScrollBar().maximum() > 0

    def _insert(self, turn: ShownTurn) -> Iterator[None]:
        """Put a turn before all others; each step takes a few milliseconds."""
        view = self._made = TurnView(self._theme, AskRequest(turn.asked, mode=turn.mode))
        yield
        view.show_stored(turn)
        yield
        view.setParent(self._scroll.column.parentWidget())
        width = self._scroll.column.geometry().width()
        view.prepare(width)
        yield
        self._made = None
        if self._is_filled:
            self._scroll.put_first(view, view.heightForWidth(width))
        else:
            self._scroll.column.insertWidget(0, view)
        self._views.insert(0, view)
        self.turn_added.emit(view)
        while len(self._views) > LIVE and not self._stick:
            yield
            self._cut += self._views[-1].is_stored
            self._remove(self._views[-1])

    def _remove(self, view: TurnView) -> None:
        self._views.remove(view)
        self._scroll.column.removeWidget(view)
        view.hide()
        view.deleteLater()

    @Slot()
    def _keep_place(self, _lowest: int = 0, _highest: int = 0) -> None:
        bar = self._scroll.verticalScrollBar()
        self._moving = True
        bar.setValue(bar.maximum() if self._stick else bar.maximum() - self._from_end)
        self._moving = False

    @Slot(int)
    def _scrolled(self, value: int) -> None:
        bar = self._scroll.verticalScrollBar()
        if not self._moving:
            self._from_end = bar.maximum() - value
            self._stick = self._from_end <= _NEAR and not self._cut
        self._latest.setVisible(not self._stick and (self._from_end > self.height() // 2 or self.is_cut))
        self._place_latest()
        if not self._moving:
            self._ask_for_earlier()

    def _ask_for_earlier(self) -> None:
        """Have more read where the start of what is shown is near."""
        near = self._scroll.verticalScrollBar().value() < _SCREENS_AHEAD * self._scroll.viewport().height()
        if near and self._has_earlier and not self._waiting and self._steps is None:
            self._has_earlier = False
            self.earlier_wanted.emit(self._cut + sum(view.is_stored for view in self._views))

    def _place_latest(self) -> None:
        self._latest.adjustSize()
        self._latest.move(
            (self.width() - self._latest.width()) // 2, self.height() - self._latest.height() - SPACE["m"]
        )
        self._latest.raise_()

    @Slot()
    def _draw(self) -> None:
        side = round(18 * self._theme.scale)
        self._latest.setIcon(self._theme.icon("chevron-down", "accent_ink", size=18))
        self._latest.setIconSize(QSize(side, side))
