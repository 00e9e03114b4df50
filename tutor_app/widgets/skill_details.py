"""Everything about one skill: what it is for, how far one is, what is still to be shown, and what to do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QBoxLayout, QPushButton, QVBoxLayout

from tutor_app.i18n import tr
from tutor_app.item_models.learning_words import (
    chance_text,
    due_text,
    level_meaning,
    level_name,
    missing_text,
)
from tutor_app.theme.tokens import SPACE
from tutor_app.widgets.basics import RING, button, clear, column, label, row
from tutor_app.widgets.elided_button import ElidedButton
from tutor_app.widgets.level_mark import LevelMark
from tutor_app.widgets.scroll_column import ScrollColumn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QLabel

    from tutor_app.services.learning_facts import SkillFacts
    from tutor_app.theme.theme import Theme


class SkillDetails(ScrollColumn):
    """A panel. Empty until a skill is shown.

    Signals:
        practise, read: the skill's id.
        chosen: id of a neighbour to show.
    """

    practise = Signal(str)
    read = Signal(str)
    chosen = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.skill: SkillFacts | None = None
        self.column.setSpacing(SPACE["m"])
        self._name = label("", "heading", wrap=True)
        self._goal = label("", "mute", wrap=True)
        for content in (self._name, self._goal):
            content.setProperty("content", True)
        self._mark = LevelMark(theme)
        self._level = label("", "strong")
        self._meaning = label("", "mute", wrap=True)
        self._chance = label("", wrap=True)
        self._missing = label("", wrap=True)
        self._due = label("", wrap=True)
        self._locked = label("", "warn", wrap=True)
        self.go = button(tr("Practise this"), "primary")
        self.go.clicked.connect(self._practise)
        self.about = button(tr("Read about it"))
        self.about.clicked.connect(self._read)
        self._actions = column(self.go, self.about, space="s")
        self._near = QVBoxLayout()
        self._near.setSpacing(SPACE["xs"])
        self._upper = column(
            self._name,
            self._goal,
            row(self._mark, self._level, None),
            self._meaning,
            self._chance,
            self._missing,
            self._due,
            self._locked,
            self._actions,
        )
        self._upper.setContentsMargins(RING, 0, RING, 0)  # in line with the links below
        self.add(self._upper, self._near)
        self.column.addStretch(1)

    def set_low(self, low: bool) -> None:
        """Where the panel is low, what can be done stands side by side right below the name."""
        ways = QBoxLayout.Direction
        self._actions.setDirection(ways.LeftToRight if low else ways.TopToBottom)
        self._upper.removeItem(self._actions)
        self._upper.insertLayout(1 if low else self._upper.count(), self._actions)

    def show_skill(self, skill: SkillFacts, skills: Sequence[SkillFacts], now: int) -> None:
        """Show ``skill``, one of ``skills``, as it is at ``now`` (ms)."""
        self.skill = skill
        self._name.setText(skill.name)
        self._goal.setText(skill.goal)
        self._mark.set_level(skill.level)
        self._level.setText(level_name(skill.level))
        self._meaning.setText(level_meaning(skill.level))
        self._say(
            self._chance,
            tr(
                "Now you would get about {chance} right at once ({answers} answered so far).",
                chance=chance_text(skill.chance),
                answers=skill.answers,
            )
            if skill.answers
            else "",
        )
        self._say(self._missing, missing_text(skill.missing, now))
        self._say(self._due, due_text(skill.due, now) if skill.due is not None else "")
        self._say(
            self._locked,
            ""
            if skill.ready
            else tr("What comes before it is not there yet. You may practise it all the same."),
        )
        self.go.setEnabled(skill.questions > 0)
        self._show_near(
            [one for one in skills if one.id in skill.requires],
            [one for one in skills if skill.id in one.requires],
        )

    def _say(self, line: QLabel, text: str) -> None:
        line.setText(text)
        line.setVisible(bool(text))

    def _show_near(self, before: Sequence[SkillFacts], behind: Sequence[SkillFacts]) -> None:
        clear(self._near)
        for title, skills in ((tr("Comes before it"), before), (tr("Builds on it"), behind)):
            if skills:
                self._near.addSpacing(SPACE["s"])
                head = label(title, "caption")
                head.setContentsMargins(RING, 0, RING, 0)
                self._near.addWidget(head)
            for one in skills:
                link = ElidedButton(one.name, "link")
                link.setProperty("content", True)
                link.setProperty("skill", one.id)
                link.setAccessibleName(f"{one.name}, {level_name(one.level)}")
                link.clicked.connect(self._choose)
                self._near.addWidget(link)

    @Slot()
    def _choose(self) -> None:
        link = self.sender()
        if isinstance(link, QPushButton):
            self.chosen.emit(str(link.property("skill")))

    @Slot()
    def _practise(self) -> None:
        if self.skill is not None:
            self.practise.emit(self.skill.id)

    @Slot()
    def _read(self) -> None:
        if self.skill is not None:
            self.read.emit(self.skill.id)
