"""The questions that were posed last, each with a way to have it not count, or count again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from tutor_app.i18n import dotted, tr
from tutor_app.item_models.learning_words import moment_text, result_text
from tutor_app.richtext.plain import to_spoken
from tutor_app.theme.tokens import SPACE
from tutor_app.widgets.basics import button, clear, column, label, row
from tutor_app.widgets.quiet_text import QuietText

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tutor_app.services.learning_facts import PastQuestion
    from tutor_app.theme.theme import Theme


class PastQuestions(QWidget):
    """A line a question, the latest first. The same questions anew keep the keyboard where it is.

    Signals:
        voided, restored: a question's id.
    """

    voided = Signal(str)
    restored = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.lines: dict[str, QuestionLine] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(SPACE["m"])

    def set_questions(self, questions: Sequence[PastQuestion]) -> None:
        """Show ``questions``."""
        if [one.id for one in questions] == list(self.lines):
            for one in questions:
                self.lines[one.id].show_question(one)
            return
        clear(self._column)
        self.lines = {}
        for at, one in enumerate(questions):
            if at:
                rule = QFrame()
                rule.setProperty("role", "rule")
                self._column.addWidget(rule)
            line = QuestionLine(self._theme, one)
            line.voided.connect(self.voided)
            line.restored.connect(self.restored)
            self._column.addWidget(line)
            self.lines[one.id] = line


class QuestionLine(QWidget):
    """One question.

    Signals:
        voided, restored: its id.
    """

    voided = Signal(str)
    restored = Signal(str)

    def __init__(self, theme: Theme, question: PastQuestion) -> None:
        super().__init__()
        self._question = question
        self._text = QuietText(theme)
        self._text.begin_with_window()
        self._gone = label(tr("A question that the pack no longer has"), wrap=True)
        self._skill = label("", "caption", wrap=True)
        self._skill.setProperty("content", True)
        self._result = label("", "caption", wrap=True)
        self._result.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.change = button("", "link")
        self.change.setProperty("content", True)  # its name for a screen reader has the question
        self.change.clicked.connect(self._change)
        self.setLayout(
            column(self._text, self._gone, self._skill, row(self._result, self.change), space="xs")
        )
        self.show_question(question)

    def show_question(self, question: PastQuestion) -> None:
        """Show it, or what has become of it."""
        self._question = question
        self._text.set_rich_text(question.text)
        self._text.setVisible(bool(question.text.blocks))
        self._gone.setHidden(bool(question.text.blocks))
        self._skill.setText(dotted(question.skill_name, question.pack_title))
        when = moment_text(question.posed)
        result = tr("Does not count") if question.void else result_text(question.result)
        self._result.setText(tr("{result} · {when}", result=result, when=when))
        self.change.setText(tr("Count it again") if question.void else tr("Do not count it"))
        self.change.setAccessibleName(f"{self.change.text()}: {to_spoken(question.text)}")

    @Slot()
    def _change(self) -> None:
        (self.restored if self._question.void else self.voided).emit(self._question.id)
