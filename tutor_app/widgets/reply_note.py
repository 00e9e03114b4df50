"""What is said to an answer: calm, with the kind of not-yet in words, and what to read about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame

from tutor_app.i18n import tr, tr_engine
from tutor_app.item_models.practice_words import reply_kind
from tutor_app.richtext.plain import to_spoken
from tutor_app.theme.tokens import SPACE
from tutor_app.widgets.basics import announce, button, column, in_line, label, row
from tutor_app.widgets.icon_mark import IconMark
from tutor_app.widgets.rich_text_view import EDGE, RichTextView
from tutor_app.widgets.turn_view import plain_text

if TYPE_CHECKING:
    from tutor_app.services.practising import PassageRef, ShownReply
    from tutor_app.theme.theme import Theme


class ReplyNote(QFrame):
    """One reply.

    Signals:
        passage_opened: a ``PassageRef``.
    """

    passage_opened = Signal(object)

    def __init__(self, theme: Theme, reply: ShownReply, passage: PassageRef | None = None) -> None:
        super().__init__()
        right = reply.outcome == "right"
        self._passage = reply.passage or (None if right else passage)
        self.setProperty("role", "tint" if right else "sunken")
        text = reply.body if reply.body.blocks else plain_text(tr_engine(reply.text))
        kind = (
            "" if reply.text else reply_kind(reply.outcome, reply.flaw)
        )  # the engine's sentences say it themselves
        self._spoken = ". ".join(filter(None, (kind, to_spoken(text))))
        view = RichTextView(theme, size="body")
        view.set_rich_text(text)
        if text is not reply.body:
            view.begin_with_window()
        view.setAccessibleName(self._spoken)  # Tab comes to it: not every screen reader speaks announcements
        mark = IconMark(
            theme, "check" if right else "retry", "good" if right else "accent_ink", size="reading"
        )
        said = column(view, space="xs")
        if kind:
            head = label(kind, "strong")
            head.setContentsMargins(EDGE, 0, EDGE, 0)
            said.insertWidget(0, head)
        line = row(space="s")
        line.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        mark.setContentsMargins(0, EDGE, 0, 0)
        line.addLayout(said, 1)
        parts = column(line, space="xs")
        if self._passage is not None:
            read = button(tr("Read about it"), "link")
            read.clicked.connect(self._open)
            said.addLayout(in_line(read, EDGE))
        parts.setContentsMargins(SPACE["m"], SPACE["s"], SPACE["m"], SPACE["s"])
        self.setLayout(parts)
        self.setAccessibleName(self._spoken)

    def speak(self) -> None:
        """Have a screen reader say it."""
        announce(self, self._spoken)

    def _open(self) -> None:
        self.passage_opened.emit(self._passage)
