"""The page for questions: a conversation, the box to write in, earlier conversations beside it, and the sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tutor_app.controllers.chat_controller import ChatController, Doing
from tutor_app.i18n import tr
from tutor_app.place import Page, Place
from tutor_app.services.practising import PassageRef
from tutor_app.theme.tokens import READING_WIDTH, SIDE_WIDTH, SPACE
from tutor_app.widgets.basics import IconButton
from tutor_app.widgets.composer import Composer
from tutor_app.widgets.elided_label import ElidedLabel
from tutor_app.widgets.side_panels import SidePanels

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

    from engine.types import AnswerMode
    from tutor_app.app_context import AppContext
    from tutor_app.services.turns import AnswerSource, AskRequest, Ready, TurnPage
    from tutor_app.views.ask_history import AskHistory
    from tutor_app.views.ask_source import AskSource
    from tutor_app.views.ask_start import AskStart
    from tutor_app.views.ask_turns import AskTurns
    from tutor_app.widgets.conversation_view import ConversationView
    from tutor_app.workers.messages import Failure

_HISTORY_WIDTH = 264
_TITLE_LENGTH = 200


class AskView(QWidget):
    """The page. What is not needed to type is built when the page is shown."""

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self._turns: AskTurns | None = None
        self._source: AskSource | None = None
        self._history: AskHistory | None = None
        self._start: AskStart | None = None
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.chat = ChatController(context, self)
        self.composer = Composer(context.theme)
        self._title = ElidedLabel(tr("New conversation"), "heading")
        self._middle = QVBoxLayout()
        self._lay_out()
        self._connect()

    def open(self, place: Place) -> None:
        """Go on with a conversation, or begin one; a question that is brought along is written or asked.

        A question about something on this page goes on with the conversation that is shown.
        """
        self._begin()
        about_this = self.isVisible() and bool(place.question) and not place.send
        if not about_this and (place.conversation != self.chat.conversation or place.send):
            self.chat.open(place.conversation)
        if place.pack or place.question:
            self.chat.pack = place.pack
            self._offer_packs()
        if place.question and place.send:
            self.chat.ask(place.question)
            if place.pack and place.passage:
                self.source.show_source(PassageRef(place.pack, place.passage))
        elif place.question:
            self.composer.box.set_text(place.question)
        elif not self.composer.box.text():
            self.composer.box.set_text(self._context.state.text(self._draft_name()))
        self.focus_start()

    def place(self) -> Place:
        """Where it is now. What was typed and not sent is remembered on the way."""
        self._context.state.keep_text(self.composer.box.text(), self._draft_name())
        return Place(Page.ASK, conversation=self.chat.conversation, pack=self.chat.pack)

    def focus_start(self) -> None:
        """The box for the question."""
        self.composer.box.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def begin_search(self) -> None:
        """Search the earlier conversations."""
        self.show_history()

    def stop(self) -> None:
        """Stop the answer, else close a panel."""
        if self.chat.stop():
            return
        if self._source is not None and self._source.panel.isVisible():
            self._source.close_panel()
        elif self._history is not None:
            self._history.close_panel()

    def tells(self, failure: Failure) -> bool:
        """Whether the turn that is under way says it itself, or the last one has just said it."""
        turns = self.conversation.turns
        said = bool(turns) and turns[-1].failed_by == "crash"
        return failure.code == "crash" and (said or self.chat.doing is not Doing.NOTHING)

    @Slot()
    def begin_new(self) -> None:
        """Begin a conversation, also where one could not be begun."""
        self.chat.open("")
        self.focus_start()

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

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes as the page is read, though turns are made after the box below them."""
        from tutor_app.widgets.reading_order import focus_next

        return focus_next(self, forward=forward) or super().focusNextPrevChild(forward)

    @property
    def conversation(self) -> ConversationView:
        """The column of turns."""
        return self.turns.view

    @property
    def turns(self) -> AskTurns:
        """What draws the turns."""
        if self._turns is None:
            from tutor_app.views.ask_turns import AskTurns

            self._turns = AskTurns(self._context, self.chat, self)
            self._turns.source_opened.connect(self._open_source)
            self._turns.refused.connect(self._take_back)
            self._turns.view.hide()
            self._middle.insertWidget(1, self._turns.view, 1)
        return self._turns

    @property
    def source(self) -> AskSource:
        """The source beside the conversation."""
        if self._source is None:
            from tutor_app.views.ask_source import AskSource

            self._source = AskSource(self._context, self)
            self._source.panel.hide()
            self._source.changed.connect(self._make_room)
            self._panels.add_panel(self._source.panel, SIDE_WIDTH, leading=False)
        return self._source

    def _begin(self) -> None:
        if self._start is not None:
            return
        from tutor_app.views.ask_history import AskHistory
        from tutor_app.views.ask_start import AskStart

        self._start = AskStart(self._context)
        self._start.asked.connect(self._ask)
        self._middle.insertWidget(1, self._start, 1)
        self._history = AskHistory(self._context, self.chat, self)
        self._history.changed.connect(self._show_or_hide_history)
        self._panels.add_panel(self._history.panel, _HISTORY_WIDTH, leading=True)
        self._toggle.clicked.connect(self._history.toggle)
        self._start.packs_changed.connect(self._offer_packs)
        self._offer_packs()
        self.turns.view.hide()  # made here: they hear of a conversation before this page shows it
        self.chat.asked.connect(self._show_asked)
        self.chat.opened.connect(self._show_opened)
        QTimer.singleShot(0, self.chat, self.chat.warm)

    def _lay_out(self) -> None:
        theme = self._context.theme
        self._toggle = IconButton(theme, "history", tr("Earlier conversations"))
        new = IconButton(theme, "plus", tr("New conversation"))
        new.clicked.connect(self.begin_new)
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
        main = QWidget()
        main.setLayout(self._middle)
        self._middle.setContentsMargins(0, 0, 0, 0)
        self._middle.setSpacing(0)
        self._middle.addLayout(head)
        self._middle.addLayout(foot)
        self._panels = SidePanels(theme, main)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._panels)
        self._fit_composer()

    def _connect(self) -> None:
        chat, composer = self.chat, self.composer
        composer.asked.connect(self._ask)
        composer.stopped.connect(chat.stop)
        composer.mode_chosen.connect(self._choose_mode)
        composer.pack_chosen.connect(self._choose_pack)
        chat.doing_changed.connect(self._show_doing)
        chat.moved.connect(self._change_draft)
        chat.not_opened.connect(self._show_not_opened)
        chat.ready.connect(self._show_ready)
        self._context.theme.changed.connect(self._fit_composer)
        self._context.models_changed.connect(chat.warm)

    @Slot(str)
    def _ask(self, question: str) -> None:
        self.chat.ask(question)

    @Slot(object)
    def _show_asked(self, request: AskRequest) -> None:
        self._context.state.keep_text("", self._draft_name())
        if not request.conversation:
            self._title.setText(request.question[:_TITLE_LENGTH])
        self._show_conversation(shown=True)
        self.focus_start()  # what was pressed to ask is gone, and with it the keyboard's place

    @Slot()
    def _show_doing(self) -> None:
        self.composer.set_running(self.chat.doing is not Doing.NOTHING)

    @Slot(object)
    def _show_opened(self, page: TurnPage | None) -> None:
        if self._source is not None:
            self._source.close_panel()
        self._title.setText(page.title if page is not None else tr("New conversation"))
        self._show_conversation(shown=page is not None and bool(page.turns))

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

    @Slot(object)
    def _choose_mode(self, mode: AnswerMode) -> None:
        self.chat.mode = mode
        self.focus_start()

    @Slot(str)
    def _choose_pack(self, pack: str) -> None:
        self.chat.pack = pack
        self.focus_start()

    @Slot(object)
    def _open_source(self, source: AnswerSource) -> None:
        self.source.show_source(source)

    @Slot(str)
    def _take_back(self, question: str) -> None:
        """A question that was refused can be mended. No conversation began with it."""
        if not self.chat.conversation:
            self._title.setText(tr("New conversation"))
        if not self.composer.box.text():
            self.composer.box.set_text(question)

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
        self._panels.fit()
        if self._history is not None and self._history.panel.isHidden():
            self.focus_start()

    @Slot()
    def _make_room(self) -> None:
        """A source that was opened goes before the list of conversations."""
        reading = self._source is not None and not self._source.panel.isHidden()
        if reading and self._history is not None and not self._panels.has_room_for_two():
            self._history.close_panel()
        self._panels.fit()

    @Slot()
    def _fit_composer(self) -> None:
        self.composer.setMaximumWidth(round(READING_WIDTH * max(1.0, self._context.theme.scale)))

    @Slot(str)
    def _change_draft(self, before: str) -> None:
        """What was typed and not sent stays with its conversation."""
        self._context.state.keep_text(self.composer.box.text(), f"draft/{before or 'new'}")
        self.composer.box.set_text(self._context.state.text(self._draft_name()))

    def _draft_name(self) -> str:
        return f"draft/{self.chat.conversation or 'new'}"
