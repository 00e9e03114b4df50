"""What all widgets for answering have in common: what they tell, and what they are asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

if TYPE_CHECKING:
    from tutor_app.services.practising import Preview, Response


class AnswerInput(QFrame):
    """Takes an answer of one kind.

    A frame, since a screen reader says the name of one when the keyboard comes into it: the question has it.
    What was given stays until something else is given. Enter, where it has no other meaning, is left to the page.

    Signals:
        changed: the response is another.
        submitted: the learner pressed Enter in a field.
        preview_wanted: what was typed is to be shown as mathematics; and the kind of step that it answers.
    """

    changed = Signal()
    submitted = Signal()
    preview_wanted = Signal(str, str)

    def response(self) -> Response | None:
        """What was given so far; None where that is not an answer yet."""
        raise NotImplementedError

    def draft(self) -> Response | None:
        """What was given so far, also where it is not whole."""
        return self.response()

    def missing(self) -> str:
        """What is to be done before it can be checked, in words; "" where nothing is, or where that is plain."""
        return ""

    def set_response(self, response: Response) -> None:
        """Show an answer that was given earlier; parts of it that are not there any more are left out."""
        raise NotImplementedError

    def focus_start(self) -> None:
        """Put the keyboard where one begins."""
        raise NotImplementedError

    def show_preview(self, preview: Preview) -> None:
        """Show how what was typed reads; nothing here for what is not typed as mathematics."""

    def show_right(self, parts: tuple[str, ...]) -> None:
        """Mark the parts that are right already; nothing here where there are none."""
