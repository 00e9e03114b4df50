"""The contents of a book as a tree for a view: sections, in them their passages; a second column has the pages."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont

from tutor_app.i18n import isolated, tr
from tutor_app.item_models.reading_words import kind_name, own_heading, page_name

if TYPE_CHECKING:
    from tutor_app.services.reading import Contents

AnyIndex = QModelIndex | QPersistentModelIndex
TARGET = Qt.ItemDataRole.UserRole + 1
"""Role: id of the section or passage that a line stands for."""


@dataclass(slots=True)
class _Line:
    target: str
    title: str
    parent: int
    row: int
    page: int | None = None
    kind: str = ""
    number: str = ""
    lines: list[int] = field(default_factory=list)


class ContentsModel(QAbstractItemModel):
    """The lines are numbered; an index carries the number of its own."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: list[_Line] = []
        self._top: list[int] = []
        self._numbers: dict[str, int] = {}

    def set_contents(self, contents: Contents | None) -> None:
        """Show the contents of another book; None for none."""
        self.beginResetModel()
        self._lines, self._top, self._numbers = [], [], {}
        at: list[int] = []
        for section in contents.sections if contents else ():
            above = at[section.parent] if section.parent >= 0 else -1
            own = self._add(section.id, section.title, above, page=section.page)
            self._lines[own].number = section.number
            at.append(own)
            for passage in section.passages:
                if passage.title:
                    self._add(passage.id, passage.title, own, page=passage.page, kind=passage.kind)
                else:
                    self._numbers[passage.id] = own
        self.endResetModel()

    @property
    def has_pages(self) -> bool:
        """Whether the book has page numbers."""
        return any(line.page for line in self._lines)

    def index_of(self, target: str) -> QModelIndex:
        """The line of a section or passage; of its section, if the passage has none of its own."""
        number = self._numbers.get(target, -1)
        return self._index(number) if number >= 0 else QModelIndex()

    def index(self, row: int, column: int, parent: AnyIndex = QModelIndex()) -> QModelIndex:
        """As in Qt."""
        below = self._below(parent)
        if 0 <= row < len(below) and 0 <= column < 2:
            return self.createIndex(row, column, below[row])
        return QModelIndex()

    def parent(self, index: AnyIndex = QModelIndex()) -> QModelIndex:  # type: ignore[override]
        """As in Qt."""
        return self._index(self._lines[index.internalId()].parent) if index.isValid() else QModelIndex()

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:
        """As in Qt."""
        return 0 if parent.column() > 0 else len(self._below(parent))

    def columnCount(self, _parent: AnyIndex = QModelIndex()) -> int:
        """Titles and pages."""
        return 2

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """As in Qt."""
        if not index.isValid():
            return None
        line = self._lines[index.internalId()]
        if role == TARGET:
            return line.target
        if index.column() == 1:
            return _page_data(line, role)
        if role == Qt.ItemDataRole.DisplayRole:
            title = isolated(own_heading(line.title, line.kind) if line.kind else line.title)
            return f"{line.number}\u2002{title}" if line.number else title
        if role == Qt.ItemDataRole.ToolTipRole:
            return line.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(
                part
                for part in (
                    kind_name(line.kind),
                    f"{line.number} {line.title}".strip(),
                    page_name(line.page),
                )
                if part
            )
        if role == Qt.ItemDataRole.FontRole and line.parent < 0 and line.lines:
            font = QFont()
            font.setWeight(QFont.Weight.DemiBold)
            return font
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Names of the columns, for a screen reader."""
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return tr("Page") if section else tr("Title")
        return None

    def _add(self, target: str, title: str, above: int, *, page: int | None, kind: str = "") -> int:
        number = len(self._lines)
        siblings = self._lines[above].lines if above >= 0 else self._top
        self._lines.append(_Line(target, title, above, len(siblings), page, kind))
        siblings.append(number)
        self._numbers[target] = number
        return number

    def _index(self, number: int) -> QModelIndex:
        return self.createIndex(self._lines[number].row, 0, number) if number >= 0 else QModelIndex()

    def _below(self, parent: AnyIndex) -> list[int]:
        return self._lines[parent.internalId()].lines if parent.isValid() else self._top


def _page_data(line: _Line, role: int) -> Any:
    if role == Qt.ItemDataRole.DisplayRole:
        return str(line.page) if line.page else ""
    if role == Qt.ItemDataRole.TextAlignmentRole:
        return Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter
    return None
