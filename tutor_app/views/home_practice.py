"""What there is to practise today, on the first page: one click to the first question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from tutor_app.i18n import dotted, tr
from tutor_app.item_models.practice_words import due_line, next_line, reason_sentence
from tutor_app.item_models.recent import Recent
from tutor_app.place import Page, Place
from tutor_app.widgets.basics import clear, column
from tutor_app.widgets.recent_card import RecentCard
from tutor_app.workers.latest_call import LatestCall

if TYPE_CHECKING:
    from tutor_app.app_context import AppContext
    from tutor_app.services.practising import TodayCard


class HomePractice(QWidget):
    """Hidden until there is something to practise.

    Attributes:
        card: the card; None while there is nothing.
    """

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self.card: RecentCard | None = None
        self._place = Place(Page.PRACTICE)
        self._ready = False
        self._column = column()
        self.setLayout(self._column)
        self._today = LatestCall(context.engine, self)
        self._today.finished.connect(self._show)
        context.practised.connect(self.refresh)
        context.packs_changed.connect(self.refresh)
        self.hide()

    @Slot()
    def refresh(self) -> None:
        """Look it up."""
        self._today.ask("practice.today")

    @Slot(object)
    def _show(self, today: TodayCard) -> None:
        found = today_card(today)
        self.setVisible(found is not None)
        if found is None:
            return
        if not self._ready:
            self._ready = True
            self._context.engine.call("practice.get_ready")  # the click that comes next need not wait for it
        had_keyboard = self.card is not None and self.card.hasFocus()
        clear(self._column)
        self._place = found.place
        self.card = RecentCard(self._context.theme, found)
        self.card.clicked.connect(self._go)
        self._column.addWidget(self.card)
        if had_keyboard:
            self.card.setFocus()

    @Slot()
    def _go(self) -> None:
        self._context.go.emit(self._place)


def today_card(today: TodayCard) -> Recent | None:
    """What the card says and where it goes; None where there is nothing to practise."""
    where = dotted(today.open_skill, today.open_pack)
    if today.due:  # a question that waits comes first, and the reviews after it
        title = due_line(today.due, today.minutes)
        first = tr("First the question that is waiting: {where}", where=where) if today.waits else ""
        detail = first or reason_sentence("review")
        return Recent("practice", tr("Practise"), title, detail, Place(Page.PRACTICE, aim="review"))
    if today.waits:
        return Recent("practice", tr("Practise"), tr("Continue"), where, Place(Page.PRACTICE, aim="open"))
    if today.next is None:
        return None
    return Recent(
        "practice",
        tr("Practise"),
        next_line(today.next),
        reason_sentence(today.next.reason),
        Place(Page.PRACTICE, aim="today"),
    )
