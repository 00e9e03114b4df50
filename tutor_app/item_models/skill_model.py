"""The skills of a pack as a list, prerequisites first: shown as a map and as lines, with one selection for both."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from tutor_app.item_models.learning_words import level_name, skill_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QIcon

    from engine.learner.mastery import Level
    from tutor_app.services.learning_facts import SkillFacts, SkillMap

SKILL = Qt.ItemDataRole.UserRole + 1
"""The role of the ``SkillFacts`` themselves."""

_AnyIndex = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class SkillModel(QAbstractListModel):
    """One line a skill.

    Args:
        icon: the sign of a level.

    Attributes:
        skills: those that are shown.
        next: id of the one that is proposed; "" for none.
    """

    def __init__(self, icon: Callable[[Level], QIcon], parent: QObject) -> None:
        super().__init__(parent)
        self._icon = icon
        self.skills: tuple[SkillFacts, ...] = ()
        self.next = ""

    def set_map(self, shown: SkillMap) -> None:
        """Show other skills; the same ones anew keep what is selected."""
        same = [one.id for one in shown.skills] == [one.id for one in self.skills]
        if same:
            self.skills, self.next = shown.skills, shown.next
            if self.skills:
                self.dataChanged.emit(self.index(0), self.index(len(self.skills) - 1))
            return
        self.beginResetModel()
        self.skills, self.next = shown.skills, shown.next
        self.endResetModel()

    def index_of(self, skill: str) -> QModelIndex:
        """Where a skill stands; invalid if it is not there."""
        at = next((row for row, one in enumerate(self.skills) if one.id == skill), -1)
        return self.index(at) if at >= 0 else QModelIndex()

    def rowCount(self, parent: _AnyIndex = _NOWHERE) -> int:
        """How many skills there are."""
        return 0 if parent.isValid() else len(self.skills)

    def data(self, index: _AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Name and level; the sign of the level; all of it for a screen reader."""
        if not index.isValid():
            return None
        skill = self.skills[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{skill.name}\n{level_name(skill.level)}"
        if role == Qt.ItemDataRole.DecorationRole:
            return self._icon(skill.level)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return skill_line(skill)
        if role == Qt.ItemDataRole.ToolTipRole:
            return skill.name
        return skill if role == SKILL else None
