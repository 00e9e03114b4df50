"""One question and what became of it: the learner's words, the answer with its sources, and what can be done next."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Signal, Slot
from PySide6.QtGui import QFontMetrics, QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from engine.tutor.question import MAX_CHARACTERS
from engine.types import Act, AnswerMode, TurnStatus
from tutor_app.i18n import tr, tr_engine
from tutor_app.richtext.document import Block, BlockKind, RichText, Text
from tutor_app.richtext.plain import to_plain, to_spoken
from tutor_app.theme.fonts import text_font
from tutor_app.theme.tokens import SPACE
from tutor_app.widgets.basics import IconButton, announce, button, clear, label
from tutor_app.widgets.elided_button import ElidedButton
from tutor_app.widgets.flow_layout import FlowLayout
from tutor_app.widgets.pack_card import shortened
from tutor_app.widgets.rich_text_view import EDGE, RichTextView
from tutor_app.widgets.turn_notice import Notice, TurnNotice, notice_of, places

if TYPE_CHECKING:
    from engine.events import QueryFilter
    from tutor_app.services.turns import (
        AnswerSoFar,
        AnswerSource,
        AnswerWhole,
        AskRequest,
        ShownTurn,
        Sought,
        TurnEnd,
    )
    from tutor_app.theme.theme import Theme
    from tutor_app.workers.messages import Failure

_BUBBLE_SHARE = (1, 5)
_TITLE_LENGTH = 44
_LONG_BEGINNING = 300
_WIDEST = 16_777_215  # Qt: no limit


def plain_text(text: str) -> RichText:
    """Words as they are, until the engine has typeset them."""
    blocks = (Block(BlockKind.PARAGRAPH, (Text(line),)) for line in text.splitlines() if line.strip())
    return RichText(tuple(blocks), text)


class TurnView(QWidget):
    """Draws one turn, while it runs or from the store.

    Attributes:
        request: what was asked, and how.
        is_stored: whether it is part of the conversation; a question that was refused is not.
        failed_by: the code of the ``Failure`` that it says, "" for none.

    Signals:
        source_opened: an ``AnswerSource``.
        again: the same question is to be asked in this ``AnswerMode``.
        retried: the turn is to be tried again; whether without the model.
        everywhere: these filters are to be undone.
        follow_up: a suggestion was pressed.
        practise: a question from the bank is wanted about these ``AnswerSource``, those of the answer in order.
        menu_requested: the view, what is selected in it, and where on the screen.
        library_wanted: the learner wants to add a document.
    """

    source_opened = Signal(object)
    again = Signal(object)
    retried = Signal(bool)
    everywhere = Signal(object)
    follow_up = Signal(str)
    practise = Signal(object)
    menu_requested = Signal(object, str, QPoint)
    library_wanted = Signal()

    def __init__(self, theme: Theme, request: AskRequest) -> None:
        super().__init__()
        self._theme = theme
        self.request = request
        self.is_stored = True
        self.failed_by = ""
        self._sources: tuple[AnswerSource, ...] = ()
        self._filters: tuple[QueryFilter, ...] = ()
        self._bubble = RichTextView(theme)
        self._lead: QLabel | None = None
        self._body = RichTextView(theme)
        self._state = label("", "mute")
        self._places = FlowLayout(space="s")
        self._notice = TurnNotice(theme)
        self._practise = IconButton(theme, "practice", tr("Practise this"))
        self._practise.clicked.connect(self._ask_to_practise)
        self._actions = self._made_actions()
        self._follow_ups = FlowLayout(space="s")
        self._lay_out()
        self.set_question(plain_text(_beginning(request.question)))
        self._body.citation_activated.connect(self._open_source)
        self._notice.retried.connect(self.retried)
        self._notice.everywhere.connect(self._undo_filters)
        self._notice.opened.connect(self.source_opened)
        self._notice.library_wanted.connect(self.library_wanted)
        for view in (self._bubble, self._body):
            view.selection_menu_requested.connect(partial(self._request_menu, view))

    @property
    def body(self) -> RichTextView:
        """The answer's text."""
        return self._body

    def set_question(self, question: RichText) -> None:
        """Show the learner's words."""
        self._bubble.set_rich_text(question)
        # Short words get a small bubble; a formula's width is not known from its source.
        words = QFontMetrics(text_font(self._theme.pixels("reading"))).horizontalAdvance(question.markdown)
        short = "$" not in question.markdown and "\n" not in question.markdown
        edge = 2 * (SPACE["m"] + EDGE + 1) + SPACE["xs"]
        self._frame.setMaximumWidth(words + edge if short else _WIDEST)
        self._bubble.setAccessibleName(tr("You asked: {question}", question=to_spoken(question)))

    def set_state(self, text: str) -> None:
        """Say what is being done; "" for nothing."""
        self._state.setText(text)
        self._state.setVisible(bool(text))

    def show_sought(self, sought: Sought) -> None:
        """Passages were found: show how the question was read."""
        self.set_question(sought.question)
        self._filters = sought.filters
        if sought.filters:
            self.set_state(tr("Looking only here: {places} …", places=places(sought.filters)))

    def show_answer(self, answer: AnswerSoFar) -> None:
        """Show the sentences so far."""
        if answer.partial:
            self._show_lead()
        self._show_body(answer.body, answer.sources)

    def show_whole(self, answer: AnswerWhole) -> None:
        """Show the checked answer."""
        self.set_state("")
        if answer.act is Act.ABSTAIN:
            self._body.hide()
            self._notice.show_abstention(answer.nearest, self._filters)
        else:
            self._show_partial(answer.act)
            self._show_body(answer.body, answer.sources)
        said = to_spoken(answer.body)
        announce(self, f"{self._lead.text()} {said}" if self._lead else said)

    def end(self, end: TurnEnd) -> None:
        """The turn is stored."""
        self.set_state("")
        self._show_status(end.status)
        self.show_follow_ups(end.follow_ups)

    def fail(self, failure: Failure, *, advise_no_model: bool) -> None:
        """The turn did not work; what had been shown stays."""
        self.failed_by = failure.code
        self.is_stored = failure.code != "question"
        self.set_state("")
        self._notice.show_failure(
            tr_engine(failure.what),
            tr_engine(failure.todo),
            retry=self.is_stored,
            without_model=advise_no_model,
        )
        announce(self, f"{tr_engine(failure.what)} {tr_engine(failure.todo)}")

    def show_stored(self, turn: ShownTurn) -> None:
        """Show a turn as it was stored."""
        self.set_question(turn.question)
        self.set_state("")
        if turn.act is Act.ABSTAIN:
            self._body.hide()
            self._notice.show_abstention((), (), said=tr_engine(to_plain(turn.body)))
        else:
            self._show_partial(turn.act)
            self._show_body(turn.body, turn.sources)
        self._show_status(turn.status)

    def prepare(self, width: int) -> None:
        """Do what showing it ``width`` pixels wide would do first: styles are looked up, and texts laid out."""
        for part in self.findChildren(QWidget):
            part.ensurePolished()
        self.heightForWidth(width)

    def show_follow_ups(self, follow_ups: tuple[str, ...]) -> None:
        """Offer what could be asked next; () once something else was asked."""
        clear(self._follow_ups)
        for text in follow_ups:
            chip = button(tr_engine(text), "chip")
            chip.setAccessibleDescription(tr("Asks this"))
            chip.clicked.connect(partial(self.follow_up.emit, text))
            self._follow_ups.addWidget(chip)

    def _show_partial(self, act: Act | None) -> None:
        if act is Act.PARTIAL:
            self._show_lead()
            self._notice.show_partial(self._filters)

    def _show_lead(self) -> None:
        if self._lead is None:  # made for the few that need it: a conversation may have hundreds of turns
            self._lead = label(
                tr("I am not sure that your packs answer this. The nearest that they say is:"), wrap=True
            )
            self._lead.setContentsMargins(EDGE, 0, EDGE, 0)
            self._whole.insertWidget(self._whole.indexOf(self._body), self._lead)

    def _show_body(self, body: RichText, sources: tuple[AnswerSource, ...]) -> None:
        self._body.setVisible(bool(body.blocks))
        self._body.set_rich_text(body)
        self._body.setAccessibleName(tr("Tutor answered: {answer}", answer=to_spoken(body)))
        if sources != self._sources:
            self._sources = sources
            self._show_sources()

    def _show_sources(self) -> None:
        clear(self._places)
        for source in self._sources:
            chip = ElidedButton(_source_name(source), "chip", tip=_source_tip(source))
            chip.setAccessibleName(tr("Source {number}: {title}", number=source.number, title=source.title))
            chip.clicked.connect(partial(self.source_opened.emit, source))
            self._places.addWidget(chip)
        self._practise.setVisible(bool(self._sources))

    def _show_status(self, status: TurnStatus) -> None:
        notice = notice_of(status)
        if notice is not None:
            self._notice.show_notice(notice)
        elif status is TurnStatus.ANSWERED and self._filters:
            self._notice.show_filters(self._filters)
        self._actions.setVisible(status is TurnStatus.ANSWERED and notice is not Notice.INTERRUPTED)

    def _made_actions(self) -> QWidget:
        bar = QWidget()
        line = QHBoxLayout(bar)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(SPACE["xs"])
        copy = IconButton(self._theme, "copy", tr("Copy the answer"))
        copy.clicked.connect(self._copy)
        line.addWidget(copy)
        for icon, name, mode in (
            ("retry", tr("Answer again"), self.request.mode),
            ("simpler", tr("Simpler, please"), AnswerMode.SIMPLER),
            ("example", tr("Give an example"), AnswerMode.EXAMPLE),
            ("quiz", tr("Ask me about it"), AnswerMode.QUIZ),
        ):
            action = IconButton(self._theme, icon, name)
            action.clicked.connect(partial(self.again.emit, mode))
            line.addWidget(action)
        line.addWidget(self._practise)
        self._practise.hide()
        line.addStretch(1)
        bar.hide()
        return bar

    def _lay_out(self) -> None:
        frame = QFrame()
        frame.setProperty("role", "bubble")
        inner = QVBoxLayout(frame)
        inner.setContentsMargins(SPACE["m"], SPACE["s"], SPACE["m"], SPACE["s"])
        inner.addWidget(self._bubble)
        said = QHBoxLayout()
        said.setContentsMargins(0, 0, 0, 0)
        said.addStretch(_BUBBLE_SHARE[0])
        said.addWidget(frame, _BUBBLE_SHARE[1])
        self._frame = frame
        self._bubble.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        below = QVBoxLayout()
        below.setContentsMargins(EDGE, 0, EDGE, 0)
        below.setSpacing(SPACE["s"])
        below.addWidget(self._state)
        below.addLayout(self._places)
        below.addWidget(self._notice)
        below.addWidget(self._actions)
        below.addLayout(self._follow_ups)
        whole = self._whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(SPACE["m"])
        whole.addLayout(said)
        whole.addWidget(self._body)
        whole.addLayout(below)
        self._body.hide()
        self._state.hide()

    @Slot(int)
    def _open_source(self, number: int) -> None:
        found = next((source for source in self._sources if source.number == number), None)
        if found is not None:
            self.source_opened.emit(found)

    @Slot()
    def _copy(self) -> None:
        lines = [to_plain(self._body.rich_text())]
        lines += [f"[{source.number}] {_source_tip(source)}" for source in self._sources]
        QGuiApplication.clipboard().setText("\n".join(lines))

    @Slot()
    def _ask_to_practise(self) -> None:
        self.practise.emit(self._sources)

    @Slot()
    def _undo_filters(self) -> None:
        self.everywhere.emit((*self.request.ignore, *self._filters))

    def _request_menu(self, view: RichTextView, selected: str, where: QPoint) -> None:
        self.menu_requested.emit(view, selected, where)


def _beginning(question: str) -> str:
    """All of it, if it is not so long that it will be refused."""
    return question if len(question) <= MAX_CHARACTERS else shortened(question, _LONG_BEGINNING)


def _source_name(source: AnswerSource) -> str:
    title = shortened(source.title, _TITLE_LENGTH)
    page = tr("p. {page}", page=source.page) if source.page else ""
    return "  ".join(part for part in (str(source.number), title, page) if part)


def _source_tip(source: AnswerSource) -> str:
    page = tr("page {page}", page=source.page) if source.page else ""
    section = "" if source.section == source.title else source.section
    return ", ".join(
        part for part in (source.title, source.pack_title, section, page, source.licence) if part
    )
