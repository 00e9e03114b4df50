"""The skills as a list: the sign of the level, the name, and below it the level in words.

It is a view of a ``SkillModel``, as the map is; the sign, the words for a screen reader and the tip come from there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QIcon, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from tutor_app.i18n import isolated, tr
from tutor_app.item_models.learning_words import level_name
from tutor_app.item_models.skill_model import SKILL
from tutor_app.theme.fonts import text_font
from tutor_app.theme.tokens import SPACE

if TYPE_CHECKING:
    from tutor_app.item_models.skill_model import SkillModel
    from tutor_app.theme.theme import Theme

_AnyIndex = QModelIndex | QPersistentModelIndex
_SIGN = 28  # pixels at normal text size
_LEADING = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignTop
_WRAPPED = int(_LEADING) | int(Qt.TextFlag.TextWordWrap)


class SkillList(QListView):
    """The list. A name that is too long for its line takes more of them."""

    def __init__(self, theme: Theme, model: SkillModel) -> None:
        super().__init__()
        self.setModel(model)
        self.setItemDelegate(SkillDelegate(theme, self))
        self.setAccessibleName(tr("List of skills"))
        self.setProperty("content", True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        theme.changed.connect(self.scheduleDelayedItemsLayout)


class SkillDelegate(QStyledItemDelegate):
    """Paints a line of the list."""

    def __init__(self, theme: Theme, parent: QListView) -> None:
        super().__init__(parent)
        self._theme = theme
        self._list = parent

    def sizeHint(self, _option: QStyleOptionViewItem, index: _AnyIndex) -> QSize:
        """As high as the name needs in the width that there is."""
        name = self.places(QRect(0, 0, self._list.viewport().width(), 1), index)[1]
        words = name.height() + QFontMetrics(self._font("caption")).height()
        return QSize(1, max(words, self._side()) + 2 * SPACE["s"])

    def places(self, line: QRect, index: _AnyIndex) -> tuple[QRect, QRect, QRect]:
        """Where the sign, the name and the level stand in ``line``, read from the left."""
        inner = line.adjusted(SPACE["m"], SPACE["s"], -SPACE["m"], -SPACE["s"])
        side = self._side()
        sign = QRect(0, 0, side, side)
        sign.moveCenter(line.center())
        sign.moveLeft(inner.left())
        words = inner.adjusted(side + SPACE["m"], 0, 0, 0)
        metrics = QFontMetrics(self._font("body"))
        room = QRect(0, 0, max(1, words.width()), 1)
        high = metrics.boundingRect(room, _WRAPPED, isolated(index.data(SKILL).name)).height()
        name = QRect(words.left(), words.top(), words.width(), high)
        level = QRect(words.left(), words.top() + high, words.width(), words.height())
        return sign, name, level

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _AnyIndex) -> None:
        """Paint the row's ground as all lists do, then the sign and the words."""
        ground = QStyleOptionViewItem(option)
        self.initStyleOption(ground, index)
        ground.text, ground.icon = "", QIcon()
        self._list.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, ground, painter, self._list)
        colours, skill = self._theme.colours, index.data(SKILL)
        chosen = bool(ground.state & QStyle.StateFlag.State_Selected)
        ink, mute = (colours.on_chosen,) * 2 if chosen else (colours.ink, colours.mute)
        sign, name, level = (
            QStyle.visualRect(ground.direction, ground.rect, it) for it in self.places(ground.rect, index)
        )
        icon: QIcon = index.data(Qt.ItemDataRole.DecorationRole)
        mode = QIcon.Mode.Selected if chosen else QIcon.Mode.Normal
        painter.save()
        icon.paint(painter, sign, Qt.AlignmentFlag.AlignCenter, mode)
        for box, text, size, colour in (
            (name, skill.name, "body", ink),
            (level, level_name(skill.level), "caption", mute),
        ):
            painter.setFont(self._font(size))
            painter.setPen(QColor(colour))
            painter.drawText(box, _WRAPPED, isolated(text))
        painter.restore()

    def _side(self) -> int:
        return round(_SIGN * self._theme.scale)

    def _font(self, size: str) -> QFont:
        return text_font(self._theme.pixels(size))
