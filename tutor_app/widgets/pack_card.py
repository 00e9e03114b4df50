"""A pack or a document as a card: what it is, how well it can be asked, and what can be done with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy

from tutor_app.i18n import tr, trn
from tutor_app.services.holdings import Holding, HoldingKind, HoldingState
from tutor_app.theme.tokens import SPACE
from tutor_app.widgets.basics import IconButton, breakable, button, column, label, row
from tutor_app.widgets.elided_label import ElidedLabel
from tutor_app.widgets.emblem import Emblem
from tutor_app.widgets.icon_mark import IconMark

if TYPE_CHECKING:
    from tutor_app.theme.theme import Theme

_LONGEST_DESCRIPTION = 130
_LONGEST_TITLE = 64


class PackCard(QFrame):
    """One holding.

    Args:
        theme: for its icons.
        holding: what it shows.
        managed: whether it can be removed and looked into here.

    Signals:
        asked, read, removed, opened: a button was pressed (``opened``: for its details); the ``Holding``.
    """

    asked = Signal(object)
    read = Signal(object)
    removed = Signal(object)
    opened = Signal(object)

    def __init__(self, theme: Theme, holding: Holding, *, managed: bool) -> None:
        super().__init__()
        self.holding = holding
        self._theme = theme
        self.setProperty("role", "card")
        self.setAccessibleName(holding.title)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        damaged = holding.state is HoldingState.DAMAGED
        icon = "warning" if damaged else "library" if holding.kind is HoldingKind.PACK else "file"
        shown = shortened(holding.title, _LONGEST_TITLE)
        title = label(breakable(shown), "heading", wrap=True)
        if shown != holding.title:
            title.setToolTip(holding.title)
        title.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        words = column(title, ElidedLabel(kind_and_size(holding), "caption"), space="xs")
        head = row(space="m")
        head.addWidget(Emblem(theme, icon, "bad" if damaged else "accent"), 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(words, 1)
        body = column(head, space="m", margin="l")
        text = (
            tr("Its files cannot be read. Remove it, then add it again.") if damaged else holding.description
        )
        if text:
            told = label(shortened(text), "bad" if damaged else "mute", wrap=True)
            told.setProperty("content", not damaged)
            body.addWidget(told)
        if holding.state is HoldingState.WORDS:
            body.addLayout(self._words_only())
        body.addStretch(1)
        body.addLayout(self._actions(managed=managed))
        self.setLayout(body)

    def _words_only(self) -> QHBoxLayout:
        told = label(tr("For now, ask with words from the text."), "caption", wrap=True)
        told.setToolTip(
            tr("It can be asked already. Once it was read for its meaning, it is found by other words too.")
        )
        line = row(IconMark(self._theme, "search", size="caption"), told, space="xs")
        line.setStretch(1, 1)
        return line

    def _actions(self, *, managed: bool) -> QHBoxLayout:
        title = self.holding.title
        line = row(space="s")
        if self.holding.state is not HoldingState.DAMAGED:
            ask = button(tr("Ask"))
            ask.setAccessibleName(tr("Ask in “{title}”", title=title))
            ask.clicked.connect(self._ask)
            read = button(tr("Read"), "quiet")
            read.setAccessibleName(tr("Read “{title}”", title=title))
            read.clicked.connect(self._read)
            line.addWidget(ask)
            line.addWidget(read)
        line.addStretch(1)
        if managed and self.holding.state is HoldingState.DAMAGED:
            remove = button(tr("Remove"), "danger")
            remove.setAccessibleName(tr("Remove “{title}”", title=title))
            remove.clicked.connect(self._remove)
            line.insertWidget(0, remove)
        elif managed:
            details = IconButton(self._theme, "info", tr("Details of “{title}”", title=title))
            details.clicked.connect(self._open)
            bin_ = IconButton(self._theme, "trash", tr("Remove “{title}”", title=title))
            bin_.clicked.connect(self._remove)
            line.addWidget(details)
            line.addWidget(bin_)
        line.setContentsMargins(0, SPACE["xs"], 0, 0)
        return line

    @Slot()
    def _ask(self) -> None:
        self.asked.emit(self.holding)

    @Slot()
    def _read(self) -> None:
        self.read.emit(self.holding)

    @Slot()
    def _remove(self) -> None:
        self.removed.emit(self.holding)

    @Slot()
    def _open(self) -> None:
        self.opened.emit(self.holding)


def kind_and_size(holding: Holding) -> str:
    """What it is and how much: "Course pack, 166 passages"."""
    if holding.state is HoldingState.DAMAGED:
        return tr("Damaged")
    if holding.kind is HoldingKind.PACK:
        return trn("Course pack, {n} passage", "Course pack, {n} passages", holding.passages)
    return trn("Document, {n} passage", "Document, {n} passages", holding.passages)


def shortened(text: str, most: int = _LONGEST_DESCRIPTION) -> str:
    """The beginning of ``text``, up to the end of a sentence or else of a word."""
    if len(text) <= most:
        return text
    start = text[:most]
    sentence = start.rfind(". ")
    if sentence > most // 3:
        return start[: sentence + 1]
    return f"{start[: max(start.rfind(' '), most // 2)].rstrip(' ,;')} …"
