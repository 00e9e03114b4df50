"""The widget for answering a step, by its kind, in the direction of the question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from tutor_app.richtext.plain import reads_from_right
from tutor_app.widgets.answer_cloze import AnswerCloze
from tutor_app.widgets.answer_match import AnswerMatch
from tutor_app.widgets.answer_options import AnswerOptions
from tutor_app.widgets.answer_order import AnswerOrder
from tutor_app.widgets.answer_typed import AnswerLine, AnswerSentence

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from tutor_app.richtext.document import RichText
    from tutor_app.services.practising import ShownStep
    from tutor_app.theme.theme import Theme
    from tutor_app.widgets.answer_input import AnswerInput


def answer_input(theme: Theme, step: ShownStep) -> AnswerInput:
    """An empty widget for the step."""
    match step.kind:
        case "choice" | "multiple":
            return AnswerOptions(theme, step.options, many=step.kind == "multiple")
        case "order":
            return AnswerOrder(theme, step.options)
        case "match":
            return AnswerMatch(theme, step.options, step.right)
        case "cloze":
            return AnswerCloze(theme, step)
        case "short":
            return AnswerSentence(theme)
        case kind:
            return AnswerLine(theme, kind, step.after, fraction=step.fraction)


def stand_as(question: RichText, beside: QWidget) -> None:
    """Have a field, an answer or a picture begin where its question does, in whichever language the window is."""
    right = reads_from_right(question)
    beside.setLayoutDirection(Qt.LayoutDirection.RightToLeft if right else Qt.LayoutDirection.LeftToRight)
