"""A field for a day, with a calendar that opens, in the looks of the theme.

A day may be typed as people write it: "28 Nov", "28. November 2026", "28.11.", "2026-11-28".
"""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QEvent, QLocale, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QColor, QKeySequence, QTextCharFormat, QValidator
from PySide6.QtWidgets import QCalendarWidget, QDateEdit, QLineEdit, QToolButton

from tutor_app.i18n import tr

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QKeyEvent

    from tutor_app.theme.theme import Theme

_PART = re.compile(r"\d+|[^\W\d_]+")
_MONTHS = 12
_LEAST_LETTERS = 3
_PARTS = 3
_LONGEST = 40
_CENTURY = 100
_COMMANDS = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)
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

    def validate(self, text: str, at: int) -> tuple[QValidator.State, str, int]:
        """Anything may be typed to its end; then it is read."""
        state, mended, _ = super().validate(text, at)
        fits = state is QValidator.State.Acceptable and mended == text
        return (state if fits else QValidator.State.Intermediate, text, at)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Words go into the line as into any other; Qt would put each figure into the part of the day it stands in."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._read()
        typed = event.text().isprintable() and event.text() and not event.modifiers() & _COMMANDS
        if typed or event.matches(QKeySequence.StandardKey.SelectAll):
            QLineEdit.keyPressEvent(self.lineEdit(), event)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """By Tab, what is typed takes the place of the whole day."""
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self.lineEdit().selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """What was typed counts."""
        self._read()
        super().focusOutEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tell what was chosen once the calendar has closed, and what it was left with is known."""
        if watched is self.calendarWidget() and event.type() == QEvent.Type.Hide:
            self._later.start()
        return super().eventFilter(watched, event)

    def _read(self) -> None:
        """Take the day that was typed; one that cannot be read leaves the day as it is."""
        least = self.minimumDate()
        found = read_day(
            self.lineEdit().text(), self.locale(), date(least.year(), least.month(), least.day())
        )
        if found is not None:
            self.setDate(QDate(found.year, found.month, found.day))

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


def read_day(text: str, locale: QLocale, earliest: date) -> date | None:
    """The day that ``text`` names, in figures or with the month in letters; None for none.

    The day comes before the month, unless that makes no day. Without a year it is the first one from ``earliest`` on.
    """
    parts = _PART.findall(text[:_LONGEST])
    letters = [part for part in parts if not part.isdecimal()]
    figures = [int(part) for part in parts if part.isdecimal()]
    if letters:
        month = _month(letters[0], locale) if len(letters) == 1 else 0
        figures = [figures[0], month, *figures[1:]] if figures and month else []
    if len(figures) == _PARTS and len(parts[0]) == len("2026") and parts[0].isdecimal():
        figures.reverse()
    if len(figures) not in (_PARTS - 1, _PARTS):
        return None
    day, month = figures[:2]
    if month > _MONTHS >= day:
        day, month = month, day
    years = [figures[2]] if figures[2:] else [earliest.year, earliest.year + 1]
    for year in years:
        with suppress(ValueError, OverflowError):
            found = date(year if year >= _CENTURY else year + 2000, month, day)
            if figures[2:] or found >= earliest:
                return found
    return None


def _month(word: str, locale: QLocale) -> int:
    """The number of the month that begins with ``word``, at least three letters of it; 0 for none."""
    if len(word) < _LEAST_LETTERS:
        return 0
    named = (
        month
        for month in range(1, _MONTHS + 1)
        if locale.monthName(month).casefold().startswith(word.casefold())
    )
    return next(named, 0)
