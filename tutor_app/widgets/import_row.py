"""One file on its way into the library: how far it is, or what became of it and what can be done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QProgressBar, QPushButton, QSizePolicy, QWidget

from tutor_app.i18n import tr, tr_engine, trn
from tutor_app.item_models.imports import ImportItem, ImportState
from tutor_app.services.holdings import ChangedKey
from tutor_app.theme.tokens import SPACE
from tutor_app.widgets.amounts import progress_text
from tutor_app.widgets.author_words import author_answers, author_question
from tutor_app.widgets.basics import IconButton, button, column, label, restyle, row
from tutor_app.widgets.elided_label import ElidedLabel
from tutor_app.widgets.emblem import Emblem
from tutor_app.widgets.flow_layout import FlowLayout

if TYPE_CHECKING:
    from tutor_app.services.holdings import Added, UnknownAuthor
    from tutor_app.theme.theme import Theme

_STEPS = 1000
_SHOWN_LEFT_OUT = 5
_ICONS = {
    ImportState.WAITING: ("file", "accent"),
    ImportState.RUNNING: ("file", "accent"),
    ImportState.ASKING: ("shield", "accent"),
    ImportState.DONE: ("check", "accent"),
    ImportState.FAILED: ("warning", "bad"),
    ImportState.STOPPED: ("stop", "accent"),
}


class ImportRow(QFrame):
    """Shows an ``ImportItem``; ``show_item`` again when it has changed.

    Signals:
        stopped, retried, trusted, dismissed: a button was pressed; the item's number.
        asked, read: go to what was added; its id.
    """

    stopped = Signal(int)
    retried = Signal(int)
    trusted = Signal(int)
    dismissed = Signal(int)
    asked = Signal(str)
    read = Signal(str)

    def __init__(self, theme: Theme, item: ImportItem) -> None:
        super().__init__()
        self.item = item
        self._shown: ImportState | None = None
        self._emblem = Emblem(theme, "file")
        self._name = ElidedLabel(item.name, "strong", middle=True)
        self._amount = label("", "caption")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(tr("Progress of {name}", name=item.name))
        self._detail = label("", "mute", wrap=True)
        self._detail.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._actions = QWidget()
        self._buttons = self._make_buttons()
        flow = FlowLayout(space="s")
        for made in self._buttons.values():
            flow.addWidget(made)
        self._actions.setLayout(flow)
        self.close_button = IconButton(theme, "close", tr("Stop {name}", name=item.name))
        self.close_button.clicked.connect(self._close)
        head = row(self._name, self._amount, space="m")
        head.setStretch(0, 1)
        words = column(head, self._bar, self._detail, self._actions, space="xs")
        line = row(space="m")
        line.addWidget(self._emblem, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(words, 1)
        line.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        line.setContentsMargins(0, SPACE["s"], 0, SPACE["s"])
        self.setLayout(line)
        self.setToolTip(item.path)
        self.show_item()

    def show_item(self) -> None:
        """Draw the item as it is now."""
        item = self.item
        if item.state is ImportState.RUNNING:
            self._show_progress()
        if item.state is self._shown:
            return
        self._shown = item.state
        self._emblem.set_icon(*_ICONS[item.state])
        self._bar.setVisible(item.state is ImportState.RUNNING)
        text = self._sentence()
        self._detail.setText(text)
        self._detail.setVisible(bool(text))
        if item.state is not ImportState.RUNNING:
            self._amount.setText(tr("Waiting") if item.state is ImportState.WAITING else "")
        if item.state is ImportState.ASKING and item.author is not None:
            self._show_answers(item.author)
        wanted = self._wanted_buttons()
        for name, made in self._buttons.items():
            made.setVisible(name in wanted)
        self._actions.setVisible(bool(wanted))
        ends = item.state in (ImportState.WAITING, ImportState.RUNNING)
        name = tr("Stop {name}", name=item.name) if ends else tr("Take {name} off the list", name=item.name)
        self.close_button.set_icon("close", name)
        self.setAccessibleName(f"{item.name}. {text}".strip())

    def _show_progress(self) -> None:
        progress = self.item.progress
        text = progress_text(progress)
        self._amount.setText(text or tr("Reading …"))
        self._bar.setAccessibleDescription(text)
        self._bar.setRange(0, _STEPS)
        self._bar.setValue(round(self.item.share * _STEPS))

    def _make_buttons(self) -> dict[str, QPushButton]:
        name = self.item.name
        made = {
            "trust": ("", "primary", self._trust),
            "refuse": ("", "", self._close),
            "ask": (tr("Ask about it"), "", self._ask),
            "read": (tr("Read"), "quiet", self._read),
            "retry": (tr("Try again"), "", self._retry),
        }
        buttons: dict[str, QPushButton] = {}
        for key, (text, role, work) in made.items():
            buttons[key] = button(text, role)
            buttons[key].setAccessibleName(f"{text}: {name}")
            buttons[key].clicked.connect(work)
        return buttons

    def _show_answers(self, author: UnknownAuthor | ChangedKey) -> None:
        """The answer that is safe where something is wrong stands out."""
        changed = isinstance(author, ChangedKey)
        if changed:
            self._emblem.set_icon("shield", tone="bad")
        roles = ("", "primary") if changed else ("primary", "")
        for key, text, role in zip(("trust", "refuse"), author_answers(author), roles, strict=True):
            made = self._buttons[key]
            made.setText(text)
            made.setAccessibleName(f"{text}: {self.item.name}")
            restyle(made, "role", role)

    def _wanted_buttons(self) -> tuple[str, ...]:
        return {
            ImportState.ASKING: ("trust", "refuse"),
            ImportState.DONE: () if self.item.added and self.item.added.questions else ("ask", "read"),
            ImportState.FAILED: ("retry",),
            ImportState.STOPPED: ("retry",),
        }.get(self.item.state, ())

    def _sentence(self) -> str:
        item = self.item
        if item.state is ImportState.FAILED and item.failure is not None:
            return f"{tr_engine(item.failure.what)} {tr_engine(item.failure.todo)}".strip()
        if item.state is ImportState.STOPPED:
            return tr("Stopped. Nothing of it was added.")
        if item.state is ImportState.DONE and item.added is not None:
            return _done(item.added)
        if item.state is ImportState.ASKING and item.author is not None:
            return author_question(item.author)
        return ""

    @Slot()
    def _close(self) -> None:
        if self.item.state in (ImportState.WAITING, ImportState.RUNNING):
            self.stopped.emit(self.item.number)
        else:
            self.dismissed.emit(self.item.number)

    @Slot()
    def _trust(self) -> None:
        self.trusted.emit(self.item.number)

    @Slot()
    def _retry(self) -> None:
        self.retried.emit(self.item.number)

    @Slot()
    def _ask(self) -> None:
        if self.item.added is not None:
            self.asked.emit(self.item.added.id)

    @Slot()
    def _read(self) -> None:
        if self.item.added is not None:
            self.read.emit(self.item.added.id)


def _done(added: Added) -> str:
    if added.present:
        return tr("It is in your library already, as “{title}”.", title=added.title)
    if added.questions:
        return _done_questions(added)
    return trn(
        "“{title}” is ready: {n} passage.",
        "“{title}” is ready: {n} passages.",
        added.passages,
        title=added.title,
    )


def _done_questions(added: Added) -> str:
    """How many questions there are, and the first of those that were left out, with the reasons."""
    lines = [
        trn(
            "“{title}” is ready: {n} question to practise.",
            "“{title}” is ready: {n} questions to practise.",
            added.questions,
            title=added.title,
        )
    ]
    if added.left_out:
        lines.append(trn("Left out: {n}", "Left out: {n}", len(added.left_out)))
        lines += [f"{what}: {tr_engine(reason)}" for what, reason in added.left_out[:_SHOWN_LEFT_OUT]]
        more = len(added.left_out) - _SHOWN_LEFT_OUT
        if more > 0:
            lines.append(trn("and {n} more", "and {n} more", more))
    return "\n".join(lines)
