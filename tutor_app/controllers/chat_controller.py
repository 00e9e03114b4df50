"""A conversation while it goes on: what is asked, what comes back, and what to do when something does not work."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from engine.types import AnswerMode
from tutor_app.controllers.preparation_controller import PreparationController
from tutor_app.services.turns import AnswerSoFar, AnswerWhole, AskRequest, Sought
from tutor_app.workers.latest_call import LatestCall

if TYPE_CHECKING:
    from engine.events import QueryFilter
    from tutor_app.app_context import AppContext
    from tutor_app.services.turns import Ready, TurnEnd, TurnPage
    from tutor_app.workers.engine_client import Call
    from tutor_app.workers.messages import Failure

_FIRST_TURNS = 5  # fill a window; the rest comes while one looks at them
_PAGE_TURNS = 12
_CRASHES_BEFORE_ADVICE = 2
_LONGEST_WAIT_MS = 120_000  # for packs that are being unpacked


class Doing(Enum):
    """What the tutor does."""

    NOTHING = "nothing"
    WAITING = "waiting"
    READING = "reading"
    WRITING = "writing"


class ChatController(QObject):
    """One conversation at a time.

    Signals:
        asked: an ``AskRequest`` was sent, or waits until the packs are unpacked.
        sought, answered, completed: ``Sought``, ``AnswerSoFar``, ``AnswerWhole`` of the running turn.
        ended: its ``TurnEnd``.
        failed: a ``Failure`` instead of an end.
        doing_changed: ``doing`` is another.
        moved: another conversation goes on; the id of the one before.
        opened: the newest ``TurnPage`` of a conversation, None for a new one.
        earlier: the ``TurnPage`` before those that were shown.
        not_opened: a ``Failure``: the conversation cannot be shown.
        ready: a ``Ready``: the packs are open, the model is loaded.

    Attributes:
        conversation: id, "" for one that has not begun.
        mode: how answers are wanted.
        pack: id of the pack to look in, "" for all.
    """

    asked = Signal(object)
    sought = Signal(object)
    answered = Signal(object)
    completed = Signal(object)
    ended = Signal(object)
    failed = Signal(object)
    doing_changed = Signal()
    moved = Signal(str)
    opened = Signal(object)
    earlier = Signal(object)
    not_opened = Signal(object)
    ready = Signal(object)

    def __init__(self, context: AppContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._call: Call | None = None
        self._waiting: AskRequest | None = None
        self._preparation = PreparationController.of(context)
        self._preparation.changed.connect(self._look_at_packs)
        self._longest_wait = QTimer(self, singleShot=True, interval=_LONGEST_WAIT_MS)
        self._longest_wait.timeout.connect(self._send)
        self._doing = Doing.NOTHING
        self._crashes = 0
        self._without_model = False
        self.conversation = ""
        self.mode = AnswerMode.EXPLAIN
        self.pack = ""
        self._opening = LatestCall(context.engine, self)
        self._opening.finished.connect(self._have_page)
        self._opening.failed.connect(self.not_opened)
        self._paging = LatestCall(context.engine, self)
        self._paging.finished.connect(self.earlier)

    @property
    def doing(self) -> Doing:
        """What the tutor does now."""
        return self._doing

    @property
    def advises_no_model(self) -> bool:
        """Whether the engine crashed so often that answering without the model is the better try."""
        return self._crashes >= _CRASHES_BEFORE_ADVICE

    def warm(self) -> None:
        """Open the packs and load the model, so that the first answer is as fast as the next."""
        call = self._context.engine.call("chat.warm")
        call.finished.connect(self._tell_ready)
        call.failed.connect(self._context.failed)

    def ask(
        self,
        question: str,
        *,
        mode: AnswerMode | None = None,
        ignore: tuple[QueryFilter, ...] = (),
        without_model: bool = False,
    ) -> None:
        """Ask; nothing happens while an answer is on its way.

        Args:
            question: as typed.
            mode: how this answer is wanted, if not like the others.
            ignore: restrictions read out of the question that the learner has undone.
            without_model: answer by quotations from now on in this conversation.
        """
        if self._doing is not Doing.NOTHING:
            return
        self._without_model = self._without_model or without_model
        self._waiting = request = AskRequest(
            question, self.conversation, mode or self.mode, self.pack, ignore, self._without_model
        )
        self._set_doing(Doing.WAITING)
        self.asked.emit(request)
        self._longest_wait.start()
        self._look_at_packs()

    def stop(self) -> bool:
        """Stop the answer; whether there was one to stop."""
        self._send()
        if self._call is not None:
            self._call.cancel()
        return self._call is not None

    def open(self, conversation: str) -> None:
        """Go on with another conversation; "" begins a new one. An answer on its way is stopped, and kept."""
        self._leave_call()
        before, self.conversation = self.conversation, conversation
        if before != conversation:
            self._without_model = False
            self.moved.emit(before)
        if conversation:
            self._opening.ask("history.turns", conversation, 0, _FIRST_TURNS)
        else:
            self._opening.cancel()
            self._paging.cancel()
            self.opened.emit(None)

    @Slot(int)
    def read_earlier(self, skip: int) -> None:
        """Read the turns before the last ``skip`` ones."""
        if self.conversation:
            self._paging.ask("history.turns", self.conversation, skip, _PAGE_TURNS)

    @Slot()
    def _look_at_packs(self) -> None:
        """Without its packs, a new profile would answer that they do not say it."""
        if not self._preparation.unpacking:
            self._send()

    @Slot()
    def _send(self) -> None:
        request, self._waiting = self._waiting, None
        if request is None:
            return
        self._longest_wait.stop()
        self._call = self._context.engine.call("chat.ask", request)
        self._call.emitted.connect(self._hear)
        self._call.finished.connect(self._end)
        self._call.failed.connect(self._fail)
        self._set_doing(Doing.READING)

    def _leave_call(self) -> None:
        self._send()
        call, self._call = self._call, None
        if call is not None:
            call.emitted.disconnect(self._hear)
            call.finished.disconnect(self._end)
            call.failed.disconnect(self._fail)
            call.cancel()
            self._set_doing(Doing.NOTHING)

    def _set_doing(self, doing: Doing) -> None:
        if doing is not self._doing:
            self._doing = doing
            self.doing_changed.emit()

    @Slot(object)
    def _hear(self, event: object) -> None:
        if isinstance(event, Sought):
            self.conversation = self.conversation or event.conversation
            self.sought.emit(event)
        elif isinstance(event, AnswerSoFar):
            self._set_doing(Doing.WRITING)
            self.answered.emit(event)
        elif isinstance(event, AnswerWhole):
            self.completed.emit(event)

    @Slot(object)
    def _end(self, end: TurnEnd) -> None:
        self._call = None
        self._crashes = 0
        self.conversation = end.conversation
        self._set_doing(Doing.NOTHING)
        self.ended.emit(end)
        for notice in end.notices:
            self._context.notice.emit(notice)
        self._context.conversations_changed.emit()

    @Slot(object)
    def _fail(self, failure: Failure) -> None:
        self._call = None
        self._crashes += failure.code == "crash"
        self._set_doing(Doing.NOTHING)
        self.failed.emit(failure)

    @Slot(object)
    def _have_page(self, page: TurnPage) -> None:
        self.opened.emit(page)

    @Slot(object)
    def _tell_ready(self, ready: Ready) -> None:
        for notice in ready.notices:
            self._context.notice.emit(notice)
        self.ready.emit(ready)
