"""A worked solution, line by line; folded up where it is only offered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QWidget

from tutor_app.theme.tokens import SPACE
from tutor_app.widgets.basics import button, card, column, in_line, label
from tutor_app.widgets.rich_text_view import EDGE, RichTextView

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLabel

    from tutor_app.richtext.document import RichText
    from tutor_app.theme.theme import Theme


class SolutionNote(QWidget):
    """Lines one below the other, in a card that stands in by ``EDGE``, as texts do.

    Args:
        theme: colours and sizes.
        title: what it is.
        lines: of the solution.
        offer: what the button says that unfolds it; "" to show it at once.
    """

    def __init__(self, theme: Theme, title: str, lines: tuple[RichText, ...], *, offer: str = "") -> None:
        super().__init__()
        self._lines = card()
        inside = column(_head(title), space="xs")
        for line in lines:
            inside.addWidget(_text(theme, line))
        inside.setContentsMargins(SPACE["m"], SPACE["s"], SPACE["m"], SPACE["s"])
        self._lines.setLayout(inside)
        self._offer = button(offer, "link")
        self._offer.clicked.connect(self._unfold)
        (self._lines if offer else self._offer).hide()
        framed = column(self._lines)
        framed.setContentsMargins(EDGE, 0, EDGE, 0)
        self.setLayout(column(in_line(self._offer, EDGE), framed, space="xs"))

    @Slot()
    def _unfold(self) -> None:
        self._offer.hide()
        self._lines.show()


def _head(text: str) -> QLabel:
    made = label(text, "strong")
    made.setContentsMargins(EDGE, 0, EDGE, 0)  # in line with the texts, which have an edge of their own
    return made


def _text(theme: Theme, text: RichText) -> RichTextView:
    made = RichTextView(theme, size="body")
    made.set_rich_text(text)
    made.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    return made
