"""One step of a question: what is asked, the field for it or the answer that was given, what was said, and help."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from tutor_app.i18n import tr
from tutor_app.richtext.document import RichText
from tutor_app.richtext.plain import to_spoken
from tutor_app.theme.tokens import SPACE
from tutor_app.widgets.answer_cloze import named_gaps
from tutor_app.widgets.answer_inputs import answer_input
from tutor_app.widgets.basics import clear, column, label, row
from tutor_app.widgets.hint_note import HintNote
from tutor_app.widgets.icon_mark import IconMark
from tutor_app.widgets.option_frame import option_text
from tutor_app.widgets.reply_note import ReplyNote
from tutor_app.widgets.rich_text_view import EDGE, RichTextView
from tutor_app.widgets.solution_note import SolutionNote

if TYPE_CHECKING:
    from tutor_app.services.practising import PassageRef, ShownReply, ShownStep
    from tutor_app.theme.theme import Theme
    from tutor_app.widgets.answer_input import AnswerInput


class StepCard(QWidget):
    """Shows a step.

    Args:
        theme: colours and sizes.
        step: what to show.
        number: of the step, from 1; 0 where there is only one.
        asked: whether it is to be answered now.
        final: whether it is the last one that is shown.
        passage: what to read after a miss.

    Signals:
        passage_opened: a ``PassageRef``.

    Attributes:
        input: the widget for answering; None for a step that is done.
        under_input: the last part that belongs to it: a line below it, or itself.
        answer: what was given to a step that is done; None if nothing was.
        step: what is shown.
    """

    passage_opened = Signal(object)

    def __init__(
        self,
        theme: Theme,
        step: ShownStep,
        *,
        number: int = 0,
        asked: bool,
        final: bool = True,
        passage: PassageRef | None = None,
    ) -> None:
        super().__init__()
        self._theme = theme
        self._passage = passage
        self._final = final
        self.step = step
        self.input: AnswerInput | None = None
        self.under_input: QWidget | None = None
        self.answer: QWidget | None = None
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        whole = column(space="s")
        if number:
            name = label(tr("Step {number}", number=number), "kind")
            name.setContentsMargins(EDGE, 0, EDGE, 0)
            whole.addWidget(name)
        said = _said_above(step, asked=asked)
        if said.blocks:
            ask = RichTextView(theme)
            ask.set_rich_text(said)
            ask.setFocusPolicy(ask.focusPolicy() & ~ask.focusPolicy().TabFocus)
            whole.addWidget(ask)
        inside = QVBoxLayout()
        inside.setSpacing(SPACE["m"])
        inside.setContentsMargins(EDGE, 0, EDGE, 0)
        if asked:
            self.input = answer_input(theme, step)
            # A text with gaps has an edge of its own.
            (whole if step.kind == "cloze" else inside).addWidget(self.input)
            self.under_input = self.input
            if step.takes_result:
                told = tr("If you know the answer to the whole question, you can give it here.")
                self.under_input = label(told, "caption", wrap=True)
                inside.addWidget(self.under_input)
        elif step.attempts:
            self.answer = self._made_answer()
            inside.addWidget(self.answer)
        self._notes = column(space="s")
        whole.addLayout(column(inside, self._notes, space="m"))
        self.setLayout(whole)
        self._reply: ReplyNote | None = None
        self._hints: list[HintNote] = []
        self._reworded: dict[int, RichText] = {}
        self._latest: QWidget | None = None
        self._show_notes(step, first=True)

    def show_step(self, step: ShownStep) -> None:
        """Show what was said and which help was given meanwhile; what was typed stays."""
        self._show_notes(step, first=False)

    def reword(self, level: int, text: RichText) -> None:
        """Show a hint in other words, from now on."""
        self._reworded[level] = text
        for hint, note in zip(self.step.hints, self._hints, strict=True):
            if hint.level == level:
                note.reword(text)

    def latest(self) -> QWidget | None:
        """What was added last: the reply, a hint or the solution."""
        return self._latest

    def _show_notes(self, step: ShownStep, *, first: bool) -> None:
        before = self.step
        self.step = step
        clear(self._notes)
        self._reply, self._hints, self._latest = None, [], None
        last = step.attempts[-1] if step.attempts else None
        if last is not None and last.reply is not None:
            self._reply = ReplyNote(self._theme, last.reply, self._passage)
            self._reply.passage_opened.connect(self.passage_opened)
            self._add_note(self._reply)
            self._reply.setVisible(self._is_worth_saying(last.reply))
            if self.input is not None:
                self.input.show_right(last.reply.right_parts)
        for hint in step.hints:
            note = HintNote(self._theme, hint, self._passage)
            note.passage_opened.connect(self.passage_opened)
            if hint.level in self._reworded:
                note.reword(self._reworded[hint.level])
            self._hints.append(note)
            self._add_note(note)
        if step.solution and self.input is None:
            self._latest = self._made_solution(step)
            self._notes.addWidget(self._latest)
        if first:
            # What was right is told first; the solution is only offered below it.
            if self._reply is not None and last is not None and last.reply is not None:
                right = last.reply.outcome == "right"
                self._latest = self._reply if right and self._final else self._latest
            return
        if len(step.hints) > len(before.hints):
            self._latest = self._hints[-1]
            self._hints[-1].speak()
        if len(step.attempts) > len(before.attempts) and self._reply is not None:
            self._latest = self._latest or self._reply
            self._reply.speak()
        # They are made anew, which moves the page: what was in view comes back.
        self._latest = self._latest or (self._hints[-1] if self._hints else self._reply)

    def _add_note(self, note: QWidget) -> None:
        """In line with the texts, which have an edge of their own."""
        framed = column(note)
        framed.setContentsMargins(EDGE, 0, EDGE, 0)
        self._notes.addLayout(framed)

    def _is_worth_saying(self, reply: ShownReply) -> bool:
        """The answer itself says that it is right; and nobody is to look once more who was shown the solution."""
        if reply.outcome == "right":
            return self._final
        told = bool(self.step.solution) and self.input is None
        return not told or bool(reply.body.blocks)

    def speak_reply(self) -> None:
        """Have a screen reader say what was said to the answer."""
        if self._reply is not None:
            self._reply.speak()

    def _made_answer(self) -> QWidget:
        """The answer that was given last."""
        given = self.step.attempts[-1]
        made = QWidget()
        view = option_text(self._theme, given.said)
        right = given.reply is not None and given.reply.outcome == "right"
        name = tr("Right:") if right else tr("Your answer:")
        view.setAccessibleName(f"{name} {to_spoken(given.said)}")
        mark = IconMark(
            self._theme, "check" if right else "person", "good" if right else "mute", size="reading"
        )
        line = row(space="s")
        # In line with the first of its lines, which are larger.
        top = EDGE + self._theme.pixels("reading") - self._theme.pixels("body")
        for part in (mark, label(name, "mute")):
            part.setContentsMargins(0, top, 0, 0)
            line.addWidget(part, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(view, 1)
        made.setLayout(line)
        return made

    def _made_solution(self, step: ShownStep) -> SolutionNote:
        right = bool(step.attempts) and step.solved and not step.shown
        offer = tr("Show the worked solution") if right else ""
        return SolutionNote(self._theme, tr("Worked solution"), step.solution, offer=offer)

    @Slot()
    def focus_start(self) -> None:
        """Put the keyboard into the field."""
        if self.input is not None:
            self.input.focus_start()


def _said_above(step: ShownStep, *, asked: bool) -> RichText:
    """What stands above the field or the answer: of a text with gaps, what is not shown with the words in them."""
    if step.kind == "cloze" and asked:
        return RichText()
    return step.lead if step.kind == "cloze" and step.attempts and named_gaps(step.ask) else step.ask
