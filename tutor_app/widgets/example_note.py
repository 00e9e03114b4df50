"""A worked example, step by step; it folds up to one line, so that the learner's own task has room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QWidget

from tutor_app.i18n import tr
from tutor_app.theme.tokens import SPACE
from tutor_app.widgets.basics import button, card, column, in_line, label, row
from tutor_app.widgets.icon_mark import IconMark
from tutor_app.widgets.rich_text_view import EDGE, RichTextView

if TYPE_CHECKING:
    from PySide6.QtWidgets import QVBoxLayout

    from tutor_app.richtext.document import RichText
    from tutor_app.services.practising import ExampleStep, WorkedExample
    from tutor_app.theme.theme import Theme


class ExampleNote(QWidget):
    """An example, in a card that stands in by ``EDGE``, as texts do.

    Args:
        theme: colours and sizes.
        example: what is shown.
        folded: only a way back to it is seen at first.

    Signals:
        turned: the learner has folded it up, or unfolded it.

    Attributes:
        fold_up, look_again: what the learner presses for that.
    """

    turned = Signal()

    def __init__(self, theme: Theme, example: WorkedExample, *, folded: bool = False) -> None:
        super().__init__()
        self._theme = theme
        self.setAccessibleName(tr("An example first"))
        self.fold_up = button(tr("Hide the example"), "link")
        self.fold_up.clicked.connect(self._fold)
        self.look_again = button(tr("Look at the example again"), "link")
        self.look_again.clicked.connect(self._unfold)
        self._content = card()
        self._content.setLayout(self._made_content(example))
        framed = column(self._content)
        framed.setContentsMargins(EDGE, 0, EDGE, 0)
        self.setLayout(column(in_line(self.look_again, EDGE), framed, space="xs"))
        self.set_folded(folded)

    @property
    def folded(self) -> bool:
        """Whether it is folded up."""
        return self._content.isHidden()

    def set_folded(self, folded: bool) -> None:
        """Show only a way back to it, or all of it."""
        shown, hidden = (self.look_again, self._content) if folded else (self._content, self.look_again)
        hidden.hide()
        shown.show()

    def _made_content(self, example: WorkedExample) -> QVBoxLayout:
        mark = IconMark(self._theme, "example", "accent_ink")
        head = row(EDGE, mark, label(tr("An example first"), "strong"), None, in_line(self.fold_up, EDGE))
        made = column(head, space="xs")
        if example.stem.blocks:
            made.addWidget(self._text(example.stem))
        if len(example.steps) > 1:
            made.addLayout(self._made_steps(example.steps))
        else:
            (step,) = example.steps
            if step.ask.blocks:
                made.addWidget(self._text(step.ask))
            solution = label(tr("Worked solution"), "kind")
            solution.setContentsMargins(EDGE, SPACE["s"], EDGE, 0)
            made.addWidget(solution)
            made.addLayout(self._lines(step.lines))
        made.setContentsMargins(SPACE["m"], SPACE["s"], SPACE["m"], SPACE["s"])
        return made

    def _made_steps(self, steps: tuple[ExampleStep, ...]) -> QGridLayout:
        """Beside the name of each step what is asked, and below that how it goes."""
        made = QGridLayout()
        made.setContentsMargins(0, 0, 0, 0)
        made.setHorizontalSpacing(SPACE["xs"])
        made.setVerticalSpacing(SPACE["xs"])
        made.setColumnStretch(1, 1)
        top = (
            EDGE + self._theme.pixels("body") - self._theme.pixels("caption")
        )  # on one line with what is asked
        for at, step in enumerate(steps):
            name = label(tr("Step {number}", number=at + 1), "kind")
            name.setContentsMargins(EDGE, top, EDGE, 0)
            made.addWidget(name, at, 0, Qt.AlignmentFlag.AlignTop)
            lines = self._lines(step.lines)
            if step.ask.blocks:
                lines.insertWidget(0, self._text(step.ask, mute=True))
            made.addLayout(lines, at, 1)
        return made

    def _lines(self, lines: tuple[RichText, ...]) -> QVBoxLayout:
        made = column(*map(self._text, lines))
        made.setSpacing(0)  # each has an edge of its own
        return made

    def _text(self, text: RichText, *, mute: bool = False) -> RichTextView:
        made = RichTextView(self._theme, size="body", mute=mute)
        made.set_rich_text(text)
        made.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        return made

    @Slot()
    def _fold(self) -> None:
        self.set_folded(True)
        self.turned.emit()

    @Slot()
    def _unfold(self) -> None:
        had = self.look_again.hasFocus()
        self.set_folded(False)
        if had:
            self.fold_up.setFocus(Qt.FocusReason.OtherFocusReason)
        self.turned.emit()
