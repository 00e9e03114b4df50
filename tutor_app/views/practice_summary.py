"""The end of a sitting: what comes next and when, which skills are others now, and what was done."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from tutor_app.i18n import dotted, tr, trn
from tutor_app.item_models.practice_words import (
    level_name,
    next_line,
    next_review,
    reason_sentence,
    result_name,
)
from tutor_app.richtext.plain import to_spoken
from tutor_app.theme.tokens import READING_WIDTH, SPACE
from tutor_app.widgets.basics import button, card, clear, column, label, row
from tutor_app.widgets.flow_layout import flow
from tutor_app.widgets.icon_mark import IconMark
from tutor_app.widgets.page_header import PageHeader
from tutor_app.widgets.quiet_text import QuietText
from tutor_app.widgets.scroll_column import ScrollColumn

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tutor_app.services.practising import ChangedSkill, DoneQuestion, NextSkill, Summary
    from tutor_app.theme.theme import Theme

_BEGUN = "attempted"
_ICONS = {"right": ("check", "good"), "helped": ("check", "mute"), "missed": ("retry", "mute")}


class PracticeSummary(QWidget):
    """Shows one summary.

    Signals:
        wanted: a ``NextSkill`` is to be practised.
        looked_at: id of a question to be seen once more.
        done: back to the choice.
    """

    wanted = Signal(object)
    looked_at = Signal(str)
    done = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._first: QPushButton | None = None
        self._page = ScrollColumn(READING_WIDTH)
        self._page.column.setSpacing(SPACE["xl"])
        self.setLayout(column(self._page))

    def show_summary(self, summary: Summary) -> None:
        """Show it."""
        clear(self._page.column)
        self._first = None
        self._page.add(PageHeader(tr("This sitting"), _in_short(summary)))
        # First: it has the keyboard, and a list below it may be long.
        self._page.add(self._made_next(summary))
        if summary.changed:
            self._page.add(self._made_part(tr("What changed"), *map(self._changed_line, summary.changed)))
        if summary.done:
            self._page.add(self._made_part(tr("What you did"), *_ruled(map(self._done_line, summary.done))))
        self._page.column.addStretch(1)
        self._page.verticalScrollBar().setValue(0)

    def focus_start(self) -> None:
        """What comes next."""
        if self._first is not None:
            self._first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _made_part(self, title: str, *lines: QWidget) -> QWidget:
        made = QWidget()
        made.setLayout(column(label(title, "heading"), *lines, space="s"))
        return made

    def _changed_line(self, changed: ChangedSkill) -> QWidget:
        icon = IconMark(self._theme, *_change_mark(changed))
        level = level_name(changed.level)
        now = level if changed.rose else tr("back to {level}", level=level)
        made = QWidget()
        line = row(icon, space="s")
        line.addWidget(label(changed.name, wrap=True), 1)
        line.addWidget(label(now, "mute"))
        made.setLayout(line)
        return made

    def _done_line(self, done: DoneQuestion) -> QWidget:
        icon, colour = _ICONS.get(done.result, ("pause", "mute"))
        made = QWidget()
        line = row(IconMark(self._theme, icon, colour), space="s")
        words = column(label(done.skill or tr("A question that is gone"), wrap=True), space="xs")
        if done.asked.blocks:
            asked = QuietText(self._theme, size="caption", mute=True)
            asked.begin_with_window()
            asked.set_rich_text(done.asked)
            words.addWidget(asked)
        line.addLayout(words, 1)
        line.addWidget(label(result_name(done.result), "mute"))
        look = button(tr("Look again"), "link")
        look.setAccessibleName(
            tr("Look again: {skill}, {result}", skill=done.skill, result=result_name(done.result))
        )
        look.setAccessibleDescription(to_spoken(done.asked))
        look.clicked.connect(partial(self.looked_at.emit, done.id))
        look.setEnabled(bool(done.skill))
        line.addWidget(look)
        made.setLayout(line)
        return made

    def _made_next(self, summary: Summary) -> QWidget:
        parts: list[QWidget] = []
        if summary.next is not None:
            parts.append(self._made_card(summary.next, tr("Go on"), first=True))
        if summary.alternative is not None:
            parts.append(self._made_card(summary.alternative, tr("Rather this"), first=False))
        when = next_review(summary)
        if when:
            parts.append(label(when, "mute", wrap=True))
        enough = button(tr("That is enough for now"))
        enough.clicked.connect(self.done)
        bottom = QWidget()
        bottom.setLayout(flow(enough, space="s"))
        self._first = self._first or enough
        return self._made_part(tr("What comes next"), *parts, bottom)

    def _made_card(self, following: NextSkill, action: str, *, first: bool) -> QFrame:
        made = card("tint" if first else "card")
        words = column(label(next_line(following), "strong", wrap=True), space="xs")
        words.addWidget(label(reason_sentence(following.reason), "mute", wrap=True))
        press = button(action, "primary" if first else "")
        press.setAccessibleName(f"{action}: {following.skill}")
        press.clicked.connect(partial(self.wanted.emit, following))
        if first:
            self._first = press
        line = row(space="l")
        line.addLayout(words, 1)
        line.addWidget(press, 0, Qt.AlignmentFlag.AlignVCenter)
        line.setContentsMargins(SPACE["l"], SPACE["m"], SPACE["l"], SPACE["m"])
        made.setLayout(line)
        return made


def _change_mark(changed: ChangedSkill) -> tuple[str, str]:
    """Icon and colour: a skill that was only begun, or was missed, is not called a rise."""
    if not changed.rose:
        return "chevron-down", "mute"
    return ("dash", "mute") if changed.level == _BEGUN or changed.missed else ("chevron-up", "good")


def _ruled(lines: Iterable[QWidget]) -> Iterator[QWidget]:
    """The lines, each of several rows, with a rule between two."""
    for at, line in enumerate(lines):
        if at:
            rule = QFrame()
            rule.setProperty("role", "rule")
            yield rule
        yield line


def _in_short(summary: Summary) -> str:
    questions = trn("{n} question", "{n} questions", summary.questions)
    right = trn("{n} right at once", "{n} right at once", summary.first_right)
    minutes = trn("about {n} minute", "about {n} minutes", summary.minutes)
    parts = (questions, right if summary.first_right else "", minutes if summary.questions else "")
    return dotted(*parts)
