"""The tab "Progress": how it goes, what is ahead, what was spent, and the last questions. Nothing is counted up."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, Slot
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from tutor_app.controllers.learning_controller import LearningController
from tutor_app.i18n import apart, tr, tr_engine
from tutor_app.item_models.learning_words import (
    calibration_text,
    forecast_text,
    long_day_text,
    spent_text,
    trend_text,
)
from tutor_app.place import Page, Place
from tutor_app.theme.tokens import SPACE
from tutor_app.views.data_export import TABLE, data_copy
from tutor_app.views.file_saver import FileSaver
from tutor_app.views.practice_tabs import Tab
from tutor_app.widgets.basics import button, card, column, label, row
from tutor_app.widgets.day_axis import counted_axis, day_marks
from tutor_app.widgets.empty_state import EmptyState
from tutor_app.widgets.misconception_list import MisconceptionList
from tutor_app.widgets.pack_picker import PackPicker
from tutor_app.widgets.past_questions import PastQuestions
from tutor_app.widgets.plot_bars import BarPlot
from tutor_app.widgets.plot_card import PlotCard
from tutor_app.widgets.plot_chances import ChancesPlot
from tutor_app.widgets.plot_line import LinePlot
from tutor_app.widgets.scroll_column import ScrollColumn

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from tutor_app.app_context import AppContext
    from tutor_app.services.learning_facts import (
        CalibrationFacts,
        PractisedDay,
        ProgressFacts,
        ReviewDay,
        TrendFacts,
    )
    from tutor_app.workers.messages import Failure

_QUARTERS = (0.0, 0.25, 0.5, 0.75, 1.0)
_LEAST_POINTS = 2


class PracticeProgress(QWidget):
    """The tab."""

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        theme = context.theme
        self.learning = LearningController(context, self)
        self._found: ProgressFacts | None = None
        self.packs = PackPicker(with_all=True)
        self._line = LinePlot(theme, tr("Right at the first attempt"))
        self._ahead = BarPlot(theme, tr("Reviews of the next 30 days"))
        self._spent = BarPlot(theme, tr("Minutes of the last 30 days"))
        self._chances = ChancesPlot(theme, tr("Do the predictions come true?"))
        self.trend = PlotCard(
            tr("Right at the first attempt"),
            self._line,
            tr("Each answer moves the line by a quarter of the way; the newest is at the end."),
        )
        self.forecast = PlotCard(
            tr("Reviews ahead, all packs"),
            self._ahead,
            tr("Each review stands on the day on which your plan has time for it."),
        )
        self.time = PlotCard(tr("Time spent"), self._spent)
        self.chances = PlotCard(
            tr("Do the predictions come true?"),
            self._chances,
            tr(
                "Across: the chance that was predicted. Up: how many were right. On the line, it went as predicted."
            ),
        )
        self.mistaken = MisconceptionList()
        self.questions = PastQuestions(theme)
        self.page = ScrollColumn()
        self._stack = QStackedWidget()
        self._lay_out()
        self._connect()

    def open(self, place: Place) -> None:
        """Read the figures anew."""
        self.learning.read_progress(place.pack or (self._found.pack if self._found is not None else ""))

    def place(self) -> Place:
        """Where it is now."""
        return Place(Page.PRACTICE, part=Tab.PROGRESS, pack=self._found.pack if self._found else "")

    def focus_start(self) -> None:
        """The choice of a pack, or the button of what is said instead."""
        start = self._begin if self._stack.currentWidget() is self._empty else self.packs
        start.setFocus()

    def cards(self) -> list[PlotCard]:
        """The cards with plots, from the top."""
        return [self.trend, self.forecast, self.time, self.chances]

    def _lay_out(self) -> None:
        theme = self._context.theme
        self._begin = button(tr("Practise"), "primary")
        self._begin.clicked.connect(self._go_practise)
        self._empty = EmptyState(
            theme,
            "practice",
            tr("Nothing practised yet."),
            tr("After your first questions you see here how it goes and what is ahead."),
            self._begin,
        )
        self._again = button(tr("Try again"), "primary")
        self._failure = EmptyState(theme, "warning", "", "", self._again)
        self.save = button(tr("Save a copy …"))
        self.exporting = FileSaver(self._context, self, data_copy(TABLE))
        self.save.clicked.connect(self.exporting.choose)
        self.page.add(
            row(self.packs, None),
            self.trend,
            self.forecast,
            self.time,
            _titled(tr("What to watch out for"), self.mistaken),
            self.chances,
            _titled(
                tr("The last questions"),
                label(
                    tr(
                        "Was a question wrong or unclear? Then do not count it, and it is left out of everything."
                    ),
                    "mute",
                    wrap=True,
                ),
                SPACE["l"] - SPACE["s"],
                self.questions,
            ),
            row(self.save, None),
        )
        self.page.column.addStretch(1)
        for part in (QWidget(), self.page, self._empty, self._failure):
            self._stack.addWidget(part)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._stack)

    def _connect(self) -> None:
        self.learning.progress_read.connect(self._show)
        self.learning.failed.connect(self._fail)
        self._again.clicked.connect(self._read_again)
        self._context.packs_changed.connect(self._read_again)
        self.packs.chosen.connect(self.learning.read_progress)
        self.questions.voided.connect(self.learning.void)
        self.questions.restored.connect(self.learning.restore)
        self.mistaken.opened.connect(self._read_passage)

    @Slot(object)
    def _show(self, found: ProgressFacts) -> None:
        self._found = found
        self.packs.set_packs(found.packs, found.pack)
        if not found.answers and not found.questions and not found.pack:
            self._stack.setCurrentWidget(self._empty)
            return
        self._stack.setCurrentWidget(self.page)
        self._show_trend(found.trend, found.answers)
        self._show_forecast(found.forecast)
        self._show_time(found.spent)
        self._show_chances(found.calibration)
        self.mistaken.set_found(found.misconceptions)
        self.questions.set_questions(found.questions)

    @Slot(object)
    def _fail(self, failure: Failure) -> None:
        self._failure.set_text(tr_engine(failure.what), tr_engine(failure.todo))
        self._stack.setCurrentWidget(self._failure)

    @Slot()
    def _read_again(self) -> None:
        self.learning.read_progress(self.learning.pack)

    def _show_trend(self, found: TrendFacts, answers: int) -> None:
        self._line.set_axes(_shares(), day_marks(found.days))
        self._line.set_values(found.average)
        self.trend.tell(trend_text(found.direction, answers), drawn=len(found.average) >= _LEAST_POINTS)
        self.trend.set_rows(
            (tr("Day"), tr("Questions"), tr("Right at once, lately")),
            [
                (long_day_text(day), str(count), _percent(value))
                for day, count, value in reversed(_by_day(found))
            ],
        )

    def _show_forecast(self, days: Sequence[ReviewDay]) -> None:
        marks, most = counted_axis(max((one.reviews for one in days), default=0))
        self._ahead.set_axes(marks, day_marks([one.day for one in days], bars=True))
        self._ahead.set_bars([one.reviews / most for one in days])
        self.forecast.tell(forecast_text(days), drawn=any(one.reviews for one in days))
        self.forecast.set_rows(
            (tr("Day"), tr("Reviews"), tr("Minutes"), tr("Still waiting")),
            [
                (long_day_text(one.day), str(one.reviews), str(round(one.minutes)), str(one.waiting))
                for one in days
            ],
        )

    def _show_time(self, days: Sequence[PractisedDay]) -> None:
        marks, most = counted_axis(max((one.minutes for one in days), default=0))
        minutes = [(place, tr("{n} min", n=text)) for place, text in marks]
        self._spent.set_axes(minutes, day_marks([one.day for one in days], bars=True))
        self._spent.set_bars([one.minutes / most for one in days])
        self.time.tell(spent_text(days), drawn=any(one.questions for one in days))
        self.time.set_rows(
            (tr("Day"), tr("Minutes"), tr("Questions")),
            [
                (long_day_text(one.day), str(round(one.minutes)), str(one.questions))
                for one in reversed(days)
                if one.questions
            ],
        )

    def _show_chances(self, found: CalibrationFacts) -> None:
        self._chances.set_axes(_shares(), _shares())
        self._chances.set_bins(found.bins)
        self.chances.tell(calibration_text(found), drawn=found.count >= found.needed)
        self.chances.set_rows(
            (tr("Predicted"), tr("Right"), tr("Questions")),
            [(_percent(part.predicted), _percent(part.right), str(part.count)) for part in found.bins],
        )

    @Slot(str, str)
    def _read_passage(self, pack: str, passage: str) -> None:
        self._context.go.emit(Place(Page.READ, pack=pack, passage=passage))

    @Slot()
    def _go_practise(self) -> None:
        self._context.go.emit(Place(Page.PRACTICE, part=Tab.PRACTISE))


def _titled(title: str, *parts: QWidget | int) -> QWidget:
    made = card()
    made.setLayout(column(label(title, "heading", wrap=True), *parts, space="s", margin="l"))
    return made


def _by_day(found: TrendFacts) -> list[tuple[date, int, float]]:
    """Each day with the number of its answers, and the average after the last of them."""
    answers = groupby(zip(found.days, found.average, strict=True), key=lambda one: one[0])
    values = [(day, [value for _, value in of_day]) for day, of_day in answers]
    return [(day, len(of_day), of_day[-1]) for day, of_day in values]


def _percent(share: float) -> str:
    return apart(QLocale().toString(round(share * 100)) + " %")


def _shares() -> list[tuple[float, str]]:
    return [(share, _percent(share)) for share in _QUARTERS]
