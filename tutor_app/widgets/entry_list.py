"""A list of entries with a title, a line below it, and a piece of text with words marked: hits, or a glossary."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QPainter,
    QStandardItem,
    QStandardItemModel,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from tutor_app.i18n import isolated
from tutor_app.theme.fonts import text_font
from tutor_app.theme.tokens import SPACE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent

    from tutor_app.richtext.document import Text
    from tutor_app.theme.theme import Theme

AnyIndex = QModelIndex | QPersistentModelIndex
_ENTRY = Qt.ItemDataRole.UserRole + 1
_SNIPPET_LINES = 2


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the list. ``target`` is what its signal carries."""

    target: str
    title: str
    caption: str
    snippet: tuple[Text, ...]


class EntryList(QListView):
    """Arrow keys go along it, Enter or a click opens an entry. All entries are equally high.

    Args:
        theme: colours and sizes.
        name: what it lists, for a screen reader.
        captions: whether entries have a line below their title.

    Signals:
        chosen: the target of an entry.
    """

    chosen = Signal(str)

    def __init__(self, theme: Theme, name: str, *, captions: bool = True) -> None:
        super().__init__()
        self._entries = QStandardItemModel(self)
        self.setModel(self._entries)
        self.setAccessibleName(name)
        self.setItemDelegate(_EntryDelegate(theme, self, captions=captions))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.clicked.connect(self._choose)
        theme.changed.connect(self.scheduleDelayedItemsLayout)

    def set_entries(self, entries: Sequence[Entry]) -> None:
        """Show other entries."""
        self._entries.clear()
        for entry in entries:
            item = QStandardItem(entry.title)
            item.setData(entry, _ENTRY)
            words = "".join(run.text for run in entry.snippet)
            item.setAccessibleText(". ".join(part for part in (entry.title, entry.caption, words) if part))
            self._entries.appendRow(item)

    def count(self) -> int:
        """How many entries there are."""
        return self._entries.rowCount()

    def choose(self, row: int) -> None:
        """Select an entry without opening it."""
        index = self._entries.index(row, 0)
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def choose_next(self, step: int) -> None:
        """Open the entry ``step`` lines further; behind the last comes the first."""
        row = self.currentIndex().row()
        start = row + step if row >= 0 else (0 if step > 0 else -1)
        self.choose(start % self.count())
        self._choose(self.currentIndex())

    def place_of(self, target: str) -> QRect:
        """Where the entry ``target`` stands on the screen."""
        for row in range(self.count()):
            index = self._entries.index(row, 0)
            if index.data(_ENTRY).target == target:
                rect = self.visualRect(index)
                return QRect(self.viewport().mapToGlobal(rect.topLeft()), rect.size())
        return QRect()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._choose(self.currentIndex())
        else:
            super().keyPressEvent(event)

    @Slot(QModelIndex)
    def _choose(self, index: QModelIndex) -> None:
        self.chosen.emit(index.data(_ENTRY).target)


class _EntryDelegate(QStyledItemDelegate):
    """Paints entries."""

    def __init__(self, theme: Theme, parent: EntryList, *, captions: bool) -> None:
        super().__init__(parent)
        self._theme = theme
        self._captions = captions

    def sizeHint(self, _option: QStyleOptionViewItem, _index: AnyIndex) -> QSize:
        """One size for all."""
        small = QFontMetrics(self._font("caption")).lineSpacing()
        height = QFontMetrics(self._font("body")).lineSpacing() + _SNIPPET_LINES * small
        return QSize(1, height + (small if self._captions else 0) + 2 * SPACE["s"] + SPACE["xs"])

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Paint the row's ground as all lists do, then the words."""
        entry: Entry = index.data(_ENTRY)
        ground = QStyleOptionViewItem(option)
        self.initStyleOption(ground, index)
        ground.text = ""
        widget = ground.widget
        widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, ground, painter, widget)
        colours = self._theme.colours
        chosen = bool(ground.state & QStyle.StateFlag.State_Selected)
        ink, mute = (colours.on_chosen,) * 2 if chosen else (colours.ink, colours.mute)
        rect = ground.rect.adjusted(SPACE["s"], SPACE["s"], -SPACE["s"], -SPACE["s"])
        painter.save()
        top = self._line(painter, rect, entry.title, (self._font("body", strong=True), ink))
        if self._captions:
            rect.setTop(top)
            top = self._line(painter, rect, entry.caption, (self._font("caption"), mute))
        rect.setTop(top)
        self._snippet(painter, rect, entry.snippet, mute)
        painter.restore()

    def _line(self, painter: QPainter, rect: QRect, text: str, look: tuple[QFont, str]) -> int:
        font, colour = look
        metrics = QFontMetrics(font)
        painter.setFont(font)
        painter.setPen(QColor(colour))
        flags = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignTop
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect, flags | Qt.TextFlag.TextSingleLine, isolated(shown))
        return rect.top() + metrics.lineSpacing()

    def _snippet(self, painter: QPainter, rect: QRect, runs: tuple[Text, ...], colour: str) -> None:
        font = self._font("caption")
        layout = QTextLayout(isolated("".join(run.text for run in runs)), font)
        right = QApplication.layoutDirection() == Qt.LayoutDirection.RightToLeft
        edge = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft  # where the title begins
        option = QTextOption(edge | Qt.AlignmentFlag.AlignAbsolute)
        option.setWrapMode(QTextOption.WrapMode.WordWrap)
        layout.setTextOption(option)
        layout.setFormats(self._marks(runs, colour))
        layout.beginLayout()
        for number in range(_SNIPPET_LINES):
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(rect.width())
            line.setPosition(QPointF(0, number * QFontMetrics(font).lineSpacing()))
        layout.endLayout()
        painter.setPen(QColor(colour))
        painter.setClipRect(rect)
        layout.draw(painter, QPointF(rect.topLeft()))

    def _marks(self, runs: tuple[Text, ...], colour: str) -> list[QTextLayout.FormatRange]:
        colours = self._theme.colours
        look = QTextCharFormat()
        look.setBackground(QColor(colours.mark))
        look.setForeground(QColor(colours.on_mark))
        if colour == colours.on_chosen and colours.mark == colours.chosen:  # it would not be seen on the row
            look.setBackground(QColor(colours.on_chosen))
            look.setForeground(QColor(colours.chosen))
        found, at = [], 1  # behind the letter that isolates
        for run in runs:
            length = len(run.text.encode("utf-16-le")) // 2
            if run.marked:
                mark = QTextLayout.FormatRange()
                mark.start, mark.length, mark.format = at, length, look
                found.append(mark)
            at += length
        return found

    def _font(self, size: str, *, strong: bool = False) -> QFont:
        return text_font(self._theme.pixels(size), weight=600 if strong else 400)
