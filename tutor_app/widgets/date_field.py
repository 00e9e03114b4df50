"""A field for a day, with a calendar that opens, in the looks of the theme."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QEvent, QLocale, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QColor, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QDateEdit, QToolButton

from tutor_app.i18n import tr

if TYPE_CHECKING:
    from tutor_app.theme.theme import Theme

_ARROWS = {"qt_calendar_prevmonth": "back", "qt_calendar_nextmonth": "forward"}


class DateField(QDateEdit):
    """A day, typed or chosen. In the calendar that opens one may look around: a day is chosen when it closes.

    Args:
        theme: colours and icons.
        name: what day it is, for a screen reader.

    Signals:
        chosen: the ``date`` that a person chose, once it is whole.
    """

    chosen = Signal(object)

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._theme = theme
        self.setAccessibleName(name)
        self.setCalendarPopup(True)
        self.setKeyboardTracking(False)
        self.setLocale(QLocale())  # months in the language of the window, not of the system
        # Translators: how a day is written, in Qt's letters: d the day, MMM the month, yyyy the year.
        self.setDisplayFormat(tr("d MMM yyyy"))
        self._told = self.day()
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._tell)
        self.dateChanged.connect(self._tell)
        self.calendarWidget().installEventFilter(self)
        self.calendarWidget().setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self._dress()
        theme.changed.connect(self._dress)

    def day(self) -> date:
        """The day that it shows."""
        shown = self.date()
        return date(shown.year(), shown.month(), shown.day())

    def show_day(self, day: date, *, earliest: date) -> None:
        """Show ``day``, silently; a person may choose from ``earliest`` on."""
        was = self.blockSignals(True)
        self.setMinimumDate(QDate(earliest.year, earliest.month, earliest.day))
        self.setDate(QDate(day.year, day.month, day.day))
        self.blockSignals(was)
        self._told = self.day()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tell what was chosen once the calendar has closed, and what it was left with is known."""
        if watched is self.calendarWidget() and event.type() == QEvent.Type.Hide:
            self._later.start()
        return super().eventFilter(watched, event)

    @Slot()
    def _tell(self) -> None:
        if not self.calendarWidget().isVisible() and self.day() != self._told:
            self._told = self.day()
            self.chosen.emit(self._told)

    @Slot()
    def _dress(self) -> None:
        """Sundays in red are not everybody's; the arrows would be black on black."""
        calendar = self.calendarWidget()
        plain = QTextCharFormat()
        plain.setForeground(QColor(self._theme.colours.ink))
        for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            calendar.setWeekdayTextFormat(day, plain)
        for made in calendar.findChildren(QToolButton):
            if made.objectName() in _ARROWS:
                made.setIcon(self._theme.icon(_ARROWS[made.objectName()]))
