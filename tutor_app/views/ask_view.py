"""The page for questions: a conversation, the box to write in, earlier conversations beside it, and the sources."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QTimer, Slot
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from tutor_app.controllers.chat_controller import ChatController, Doing
from tutor_app.i18n import tr
from tutor_app.place import Page, Place
from tutor_app.theme.tokens import READING_WIDTH, SIDE_WIDTH, SPACE
from tutor_app.widgets.basics import IconButton
from tutor_app.widgets.composer import Composer
from tutor_app.widgets.elided_label import ElidedLabel

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent, QShowEvent

    from engine.events import QueryFilter
    from engine.types import AnswerMode
    from tutor_app.app_context import AppContext
    from tutor_app.services.turns import AnswerSource, AskRequest, Ready, TurnEnd, TurnPage
    from tutor_app.views.ask_history import AskHistory
    from tutor_app.views.ask_start import AskStart
    from tutor_app.widgets.conversation_view import ConversationView
    from tutor_app.widgets.passage_panel import PassagePanel
    from tutor_app.widgets.rich_text_view import RichTextView
    from tutor_app.widgets.turn_view import TurnView
    from tutor_app.workers.messages import Failure

_BESIDE_FROM = 860  # narrower than this, a panel takes the place of the conversation
_HISTORY_WIDTH = 264


class AskView(QWidget):
    """The page. What is not needed to type is built when the page is shown."""

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self._running: TurnView | None = None
        self._reader: PassagePanel | None = None
        self._opener: QWidget | None = None
        self._history: AskHistory | None = None
        self._start: AskStart | None = None
        self._conversation: ConversationView | None = None
        self._begun = False
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.chat = ChatController(context, self)
        self.composer = Composer(context.theme)
        self._title = ElidedLabel(tr("New conversation"), "heading")
        self._middle = QVBoxLayout()
        self._lay_out()
        self._connect()

    def open(self, place: Place) -> None:
        """Go on with a conversation, or begin one; a question that is brought along is written or asked."""
        self._begin()
        if place.conversation != self.chat.conversation or (place.question and place.send):
            self.chat.open(place.conversation)
        if place.pack or place.question:
            self.chat.pack = place.pack
            self._offer_packs()
        draft = self._context.state.text(self._draft_name())
        if place.question and place.send:
            self.chat.ask(place.question)
        elif place.question:
            self.composer.box.set_text(place.question)
        elif draft and not self.composer.box.text():
            self.composer.box.set_text(draft)
        self.focus_start()

    def place(self) -> Place:
        """Where it is now. What was typed and not sent is remembered on the way."""
        self._keep_draft()
        return Place(Page.ASK, conversation=self.chat.conversation, pack=self.chat.pack)

    def focus_start(self) -> None:
        """The box for the question."""
        self.composer.box.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def find(self) -> None:  # type: ignore[override]  # a static method of Qt that nobody needs
        """Search the earlier conversations."""
        self.show_history()

    def stop(self) -> None:
        """Stop the answer, else close a panel."""
        if not self.chat.stop():
            if self._reader is not None and self._reader.isVisible():
                self._close_source()
            elif self._history is not None:
                self._history.close_panel()

    def show_history(self) -> None:
        """Show the earlier conversations, and search them."""
        self._begin()
        if self._history is not None:
            self._history.open_panel()

    def showEvent(self, event: QShowEvent) -> None:
        """Be ready to be typed into; load the models in a quiet moment."""
        super().showEvent(event)
        self._begin()
        self.focus_start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give a panel a place beside the conversation, or the conversation's own."""
        super().resizeEvent(event)
        self._fit()

    @property
    def conversation(self) -> ConversationView:
        """The turns."""
        if self._conversation is None:
            from tutor_app.widgets.conversation_view import ConversationView

            self._conversation = ConversationView(self._context.theme)
            self._conversation.turn_added.connect(self._connect_turn)
            self._conversation.earlier_wanted.connect(self.chat.read_earlier)
            self._conversation.latest_wanted.connect(self._read_latest)
            self._conversation.hide()
            self._middle.insertWidget(1, self._conversation, 1)
        return self._conversation

    def _begin(self) -> None:
        if self._begun:
            return
        self._begun = True
        from tutor_app.views.ask_history import AskHistory
        from tutor_app.views.ask_start import AskStart

        self._start = AskStart(self._context)
        self._start.asked.connect(self._ask)
        self._middle.insertWidget(1, self._start, 1)
        self._history = AskHistory(self._context, self.chat, self)
        self._history.changed.connect(self._show_or_hide_history)
        self._across.insertWidget(0, self._history.panel)
        self._toggle.clicked.connect(self._history.toggle)
        self._start.packs_changed.connect(self._offer_packs)
        self._offer_packs()
        self._fit()
        QTimer.singleShot(0, self.chat.warm)

    def _lay_out(self) -> None:
        theme = self._context.theme
        self._toggle = IconButton(theme, "history", tr("Earlier conversations"))
        new = IconButton(theme, "plus", tr("New conversation"))
        new.clicked.connect(self._begin_new)
        head = QHBoxLayout()
        head.setContentsMargins(SPACE["l"], SPACE["m"], SPACE["l"], SPACE["s"])
        head.addWidget(self._toggle)
        head.addWidget(self._title, 1)
        head.addWidget(new)
        foot = QHBoxLayout()
        foot.setContentsMargins(SPACE["xl"], SPACE["s"], SPACE["xl"], SPACE["m"])
        foot.addStretch(1)
        foot.addWidget(self.composer, 1000)
        foot.addStretch(1)
        self.composer.setMaximumWidth(round(READING_WIDTH * max(1.0, theme.scale)))
        self._main = QWidget()
        self._main.setLayout(self._middle)
        self._middle.setContentsMargins(0, 0, 0, 0)
        self._middle.setSpacing(0)
        self._middle.addLayout(head)
        self._middle.addLayout(foot)
        self._across = QHBoxLayout(self)
        self._across.setContentsMargins(0, 0, 0, 0)
        self._across.setSpacing(0)
        self._across.addWidget(self._main, 1)

    def _connect(self) -> None:
        chat, composer = self.chat, self.composer
        composer.asked.connect(self._ask)
        composer.stopped.connect(chat.stop)
        composer.mode_chosen.connect(self._choose_mode)
        composer.pack_chosen.connect(self._choose_pack)
        chat.asked.connect(self._show_asked)
        chat.ended.connect(self._show_end)
        chat.failed.connect(self._show_failure)
        chat.doing_changed.connect(self._show_doing)
        chat.moved.connect(self._change_draft)
        chat.opened.connect(self._show_opened)
        chat.earlier.connect(self._show_earlier)
        chat.not_opened.connect(self._show_not_opened)
        chat.ready.connect(self._show_ready)
        self._context.theme.changed.connect(self._fit)
        self._context.models_changed.connect(chat.warm)

    @Slot(str)
    def _ask(self, question: str) -> None:
        self.chat.ask(question)

    @Slot(object)
    def _show_asked(self, request: AskRequest) -> None:
        self._context.state.keep_text("", self._draft_name())
        for turn in self.conversation.turns:
            turn.show_follow_ups(())
        self._running = self.conversation.add(request)
        self._running.set_state(tr("Looking in your packs …"))
        self.chat.sought.connect(self._running.show_sought)
        self.chat.answered.connect(self._running.show_answer)
        self.chat.completed.connect(self._running.show_whole)
        if not request.conversation:
            self._title.setText(request.question)
        self._show_conversation(shown=True)

    @Slot()
    def _show_doing(self) -> None:
        self.composer.set_running(self.chat.doing is not Doing.NOTHING)
        if self._running is not None and self.chat.doing is Doing.WRITING:
            self._running.set_state(tr("Writing …"))

    @Slot(object)
    def _show_end(self, end: TurnEnd) -> None:
        if self._running is not None:
            self._running.end(end)
            self._forget_running()

    @Slot(object)
    def _show_failure(self, failure: Failure) -> None:
        if self._running is not None:
            if not self.composer.box.text() and failure.code == "question":
                self.composer.box.set_text(self._running.request.question)
            self._running.fail(failure, advise_no_model=self.chat.advises_no_model)
            self._forget_running()

    def _forget_running(self) -> None:
        running, self._running = self._running, None
        if running is not None:
            self.chat.sought.disconnect(running.show_sought)
            self.chat.answered.disconnect(running.show_answer)
            self.chat.completed.disconnect(running.show_whole)

    @Slot(object)
    def _show_opened(self, page: TurnPage | None) -> None:
        self._forget_running()
        self._close_source()
        if page is None or not page.turns:
            self.conversation.clear()
            self._title.setText(tr("New conversation"))
            self._show_conversation(shown=False)
            return
        self._title.setText(page.title)
        self._show_conversation(shown=True)
        self.conversation.show_latest(page.turns, earlier=bool(page.earlier))

    @Slot(object)
    def _show_earlier(self, page: TurnPage) -> None:
        self.conversation.show_earlier(page.turns, earlier=bool(page.earlier))

    @Slot(object)
    def _show_not_opened(self, failure: Failure) -> None:
        self.chat.open("")
        self._context.failed.emit(failure)

    @Slot(object)
    def _show_ready(self, ready: Ready) -> None:
        self._context.status_changed.emit(
            tr("Answers from your packs, worded by {model}", model=ready.model)
            if ready.model
            else tr("Answers are quotations from your packs")
        )

    @Slot()
    def _read_latest(self) -> None:
        self.chat.open(self.chat.conversation)

    @Slot()
    def _begin_new(self) -> None:
        self.chat.open("")
        self.focus_start()

    @Slot(object)
    def _choose_mode(self, mode: AnswerMode) -> None:
        self.chat.mode = mode
        self.focus_start()

    @Slot(str)
    def _choose_pack(self, pack: str) -> None:
        self.chat.pack = pack
        self.focus_start()

    @Slot(object)
    def _connect_turn(self, turn: TurnView) -> None:
        turn.source_opened.connect(self._open_source)
        turn.again.connect(partial(self._ask_again, turn.request))
        turn.retried.connect(partial(self._retry, turn.request))
        turn.everywhere.connect(partial(self._look_everywhere, turn.request))
        turn.follow_up.connect(self._ask)
        turn.menu_requested.connect(self._show_menu)
        turn.library_wanted.connect(partial(self._context.go.emit, Place(Page.LIBRARY)))

    def _ask_again(self, request: AskRequest, mode: AnswerMode) -> None:
        self.chat.ask(request.question, mode=mode)

    def _retry(self, request: AskRequest, without_model: bool) -> None:
        self.chat.ask(request.question, mode=request.mode, ignore=request.ignore, without_model=without_model)

    def _look_everywhere(self, request: AskRequest, filters: tuple[QueryFilter, ...]) -> None:
        self.chat.ask(request.question, mode=request.mode, ignore=filters)

    @Slot(object, str, QPoint)
    def _show_menu(self, view: RichTextView, selected: str, where: QPoint) -> None:
        from tutor_app.widgets.selection_menu import SelectionMenu

        SelectionMenu(self._context, self).show_for(view, selected, where)

    @Slot(object)
    def _open_source(self, source: AnswerSource) -> None:
        if self._reader is None:
            from tutor_app.widgets.passage_panel import PassagePanel

            self._reader = PassagePanel(self._context)
            self._reader.closed.connect(self._close_source)
            self._across.addWidget(self._reader)
        self._opener = QApplication.focusWidget()
        self._reader.show_passage(source.pack, source.passage, source.quotes)
        self._reader.show()
        self._fit()
        self._reader.focus_start()

    @Slot()
    def _close_source(self) -> None:
        if self._reader is not None and self._reader.isVisible():
            self._reader.hide()
            self._fit()
            if self._opener is not None and self._opener.isVisible():
                self._opener.setFocus(Qt.FocusReason.OtherFocusReason)
            self._opener = None

    @Slot()
    def _offer_packs(self) -> None:
        packs = self._start.packs() if self._start is not None else ()
        self.composer.set_packs(packs, self.chat.pack)

    def _show_conversation(self, *, shown: bool) -> None:
        self.conversation.setVisible(shown)
        if self._start is not None:
            self._start.setVisible(not shown)

    @Slot()
    def _show_or_hide_history(self) -> None:
        self._fit()
        if self._history is not None and self._history.panel.isHidden():
            self.focus_start()

    @Slot()
    def _fit(self) -> None:
        """One panel beside the conversation where there is room, in its place where there is not."""
        scale = max(1.0, self._context.theme.scale)
        self.composer.setMaximumWidth(round(READING_WIDTH * scale))
        beside = self.width() >= _BESIDE_FROM * scale
        reading = self._reader is not None and self._reader.isVisibleTo(self)
        listing = self._history is not None and self._history.panel.isVisibleTo(self)
        if reading and self._reader is not None:
            side = round(min(SIDE_WIDTH * scale, self.width() * 0.45))
            self._reader.setMinimumWidth(side if beside else 0)
            self._reader.setMaximumWidth(side if beside else self.width())
        if listing and self._history is not None:
            side = round(_HISTORY_WIDTH * scale)
            self._history.panel.setMinimumWidth(side if beside else 0)
            self._history.panel.setMaximumWidth(side if beside else self.width())
            if reading and self.width() < (_BESIDE_FROM + _HISTORY_WIDTH) * scale:
                self._history.close_panel()
                listing = False
        self._main.setVisible(beside or not (reading or listing))

    @Slot(str)
    def _change_draft(self, before: str) -> None:
        """What was typed and not sent stays with its conversation."""
        self._context.state.keep_text(self.composer.box.text(), f"draft/{before or 'new'}")
        self.composer.box.set_text(self._context.state.text(self._draft_name()))

    def _draft_name(self) -> str:
        return f"draft/{self.chat.conversation or 'new'}"

    def _keep_draft(self) -> None:
        self._context.state.keep_text(self.composer.box.text(), self._draft_name())
