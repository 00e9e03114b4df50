"""What the signs of the calendar mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from tutor_app.i18n import tr
from tutor_app.widgets.basics import label, row
from tutor_app.widgets.flow_layout import FlowLayout
from tutor_app.widgets.month_calendar import paint_day, paint_exam

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from tutor_app.theme.theme import Theme

_SIDE = 20


class CalendarLegend(QWidget):
    """Three signs with their words."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        flow = FlowLayout(space="m")
        for kind, text in (
            ("practised", tr("Practised")),
            ("planned", tr("Learning day")),
            ("exam", tr("Exam")),
        ):
            pair = QWidget()
            pair.setLayout(row(_Sign(theme, kind), label(text, "caption"), space="xs"))
            flow.addWidget(pair)
        self.setLayout(flow)


class _Sign(QWidget):
    def __init__(self, theme: Theme, kind: str) -> None:
        super().__init__()
        self._theme = theme
        self._kind = kind
        self._fit()
        theme.changed.connect(self._fit)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(3, 3, -3, -3)
        if self._kind == "exam":
            paint_exam(painter, box, self._theme)
        else:
            paint_day(
                painter,
                box,
                self._theme,
                practised=self._kind == "practised",
                planned=self._kind == "planned",
            )
        painter.end()

    def _fit(self) -> None:
        side = round(_SIDE * self._theme.scale)
        self.setFixedSize(side, side)
        self.update()
