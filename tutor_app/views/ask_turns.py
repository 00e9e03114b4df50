"""The turns on the page for questions: the one that runs, those from the store, and what is pressed in them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Signal, Slot

from tutor_app.controllers.chat_controller import Doing
from tutor_app.controllers.preparation_controller import PreparationController, Stage
from tutor_app.i18n import tr
from tutor_app.place import Page, Place
from tutor_app.widgets.conversation_view import ConversationView
from tutor_app.widgets.selection_menu import SelectionMenu

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from engine.events import QueryFilter
    from engine.types import AnswerMode
    from tutor_app.app_context import AppContext
    from tutor_app.controllers.chat_controller import ChatController
    from tutor_app.services.turns import AnswerSource, AskRequest, TurnEnd, TurnPage
    from tutor_app.widgets.rich_text_view import RichTextView
    from tutor_app.widgets.turn_view import TurnView
    from tutor_app.workers.messages import Failure


class AskTurns(QObject):
    """Draws what a ``ChatController`` does.

    Signals:
        source_opened: an ``AnswerSource``.
        refused: a question that could not be worked with, to be written once more.

    Attributes:
        view: the column of turns.
    """

    source_opened = Signal(object)
    refused = Signal(str)

    def __init__(self, context: AppContext, chat: ChatController, page: QWidget) -> None:
        super().__init__(page)
        self._context = context
        self._chat = chat
        self._running: TurnView | None = None
        self._menu = SelectionMenu(context, page)
        self.view = ConversationView(context.theme)
        self.view.turn_added.connect(self._connect_turn)
        self.view.earlier_wanted.connect(chat.read_earlier)
        self.view.latest_wanted.connect(self._read_latest)
        chat.asked.connect(self._show_asked)
        chat.ended.connect(self._show_end)
        chat.failed.connect(self._show_failure)
        chat.doing_changed.connect(self._show_doing)
        self._preparation = PreparationController.of(context)
        self._preparation.changed.connect(self._show_unpacking)
        chat.opened.connect(self._show_opened)
        chat.earlier.connect(self._show_earlier)

    @Slot(object)
    def _show_asked(self, request: AskRequest) -> None:
        for turn in self.view.turns:
            turn.show_follow_ups(())
        running = self._running = self.view.add(request)
        self._show_doing()
        self._show_unpacking()
        self._chat.sought.connect(running.show_sought)
        self._chat.answered.connect(running.show_answer)
        self._chat.completed.connect(running.show_whole)

    @Slot()
    def _show_doing(self) -> None:
        if self._running is None or self._chat.doing is Doing.NOTHING:
            return
        writing = self._chat.doing is Doing.WRITING
        self._running.set_state(tr("Writing …") if writing else tr("Looking in your packs …"))

    @Slot()
    def _show_unpacking(self) -> None:
        waiting = self._chat.doing is Doing.WAITING and self._preparation.stage is Stage.PACKS
        if self._running is not None and waiting:
            self._running.set_state(tr("Unpacking your course packs …"))

    @Slot(object)
    def _show_end(self, end: TurnEnd) -> None:
        running = self._let_go()
        if running is not None:
            running.end(end)

    @Slot(object)
    def _show_failure(self, failure: Failure) -> None:
        running = self._let_go()
        if running is not None:
            if failure.code == "question":
                self.refused.emit(running.request.question)
            running.fail(failure, advise_no_model=self._chat.advises_no_model)

    @Slot(object)
    def _show_opened(self, page: TurnPage | None) -> None:
        self._let_go()
        if page is None:
            self.view.clear()
        else:
            self.view.show_latest(page.turns, earlier=bool(page.earlier))

    @Slot(object)
    def _show_earlier(self, page: TurnPage) -> None:
        self.view.show_earlier(page.turns, earlier=bool(page.earlier))

    @Slot()
    def _read_latest(self) -> None:
        self._chat.open(self._chat.conversation)

    def _let_go(self) -> TurnView | None:
        """The turn that ran, which hears of nothing any more."""
        running, self._running = self._running, None
        if running is not None:
            self._chat.sought.disconnect(running.show_sought)
            self._chat.answered.disconnect(running.show_answer)
            self._chat.completed.disconnect(running.show_whole)
        return running

    @Slot(object)
    def _connect_turn(self, turn: TurnView) -> None:
        turn.source_opened.connect(self.source_opened)
        turn.again.connect(partial(self._ask_again, turn.request))
        turn.retried.connect(partial(self._retry, turn.request))
        turn.everywhere.connect(partial(self._look_everywhere, turn.request))
        turn.follow_up.connect(self._ask)
        turn.practise.connect(self._practise)
        turn.menu_requested.connect(self._show_menu)
        turn.library_wanted.connect(partial(self._context.go.emit, Place(Page.LIBRARY)))

    @Slot(str)
    def _ask(self, question: str) -> None:
        self._chat.ask(question)

    def _ask_again(self, request: AskRequest, mode: AnswerMode) -> None:
        self._chat.ask(request.question, mode=mode)

    def _retry(self, request: AskRequest, without_model: bool) -> None:
        self._chat.ask(
            request.question, mode=request.mode, ignore=request.ignore, without_model=without_model
        )

    def _look_everywhere(self, request: AskRequest, filters: tuple[QueryFilter, ...]) -> None:
        self._chat.ask(request.question, mode=request.mode, ignore=filters)

    @Slot(object)
    def _practise(self, sources: tuple[AnswerSource, ...]) -> None:
        first, *rest = sources
        beside = tuple(dict.fromkeys((it.pack, it.passage) for it in rest))
        self._context.go.emit(
            Place(Page.PRACTICE, pack=first.pack, passage=first.passage, aim="quiz", beside=beside)
        )

    @Slot(object, str, QPoint)
    def _show_menu(self, view: RichTextView, selected: str, where: QPoint) -> None:
        self._menu.set_pack(self._chat.pack)
        self._menu.show_for(view, selected, where)
