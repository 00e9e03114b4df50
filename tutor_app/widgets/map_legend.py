"""What the signs on the map of skills mean, below a line that the map and the list end at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QFrame, QWidget

from engine.learner.mastery import Level
from tutor_app.i18n import tr
from tutor_app.item_models.learning_words import level_name
from tutor_app.theme.tokens import RADIUS, SPACE
from tutor_app.widgets.basics import column, label, row
from tutor_app.widgets.flow_layout import FlowLayout
from tutor_app.widgets.level_mark import LevelMark

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from tutor_app.theme.theme import Theme

_WIDTH, _HEIGHT = 24, 16


class MapLegend(QWidget):
    """The levels, and the dashed frame, which only the map has."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        rule = QFrame()
        rule.setProperty("role", "rule")
        flow = FlowLayout(space="m")
        for level in Level:
            flow.addWidget(_pair(LevelMark(theme, level), level_name(level)))
        self._dashed = _pair(_DashedFrame(theme), tr("Something comes before it"))
        flow.addWidget(self._dashed)
        whole = column(rule, space="s")
        whole.setContentsMargins(0, SPACE["s"], 0, 0)  # a chosen line of the list does not touch the rule
        whole.addLayout(flow)
        self.setLayout(whole)

    def tell_frames(self, *, told: bool) -> None:
        """Have the dashed frame among the signs, or not."""
        self._dashed.setVisible(told)


class _DashedFrame(QWidget):
    """A small tile of a skill that others come before; nothing for a screen reader."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._fit()
        theme.changed.connect(self._fit)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self._theme.colours.line_strong), 1, Qt.PenStyle.DashLine))
        painter.setBrush(QColor(self._theme.colours.card))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), RADIUS["item"], RADIUS["item"])
        painter.end()

    def _fit(self) -> None:
        self.setFixedSize(round(_WIDTH * self._theme.scale), round(_HEIGHT * self._theme.scale))
        self.update()


def _pair(sign: QWidget, text: str) -> QWidget:
    made = QWidget()
    made.setLayout(row(sign, label(text, "caption"), space="xs"))
    return made
