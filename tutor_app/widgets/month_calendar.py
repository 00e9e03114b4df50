"""A month: days that were practised, coming learning days, an exam. No streak: a gap is only a day without a sign.

It is a table, so arrow keys go from day to day and a screen reader says what was done on each; the line below says the
same of the chosen day.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QModelIndex, QPersistentModelIndex, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from tutor_app.i18n import tr, trn
from tutor_app.item_models.learning_words import long_day_text
from tutor_app.theme.fonts import text_font
from tutor_app.widgets.basics import IconButton, column, label, row

if TYPE_CHECKING:
    from tutor_app.services.learning_facts import PlanFacts, PractisedDay, ReviewDay
    from tutor_app.theme.theme import Theme

_AnyIndex = QModelIndex | QPersistentModelIndex
DAY = Qt.ItemDataRole.UserRole + 1
"""The role of a cell's ``date``."""

_WEEKS, _WEEK = 6, 7
_CELL, _DISC = 44, 34
_MONTHS = 12


class MonthCalendar(QWidget):
    """One month at a time.

    Signals:
        shown: another month is shown.
    """

    shown = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._facts: PlanFacts | None = None
        self._first = date(1970, 1, 1)
        self._title = label("", "heading")
        back = IconButton(theme, "back", tr("The month before"))
        ahead = IconButton(theme, "forward", tr("The month after"))
        back.clicked.connect(partial(self.step, -1))
        ahead.clicked.connect(partial(self.step, 1))
        self.grid = _Grid()
        self.grid.setItemDelegate(_DayDelegate(theme, self, self.grid))
        self.grid.currentItemChanged.connect(self._tell_day)
        self._summary = label("", "mute", wrap=True)
        self._day = label("", wrap=True)
        self.setLayout(
            column(row(self._title, None, back, ahead), self._summary, self.grid, self._day, space="s")
        )
        theme.changed.connect(self._fit)
        self._fit()

    def set_facts(self, facts: PlanFacts) -> None:
        """Show a plan and what was practised; at first, the month of today."""
        if self._facts is None:
            self._first = facts.today.replace(day=1)
        self._facts = facts
        self._fill()

    def step(self, months: int) -> None:
        """Go some months on, or back below 0."""
        number = self._first.year * _MONTHS + self._first.month - 1 + months
        self._first = date(number // _MONTHS, number % _MONTHS + 1, 1)
        self._fill()
        self.shown.emit()

    def title(self) -> str:
        """The month that is shown."""
        return self._title.text()

    def summary(self) -> str:
        """What the month holds, in a sentence."""
        return self._summary.text()

    # What is known of a day.

    def practised(self, day: date) -> PractisedDay | None:
        """What was done on ``day``."""
        found = self._facts.practised if self._facts is not None else ()
        return next((one for one in found if one.day == day), None)

    def planned(self, day: date) -> bool:
        """Whether ``day`` is a coming day of the plan."""
        facts = self._facts
        return facts is not None and day >= facts.today and day.weekday() in facts.plan.days

    def is_exam(self, day: date) -> bool:
        """Whether the exam is on ``day``."""
        return self._facts is not None and self._facts.plan.exam == day

    def is_today(self, day: date) -> bool:
        """Whether it is today."""
        return self._facts is not None and self._facts.today == day

    def in_month(self, day: date) -> bool:
        """Whether ``day`` is in the month that is shown."""
        return (day.year, day.month) == (self._first.year, self._first.month)

    def said(self, day: date) -> str:
        """A day and everything about it."""
        parts = [long_day_text(day)]
        done = self.practised(day)
        if done is not None:
            parts.append(
                trn(
                    "{n} question in {minutes} min",
                    "{n} questions in {minutes} min",
                    done.questions,
                    minutes=max(1, round(done.minutes)),
                )
            )
        if self.planned(day):
            ahead = self._ahead(day)
            parts.append(
                trn("learning day, {n} review", "learning day, {n} reviews", ahead.reviews)
                if ahead is not None and ahead.reviews
                else tr("learning day")
            )
        if self.is_exam(day):
            parts.append(tr("exam"))
        if not parts[1:]:
            past = self._facts is not None and day < self._facts.today
            parts.append(tr("nothing practised") if past else tr("no learning day"))
        return tr("{day}: {facts}.", day=parts[0], facts=", ".join(parts[1:]))

    def _ahead(self, day: date) -> ReviewDay | None:
        found = self._facts.forecast if self._facts is not None else ()
        return next((one for one in found if one.day == day), None)

    def _fill(self) -> None:
        current = self.grid.currentItem()
        chosen: date | None = current.data(DAY) if current is not None else None
        locale = QLocale()
        start = locale.firstDayOfWeek().value
        name = locale.standaloneMonthName(self._first.month)
        self._title.setText(tr("{month} {year}", month=name, year=self._first.year))
        self.grid.setAccessibleName(self._title.text())
        days = [(start - 1 + at) % _WEEK + 1 for at in range(_WEEK)]
        self.grid.setHorizontalHeaderLabels(
            [locale.standaloneDayName(day, QLocale.FormatType.ShortFormat) for day in days]
        )
        shown = self._first - timedelta((self._first.isoweekday() - start) % _WEEK)
        for at in range(_WEEKS * _WEEK):
            day = shown + timedelta(at)
            cell = QTableWidgetItem(str(day.day))
            cell.setData(DAY, day)
            cell.setData(Qt.ItemDataRole.AccessibleTextRole, self.said(day))
            if not self.in_month(day):
                cell.setFlags(Qt.ItemFlag.NoItemFlags)
            self.grid.setItem(at // _WEEK, at % _WEEK, cell)
        last = shown + timedelta((_WEEKS - 1) * _WEEK)
        self.grid.setRowHidden(_WEEKS - 1, not self.in_month(last))
        self._summary.setText(self._summed())
        self._choose(chosen)
        self._tell_day()  # the same cell says something else after a change of the plan
        self._fit()

    def _choose(self, chosen: date | None) -> None:
        """The day chosen before, else today, where it is in the month; else the first."""
        days = (chosen, self._facts.today if self._facts else None)
        wanted = next((day for day in days if day is not None and self.in_month(day)), self._first)
        for at in range(_WEEKS * _WEEK):
            cell = self.grid.item(at // _WEEK, at % _WEEK)
            if cell is not None and cell.data(DAY) == wanted:
                self.grid.setCurrentItem(cell)

    def _summed(self) -> str:
        days = [self._first + timedelta(at) for at in range(31)]
        days = [day for day in days if self.in_month(day)]
        done = sum(self.practised(day) is not None for day in days)
        ahead = sum(self.planned(day) for day in days)
        known = trn("Practised on {n} day.", "Practised on {n} days.", done)
        if not done and ahead:
            return trn("{n} learning day is ahead.", "{n} learning days are ahead.", ahead)
        if not any(self.planned(day) for day in days):
            return known
        return f"{known} {trn('{n} more learning day is ahead.', '{n} more learning days are ahead.', ahead)}"

    @Slot()
    def _fit(self) -> None:
        side = round(_CELL * max(0.9, self._theme.scale))
        self.grid.verticalHeader().setDefaultSectionSize(side)
        for at in range(_WEEKS):
            self.grid.setRowHeight(at, side)
        rows = sum(not self.grid.isRowHidden(at) for at in range(_WEEKS))
        head = self.grid.horizontalHeader().sizeHint().height()
        self.grid.setFixedHeight(head + rows * side + 2)

    @Slot()
    def _tell_day(self) -> None:
        cell = self.grid.currentItem()
        self._day.setText(self.said(cell.data(DAY)) if cell is not None else "")


class _Grid(QTableWidget):
    def __init__(self) -> None:
        super().__init__(_WEEKS, _WEEK)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionsClickable(False)
        self.horizontalHeader().setMinimumSectionSize(1)
        self.setProperty("content", True)  # days are named by the system
        self.viewport().setAutoFillBackground(False)


class _DayDelegate(QStyledItemDelegate):
    """A filled disc was practised, a ring is a learning day, a square is an exam; today is underlined."""

    def __init__(self, theme: Theme, month: MonthCalendar, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._month = month

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _AnyIndex) -> None:
        """Draw a day."""
        day = index.data(DAY)
        if day is None or not self._month.in_month(day):
            return
        colours = self._theme.colours
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(option.rect)
        side = min(_DISC * self._theme.scale, rect.width() - 4, rect.height() - 4)
        box = QRectF(0, 0, side, side)
        box.moveCenter(rect.center())
        state: QStyle.StateFlag = option.state
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(colours.focus), 2))
            painter.drawRoundedRect(rect.adjusted(2, 1, -2, -1), 6, 6)
        practised = self._month.practised(day) is not None
        paint_day(painter, box, self._theme, practised=practised, planned=self._month.planned(day))
        if self._month.is_exam(day):
            paint_exam(painter, box, self._theme)
        font = text_font(self._theme.pixels("body"))
        if self._month.is_today(day):
            font.setWeight(QFont.Weight.Bold)
            font.setUnderline(True)
        painter.setFont(font)
        painter.setPen(QColor(colours.on_accent if practised else colours.ink))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, str(day.day))
        painter.restore()


def paint_day(painter: QPainter, box: QRectF, theme: Theme, *, practised: bool, planned: bool) -> None:
    """The sign of a day that was practised, or is a coming learning day."""
    colours = theme.colours
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if practised:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.accent))
        painter.drawEllipse(box)
    elif planned:
        painter.setPen(QPen(QColor(colours.accent), 1.5, Qt.PenStyle.DashLine))
        painter.drawEllipse(box)


def paint_exam(painter: QPainter, box: QRectF, theme: Theme) -> None:
    """The sign of an exam."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(theme.colours.warn), 2.5))
    painter.drawRoundedRect(box.adjusted(-2, -2, 2, 2), 5, 5)
