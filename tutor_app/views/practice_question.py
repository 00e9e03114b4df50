"""The question that is open: its text and picture, its steps one below the other, and what can be done with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication, QSizePolicy, QVBoxLayout, QWidget

from tutor_app.i18n import dotted, tr
from tutor_app.item_models.practice_words import reason_sentence
from tutor_app.richtext.plain import to_spoken
from tutor_app.theme.tokens import READING_WIDTH, SPACE
from tutor_app.views.practice_actions import PracticeActions
from tutor_app.views.practice_in_view import PracticeInView, QuestionParts
from tutor_app.widgets.answer_inputs import stand_as
from tutor_app.widgets.basics import button, clear, column, label, row
from tutor_app.widgets.example_note import ExampleNote
from tutor_app.widgets.question_picture import QuestionPicture
from tutor_app.widgets.rich_text_view import EDGE, RichTextView
from tutor_app.widgets.scroll_column import ScrollColumn
from tutor_app.widgets.step_card import StepCard

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QLabel

    from tutor_app.richtext.document import RichText
    from tutor_app.services.practising import Preview, Response, ShownQuestion, WorkedExample
    from tutor_app.theme.theme import Theme

_SETTLED_MS = 30  # when all is there


class PracticeQuestion(QWidget):
    """Shows one question at a time.

    Signals:
        answered: the id of a step and what was given.
        finished: end the sitting.
        passage_opened: a ``PassageRef``.
        preview_wanted: typed mathematics, and the kind of its step.
        changed: what was given is another.

    Attributes:
        question: what is shown; None at first.
        steps: its steps, as far as they are shown.
        buttons: what can be done with it.
        in_view: what is seen of it.
    """

    answered = Signal(str, object)
    finished = Signal()
    passage_opened = Signal(object)
    preview_wanted = Signal(str, str)
    changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.question: ShownQuestion | None = None
        self.steps: list[StepCard] = []
        self._example: ExampleNote | None = None
        self._own: QLabel | None = None
        self._settled = QTimer(self, singleShot=True, interval=_SETTLED_MS)
        self._settled.timeout.connect(self._settle)
        self._where = label("", "caption", wrap=True)
        self._why = label("", "mute", wrap=True)
        for line in (self._where, self._why):
            line.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.finish = button(tr("Finish"), "flat", tip=tr("End this sitting; an open question waits"))
        self.finish.clicked.connect(self.finished)
        self._page = ScrollColumn(READING_WIDTH)
        self.in_view = PracticeInView(self._page)
        self._body = QVBoxLayout()
        self._body.setSpacing(SPACE["l"])
        words = column(self._where, self._why, space="xs")
        words.setContentsMargins(EDGE, 0, EDGE, 0)
        head = row(space="m")
        head.addLayout(words, 1)
        head.addWidget(self.finish, 0, Qt.AlignmentFlag.AlignTop)
        self._page.add(head, self._body)
        self._page.column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._page, 1)
        self.buttons = PracticeActions(theme)
        self.buttons.check.clicked.connect(self._check)
        whole.addWidget(self.buttons)

    def show_question(
        self, question: ShownQuestion, draft: Response | None = None, *, review: bool = False
    ) -> None:
        """Show it as it stands now; what was typed into the step that is still asked stays.

        Args:
            question: what to show.
            draft: what was given earlier and not checked yet.
            review: it is only looked at again.
        """
        before, self.question = self.question, question
        known = before is not None and before.id == question.id
        asked = not question.ending and not review
        same = (
            asked
            and known
            and bool(self.steps)
            and self.steps[-1].input is not None
            and self.steps[-1].step.id == question.step.id
        )
        if same:
            if self._example is not None and not self.steps[-1].step.attempts and question.step.attempts:
                self._example.set_folded(True)
                self._turn_example()
            self.steps[-1].show_step(question.step)
        else:
            self.in_view.show_parts(self._build(question, asked=asked, draft=draft), same=known)
            if known:
                self._speak_last()
        self.buttons.show_for(question, review=review)
        self.finish.setVisible(not review)
        self._change()
        self.in_view.follow(opened=not known)
        self._settled.start()

    def draft(self) -> tuple[str, Response] | None:
        """The step that is asked, and what was given and not checked so far."""
        input_ = self.steps[-1].input if self.steps else None
        given = input_.draft() if input_ is not None else None
        return (self.steps[-1].step.id, given) if given else None

    def reword_hint(self, step: str, level: int, text: RichText) -> None:
        """Show a hint in other words, if it is still there."""
        for card in self.steps:
            if card.step.id == step:
                card.reword(level, text)

    def show_preview(self, preview: Preview) -> None:
        """Show how what is typed reads."""
        if self.steps and self.steps[-1].input is not None:
            self.steps[-1].input.show_preview(preview)
            self.in_view.follow_preview()

    def focus_start(self) -> None:
        """The field, or the way on."""
        if self.steps and self.steps[-1].input is not None:
            self.steps[-1].focus_start()
        else:
            self.buttons.go_on.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter checks, and goes on."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter()
        else:
            super().keyPressEvent(event)

    def _build(self, question: ShownQuestion, *, asked: bool, draft: Response | None) -> QuestionParts:
        clear(self._body)
        self.steps = []
        start: QWidget | None = None
        picture: QuestionPicture | None = None
        self._where.setText(dotted(_place_of(question), question.pack_title, question.skill))
        # In an exam, why a question comes would tell how the one before it went.
        self._why.setText("" if question.mode == "exam" else reason_sentence(question.reason))
        self._why.setVisible(bool(self._why.text()))
        self._example, self._own = None, None
        if question.example is not None:
            start = self._add_example(question, question.example)
        if question.stem.blocks:
            stem = RichTextView(self._theme)
            stem.set_rich_text(question.stem)
            self._body.addWidget(stem)
            start = start or stem
        if question.picture is not None:
            picture = QuestionPicture(self._theme, question.picture)
            stand_as(question.stem, picture)
            self._body.addLayout(_inset(picture))
        for number in range(1, len(question.steps) + 1):
            last = number == len(question.steps)
            self._add_step(question, number if question.multi_step else 0, asked=asked and last, final=last)
        card = self.steps[-1]
        if card.input is not None:
            if draft is not None:
                card.input.set_response(draft)
            elif card.step.attempts:
                card.input.set_response(card.step.attempts[-1].response)
            card.show_step(card.step)
            card.input.submitted.connect(self._check)
            card.input.changed.connect(self._change)
            card.input.changed.connect(self.in_view.follow_hand)
            card.input.preview_wanted.connect(self.preview_wanted)
        return QuestionParts(start or self.steps[0], picture, self.steps)

    def _add_example(self, question: ShownQuestion, example: WorkedExample) -> ExampleNote:
        """The example, and where the learner's own task begins below it; folded up once that is under way."""
        under_way = len(question.steps) > 1 or bool(question.step.attempts)
        self._example = ExampleNote(self._theme, example, folded=under_way)
        self._example.turned.connect(self._turn_example)
        self._own = label(tr("Now you"), "heading")
        self._own.setContentsMargins(EDGE, 0, EDGE, 0)
        self._body.addWidget(self._example)
        self._body.addWidget(self._own)
        self._own.setHidden(under_way)  # not before it has a place: what has none would be a window
        return self._example

    @Slot()
    def _turn_example(self) -> None:
        """Where the learner folds the example up, all room is for the own task, and the keyboard is there."""
        if self._example is None or self._own is None:
            return
        self._own.setHidden(self._example.folded)
        if self._example.folded:
            self.focus_start()
            self.in_view.follow(opened=self.in_view.opened)
        else:
            self.in_view.stay()

    def _add_step(self, question: ShownQuestion, number: int, *, asked: bool, final: bool) -> None:
        step = question.steps[len(self.steps)]
        passage = question.passages[0] if question.passages else None
        made = StepCard(self._theme, step, number=number, asked=asked, final=final, passage=passage)
        made.passage_opened.connect(self.passage_opened)
        for part in (made.input, made.answer):
            if part is not None:
                stand_as(step.ask if step.ask.blocks else question.stem, part)
        if made.input is not None:
            # A screen reader says it when the keyboard comes into the field, which is where the keyboard is put.
            asked_for = (to_spoken(part) for part in (question.stem, step.ask) if part.blocks)
            made.input.setAccessibleName(" ".join(asked_for))
        self.steps.append(made)
        self._body.addWidget(made)

    def _speak_last(self) -> None:
        """What was said to the answer that brought this step, or the end."""
        answered = [card for card in self.steps if card.step.attempts]
        if answered:
            answered[-1].speak_reply()

    @Slot()
    def _settle(self) -> None:
        """Show what is new, and put the keyboard where one goes on."""
        now = QApplication.focusWidget()
        elsewhere = (
            now is not None and now.isVisible() and not (self.isAncestorOf(now) or now.isAncestorOf(self))
        )
        if self.isVisible() and not elsewhere:
            self.focus_start()
        self.in_view.show_new()

    @Slot()
    def _change(self) -> None:
        input_ = self.steps[-1].input if self.steps else None
        given = input_ is not None and input_.response() is not None
        self.buttons.set_given(given, missing=input_.missing() if input_ is not None else "")
        self.changed.emit()

    @Slot()
    def _check(self) -> None:
        card = self.steps[-1] if self.steps else None
        given = card.input.response() if card is not None and card.input is not None else None
        if card is None or given is None or self.buttons.busy:
            return
        if not self.in_view.reveal_unseen():  # lines in some order are no answer before they were seen
            self.answered.emit(card.step.id, given)

    def _enter(self) -> None:
        if self.buttons.check.isVisible():
            self._check()
        elif self.buttons.go_on.isVisible() and not self.buttons.busy:
            self.buttons.go_on.click()


def _place_of(question: ShownQuestion) -> str:
    """Which question of its sitting it is, and of how many, where that is known."""
    if not question.most:
        return ""
    if question.mode == "exam":
        return tr("Question {number} of {n}", number=question.number, n=question.most)
    return tr("Question {number} of at most {n}", number=question.number, n=question.most)


def _inset(part: QWidget) -> QVBoxLayout:
    """``part`` in line with the texts, which have an edge of their own."""
    made = column(part)
    made.setContentsMargins(EDGE, 0, EDGE, 0)
    return made
