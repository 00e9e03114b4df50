"""The question that is open: its text and picture, its steps one below the other, and what can be done with it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication, QFrame, QMenu, QSizePolicy, QVBoxLayout, QWidget

from tutor_app.i18n import tr
from tutor_app.item_models.practice_words import reason_sentence
from tutor_app.theme.tokens import READING_WIDTH, SPACE
from tutor_app.widgets.basics import announce, button, clear, column, label, row
from tutor_app.widgets.flow_layout import FlowLayout
from tutor_app.widgets.question_picture import QuestionPicture
from tutor_app.widgets.rich_text_view import EDGE, RichTextView
from tutor_app.widgets.scroll_column import ScrollColumn
from tutor_app.widgets.solution_note import SolutionNote
from tutor_app.widgets.step_card import StepCard

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from tutor_app.services.practising import Preview, Response, ShownQuestion
    from tutor_app.theme.theme import Theme

_SECOND_MS = 1000
_SETTLED_MS = 30  # when all is laid out


class PracticeQuestion(QWidget):
    """Shows one question at a time.

    Signals:
        answered: the id of a step and what was given.
        help_wanted, told_wanted: the next level of help; "just tell me".
        left: it is to be put off.
        voided: it is bad, for this reason.
        next_wanted: go on.
        finished: end the sitting.
        explained: the step is to be explained.
        passage_opened: a ``PassageRef``.
        preview_wanted: typed mathematics.
        changed: what was given is another; a draft may be kept.
    """

    answered = Signal(str, object)
    help_wanted = Signal()
    told_wanted = Signal()
    left = Signal()
    voided = Signal(str)
    next_wanted = Signal()
    finished = Signal()
    explained = Signal()
    passage_opened = Signal(object)
    preview_wanted = Signal(str)
    changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.question: ShownQuestion | None = None
        self.steps: list[StepCard] = []
        self._review = False
        self._waited = QTimer(self, singleShot=True)
        self._waited.timeout.connect(self._tell_ready)
        self._settled = QTimer(self, singleShot=True, interval=_SETTLED_MS)
        self._settled.timeout.connect(self._settle)
        self._where = label("", "caption", wrap=True)
        self._why = label("", "mute", wrap=True)
        for line in (self._where, self._why):
            line.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.finish = button(tr("Finish"), "quiet", tip=tr("End this sitting; an open question waits"))
        self.finish.clicked.connect(self.finished)
        self._page = ScrollColumn(READING_WIDTH)
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
        whole.addWidget(self._made_foot())

    def show_question(
        self, question: ShownQuestion, draft: Response | None = None, *, review: bool = False
    ) -> None:
        """Show it as it stands now; what was typed into the step that is still asked stays.

        Args:
            question: what to show.
            draft: what was given earlier and not checked yet.
            review: it is only looked at again.
        """
        before, self.question, self._review = self.question, question, review
        asked = not question.ending and not review
        same = (
            asked
            and before is not None
            and before.id == question.id
            and bool(self.steps)
            and self.steps[-1].input is not None
            and self.steps[-1].step.id == question.step.id
        )
        if same:
            self.steps[-1].show_step(question.step)
        else:
            self._build(question, asked=asked, draft=draft)
            if before is not None and before.id == question.id:
                self._speak_last()
        self._show_actions()
        self._settled.start()

    def draft(self) -> tuple[str, Response] | None:
        """The step that is asked, and what was given and not checked so far."""
        input_ = self.steps[-1].input if self.steps else None
        given = input_.draft() if input_ is not None else None
        return (self.steps[-1].step.id, given) if given else None

    def show_preview(self, preview: Preview) -> None:
        """Show how what is typed reads."""
        if self.steps and self.steps[-1].input is not None:
            self.steps[-1].input.show_preview(preview)

    def focus_start(self) -> None:
        """The field, or the way on."""
        if self.steps and self.steps[-1].input is not None:
            self.steps[-1].focus_start()
        else:
            self.go_on.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter checks, and goes on."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter()
        else:
            super().keyPressEvent(event)

    def set_busy(self, busy: bool) -> None:
        """Nothing can be pressed twice."""
        self._actions.setEnabled(not busy)

    def _build(self, question: ShownQuestion, *, asked: bool, draft: Response | None) -> None:
        clear(self._body)
        self.steps = []
        self._where.setText(" · ".join(filter(None, (question.pack_title, question.skill))))
        self._why.setText(reason_sentence(question.reason))
        self._why.setVisible(bool(self._why.text()))
        if question.example:
            self._body.addWidget(
                SolutionNote(
                    self._theme, tr("An example"), question.example, offer=tr("Look at an example first")
                )
            )
        if question.stem.blocks:
            stem = RichTextView(self._theme)
            stem.set_rich_text(question.stem)
            self._body.addWidget(stem)
        if question.picture is not None:
            self._body.addWidget(QuestionPicture(self._theme, question.picture))
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
            card.input.preview_wanted.connect(self.preview_wanted)
        self._page.verticalScrollBar().setValue(0)

    def _add_step(self, question: ShownQuestion, number: int, *, asked: bool, final: bool) -> None:
        step = question.steps[len(self.steps)]
        passage = question.passages[0] if question.passages else None
        made = StepCard(self._theme, step, number=number, asked=asked, final=final, passage=passage)
        made.passage_opened.connect(self.passage_opened)
        self.steps.append(made)
        self._body.addWidget(made)

    def _made_foot(self) -> QWidget:
        self.check = button(tr("Check"), "primary")
        self.check.clicked.connect(self._check)
        self.go_on = button(tr("Next"), "primary")
        self.go_on.clicked.connect(self.next_wanted)
        self.help = button(tr("Help"))
        self.help.clicked.connect(self.help_wanted)
        self.tell = button(tr("Just tell me"), "quiet")
        self.tell.clicked.connect(self.told_wanted)
        self.explain = button(tr("Explain this step"), "quiet")
        self.explain.clicked.connect(self.explained)
        self.put_off = button(tr("Put off"), "quiet", tip=tr("It comes again later"))
        self.put_off.clicked.connect(self.left)
        self.bad = button(tr("This question is bad"), "quiet")
        self.bad.setMenu(self._made_reasons())
        self._note = label("", "caption", wrap=True)
        self._note.hide()
        actions = FlowLayout(space="s")
        for part in (self.check, self.go_on, self.help, self.tell, self.explain, self.put_off, self.bad):
            actions.addWidget(part)
        self._actions = QWidget()
        self._actions.setLayout(actions)
        self._column = QWidget()
        inside = column(self._note, self._actions, space="s")
        self._column.setLayout(inside)
        rule = QFrame()
        rule.setProperty("role", "rule")
        across = row(None, self._column, None, space="s")
        across.setStretch(1, 1000)
        across.setContentsMargins(SPACE["l"], SPACE["m"], SPACE["l"], SPACE["m"])
        foot = QWidget()
        whole = column(rule, across, space="xs")
        whole.setSpacing(0)
        foot.setLayout(whole)
        self._fit_foot()
        self._theme.changed.connect(self._fit_foot)
        return foot

    def _made_reasons(self) -> QMenu:
        menu = QMenu(self)
        for reason, text in (
            ("wrong_key", tr("My answer is right, and it says no")),
            ("unclear", tr("I cannot tell what is asked")),
            ("broken", tr("Something is broken: text, picture, field")),
            ("other", tr("Another reason")),
        ):
            menu.addAction(text).triggered.connect(partial(self.voided.emit, reason))
        return menu

    def _show_actions(self) -> None:
        question = self.question
        if question is None:
            return
        asked = not question.ending and not self._review
        self.check.setVisible(asked)
        self.go_on.setVisible(not asked)
        self.go_on.setText(tr("Back to the summary") if self._review else tr("Next"))
        self.help.setVisible(asked and question.has_help)
        self.tell.setVisible(asked and question.has_help)
        self.explain.setVisible(bool(question.passages) and (not asked or question.mode != "exam"))
        self.put_off.setVisible(asked)
        self.finish.setVisible(not self._review)
        self._change()
        self._show_note(question)

    def _show_note(self, question: ShownQuestion) -> None:
        self._waited.stop()
        text = ""
        if question.wait_s > 0:
            seconds = max(1, round(question.wait_s))
            text = tr(
                "Try it first, or read it once more. There is more help in {seconds} s.", seconds=seconds
            )
            self._waited.start(seconds * _SECOND_MS)
        elif question.offers_help:
            text = tr("Would you like some help?")
        self._note.setText(text)
        self._note.setVisible(bool(text))
        if text:
            announce(self._note, text)

    def _speak_last(self) -> None:
        """What was said to the answer that brought this step, or the end."""
        answered = [card for card in self.steps if card.step.attempts]
        if answered:
            answered[-1].speak_reply()

    @Slot()
    def _tell_ready(self) -> None:
        self._note.setText(tr("There is more help now, if you want it."))

    @Slot()
    def _settle(self) -> None:
        """Show what is new, and put the keyboard where one goes on."""
        latest = self.steps[-1].latest() if self.steps else None
        now = QApplication.focusWidget()
        elsewhere = (
            now is not None and now.isVisible() and not (self.isAncestorOf(now) or now.isAncestorOf(self))
        )
        if self.isVisible() and not elsewhere:
            self.focus_start()
        if latest is not None:
            self._page.ensureWidgetVisible(latest, 0, SPACE["l"])
        elif self.question is not None and self.question.ending and self.steps:
            self._page.ensureWidgetVisible(self.steps[-1], 0, SPACE["l"])

    @Slot()
    def _change(self) -> None:
        input_ = self.steps[-1].input if self.steps else None
        self.check.setEnabled(input_ is not None and input_.response() is not None)
        self.changed.emit()

    @Slot()
    def _check(self) -> None:
        card = self.steps[-1] if self.steps else None
        given = card.input.response() if card is not None and card.input is not None else None
        if card is not None and given is not None and self._actions.isEnabled():
            self.answered.emit(card.step.id, given)

    def _enter(self) -> None:
        if self.check.isVisible():
            self._check()
        elif self.go_on.isVisible() and self._actions.isEnabled():
            self.next_wanted.emit()

    @Slot()
    def _fit_foot(self) -> None:
        self._column.setMaximumWidth(round(READING_WIDTH * max(1.0, self._theme.scale)))
