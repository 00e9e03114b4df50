"""The questions that were made about a document, each with its answer and a way to its passage: keep it, or not."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from tutor_app.i18n import tr, trn
from tutor_app.theme.tokens import SPACE
from tutor_app.widgets.basics import breakable, button, clear, column, label
from tutor_app.widgets.flow_layout import flow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tutor_app.services.learning_facts import MadeQuestion

_AT_ONCE = 20
_OPEN, _KEPT, _DROPPED = "open", "kept", "dropped"


class MadeQuestions(QWidget):
    """Hidden while there are none. The same questions anew keep the keyboard where it is.

    Signals:
        judged: id of an item, and what is said of it now: "open", "kept" or "dropped".
        passage_wanted: id of a passage.
    """

    judged = Signal(str, str)
    passage_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.lines: dict[str, MadeQuestionLine] = {}
        self._questions: tuple[MadeQuestion, ...] = ()
        self._most = _AT_ONCE
        self._count = label("", "mute", wrap=True)
        self._column = QVBoxLayout()
        self._column.setSpacing(SPACE["m"])
        self.more = button(tr("Show more"), "link")
        self.more.clicked.connect(self._show_more)
        words = tr(
            "A question counts for your progress once you keep it, or once answers have shown that it is a good one."
        )
        whole = column(
            label(tr("Questions made from it"), "heading", wrap=True),
            self._count,
            label(words, "caption", wrap=True),
            space="s",
        )
        whole.addLayout(self._column)
        whole.addWidget(self.more)
        self.setLayout(whole)
        self.hide()

    def set_questions(self, questions: Sequence[MadeQuestion]) -> None:
        """Show ``questions``."""
        self._questions = tuple(questions)
        kept = sum(it.judgement == _KEPT for it in questions)
        count = trn("{n} question", "{n} questions", len(questions))
        self._count.setText(tr("{count}, {kept} kept", count=count, kept=kept) if kept else count)
        shown = self._questions[: self._most]
        self.setVisible(bool(shown))
        self.more.setVisible(len(shown) < len(questions))
        if [it.id for it in shown] == list(self.lines):
            for one in shown:
                self.lines[one.id].show_question(one)
            return
        clear(self._column)
        self.lines = {}
        for one in shown:
            line = MadeQuestionLine(one)
            line.judged.connect(self.judged)
            line.passage_wanted.connect(self.passage_wanted)
            self._column.addWidget(line)
            self.lines[one.id] = line

    def _show_more(self) -> None:
        self._most += _AT_ONCE
        self.set_questions(self._questions)


class MadeQuestionLine(QWidget):
    """One question. Signals as in ``MadeQuestions``."""

    judged = Signal(str, str)
    passage_wanted = Signal(str)

    def __init__(self, question: MadeQuestion) -> None:
        super().__init__()
        self._text = label("", wrap=True)
        self._answer = label("", "mute", wrap=True)
        for content in (self._text, self._answer):
            content.setProperty("content", True)
        self._state = label("", "caption", wrap=True)
        self.keep = button(tr("Keep"))
        self.drop = button(tr("Not this one"))
        self.take_back = button(tr("Take it back"), "link")
        self.read = button(tr("Read the passage"), "link")
        for pressed, judgement in ((self.keep, _KEPT), (self.drop, _DROPPED), (self.take_back, _OPEN)):
            pressed.clicked.connect(partial(self._judge, judgement))
        self.read.clicked.connect(self._read)
        rule = QFrame()
        rule.setProperty("role", "rule")
        buttons = QWidget()
        buttons.setLayout(flow(self.keep, self.drop, self.take_back, self.read, space="s"))
        self.setLayout(column(rule, self._text, self._answer, self._state, buttons, space="xs"))
        self.show_question(question)

    def show_question(self, question: MadeQuestion) -> None:
        """Show it, or what has become of it."""
        self._question = question
        self._text.setText(breakable(question.text))
        self._answer.setText(tr("Answer: {answer}", answer=question.answer))
        judged = question.judgement != _OPEN
        states = {_KEPT: tr("Kept: it counts"), _DROPPED: tr("Is not asked any more")}
        self._state.setText(states.get(question.judgement, question.section))
        had = any(one.hasFocus() for one in (self.keep, self.drop, self.take_back))
        self.keep.setVisible(not judged)
        self.drop.setVisible(not judged)
        self.take_back.setVisible(judged)
        self.read.setVisible(bool(question.passage))
        if had:
            (self.take_back if judged else self.keep).setFocus()
        for one in (self.keep, self.drop, self.take_back, self.read):
            one.setAccessibleName(f"{one.text()}: {question.text}")

    def _judge(self, judgement: str) -> None:
        self.judged.emit(self._question.id, judgement)

    def _read(self) -> None:
        self.passage_wanted.emit(self._question.passage)
