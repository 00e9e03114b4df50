"""What stands under a turn that has no plain answer: nothing found, stopped, failed, narrowed. Says what helps."""

from __future__ import annotations

from enum import Enum
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout

from engine.types import TurnStatus
from tutor_app.i18n import dotted, tr
from tutor_app.theme.tokens import SPACE
from tutor_app.widgets.basics import button, clear, label, restyle
from tutor_app.widgets.elided_button import ElidedButton
from tutor_app.widgets.flow_layout import flow

if TYPE_CHECKING:
    from PySide6.QtWidgets import QPushButton, QWidget

    from engine.events import QueryFilter
    from tutor_app.services.turns import AnswerSource
    from tutor_app.theme.theme import Theme


_ONE_LINE = 60


class Notice(Enum):
    """Why a turn has no whole answer."""

    STOPPED = "stopped"
    TOO_LONG = "too_long"
    INTERRUPTED = "interrupted"
    FAILED = "failed"


def places(filters: tuple[QueryFilter, ...]) -> str:
    """What a question was restricted to, in words."""
    return ", ".join(one.label for one in filters)


def notice_of(status: TurnStatus) -> Notice | None:
    """What there is to say of a turn with this status."""
    return {
        TurnStatus.CANCELLED: Notice.STOPPED,
        TurnStatus.TIMED_OUT: Notice.TOO_LONG,
        TurnStatus.ASKED: Notice.INTERRUPTED,
        TurnStatus.FAILED: Notice.FAILED,
    }.get(status)


class TurnNotice(QFrame):
    """Hidden until it has something to say.

    Signals:
        retried: try again; whether without the model.
        everywhere: look everywhere.
        opened: an ``AnswerSource`` near the question.
        library_wanted: add a document.
    """

    retried = Signal(bool)
    everywhere = Signal()
    opened = Signal(object)
    library_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._column = QVBoxLayout(self)
        self._column.setSpacing(SPACE["s"])
        self._column.setContentsMargins(SPACE["l"], SPACE["m"], SPACE["l"], SPACE["m"])
        self.setProperty("role", "tint")
        self.hide()

    def show_abstention(
        self, nearest: tuple[AnswerSource, ...], filters: tuple[QueryFilter, ...], *, said: str = ""
    ) -> None:
        """The packs do not say it: where something near it stands, and what else helps.

        Args:
            nearest: places to open.
            filters: restrictions that could be undone.
            said: the answer as it was stored, which names the places that can no longer be opened from here.
        """
        self._begin("card", tr("Your packs do not say this."))
        if said:
            self._say(said)
        if nearest:
            self._say(tr("Something near it stands here:"))
            self._column.addLayout(flow(*(self._place(source) for source in nearest), space="s"))
        self._show_ways_on(filters)

    def show_partial(self, filters: tuple[QueryFilter, ...]) -> None:
        """What the packs say may be no answer: what else helps."""
        self._begin("plain", "")
        self._show_ways_on(filters)

    def show_filters(self, filters: tuple[QueryFilter, ...]) -> None:
        """The question was read as a narrower one."""
        self._begin("plain", "")
        self._say_beside(
            tr("I looked only here: {places}.", places=places(filters)), self._everywhere_button()
        )

    def show_failure(self, what: str, todo: str, *, retry: bool, without_model: bool) -> None:
        """Something did not work; ``retry``: the same again may work, ``without_model``: so may quotations."""
        self._begin("alarm", what)
        if todo:
            self._say(todo)
        actions = [self._retry_button()] if retry else []
        if without_model:
            plain = button(tr("Answer without the model"), "primary")
            plain.clicked.connect(partial(self.retried.emit, True))
            actions.insert(0, plain)
        self._column.addLayout(flow(*actions, space="s"))

    def show_notice(self, notice: Notice) -> None:
        """The turn ended before its answer was whole."""
        words = {
            Notice.STOPPED: tr("You stopped this answer."),
            Notice.TOO_LONG: tr("This took too long, so the answer ends here."),
            Notice.INTERRUPTED: tr("The program was closed before this was answered."),
            Notice.FAILED: tr("This could not be answered."),
        }
        self._begin("plain", "")
        self._say_beside(words[notice], self._retry_button())

    def _show_ways_on(self, filters: tuple[QueryFilter, ...]) -> None:
        actions = [self._library_button()]
        if filters:
            self._say(tr("I looked only here: {places}.", places=places(filters)))
            actions.insert(0, self._everywhere_button())
        self._say(tr("You can ask in other words, or add a document that says it."))
        self._column.addLayout(flow(*actions, space="s"))

    def _begin(self, role: str, title: str) -> None:
        clear(self._column)
        restyle(self, "role", role)
        framed = role != "plain"
        self._column.setContentsMargins(
            SPACE["l"] if framed else 0,
            SPACE["m"] if framed else 0,
            SPACE["l"] if framed else 0,
            SPACE["m"] if framed else 0,
        )
        if title:
            self._say(title, "strong")
        self.show()

    def _say(self, text: str, role: str = "body") -> None:
        line = label(text, role, wrap=True)
        line.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._column.addWidget(line)

    def _say_beside(self, text: str, action: QWidget) -> None:
        """A sentence, and the button for it in the same line where there is room."""
        line = label(text, "mute", wrap=len(text) > _ONE_LINE)
        self._column.addLayout(flow(line, action, space="m"))

    def _place(self, source: AnswerSource) -> QWidget:
        chip = ElidedButton(dotted(source.title, source.pack_title), "chip")
        chip.setAccessibleDescription(tr("Opens the passage"))
        chip.clicked.connect(partial(self.opened.emit, source))
        return chip

    def _retry_button(self) -> QPushButton:
        retry = button(tr("Try again"))
        retry.clicked.connect(partial(self.retried.emit, False))
        return retry

    def _everywhere_button(self) -> QPushButton:
        everywhere = button(tr("Look everywhere"))
        everywhere.clicked.connect(self.everywhere)
        return everywhere

    def _library_button(self) -> QPushButton:
        add = button(tr("Add a document …"))
        add.clicked.connect(self.library_wanted)
        return add
