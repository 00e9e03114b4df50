"""One sitting of practice: what was chosen, the question that is open, and what becomes of it."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING
from uuid import uuid4

from PySide6.QtCore import QObject, Signal, Slot

from tutor_app.i18n import tr
from tutor_app.place import Page, Place
from tutor_app.services.practising import Wish
from tutor_app.workers.latest_call import LatestCall

if TYPE_CHECKING:
    from tutor_app.app_context import AppContext
    from tutor_app.richtext.document import RichText
    from tutor_app.services.practising import PassageRef, Response, ShownQuestion, Summary
    from tutor_app.workers.messages import Failure

_LAST = "practice"
_DRAFT = "practice/draft"
_REWORDED_LEVELS = (1, 2)


class PracticeController(QObject):
    """Asks the engine, one thing at a time.

    Signals:
        offered: ``Offers``: what can be chosen.
        shown: a ``ShownQuestion``.
        looked_at: a ``ShownQuestion`` of the sitting, to be seen once more.
        ended: a ``Summary``: the sitting is over.
        empty: what was wished for has nothing to do, and nothing was done.
        previewed: a ``Preview``.
        reworded: id of a step, level of a hint, and the hint in a model's words.
        busy_changed: whether the engine has a step of the question in hand.
        failed: a ``Failure``: there is nothing to show.

    Attributes:
        wish: the sitting.
        question: the question that is shown; None for none.
    """

    offered = Signal(object)
    shown = Signal(object)
    looked_at = Signal(object)
    ended = Signal(object)
    empty = Signal()
    previewed = Signal(object)
    reworded = Signal(str, int, object)
    busy_changed = Signal(bool)
    failed = Signal(object)

    def __init__(self, context: AppContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self.wish = Wish("")
        self.question: ShownQuestion | None = None
        self._began = self._warm = False
        self._offers = self._latest(self.offered.emit, self.failed.emit)
        self._steps = self._latest(self._have_question, self._fail_step)
        self._looks = self._latest(self.looked_at.emit, context.failed.emit)
        self._summaries = self._latest(self._have_summary, self.failed.emit)
        self._previews = LatestCall(context.engine, self)
        self._previews.finished.connect(self.previewed)
        self._rewording = LatestCall(context.engine, self)
        self._rewording.finished.connect(self._have_words)
        self._reworded: tuple[str, str, int] = ("", "", 0)
        context.packs_changed.connect(self._look_again)

    @property
    def busy(self) -> bool:
        """Whether the engine has a step of the question in hand."""
        return self._steps.busy

    @Slot()
    def offer(self) -> None:
        """Look up what can be practised."""
        self._offers.ask("practice.offers")

    def resume(self) -> None:
        """Show the question that is open; what can be chosen, if there is none."""
        self.wish = self._last_wish()
        self._ask("practice.resume")

    def begin(self, aim: str, pack: str = "", skill: str = "", mode: str = "practice") -> None:
        """Begin a sitting; a question that is open comes first."""
        self.wish = Wish(str(uuid4()), aim, pack, skill, mode)
        self._began = False
        self._context.state.keep_place(
            Place(Page.PRACTICE, pack=pack, skill=skill, aim=aim, part=mode), _LAST
        )
        self.go_on()

    def quiz(self, passages: tuple[PassageRef, ...]) -> None:
        """A question about passages that were just read; one that is open comes first."""
        self.wish = Wish(str(uuid4()), "learn")
        self._began = False
        self._ask("practice.quiz", self.wish, passages)

    @Slot()
    def go_on(self) -> None:
        """The next question, or the end."""
        self._ask("practice.next", self.wish)

    def answer(self, step: str, response: Response) -> None:
        """Check an answer."""
        if not self.busy:
            self._ask("practice.answer", step, response)

    @Slot()
    def help(self) -> None:
        """The next level of help."""
        if not self.busy:
            self._ask("practice.help")

    @Slot()
    def tell(self) -> None:
        """Just tell me."""
        if not self.busy:
            self._ask("practice.tell")

    @Slot()
    def put_off(self) -> None:
        """Leave the question for later, and go on."""
        if not self.busy and self.question is not None:
            self._change(self.go_on, "practice.leave", self.question.id)

    def void(self, question: str, reason: str) -> None:
        """A question of the sitting is bad: it does not count. With a way back."""
        if self.busy:
            return
        goes_on = self.question is not None
        self._change(self.go_on if goes_on else self._sum_up, "practice.void", question, reason)
        # It is read over the question that comes next, and must not seem to speak of that.
        text = (
            tr("The last question does not count. Thank you.")
            if goes_on
            else tr("That question does not count. Thank you.")
        )
        self._context.undoable.emit(text, partial(self._restore, question))

    @Slot()
    def finish(self) -> None:
        """End the sitting; a question that is open waits for another time."""
        self.question = None
        self._sum_up()

    def look_at(self, question: str) -> None:
        """Show a question of the sitting once more."""
        self._looks.ask("practice.closed", question)

    @Slot(str, str)
    def preview(self, typed: str, kind: str) -> None:
        """How what is typed as the answer to a step of this ``kind`` reads as mathematics."""
        self._previews.ask("practice.preview", typed, kind)

    def reword(self, question: ShownQuestion) -> None:
        """Have the last hint put in a model's words, once; without a model it stays as it is."""
        hints = question.step.hints
        if question.ending or not hints or hints[-1].level not in _REWORDED_LEVELS:
            return
        wanted = (question.id, question.step.id, hints[-1].level)
        if wanted != self._reworded:
            self._reworded = wanted
            self._rewording.ask("hint_wording.reword", *wanted)

    def keep_draft(self, draft: tuple[str, Response] | None) -> None:
        """Remember what was given and not checked."""
        if self.question is None or self.question.ending:
            return
        kept = json.dumps([self.question.id, *draft]) if draft else ""
        self._context.state.keep_text(kept, _DRAFT)

    def draft(self) -> Response | None:
        """What was given to the step that is asked now, and not checked."""
        question = self.question
        try:
            identifier, step, given = json.loads(self._context.state.text(_DRAFT))
        except (ValueError, TypeError):
            return None
        if question is None or question.ending or (identifier, step) != (question.id, question.step.id):
            return None
        return tuple(given) if isinstance(given, list) else given

    def _restore(self, question: str) -> None:
        self._change(self._tell_restored, "practice.restore", question)

    @Slot()
    def _tell_restored(self) -> None:
        self._context.notice.emit(tr("The question counts again."))
        if self.question is None:
            self._sum_up()

    @Slot()
    def _sum_up(self) -> None:
        self._summaries.ask("practice.summary", self.wish.session)

    def _latest(self, finished: object, failed: object) -> LatestCall:
        call = LatestCall(self._context.engine, self)
        call.finished.connect(finished)
        call.failed.connect(failed)
        return call

    def _ask(self, method: str, *arguments: object) -> None:
        self._steps.ask(method, *arguments)
        self.busy_changed.emit(True)

    def _change(self, done: object, method: str, *arguments: object) -> None:
        call = self._context.engine.call(method, *arguments)
        call.finished.connect(self._context.practised)
        call.finished.connect(done)
        call.failed.connect(self._context.failed)

    def _last_wish(self) -> Wish:
        kept = self._context.state.place(_LAST)
        if kept is None:
            return Wish(str(uuid4()))
        return Wish(str(uuid4()), kept.aim or "today", kept.pack, kept.skill, kept.part or "practice")

    @Slot(object)
    def _have_question(self, question: ShownQuestion | None) -> None:
        self.busy_changed.emit(False)
        before, self.question = self.question, question
        if question is None:
            if self._began and before is not None:
                self.question = before
                self.finish()
            else:
                self.empty.emit()
            return
        if question.session != self.wish.session:  # it was open already: its sitting goes on
            self.wish = Wish(question.session, self.wish.aim, self.wish.pack, self.wish.skill, question.mode)
        if not self._warm:
            self._warm = True
            self._context.engine.call("practice.warm")
        self._began = True
        if question.ending:
            self._context.practised.emit()
            if question.mode == "exam":
                self.go_on()
                return
        self.shown.emit(question)

    @Slot(object)
    def _have_words(self, text: RichText | None) -> None:
        _, step, level = self._reworded
        if text is not None:
            self.reworded.emit(step, level, text)

    @Slot(object)
    def _have_summary(self, summary: Summary) -> None:
        if summary.questions or summary.done:
            self.ended.emit(summary)
        else:
            self.offer()

    @Slot(object)
    def _fail_step(self, failure: Failure) -> None:
        self.busy_changed.emit(False)
        if self.question is None:
            self.failed.emit(failure)
        else:
            self._context.failed.emit(failure)

    @Slot()
    def _look_again(self) -> None:
        """Packs came or went: what can be chosen is another."""
        if self.question is None:
            self.offer()
