"""Help that was asked for: what kind of help it is, its text, and for a rule the place in the book."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame

from tutor_app.i18n import tr
from tutor_app.item_models.practice_words import hint_name
from tutor_app.richtext.plain import to_spoken
from tutor_app.theme.tokens import SPACE
from tutor_app.widgets.basics import announce, button, column, in_line, label, row
from tutor_app.widgets.icon_mark import IconMark
from tutor_app.widgets.rich_text_view import EDGE, RichTextView

if TYPE_CHECKING:
    from tutor_app.richtext.document import RichText
    from tutor_app.services.practising import PassageRef, ShownHint
    from tutor_app.theme.theme import Theme

_ICONS = {1: "search", 2: "read", 3: "example"}


class HintNote(QFrame):
    """One piece of help.

    Signals:
        passage_opened: the ``PassageRef`` of the quoted sentence.
    """

    passage_opened = Signal(object)

    def __init__(self, theme: Theme, hint: ShownHint, passage: PassageRef | None = None) -> None:
        super().__init__()
        self._passage = hint.passage or passage
        self.setProperty("role", "card")
        name = hint_name(hint.level)
        view = self._view = RichTextView(theme, size="body")
        view.set_rich_text(hint.text)
        view.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._whose = label(tr("In the model's words"), "caption")
        self._whose.hide()
        icon = IconMark(theme, _ICONS.get(hint.level, "hint"), "accent_ink")
        parts = column(row(icon, label(name, "strong"), None, self._whose, space="s"), view, space="xs")
        if self._passage is not None:
            opened = button(tr("Open the passage") if hint.passage else tr("Read about it"), "link")
            opened.clicked.connect(self._open)
            parts.addLayout(in_line(opened, EDGE))
        parts.setContentsMargins(SPACE["m"], SPACE["s"], SPACE["m"], SPACE["s"])
        self.setLayout(parts)
        self.setAccessibleName(f"{name}. {to_spoken(hint.text)}")

    def reword(self, text: RichText) -> None:
        """Show it in other words; where it quotes a rule, the rule stays to be opened."""
        self._view.set_rich_text(text)
        self._whose.show()

    def speak(self) -> None:
        """Have a screen reader say it."""
        announce(self, self.accessibleName())

    def _open(self) -> None:
        self.passage_opened.emit(self._passage)
