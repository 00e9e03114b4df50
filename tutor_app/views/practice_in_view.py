"""What is seen of a question where not all of it has room: its beginning with its field, or what came last."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QTimer, Slot
from PySide6.QtWidgets import QApplication

from tutor_app.theme.tokens import SPACE

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from tutor_app.widgets.answer_input import AnswerInput
    from tutor_app.widgets.question_picture import QuestionPicture
    from tutor_app.widgets.scroll_column import ScrollColumn
    from tutor_app.widgets.step_card import StepCard

_LAID_OUT_MS = 150  # when formulas and long texts have their heights too
_GROWS_MS = 1500  # on a slow machine some have theirs only later
_GIVEN_MS = 30
_LITTLE_SMALLER = 0.8


@dataclass(slots=True)
class QuestionParts:
    """The parts of a question. ``start``: where it begins; ``steps``: those that are shown."""

    start: QWidget
    picture: QuestionPicture | None
    steps: list[StepCard]

    @property
    def field(self) -> AnswerInput | None:
        """Where the answer is given; None when the question is over."""
        return self.steps[-1].input


class PracticeInView(QObject):
    """Scrolls ``page``.

    Attributes:
        opened: nothing was done with the question yet since it came.
    """

    def __init__(self, page: ScrollColumn) -> None:
        super().__init__(page)
        self._page = page
        self._parts: QuestionParts | None = None
        self._picture_room: int | None = None
        self.opened = False
        self._laid_out = QTimer(self, singleShot=True, interval=_LAID_OUT_MS)
        self._laid_out.timeout.connect(self.show_new)
        self._grows = QTimer(self, singleShot=True, interval=_GROWS_MS)
        self._grown = QTimer(self, singleShot=True, interval=0)
        self._grown.timeout.connect(self.show_new)
        self._given = QTimer(self, singleShot=True, interval=_GIVEN_MS)
        self._given.timeout.connect(self._show_field)
        self._resized = QTimer(self, singleShot=True, interval=0)
        self._resized.timeout.connect(self._fit_picture)
        page.verticalScrollBar().rangeChanged.connect(self._follow_growth)
        page.verticalScrollBar().actionTriggered.connect(self._grows.stop)  # the learner scrolls
        page.installEventFilter(self)

    @property
    def settling(self) -> bool:
        """Whether it will still scroll by itself."""
        timers = (self._laid_out, self._grown, self._given, self._resized)
        return any(timer.isActive() for timer in timers)

    def show_parts(self, parts: QuestionParts, *, same: bool) -> None:
        """Take the parts of a question; ``same``: the one that was shown, whose picture keeps its size."""
        self._parts = parts
        self._page.end_with_content()
        self._page.verticalScrollBar().setValue(0)
        if not same:
            self._picture_room = None
        if parts.picture is not None:
            parts.picture.set_room(self._picture_room)

    def follow(self, *, opened: bool) -> None:
        """Show what is new as soon as it is laid out; ``opened``: the question has just come."""
        self.opened = opened
        self._grows.start()
        self._laid_out.start()

    def follow_hand(self) -> None:
        """What was given is another: from now on the field is what is to be seen."""
        self.opened = False
        for timer in (self._laid_out, self._grown, self._grows):
            timer.stop()
        self._given.start()

    def stay(self) -> None:
        """The learner looks at something else: do not scroll away from it where the page becomes longer."""
        self._grows.stop()

    def follow_preview(self) -> None:
        """The field has grown by how it reads."""
        if not self.opened:
            self._given.start()

    def reveal_unseen(self) -> bool:
        """Scroll to the field if nothing of it was in sight since the question came; whether that was so."""
        field = self._parts.field if self._parts is not None else None
        unseen = field is not None and self.opened and field.isVisible() and field.visibleRegion().isEmpty()
        if field is not None and unseen:
            self._page.reveal(field, uncut=True)
        return unseen

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Show the picture as large as there is room for in the page now."""
        if watched is self._page and event.type() == QEvent.Type.Resize:
            self._resized.start()
        return super().eventFilter(watched, event)

    @Slot()
    def show_new(self) -> None:
        """Scroll to where a question begins, with its field if both have room, or to what came last."""
        if self._parts is None:
            return
        card, page = self._parts.steps[-1], self._page
        latest, whole = card.latest(), card.input or card
        if self.opened:
            self._show_start(self._parts)
        elif latest is None:
            page.reveal(card, card.under_input, uncut=True)
        # What is offered below it is shown as well, where it has room.
        elif not any(page.reveal(whole, last, uncut=True) for last in (card, latest)):
            page.reveal(latest, uncut=True)

    def _show_start(self, parts: QuestionParts) -> None:
        """Where the question begins; without what stands above it where its field has room only so."""
        bar, field = self._page.verticalScrollBar(), parts.field
        self._fit_picture()
        bar.setValue(0)
        if field is not None:
            whole = self._page.reveal(parts.start, field, uncut=True)
            if not whole and field.visibleRegion().isEmpty():
                bar.setValue(0)

    @Slot()
    def _fit_picture(self) -> None:
        """Have the picture give way to the first field, where both have room together so."""
        parts = self._parts
        if parts is None or parts.picture is None or parts.field is None or len(parts.steps) > 1:
            return
        picture, field = parts.picture, parts.field
        whole = picture.whole_height()
        scrolled = self._page.verticalScrollBar().value()
        below = (
            field.mapTo(self._page, QPoint(0, field.height())).y() + scrolled + SPACE["l"] - picture.height()
        )
        above = parts.start.mapTo(self._page, QPoint()).y() + scrolled - SPACE["s"]
        room = self._page.height() - below
        # What stands above the question goes out of sight before the picture becomes much smaller.
        self._picture_room = room if room >= _LITTLE_SMALLER * whole else room + above
        picture.set_room(self._picture_room)

    @Slot()
    def _follow_growth(self) -> None:
        """What is to be seen has moved, where the page became longer by itself."""
        if self._grows.isActive():
            self._grown.start()  # in the midst of laying out, nothing may be scrolled

    @Slot()
    def _show_field(self) -> None:
        """Scroll to what is being given."""
        card, now = (self._parts.steps[-1] if self._parts is not None else None), QApplication.focusWidget()
        if card is None or card.input is None or now is None or not card.input.isAncestorOf(now):
            return
        wanted = ((card.input, card.under_input), (card.input, None), (now, None))
        any(self._page.reveal(part, down_to, uncut=True) for part, down_to in wanted)
