"""The tab "Plan": on which days, how many minutes, until which exam; and a calendar of what was and what is planned."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, Qt, QTimer, Slot
from PySide6.QtWidgets import QPushButton, QSpinBox, QStackedWidget, QVBoxLayout, QWidget

from tutor_app.controllers.learning_controller import LearningController
from tutor_app.i18n import tr, tr_engine
from tutor_app.item_models.learning_words import weekday_names
from tutor_app.place import Page, Place
from tutor_app.theme.tokens import SPACE
from tutor_app.views.practice_tabs import Tab
from tutor_app.widgets.basics import button, card, column, row
from tutor_app.widgets.calendar_legend import CalendarLegend
from tutor_app.widgets.date_field import DateField
from tutor_app.widgets.empty_state import EmptyState
from tutor_app.widgets.flow_layout import FlowLayout
from tutor_app.widgets.month_calendar import MonthCalendar
from tutor_app.widgets.scroll_column import ScrollColumn
from tutor_app.widgets.setting_row import SettingRow

if TYPE_CHECKING:
    from datetime import date

    from tutor_app.app_context import AppContext
    from tutor_app.services.learning_facts import PlanChoice, PlanFacts
    from tutor_app.workers.messages import Failure

_LEAST, _MOST, _STEP = 5, 240, 5
_PAUSE_MS = 700
_FIRST_EXAM_DAYS = 14


class PracticePlan(QWidget):
    """The tab. A change is kept at once, and can be undone."""

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self.learning = LearningController(context, self)
        self.days = [_day_chip(name) for name in weekday_names()]
        self.minutes = QSpinBox()
        self.exam = DateField(context.theme, tr("Exam"))
        self.set_exam = button(tr("Set a date"))
        self.clear_exam = button(tr("Remove the date"))
        self.calendar = MonthCalendar(context.theme)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._page = ScrollColumn()
        self._again = button(tr("Try again"), "primary")
        self._failure = EmptyState(context.theme, "warning", "", "", self._again)
        self._stack = QStackedWidget()
        self._lay_out()
        self._connect()

    def open(self, _place: Place) -> None:
        """Read the plan anew."""
        self.learning.read_plan()

    def place(self) -> Place:
        """Where it is now."""
        return Place(Page.PRACTICE, part=Tab.PLAN)

    def focus_start(self) -> None:
        """The first day."""
        self._first_day.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        chips = QWidget()
        flow = FlowLayout()
        start = QLocale().firstDayOfWeek().value - 1
        for chip in self.days[start:] + self.days[:start]:
            flow.addWidget(chip)
        self._first_day = self.days[start]
        chips.setLayout(flow)
        self._days_row = SettingRow(
            tr("Days"),
            tr("On these days reviews are planned; on the others you may practise all the same."),
            chips,
        )
        self.minutes.setRange(_LEAST, _MOST)
        self.minutes.setSingleStep(_STEP)
        self.minutes.setSuffix(tr(" min"))
        minutes = SettingRow(
            tr("Minutes a day"),
            tr(
                "Reviews take no longer than this on one day. What does not fit waits for your next learning day."
            ),
            self.minutes,
        )
        dated = QWidget()
        dated.setLayout(row(self.exam, self.set_exam, self.clear_exam, None))
        exam = SettingRow(tr("Exam"), tr("Reviews are planned so that you know most on that day."), dated)
        shown = card()
        shown.setLayout(column(self.calendar, CalendarLegend(self._context.theme), space="m", margin="l"))
        self._page.column.setSpacing(SPACE["xl"])
        self._page.add(self._days_row, minutes, exam, shown)
        self._page.column.addStretch(1)
        for part in (QWidget(), self._page, self._failure):
            self._stack.addWidget(part)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._stack)

    def _connect(self) -> None:
        self.learning.plan_read.connect(self._show)
        self.learning.failed.connect(self._fail)
        self._again.clicked.connect(self.learning.read_plan)
        for chip in self.days:
            chip.clicked.connect(self._choose_days)
        self.minutes.valueChanged.connect(self._pause.start)
        self.minutes.editingFinished.connect(self._choose_minutes)
        self._pause.timeout.connect(self._choose_minutes)
        self.exam.chosen.connect(self._keep_exam)
        self.set_exam.clicked.connect(self._begin_exam)
        self.clear_exam.clicked.connect(self._clear_exam)

    @property
    def _plan(self) -> PlanChoice | None:
        return self.learning.plan.plan if self.learning.plan is not None else None

    @Slot(object)
    def _show(self, facts: PlanFacts) -> None:
        plan = facts.plan
        self._stack.setCurrentWidget(self._page)
        self._days_row.show_fault("")
        for number, chip in enumerate(self.days):
            chip.setChecked(number in plan.days)
        if not self._pause.isActive():
            was = self.minutes.blockSignals(True)
            self.minutes.setValue(plan.minutes)
            self.minutes.blockSignals(was)
        shown = plan.exam or facts.today + timedelta(_FIRST_EXAM_DAYS)
        self.exam.show_day(shown, earliest=min(facts.today, shown))
        self._offer_exam(there=plan.exam is not None)
        self.calendar.set_facts(facts)

    def _offer_exam(self, *, there: bool) -> None:
        """Either a date that can be changed and removed, or a way to set one; the keyboard stays near."""
        had = self.clear_exam.hasFocus() or self.set_exam.hasFocus()
        self.set_exam.setVisible(not there)
        self.exam.setVisible(there)
        self.clear_exam.setVisible(there)
        if had:
            (self.exam if there else self.set_exam).setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object)
    def _fail(self, failure: Failure) -> None:
        self._failure.set_text(tr_engine(failure.what), tr_engine(failure.todo))
        self._stack.setCurrentWidget(self._failure)

    @Slot()
    def _choose_days(self) -> None:
        plan = self._plan
        days = frozenset(number for number, chip in enumerate(self.days) if chip.isChecked())
        if plan is None:
            return
        if not days:
            self._days_row.show_fault(tr("At least one day is needed."))
            chip = self.sender()
            if isinstance(chip, QPushButton):
                chip.setChecked(True)
            return
        self._days_row.show_fault("")
        self.learning.change_plan(replace(plan, days=days))

    @Slot()
    def _choose_minutes(self) -> None:
        self._pause.stop()
        if self._plan is not None:
            self.learning.change_plan(replace(self._plan, minutes=self.minutes.value()))

    @Slot()
    def _begin_exam(self) -> None:
        self._keep_exam(self.exam.day())

    @Slot()
    def _clear_exam(self) -> None:
        self._keep_exam(None)

    @Slot(object)
    def _keep_exam(self, day: date | None) -> None:
        if self._plan is not None:
            self.learning.change_plan(replace(self._plan, exam=day))


def _day_chip(name: str) -> QPushButton:
    made = button(name, "chip")
    made.setCheckable(True)
    made.setProperty("content", True)  # days are named by the system
    return made
