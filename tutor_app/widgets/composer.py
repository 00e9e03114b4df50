"""Where a question is written: the box, how the answer is wanted, and where to look for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QPushButton, QVBoxLayout, QWidget

from engine.types import AnswerMode
from tutor_app.i18n import isolated, tr
from tutor_app.theme.tokens import SPACE
from tutor_app.widgets.basics import button, row
from tutor_app.widgets.start_box import StartBox

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tutor_app.theme.theme import Theme


_ICON_GAP = "\u2002"
"""Stands between an icon and the word behind it, on either side; Qt leaves next to nothing."""


def mode_names() -> dict[AnswerMode, str]:
    """What the four kinds of answer are called."""
    return {
        AnswerMode.EXPLAIN: tr("Explain"),
        AnswerMode.SIMPLER: tr("Simpler"),
        AnswerMode.EXAMPLE: tr("Example"),
        AnswerMode.QUIZ: tr("Quiz me"),
    }


class Composer(QWidget):
    """Enter asks; while an answer is on its way the button stops it, and Enter keeps the text.

    Signals:
        asked: the question.
        stopped: the answer is to be stopped.
        mode_chosen: an ``AnswerMode``.
        pack_chosen: id of a pack, "" for all.
    """

    asked = Signal(str)
    stopped = Signal()
    mode_chosen = Signal(object)
    pack_chosen = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._icon_mode = AnswerMode.EXPLAIN
        self.box = StartBox(theme)
        self.box.edit.setPlaceholderText(tr("Ask about anything in your packs"))
        self.box.asked.connect(self.asked)
        self.box.stopped.connect(self.stopped)
        self._mode = self._menu_button(tr("How to answer"))
        self._pack = self._menu_button(tr("Where to look"))
        self._modes = QActionGroup(self)
        self._packs = QActionGroup(self)
        menu = QMenu(self)
        for mode, name in mode_names().items():
            self._add(menu, self._modes, name, mode.value)
        self._mode.setMenu(menu)
        self._modes.triggered.connect(self._choose_mode)
        self._packs.triggered.connect(self._choose_pack)
        options = row(self._mode, self._pack, None, space="xs")
        options.setContentsMargins(SPACE["xs"], 0, 0, 0)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(SPACE["xs"])
        whole.addWidget(self.box)
        whole.addLayout(options)
        self.set_packs((), "")
        self.set_mode(AnswerMode.EXPLAIN)
        self._draw()
        theme.changed.connect(self._draw)

    def set_running(self, running: bool) -> None:
        """Offer to stop instead of to ask."""
        self.box.set_running(running)

    def set_mode(self, mode: AnswerMode) -> None:
        """Show how answers are wanted."""
        self._mode.setText(_ICON_GAP + mode_names()[mode])
        self._check(self._modes, mode.value)
        self._icon_mode = mode
        self._draw()

    def set_packs(self, packs: Sequence[tuple[str, str]], chosen: str) -> None:
        """Offer these packs, each an id and a title; ``chosen`` is one of them, or "" for all."""
        old, menu = self._pack.menu(), QMenu(self)
        for action in self._packs.actions():
            self._packs.removeAction(action)
        self._add(menu, self._packs, tr("All packs"), "")
        for identifier, title in packs:
            self._add(menu, self._packs, title, identifier)
        self._pack.setMenu(menu)
        if old is not None:
            old.deleteLater()
        self._show_pack(dict(packs).get(chosen, ""))
        self._check(self._packs, chosen)
        self._pack.setVisible(bool(packs))

    def _menu_button(self, name: str) -> QPushButton:
        made = button("", "quiet", tip=name)
        made.setAccessibleName(name)
        return made

    def _add(self, menu: QMenu, group: QActionGroup, text: str, value: str) -> None:
        action = QAction(text.replace("&", "&&"), menu)
        action.setCheckable(True)
        action.setData(value)
        group.addAction(action)
        menu.addAction(action)

    def _check(self, group: QActionGroup, value: str) -> None:
        for action in group.actions():
            action.setChecked(action.data() == value)

    def _show_pack(self, title: str) -> None:
        self._pack.setText(_ICON_GAP + (isolated(title).replace("&", "&&") if title else tr("All packs")))

    @Slot(QAction)
    def _choose_mode(self, action: QAction) -> None:
        mode = AnswerMode(action.data())
        self.set_mode(mode)
        self.mode_chosen.emit(mode)

    @Slot(QAction)
    def _choose_pack(self, action: QAction) -> None:
        self._show_pack(action.text().replace("&&", "&") if action.data() else "")
        self.pack_chosen.emit(action.data())

    @Slot()
    def _draw(self) -> None:
        side = round(18 * self._theme.scale)
        for part, icon in ((self._mode, self._icon_mode.value), (self._pack, "library")):
            part.setIcon(self._theme.icon(icon, size=18))
            part.setIconSize(QSize(side, side))
