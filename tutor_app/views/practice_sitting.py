"""What is practised now: a choice of what to do, the question that is open, what a sitting was, and what to read."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from tutor_app.controllers.practice_controller import PracticeController
from tutor_app.i18n import tr, tr_engine
from tutor_app.place import Page, Place
from tutor_app.services.practising import PassageRef
from tutor_app.theme.tokens import SIDE_WIDTH
from tutor_app.views.practice_chooser import PracticeChooser
from tutor_app.views.practice_question import PracticeQuestion
from tutor_app.views.practice_summary import PracticeSummary
from tutor_app.widgets.basics import button
from tutor_app.widgets.empty_state import EmptyState
from tutor_app.widgets.side_panels import SidePanels
from tutor_app.widgets.skeleton import APPEARS_MS, Skeleton

if TYPE_CHECKING:
    from tutor_app.app_context import AppContext
    from tutor_app.services.practising import NextSkill, Offers, ShownQuestion, Summary
    from tutor_app.views.ask_source import AskSource
    from tutor_app.workers.messages import Failure

_OPEN, _QUIZ = "open", "quiz"
_TYPED_MS = 600


class PracticeSitting(QWidget):
    """The tab."""

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self._source: AskSource | None = None
        self._summary_shown: Summary | None = None
        self._began = False
        self._wished = ""
        self.practice = PracticeController(context, self)
        self.chooser = PracticeChooser(context.theme)
        self.question = PracticeQuestion(context.theme)
        self.summary = PracticeSummary(context.theme)
        self.empty = self._made_empty()
        self.nothing_due = self._made_nothing_due()
        self._failure = EmptyState(context.theme, "warning", "", "", self._made_again())
        self._waiting = Skeleton(context.theme)
        self._blank = QWidget()
        self.stack = QStackedWidget()
        for part in (
            self._blank,
            self._waiting,
            self.chooser,
            self.question,
            self.summary,
            self.empty,
            self.nothing_due,
            self._failure,
        ):
            self.stack.addWidget(part)
        self._panels = SidePanels(context.theme, self.stack)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._panels)
        self._late = QTimer(self, singleShot=True, interval=APPEARS_MS)
        self._late.timeout.connect(self._show_waiting)
        self._typed = QTimer(self, singleShot=True, interval=_TYPED_MS)
        self._typed.timeout.connect(self._keep_draft)
        self._connect()

    def open(self, place: Place) -> None:
        """Begin what ``place`` says; without that, go on with what is open, or show the choice."""
        self._late.start()
        self._wished = "" if place.aim == _OPEN else place.aim
        if place.aim == _QUIZ:
            self.practice.quiz(tuple(PassageRef(*it) for it in ((place.pack, place.passage), *place.beside)))
        elif self._wished:
            self.practice.begin(place.aim, place.pack, place.skill)
        elif place.aim == _OPEN or not self._began:
            self.practice.resume()
        elif self.stack.currentWidget() in (self.chooser, self.empty, self.nothing_due, self._failure):
            self.practice.offer()
        else:
            self._late.stop()
        self._began = True

    def place(self) -> Place:
        """Where it is now. What was given and not checked is remembered on the way."""
        self._keep_draft()
        return Place(Page.PRACTICE)

    def focus_start(self) -> None:
        """Where one begins in what is shown."""
        focus = getattr(self.stack.currentWidget(), "focus_start", None)
        if callable(focus):
            focus()

    def stop(self) -> None:
        """Close the passage."""
        if self._source is not None:
            self._source.close_panel()

    @property
    def source(self) -> AskSource:
        """The passage beside the question."""
        if self._source is None:
            from tutor_app.views.ask_source import AskSource

            self._source = AskSource(self._context, self)
            self._source.panel.hide()
            self._source.changed.connect(self._panels.fit)
            self._panels.add_panel(self._source.panel, SIDE_WIDTH, leading=False)
        return self._source

    def _connect(self) -> None:
        practice, question, actions = self.practice, self.question, self.question.buttons
        practice.offered.connect(self._show_offers)
        practice.shown.connect(self._show_question)
        practice.looked_at.connect(self._look_at)
        practice.ended.connect(self._show_summary)
        practice.empty.connect(self._show_empty)
        practice.failed.connect(self._show_failure)
        practice.previewed.connect(question.show_preview)
        practice.reworded.connect(question.reword_hint)
        practice.busy_changed.connect(actions.set_busy)
        self.chooser.begun.connect(self._begin)
        self.chooser.resumed.connect(practice.resume)
        question.answered.connect(practice.answer)
        question.changed.connect(self._typed.start)
        actions.help.clicked.connect(practice.help)
        actions.tell.clicked.connect(practice.tell)
        actions.put_off.clicked.connect(practice.put_off)
        actions.voided.connect(self._void)
        actions.go_on.clicked.connect(self._go_on)
        actions.explain.clicked.connect(self._explain)
        question.finished.connect(self._finish)
        question.passage_opened.connect(self._open_passage)
        question.preview_wanted.connect(practice.preview)
        self.summary.wanted.connect(self._practise)
        self.summary.looked_at.connect(practice.look_at)
        self.summary.done.connect(practice.offer)

    def _made_empty(self) -> EmptyState:
        theme = self._context.theme
        library = button(tr("Open the library"), "primary")
        library.clicked.connect(partial(self._context.go.emit, Place(Page.LIBRARY)))
        return EmptyState(
            theme,
            "practice",
            tr("Nothing to practise yet"),
            tr("None of your packs has questions. Add a course pack that has some."),
            library,
        )

    def _made_nothing_due(self) -> EmptyState:
        choose = button(tr("Choose something else"), "primary")
        choose.clicked.connect(self.practice.offer)
        return EmptyState(self._context.theme, "check", "", "", choose)

    def _made_again(self) -> QWidget:
        again = button(tr("Choose something else"))
        again.clicked.connect(self.practice.offer)
        return again

    @Slot(str, str, str)
    def _begin(self, aim: str, pack: str, mode: str) -> None:
        self._wished = aim
        self.practice.begin(aim, pack, mode=mode)

    @Slot(object)
    def _practise(self, following: NextSkill) -> None:
        self._wished = "skill"
        self.practice.begin("skill", following.pack, following.skill_id)

    @Slot()
    def _go_on(self) -> None:
        """The next question; back to the summary from one that was only looked at."""
        if self.practice.question is None and self._summary_shown is not None:
            self._turn_to(self.summary)
        else:
            self.stop()
            self.practice.go_on()

    @Slot()
    def _keep_draft(self) -> None:
        """What was given and not checked must not be lost, whatever happens."""
        self.practice.keep_draft(self.question.draft())

    @Slot(str)
    def _void(self, reason: str) -> None:
        if self.question.question is not None:
            self.practice.void(self.question.question.id, reason)

    @Slot()
    def _finish(self) -> None:
        self._keep_draft()
        self.practice.finish()

    @Slot(object)
    def _show_offers(self, offers: Offers) -> None:
        if not offers.packs:
            self._turn_to(self.empty)
            return
        self.chooser.show_offers(offers)
        self._turn_to(self.chooser)

    @Slot(object)
    def _show_question(self, question: ShownQuestion) -> None:
        self.question.show_question(question, self.practice.draft())
        self.practice.reword(question)
        self._turn_to(self.question)

    @Slot(object)
    def _look_at(self, question: ShownQuestion) -> None:
        self.question.show_question(question, review=True)
        self._turn_to(self.question)

    @Slot(object)
    def _show_summary(self, summary: Summary) -> None:
        self.stop()
        self._summary_shown = summary
        self.summary.show_summary(summary)
        self._turn_to(self.summary)

    @Slot()
    def _show_empty(self) -> None:
        """Nothing is open: show the choice. Nothing is left of what was asked for: say so."""
        if not self._wished:
            self.practice.offer()
            return
        if self._wished == _QUIZ:
            title = tr("No question about this yet")
            text = tr("Your packs have no question about what you read. You can practise something else.")
        else:
            title = tr("Nothing more to do here")
            text = tr("All that is due of this is done. You can practise something new.")
        self.nothing_due.set_text(title, text)
        self._turn_to(self.nothing_due)

    @Slot(object)
    def _show_failure(self, failure: Failure) -> None:
        self._failure.set_text(tr_engine(failure.what), tr_engine(failure.todo))
        self._turn_to(self._failure)

    @Slot()
    def _show_waiting(self) -> None:
        if self.stack.currentWidget() is self._blank:
            self.stack.setCurrentWidget(self._waiting)

    @Slot(object)
    def _open_passage(self, passage: PassageRef) -> None:
        self.source.show_source(passage)

    @Slot()
    def _explain(self) -> None:
        """Ask about what the step is about, never about its numbers: no answer to it can come back."""
        shown = self.question.question
        if shown is None:
            return
        passage = shown.passages[0] if shown.passages else None
        self._context.go.emit(
            Place(
                Page.ASK,
                pack=shown.pack,
                passage=passage.passage if passage else "",
                question=tr("Explain this to me: {goal}", goal=shown.goal or shown.skill),
                send=True,
            )
        )

    def _turn_to(self, part: QWidget) -> None:
        self._late.stop()
        self.stack.setCurrentWidget(part)
        self.focus_start()
